"""How the jobs are: what waits, what failed, whether anyone works; and trying a failed one again."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine, func, inspect, select
from sqlmodel import Session

from consult.db import transaction
from consult.errors import Conflict
from consult.jobs import tables
from consult.jobs.alive import someone_works
from consult.jobs.door import APPLICATION

FAILED = "'ERROR', 'MAX_RECOVERY_ATTEMPTS_EXCEEDED'"


@dataclass(frozen=True)
class Failed:
    """A job that was given up: which, when, what kind of error, and what it was given."""

    job: str
    task: str
    at: datetime
    error: str
    ids: dict[str, Any]


def health(engine: Engine) -> dict[str, str | int]:
    """For /healthz: whether anyone works, how many jobs wait or run, how many were given up."""
    if not inspect(engine).has_table("workflow_status", schema=_schema(engine)):
        return {"state": "not set up", "waiting": 0, "failed": 0}
    with transaction(engine, readonly=True) as db:
        # Asked apart, because each has an index of its own.
        waiting = sum(_count(db, one) for one in ("'ENQUEUED'", "'PENDING'", "'DELAYED'"))
        counts = {"waiting": waiting, "failed": _count(db, FAILED)}
    return {"state": "running" if someone_works(engine) else "no worker", **counts}


def failed(engine: Engine, *, limit: int = 50) -> list[Failed]:
    """The jobs that were given up, latest first."""
    with transaction(engine, readonly=True) as db:
        jobs, given = tables.statuses(db.get_bind()), tables.inputs(db.get_bind())
        ended = tables.outputs(db.get_bind())
        rows = db.execute(
            select(
                jobs.c.workflow_uuid, jobs.c.name, jobs.c.updated_at, ended.c.error, given.c.inputs
            )
            .join_from(jobs, given, jobs.c.workflow_uuid == given.c.workflow_uuid)
            .outerjoin(ended, jobs.c.workflow_uuid == ended.c.workflow_uuid)
            .where(tables.is_one_of(FAILED))
            .order_by(jobs.c.created_at.desc())
            .limit(limit)
        ).all()
    return [_failed(*row) for row in rows]


def try_again(engine: Engine, job: str) -> None:
    """Put a job that was given up back into the queue, from its beginning."""
    from dbos import DBOSClient, DBOSPortableJSONSerializer, error

    client = DBOSClient(
        system_database_url=tables.address(engine),
        dbos_system_schema=tables.SCHEMA,
        serializer=DBOSPortableJSONSerializer(),
        application_name=APPLICATION,
        lazy=True,
    )
    try:
        client.rewind_workflow(job)
    except error.DBOSException:
        raise Conflict(
            "This job is not among those that failed; it may already be running again."
        ) from None
    finally:
        client.destroy()


def _count(db: Session, statuses: str) -> int:
    jobs = tables.statuses(db.get_bind())
    found = db.execute(select(func.count()).select_from(jobs).where(tables.is_one_of(statuses)))
    return int(found.scalar_one())


def _failed(job: str, name: str, at: int, error: str | None, inputs: str) -> Failed:
    """The engine keeps an error as its name and message; ours has the kind of error as its message."""
    kept = json.loads(error) if error else {"message": "Worker died"}
    given = json.loads(inputs)["namedArgs"].get("ids", {})
    return Failed(job, name, datetime.fromtimestamp(at / 1000, UTC), kept["message"], given)


def _schema(engine: Engine) -> str | None:
    return tables.SCHEMA if tables.is_postgresql(engine) else None
