"""Starts the job engine, and knows every module whose tasks it runs."""

import signal
from importlib import import_module
from threading import Event
from types import FrameType

from consult import jobs, letters
from consult.web import mail

TASK_MODULES: tuple[str, ...] = (
    "consult.contributions.tasks",
    "consult.decisions.tasks",
    "consult.identity.tasks",
    "consult.imports.tasks",
    "consult.letters.tasks",
    "consult.moderation.tasks",
    "consult.synthesis.tasks",
)
"""Every module with `@task` functions, such as `consult.letters.tasks`. A new one is added here."""


def load_tasks() -> None:
    """Import every task, so that job names find their functions and a misspelt one is refused."""
    letters.render_with(mail.rendered)
    for module in TASK_MODULES:
        import_module(module)
    jobs.seal()


def embed(url: str) -> jobs.Worker:
    """Start a worker beside the web in this process; the caller stops it."""
    load_tasks()
    return jobs.Worker().start(url)


def work(url: str) -> None:
    """Work until told to stop (SIGTERM, SIGINT), then end what is running and leave."""
    told = Event()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        told.set()

    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, stop)
    with embed(url):
        told.wait()
