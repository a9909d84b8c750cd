"""Housekeeping of what people have begun."""

from datetime import UTC, datetime

from sqlmodel import Session

from consult.contributions.drafts import sweep_drafts
from consult.jobs import task


@task("contributions.sweep_drafts", every="11 3 * * *")
def sweep(db: Session) -> None:
    """Forget forms that nobody has touched for thirty days."""
    sweep_drafts(db, at=datetime.now(UTC))
