"""The queue: which cases are owed a decision, in piles that are counted as they change."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from consult import consultations
from consult.consultations import Consultation
from consult.contributions import Contribution
from consult.moderation.models import Case, CaseState, Flag

PILES = ("broken", "reported", "flagged", "clear")


def case_of(db: Session, contribution: Contribution) -> Case | None:
    """The case on a contribution, open or closed."""
    return db.exec(select(Case).where(Case.contribution_id == contribution.id)).first()


def join_pile(db: Session, case: Case) -> None:
    """Owe a decision on this case."""
    case.state, case.closed_at = CaseState.OPEN, None
    consultations.count(db, case.consultation_id, {f"queue:{case.pile}": 1})
    db.add(case)


def leave_pile(db: Session, case: Case, at: datetime | None = None) -> None:
    """Owe nothing on it, or nothing for the moment while it changes piles."""
    if case.state == CaseState.OPEN and case.id is not None:
        consultations.count(db, case.consultation_id, {f"queue:{case.pile}": -1})
    case.state, case.closed_at = CaseState.CLOSED, at
    db.add(case)


def queue(
    db: Session, consultation: Consultation, pile: str, *, limit: int, offset: int = 0
) -> Sequence[Case]:
    """One pile's open cases: the gravest first, then as they came."""
    return db.exec(
        _pile(consultation, pile)
        .order_by(col(Case.urgency).desc(), col(Case.id))
        .limit(limit)
        .offset(offset)
    ).all()


def after(db: Session, consultation: Consultation, case: Case) -> Case | None:
    """The next case of the same pile, for a moderator who works through it."""
    following = _pile(consultation, case.pile).where(col(Case.id) != case.id)
    return db.exec(following.order_by(col(Case.urgency).desc(), col(Case.id)).limit(1)).first()


def flags_of(db: Session, contribution: Contribution) -> Sequence[Flag]:
    """Everything flagged on a contribution, strongest first."""
    return db.exec(
        select(Flag)
        .where(Flag.contribution_id == contribution.id)
        .order_by(col(Flag.score).desc(), col(Flag.id))
    ).all()


def _pile(consultation: Consultation, pile: str) -> SelectOfScalar[Case]:
    broken, reported, clear = col(Case.broken), col(Case.reports) > 0, col(Case.urgency) == 0
    rules = {
        "broken": broken,
        "reported": and_(~broken, reported),
        "flagged": and_(~broken, ~reported, ~clear),
        "clear": and_(~broken, ~reported, clear),
    }
    return (
        select(Case)
        .where(Case.consultation_id == consultation.id)
        .where(Case.state == CaseState.OPEN)
        .where(rules[pile])
    )
