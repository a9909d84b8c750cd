"""Which function answers to which job name, how often it is retried, and when it runs by the clock."""

import typing
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlmodel import Session

OpenDb = Callable[[], AbstractContextManager[Session]]
"""What a task with `transaction=False` is given: opens one short transaction, kept when its block ends."""

Function = Callable[..., None]

RETRY = (2.0, 15.0, 120.0, 600.0)
"""Seconds to wait before the second, third … attempt: a restart, a slow disk, a mail server that is away."""


ABREAST = {"short": 3, "long": 2}
"""How many jobs of each line one worker runs at a time. SQLite writes one at a time whatever we ask."""


class Stopping(BaseException):
    """The worker is going down: the task ends between two transactions and the next worker resumes it.

    Not an Exception, so that neither a task's own `except Exception` nor the engine takes it for a failure.
    """


class JobError(Exception):
    """Every attempt failed. Says only the kind of the last error: its message may quote a person."""


@dataclass(frozen=True)
class Task:
    """A named piece of work. `schedule` is a cron expression (seconds first when it has six fields)."""

    name: str
    function: Function
    transaction: bool
    retry: tuple[float, ...]
    schedule: str | None

    @property
    def queue(self) -> str:
        """Long work waits in its own line, so that a letter never waits for an import."""
        return "short" if self.transaction else "long"

    def arguments(self, ids: Mapping[str, Any]) -> dict[str, Any]:
        """The ids as the function's annotations want them: jobs are kept as JSON, which has no UUID."""
        return {name: _revive(value, self._hints.get(name)) for name, value in ids.items()}

    @property
    def _hints(self) -> dict[str, Any]:
        return typing.get_type_hints(self.function)


TASKS: dict[str, Task] = {}
_sealed = False


def task(
    name: str,
    *,
    transaction: bool = True,
    every: str | int | None = None,
    retry: tuple[float, ...] = RETRY,
) -> Callable[[Function], Function]:
    """Register a function under a job's name; `every` is a cron expression or a number of seconds.

    The function gets a session whose one transaction is kept when it returns; with
    `transaction=False` it gets `open_db` instead, for many short ones.
    """
    schedule = cron(every) if isinstance(every, int) else every

    def register(function: Function) -> Function:
        if name in TASKS and _where(TASKS[name].function) != _where(function):
            raise ValueError(f"Two functions answer to the job name {name!r}.")
        TASKS[name] = Task(name, function, transaction, retry, schedule)
        return function

    return register


def cron(seconds: int) -> str:
    """The cron expression for every so many seconds: a divisor of 60, or whole minutes dividing an hour."""
    minutes, rest = divmod(seconds, 60)
    if 0 < seconds < 60 and 60 % seconds == 0:
        return f"*/{seconds} * * * * *"
    if minutes and not rest and 60 % minutes == 0:
        return f"*/{minutes} * * * *"
    raise ValueError(
        f"Every {seconds} seconds does not divide a minute or an hour: use a cron expression."
    )


def seal() -> None:
    """Say that every task is known by now: from here on a misspelt job name is refused where it is made."""
    global _sealed
    _sealed = True


def check(name: str) -> None:
    """Refuse a job that no function answers to."""
    if _sealed and name not in TASKS:
        raise LookupError(f"No task is called {name!r}; they are {', '.join(sorted(TASKS))}.")


def _where(function: Function) -> tuple[str, str]:
    return function.__module__, function.__qualname__


def _revive(value: Any, hint: Any) -> Any:
    wanted = hint is UUID or UUID in typing.get_args(hint)
    return UUID(value) if wanted and isinstance(value, str) else value
