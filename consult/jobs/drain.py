"""Running what is queued right here, in this thread and in order: for tests and for commands."""

import json
import time
from functools import partial
from typing import Any, NamedTuple

from sqlalchemy import Engine, select, update
from sqlmodel import Session

from consult.db import transaction
from consult.jobs import tables
from consult.jobs.perform import run
from consult.jobs.registry import ABREAST, TASKS, JobError


class Job(NamedTuple):
    """What was claimed."""

    id: str
    name: str
    ids: dict[str, Any]


def drain(engine: Engine, *, delayed: bool = False, limit: int = 10_000) -> int:
    """Run the queued jobs, and those they enqueue, until none is left; returns how many ran.

    The same rows in the same tables as the worker's, claimed as it claims them. `delayed` runs those
    that still have to wait, too. The first error is raised, its job marked failed and not tried again.
    """
    count = 0
    while count < limit and (job := _claim(engine, delayed)):
        _run(engine, job)
        count += 1
    return count


def _claim(engine: Engine, delayed: bool) -> Job | None:
    waiting = "'ENQUEUED', 'DELAYED'" if delayed else "'ENQUEUED'"
    with transaction(engine) as db:
        jobs, inputs = tables.statuses(db.get_bind()), tables.inputs(db.get_bind())
        first = db.execute(
            select(jobs.c.workflow_uuid, jobs.c.name)
            .where(jobs.c.queue_name.in_(ABREAST), tables.is_one_of(waiting))
            .order_by(jobs.c.created_at, jobs.c.workflow_uuid)
            .limit(1)
            .with_for_update(skip_locked=True)
        ).first()
        if first is None:
            return None
        _mark(db, first.workflow_uuid, "PENDING")
        given = select(inputs.c.inputs).where(inputs.c.workflow_uuid == first.workflow_uuid)
        return Job(
            first.workflow_uuid,
            first.name,
            json.loads(db.execute(given).scalar_one())["namedArgs"]["ids"],
        )


def _run(engine: Engine, job: Job) -> None:
    if job.name not in TASKS:
        raise JobError(f"No task answers to the job name {job.name!r}: load the tasks first.")
    try:
        run(TASKS[job.name], partial(transaction, engine), job.ids)
    except BaseException:
        _finish(engine, job.id, "ERROR")
        raise
    _finish(engine, job.id, "SUCCESS")


def _finish(engine: Engine, job: str, status: str) -> None:
    with transaction(engine) as db:
        _mark(db, job, status)


def _mark(db: Session, job: str, status: str) -> None:
    jobs, now = tables.statuses(db.get_bind()), int(time.time() * 1000)
    ended = None if status == "PENDING" else now
    db.execute(
        update(jobs)
        .where(jobs.c.workflow_uuid == job)
        .values(status=status, executor_id="drain", updated_at=now, completed_at=ended)
    )
