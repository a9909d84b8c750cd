"""Reading consultations."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from consult.consultations.models import Consultation, Question, State
from consult.errors import NotFound

NOT_HERE = "There is no consultation at this address. It may have been renamed or never published."


def by_slug(db: Session, slug: str) -> Consultation:
    """The consultation with this address, whatever its state: for those who work on it."""
    found = db.exec(select(Consultation).where(Consultation.slug == slug)).first()
    if found is None:
        raise NotFound(NOT_HERE)
    return found


def by_id(db: Session, consultation_id: UUID) -> Consultation:
    """The consultation something belongs to."""
    return db.get_one(Consultation, consultation_id)


def public_by_slug(db: Session, slug: str) -> Consultation:
    """The consultation with this address, if the public may know of it."""
    found = by_slug(db, slug)
    if not found.is_public():
        raise NotFound(NOT_HERE)
    return found


def questions_of(db: Session, consultation: Consultation) -> Sequence[Question]:
    """Its questions, in the order asked."""
    return db.exec(
        select(Question)
        .where(Question.consultation_id == consultation.id)
        .order_by(col(Question.position))
    ).all()


def open_now(db: Session, at: datetime, *, limit: int = 20) -> Sequence[Consultation]:
    """What anyone can take part in now, closing soonest first."""
    return db.exec(
        select(Consultation)
        .where(Consultation.state == State.OPEN)
        .where(Consultation.opens_at <= at)
        .where(Consultation.closes_at > at)
        .order_by(col(Consultation.closes_at))
        .limit(limit)
    ).all()


def decided(db: Session, *, limit: int = 20) -> Sequence[Consultation]:
    """What has ended in published decisions, newest first."""
    return db.exec(
        select(Consultation)
        .where(Consultation.state == State.PUBLISHED)
        .order_by(col(Consultation.closes_at).desc())
        .limit(limit)
    ).all()


def public_list(
    db: Session, states: Iterable[State], *, limit: int, offset: int
) -> tuple[Sequence[Consultation], int]:
    """Consultations in these states, closing latest first, with how many there are."""
    wanted = col(Consultation.state).in_([state for state in states if state != State.DRAFT])
    ids = db.exec(select(Consultation.id).where(wanted)).all()
    shown = (
        select(Consultation)
        .where(wanted)
        .order_by(col(Consultation.closes_at).desc())
        .limit(limit)
        .offset(offset)
    )
    return db.exec(shown).all(), len(ids)


def of_organisations(db: Session, ids: Iterable[UUID]) -> Sequence[Consultation]:
    """Everything these organisations ask or have asked, newest first."""
    return db.exec(
        select(Consultation)
        .where(col(Consultation.organisation_id).in_(list(ids)))
        .order_by(col(Consultation.created_at).desc())
    ).all()
