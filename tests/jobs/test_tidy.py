"""Forgetting old jobs: what goes, and what has to stay."""

import time

import pytest
from sqlalchemy import Engine, select, update
from sqlmodel import Session

from consult import jobs
from consult.db import transaction
from consult.jobs import tables
from tests.jobs.marks import leave

DAY = 24 * 3600 * 1000


@pytest.fixture(autouse=True)
def mark(tasks: dict[str, jobs.Task]) -> None:
    @jobs.task("tests.mark")
    def mark(db: Session, name: str) -> None:
        leave(db, name)


def age(engine: Engine, days: int) -> None:
    with transaction(engine) as db:
        ended = int(time.time() * 1000) - days * DAY
        db.execute(update(tables.statuses(db.get_bind())).values(completed_at=ended))


def left(engine: Engine) -> list[str]:
    """What the engine remembers, with what it was given."""
    with transaction(engine) as db:
        jobs_, given = tables.statuses(db.get_bind()), tables.inputs(db.get_bind())
        rows = db.execute(
            select(jobs_.c.workflow_uuid).join(
                given, jobs_.c.workflow_uuid == given.c.workflow_uuid
            )
        )
        return ["keyed" if job.startswith("tests.mark:") else "unkeyed" for job in rows.scalars()]


@pytest.mark.parametrize(("days", "kept"), [(13, ["keyed", "unkeyed"]), (15, ["keyed"]), (401, [])])
def test_jobs_done_long_ago_are_forgotten_those_with_a_key_later(
    engine: Engine, days: int, kept: list[str]
) -> None:
    with transaction(engine) as db:
        jobs.enqueue(db, "tests.mark", key="one", name="a")
        jobs.enqueue(db, "tests.mark", name="b")
    jobs.drain(engine)
    age(engine, days)
    with transaction(engine) as db:
        jobs.tidy(db)
    assert sorted(left(engine)) == kept


def test_a_job_that_failed_is_not_forgotten(engine: Engine) -> None:
    @jobs.task("tests.fails")
    def fails(db: Session) -> None:
        raise ZeroDivisionError

    with transaction(engine) as db:
        jobs.enqueue(db, "tests.fails")
    with pytest.raises(ZeroDivisionError):
        jobs.drain(engine)
    age(engine, 500)
    with transaction(engine) as db:
        jobs.tidy(db)
    assert left(engine) == ["unkeyed"]
