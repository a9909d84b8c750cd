"""A worker in a process of its own that is slow at the worst moments, to be killed: `crashing.py WHERE`.

WHERE says at which moment it dawdles: `publishing` (half the ledger written), `writing` (the first
batch of letters kept) or `sending` (the mail server has the letter, we have not noted it).
"""

import sys
import time
from collections.abc import Callable
from typing import Any

from consult import jobs, work
from consult import settings as settings_module
from consult.decisions import publishing, writing
from consult.letters import transports
from consult.settings import Settings


def dawdle_after(function: Callable[..., Any], times: int = 1) -> Callable[..., Any]:
    calls = []

    def slow(*given: Any, **named: Any) -> Any:
        made = function(*given, **named)
        calls.append(1)
        if len(calls) >= times:
            print("now", flush=True)  # noqa: T201 - the test listens
            time.sleep(60)
        return made

    return slow


def arrange(where: str) -> None:
    """Change one function so that it waits to be killed."""
    writing.PEOPLE = 2
    if where == "publishing":
        publishing._keep = dawdle_after(publishing._keep)
    if where == "writing":
        writing._before = dawdle_after(writing._before, times=2)
    if where == "sending":
        transports.send = dawdle_after(transports.send)


if __name__ == "__main__":
    settings_module.adopt(Settings())
    arrange(sys.argv[1])
    work.load_tasks()
    with jobs.Worker().start(settings_module.settings().url, sweep=0.5):
        sys.stdin.read()
