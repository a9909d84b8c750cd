"""Forgetting jobs that were done long ago, so that the engine's tables stay small."""

import time

from sqlalchemy import delete, or_, select
from sqlmodel import Session

from consult.jobs import tables
from consult.jobs.registry import task

DAY = 24 * 3600 * 1000

KEPT_DAYS, KEYED_DAYS = 14, 400
"""How long a finished job is remembered; one with a key longer, because its row is what refuses a second run."""

BATCH = 5_000


@task("jobs.tidy", every="17 * * * *")
def tidy(db: Session) -> None:
    """Delete a batch of the oldest jobs that ended well. Failed ones stay until someone has seen to them."""
    bind, now = db.get_bind(), int(time.time() * 1000)
    jobs = tables.statuses(bind)
    brief = or_(jobs.c.workflow_uuid.like("~%"), jobs.c.schedule_name.is_not(None))
    old = db.execute(
        select(jobs.c.workflow_uuid)
        .where(jobs.c.status == "SUCCESS", jobs.c.completed_at < now - KEPT_DAYS * DAY)
        .where(or_(brief, jobs.c.completed_at < now - KEYED_DAYS * DAY))
        .order_by(jobs.c.completed_at)
        .limit(BATCH)
    ).scalars()
    ids = list(old)
    for one in (tables.inputs(bind), tables.outputs(bind), jobs):
        db.execute(delete(one).where(one.c.workflow_uuid.in_(ids)))
