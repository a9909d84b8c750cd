"""Jobs of the imports."""

from datetime import UTC, datetime
from uuid import UUID

from sqlmodel import Session

from consult.imports import filing, following, trials
from consult.jobs import OpenDb, task


def _now() -> datetime:
    return datetime.now(UTC)


@task("imports.read_due_sources", every=60)
def read_due_sources(db: Session) -> None:
    """Have every hashtag read that is due."""
    following.enqueue_due(db, at=_now())


@task("imports.read_source", transaction=False)
def read_source(open_db: OpenDb, source_id: UUID) -> None:
    """Read a hashtag on from its kept cursors; safe to run again, and beside another."""
    following.read_source(open_db, source_id, now=_now)


@task("imports.try_file", transaction=False)
def try_file(open_db: OpenDb, run_id: UUID) -> None:
    """A dry run of a file."""
    trials.try_file(open_db, run_id)


@task("imports.read_file", transaction=False)
def read_file(open_db: OpenDb, run_id: UUID) -> None:
    """Take a file in, going on after the last batch that was kept."""
    filing.read_file(open_db, run_id, now=_now)
