"""The queue: which cases are owed a decision, in piles that are counted as they change."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import and_, or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from consult import consultations
from consult.consultations import Consultation
from consult.contributions import Contribution
from consult.errors import NotFound
from consult.moderation.models import Case, CaseState, Flag

PILES = ("broken", "reported", "flagged", "clear", "held")


class Owed(NamedTuple):
    """A contribution that is owed a decision, with its case."""

    case: Case
    contribution: Contribution


def case_of(db: Session, contribution: Contribution) -> Case | None:
    """The case on a contribution, open or closed."""
    return db.exec(select(Case).where(Case.contribution_id == contribution.id)).first()


def with_case(
    db: Session, consultation: Consultation, contribution_id: UUID
) -> tuple[Contribution, Case | None]:
    """A contribution of this consultation and its case, which one never looked at has not."""
    found = db.exec(
        select(Contribution, Case)
        .outerjoin(Case, col(Case.contribution_id) == col(Contribution.id))
        .where(Contribution.id == contribution_id)
        .where(Contribution.consultation_id == consultation.id)
    ).first()
    if found is None:
        raise NotFound("There is no such response in this consultation.")
    return found


def join_pile(db: Session, case: Case) -> None:
    """Owe a decision on this case."""
    case.state, case.closed_at = CaseState.OPEN, None
    consultations.count(db, case.consultation_id, {f"queue:{case.choose_pile()}": 1})
    db.add(case)


def leave_pile(db: Session, case: Case, at: datetime | None = None) -> None:
    """Owe nothing on it, or nothing for the moment while it changes piles."""
    if case.state == CaseState.OPEN:
        consultations.count(db, case.consultation_id, {f"queue:{case.pile}": -1})
    case.state, case.closed_at = CaseState.CLOSED, at
    db.add(case)


def queue(
    db: Session, consultation: Consultation, pile: str, *, limit: int, offset: int = 0
) -> Sequence[Owed]:
    """One pile's open cases with their contributions: the gravest first, then as they came."""
    rows = db.exec(
        select(Case, Contribution)
        .join(Contribution, col(Contribution.id) == col(Case.contribution_id))
        .where(Case.consultation_id == consultation.id)
        .where(Case.state == CaseState.OPEN, Case.pile == pile)
        .order_by(col(Case.rank), col(Case.id))
        .limit(limit)
        .offset(offset)
    ).all()
    return [Owed(*row) for row in rows]


def first(db: Session, consultation: Consultation, pile: str) -> Case | None:
    """The case a pile begins with."""
    return db.exec(
        _pile(consultation, pile).order_by(col(Case.rank), col(Case.id)).limit(1)
    ).first()


def after(db: Session, consultation: Consultation, case: Case, pile: str) -> Case | None:
    """The next case of a pile, for a moderator who works through it; after the last, the first."""
    rank, this = col(Case.rank), col(Case.id)
    later = or_(rank > case.rank, and_(rank == case.rank, this > case.id))
    found = db.exec(_pile(consultation, pile).where(later).order_by(rank, this).limit(1)).first()
    again = found or first(db, consultation, pile)
    return again if again is not None and again.id != case.id else None


def before(db: Session, consultation: Consultation, case: Case, pile: str) -> Case | None:
    """The case before this one in a pile; none before the first."""
    rank, this = col(Case.rank), col(Case.id)
    earlier = or_(rank < case.rank, and_(rank == case.rank, this < case.id))
    backwards = _pile(consultation, pile).where(earlier).order_by(rank.desc(), this.desc())
    return db.exec(backwards.limit(1)).first()


def flags_of(db: Session, contribution: Contribution) -> Sequence[Flag]:
    """Everything flagged on a contribution, strongest first."""
    return db.exec(
        select(Flag)
        .where(Flag.contribution_id == contribution.id)
        .order_by(col(Flag.score).desc(), col(Flag.id))
    ).all()


def _pile(consultation: Consultation, pile: str) -> SelectOfScalar[Case]:
    return (
        select(Case)
        .where(Case.consultation_id == consultation.id)
        .where(Case.state == CaseState.OPEN)
        .where(Case.pile == pile)
    )
