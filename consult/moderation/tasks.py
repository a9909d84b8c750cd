"""Jobs of moderation."""

from datetime import UTC, datetime
from uuid import UUID

from sqlmodel import Session

from consult.consultations import Consultation
from consult.contributions import Contribution
from consult.jobs import task
from consult.moderation import again, screening


@task("moderation.screen")
def screen(db: Session, consultation_id: UUID, first: UUID, last: UUID) -> None:
    """Screen a batch that has arrived. Running twice finds nothing left to screen."""
    consultation = db.get_one(Consultation, consultation_id)
    screening.screen(db, consultation, first, last, at=datetime.now(UTC))


@task("moderation.screen_again")
def screen_again(db: Session, contribution_id: UUID) -> None:
    """Screen a contribution whose words its author has changed."""
    again.screen_again(db, db.get_one(Contribution, contribution_id), at=datetime.now(UTC))
