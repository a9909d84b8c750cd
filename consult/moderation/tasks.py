"""Jobs of moderation."""

from datetime import UTC, datetime
from uuid import UUID

from sqlmodel import Session

from consult.consultations import Consultation
from consult.contributions import Contribution
from consult.jobs import OpenDb, task
from consult.moderation import again, clearances, screening
from consult.moderation.models import Clearance


@task("moderation.screen", transaction=False)
def screen(open_db: OpenDb, consultation_id: UUID, first: UUID, last: UUID) -> None:
    """Screen a batch that has arrived, a slice at a time. Running twice finds nothing left to screen.

    In one piece a thousand of them would keep whoever sends a response waiting for seconds.
    """
    done = screening.SLICE
    while done == screening.SLICE:
        with open_db() as db:
            here = db.get_one(Consultation, consultation_id)
            done = screening.screen(db, here, first, last, at=datetime.now(UTC))


@task("moderation.publish_clear", transaction=False)
def publish_clear(open_db: OpenDb, clearance_id: UUID) -> None:
    """Publish batch after batch, each kept as it is done. Resumed, it goes on with what is left."""
    goes_on = True
    while goes_on:
        with open_db() as db:
            made = db.get_one(Clearance, clearance_id)
            goes_on = clearances.go_on(db, made, at=datetime.now(UTC))


@task("moderation.screen_again")
def screen_again(db: Session, contribution_id: UUID) -> None:
    """Screen a contribution whose words its author has changed."""
    again.screen_again(db, db.get_one(Contribution, contribution_id), at=datetime.now(UTC))
