"""Running one attempt of one job: what it is given, what is written down, and what follows a failure."""

import logging
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from threading import Event
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session

from consult.db import transaction
from consult.jobs import door
from consult.jobs.log import say, whereabouts
from consult.jobs.registry import JobError, Stopping, Task

Opener = Callable[[], AbstractContextManager[Session]]


def run(task: Task, open_db: Opener, ids: Mapping[str, Any]) -> None:
    """Call the task's function with its session, or with what opens one."""
    if not task.transaction:
        return task.function(open_db, **task.arguments(ids))
    with open_db() as db:
        return task.function(db, **task.arguments(ids))


def attempt(
    task: Task, engine: Engine, job: str, ids: Mapping[str, Any], number: int, halt: Event
) -> None:
    """Run a job; when it fails, put its next attempt in the queue, or give up and say so."""
    facts: dict[str, Any] = {"task": task.name, "job": job, "ids": dict(ids), "attempt": number}
    started = time.monotonic()
    try:
        run(task, _opener(engine, halt), ids)
    except Exception as error:
        say("job.failed", level=logging.WARNING, **facts, error=_kind(error), at=whereabouts(error))
        _go_on(task, engine, job, ids, number, error)
    else:
        say("job.done", **facts, ms=round((time.monotonic() - started) * 1000))


def _opener(engine: Engine, halt: Event) -> Opener:
    @contextmanager
    def open_db() -> Iterator[Session]:
        if halt.is_set():
            raise Stopping
        with transaction(engine) as db:
            yield db

    return open_db


def _go_on(
    task: Task, engine: Engine, job: str, ids: Mapping[str, Any], number: int, error: Exception
) -> None:
    if number > len(task.retry):
        say("job.given_up", level=logging.ERROR, task=task.name, job=job, error=_kind(error))
        raise JobError(_kind(error)) from None
    with transaction(engine) as db:
        door.again(db, task.name, job, ids, number + 1, task.retry[number - 1])


def _kind(error: BaseException) -> str:
    return type(error).__name__
