"""Starting a job: in the caller's transaction, so that nothing runs unless what caused it was kept."""

from collections.abc import Mapping
from functools import lru_cache, partial
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import Engine
from sqlmodel import Session

from consult.db import new_id, transaction
from consult.jobs import registry, tables
from consult.jobs.registry import TASKS

if TYPE_CHECKING:  # importing the engine costs half a second, so only those who enqueue pay it
    from dbos import DBOSClient, EnqueueOptions

Id = str | int | UUID | None

APPLICATION = "consult"


def enqueue(
    db: Session, name: str, /, *, key: str | None = None, delay: float = 0, **ids: Id
) -> None:
    """Have a job run once this transaction is kept, `delay` seconds later or at once.

    `key` names the work itself: a second start under the same name and key is no second run,
    for as long as the first is remembered (at least a year).
    """
    registry.check(name)
    _send(db, name, job_id(name, key), ids, delay=delay)


def again(
    db: Session, name: str, job: str, ids: Mapping[str, Id], attempt: int, delay: float
) -> None:
    """Enqueue a failed job's next attempt, once: the attempt is part of its id."""
    first = job.removesuffix(f"#{attempt - 1}") if attempt > 2 else job
    _send(db, name, f"{first}#{attempt}", ids, attempt=attempt, delay=delay)


def run_now(engine: Engine, name: str, /, **ids: Id) -> None:
    """Run a task here and now, without the queue: for commands. Its errors come straight back."""
    from consult.jobs.perform import run

    run(
        TASKS[name], partial(transaction, engine), {key: plain(value) for key, value in ids.items()}
    )


def job_id(name: str, key: str | None) -> str:
    """A job's own id. One without a key begins with `~`: it may be forgotten sooner."""
    return f"~{new_id()}" if key is None else f"{name}:{key}"


def plain(value: Id) -> str | int | None:
    """An id as JSON knows it."""
    return str(value) if isinstance(value, UUID) else value


def queue_of(name: str) -> str:
    """The line a job waits in; where the task is not loaded, the worker sorts it out."""
    return TASKS[name].queue if name in TASKS else "short"


def _send(
    db: Session, name: str, job: str, ids: Mapping[str, Id], *, attempt: int = 1, delay: float = 0
) -> None:
    options: EnqueueOptions = {
        "workflow_name": name,
        "queue_name": queue_of(name),
        "workflow_id": job,
    }
    if delay > 0:
        options["delay_seconds"] = delay
    given = {key: plain(value) for key, value in ids.items()}
    client(db.get_bind().engine).enqueue_in_transaction(db, options, ids=given, attempt=attempt)


@lru_cache(maxsize=4)
def client(engine: Engine) -> "DBOSClient":
    """What writes jobs into a transaction of ours. It never connects: it takes the caller's connection."""
    from dbos import DBOSClient, DBOSPortableJSONSerializer

    from consult.jobs.log import quiet

    quiet()
    return DBOSClient(
        system_database_engine=engine,
        dbos_system_schema=tables.SCHEMA,
        serializer=DBOSPortableJSONSerializer(),
        application_name=APPLICATION,
        lazy=True,
    )
