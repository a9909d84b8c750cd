"""The jobs of decisions: accounting for what happens elsewhere, publishing, writing letters."""

from datetime import UTC, datetime
from uuid import UUID

from sqlmodel import Session

from consult.consultations import Consultation
from consult.decisions import outcomes, writing
from consult.decisions.publishing import next_number, publish
from consult.identity import Person
from consult.jobs import OpenDb, task


@task("decisions.account_for_withdrawal")
def account_for_withdrawal(db: Session, contribution_id: UUID) -> None:
    """Its author took it back."""
    outcomes.account_for_withdrawal(db, contribution_id, at=datetime.now(UTC))


@task("decisions.account_for_ruling")
def account_for_ruling(db: Session, contribution_id: UUID, ground: str = "") -> None:
    """A moderator withheld it (with a ground) or lets it be seen again (without)."""
    outcomes.account_for_ruling(db, contribution_id, ground, at=datetime.now(UTC))


@task("decisions.publish", transaction=False, retry=())
def make_publication(open_db: OpenDb, consultation_id: UUID, number: int, by_id: UUID) -> None:
    """Publish in one transaction; killed in its middle, it leaves nothing and is begun again."""
    with open_db() as db:
        consultation = db.get_one(Consultation, consultation_id)
        if next_number(db, consultation) == number:
            publish(db, consultation, by=db.get_one(Person, by_id), at=datetime.now(UTC))


@task("decisions.write_letters", transaction=False)
def write_letters(open_db: OpenDb, publication_id: UUID) -> None:
    """Write to everyone whom a publication concerns, some hundred at a time; goes on where it was cut off."""
    after: str | None = ""
    while after is not None:
        with open_db() as db:
            after = writing.write_batch(db, publication_id, after, at=datetime.now(UTC))
