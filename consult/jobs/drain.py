"""Running what is queued right here, in this thread and in order: for tests and for commands."""

import json
import time
from functools import partial

from sqlalchemy import Engine, Row, select, update
from sqlmodel import Session

from consult.db import transaction
from consult.jobs import tables
from consult.jobs.perform import JobError, run
from consult.jobs.registry import TASKS


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


def _claim(engine: Engine, delayed: bool) -> Row[tuple[str, str, str]] | None:
    waiting = ["ENQUEUED", "DELAYED"] if delayed else ["ENQUEUED"]
    with transaction(engine) as db:
        jobs, inputs = tables.statuses(db.get_bind()), tables.inputs(db.get_bind())
        first: Row[tuple[str, str, str]] | None = db.execute(
            select(jobs.c.workflow_uuid, jobs.c.name, inputs.c.inputs)
            .join_from(jobs, inputs, jobs.c.workflow_uuid == inputs.c.workflow_uuid)
            .where(jobs.c.queue_name.in_(["short", "long"]), jobs.c.status.in_(waiting))
            .order_by(jobs.c.created_at, jobs.c.workflow_uuid)
            .limit(1)
            .with_for_update(of=jobs, skip_locked=True)
        ).first()
        if first:
            _mark(db, first.workflow_uuid, "PENDING")
        return first


def _run(engine: Engine, job: Row[tuple[str, str, str]]) -> None:
    if job.name not in TASKS:
        raise JobError(f"No task answers to the job name {job.name!r}: load the tasks first.")
    ids = json.loads(job.inputs)["namedArgs"]["ids"]
    try:
        run(TASKS[job.name], partial(transaction, engine), ids)
    except BaseException:
        _finish(engine, job.workflow_uuid, "ERROR")
        raise
    _finish(engine, job.workflow_uuid, "SUCCESS")


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
