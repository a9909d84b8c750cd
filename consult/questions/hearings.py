"""The sittings at which questions are put."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, Field
from sqlmodel import Session, col, select

from consult import audit, consultations
from consult.audit import Action
from consult.consultations import Consultation
from consult.errors import NotFound, require
from consult.identity import Person, roles_in
from consult.questions import rules
from consult.questions.models import Hearing


class NewHearing(BaseModel):
    """What is known of a sitting beforehand."""

    title: str = Field(min_length=1, max_length=200)
    place: str = Field(default="", max_length=200)
    held_on: date


def add_hearing(
    db: Session, consultation: Consultation, new: NewHearing, *, by: Person, at: datetime
) -> Hearing:
    """Name a sitting at which questions of this call are put."""
    made = Hearing(consultation_id=consultation.id, **new.model_dump())
    _changed(db, consultation, made, by, at)
    return made


def change_hearing(
    db: Session,
    consultation: Consultation,
    hearing: Hearing,
    new: NewHearing,
    *,
    by: Person,
    at: datetime,
) -> None:
    """Correct its name, place or day; the questions put at it go with it."""
    for name, value in new.model_dump().items():
        setattr(hearing, name, value)
    _changed(db, consultation, hearing, by, at)


def hearings_of(db: Session, consultation: Consultation) -> Sequence[Hearing]:
    """The sittings of a call, the latest first."""
    return db.exec(
        select(Hearing)
        .where(Hearing.consultation_id == consultation.id)
        .order_by(col(Hearing.held_on).desc(), col(Hearing.id).desc())
    ).all()


def hearing(db: Session, consultation: Consultation, hearing_id: UUID) -> Hearing:
    """One sitting of this call."""
    found = db.get(Hearing, hearing_id)
    if found is None or found.consultation_id != consultation.id:
        raise NotFound("There is no such hearing in this call for questions.")
    return found


def _changed(
    db: Session, consultation: Consultation, hearing: Hearing, by: Person, at: datetime
) -> None:
    require(rules.may_put(roles_in(db, by, consultation.organisation_id), consultation))
    db.add(hearing)
    db.flush()
    consultations.touch(db, consultation)
    audit.record(db, Action.HEARING_CHANGED, hearing.id, at=at, by=by.id)
