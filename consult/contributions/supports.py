"""Support for a question: one browser, one voice, and it can be taken back."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from consult import consultations
from consult.consultations import Consultation, Kind
from consult.contributions.models import Contribution, Standing, Support
from consult.db import insert, new_id
from consult.errors import Conflict

ONLY_QUESTIONS = "Only questions in a call for questions can be supported."
CLOSED = "This call has closed, so support can no longer be given or taken back."


def support(db: Session, contribution: Contribution, *, supporter: str, at: datetime) -> None:
    """Add one browser's support; a second time changes nothing."""
    consultation = _supportable(db, contribution, at)
    row = {
        "id": new_id(),
        "contribution_id": contribution.id,
        "supporter": supporter,
        "at": at,
    }
    added = db.execute(
        insert(db, Support)
        .values(**row)
        .on_conflict_do_nothing(index_elements=["contribution_id", "supporter"])
        .returning(col(Support.id))
    )
    _add(db, consultation, contribution, len(added.all()))


def withdraw_support(
    db: Session, contribution: Contribution, *, supporter: str, at: datetime
) -> None:
    """Take one browser's support back, if it was given."""
    consultation = _supportable(db, contribution, at)
    gone = db.execute(
        delete(Support)
        .where(col(Support.contribution_id) == contribution.id)
        .where(col(Support.supporter) == supporter)
        .returning(col(Support.id))
    )
    _add(db, consultation, contribution, -len(gone.all()))


def supported_by(db: Session, supporter: str, ids: Sequence[UUID]) -> set[UUID]:
    """Which of these contributions this browser supports."""
    if not supporter or not ids:
        return set()
    found = select(Support.contribution_id).where(
        Support.supporter == supporter, col(Support.contribution_id).in_(ids)
    )
    return set(db.exec(found).all())


def _supportable(db: Session, contribution: Contribution, at: datetime) -> Consultation:
    consultation = db.get_one(Consultation, contribution.consultation_id)
    if consultation.kind != Kind.QUESTIONS or contribution.standing != Standing.SHOWN:
        raise Conflict(ONLY_QUESTIONS)
    if not consultation.is_open(at):
        raise Conflict(CLOSED)
    return consultation


def _add(db: Session, consultation: Consultation, contribution: Contribution, by: int) -> None:
    if not by:
        return
    db.execute(
        update(Contribution)
        .where(col(Contribution.id) == contribution.id)
        .values(supports=col(Contribution.supports) + by)
    )
    db.refresh(contribution)
    consultations.touch(db, consultation)
