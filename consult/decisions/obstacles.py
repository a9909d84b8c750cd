"""What stands in the way of publishing: each as a sentence, and where it can be mended."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from consult.consultations import Consultation, Kind, State
from consult.contributions import Contribution, Standing
from consult.decisions.ledger import Sums, owed, sums
from consult.decisions.models import Decision, Outcome, OutcomeKind
from consult.decisions.queries import of_consultation
from consult.decisions.quotations import fallen
from consult.lib import text

STATES = {
    State.DRAFT: "It has not been open yet: open it, hear people, close it, then publish.",
    State.OPEN: "It is still open: close it before you publish what was decided.",
}
PARTS = (("heard", "what was heard"), ("decided", "what was decided"), ("why", "why"))


@dataclass(frozen=True)
class Obstacle:
    """One thing to mend first. `where` is consultation, decisions, decision, outcomes."""

    where: str
    sentence: str
    decision: Decision | None = None


def obstacles(db: Session, consultation: Consultation) -> list[Obstacle]:
    """Everything that stands in the way, from the running counts: for the page that prepares it."""
    return [*_of_words(db, consultation), *_owed(sums(db, consultation))]


def true_obstacles(db: Session, consultation: Consultation) -> list[Obstacle]:
    """The same by counting every contribution: for the moment of publishing."""
    left = db.exec(select(func.count()).select_from(owed(db, consultation).subquery())).one()
    found = _of_words(db, consultation)
    return [*found, Obstacle("outcomes", _so_many_owed(left))] if left else found


def unsettled_withdrawals(consultation: Consultation) -> SelectOfScalar[UUID]:
    """A query for those withdrawn by their authors but not yet accounted for as such."""
    return (
        select(Contribution.id)
        .join(Outcome, col(Outcome.contribution_id) == col(Contribution.id), isouter=True)
        .where(Contribution.consultation_id == consultation.id)
        .where(Contribution.standing == Standing.WITHDRAWN)
        .where(or_(col(Outcome.kind).is_(None), col(Outcome.kind) != OutcomeKind.WITHDRAWN))
    )


def _of_words(db: Session, consultation: Consultation) -> list[Obstacle]:
    found = []
    if consultation.state in STATES:
        found.append(Obstacle("consultation", STATES[consultation.state]))
    decisions = of_consultation(db, consultation)
    if not decisions and consultation.kind == Kind.PROPOSALS:
        found.append(Obstacle("decisions", "There is no decision yet: write at least one."))
    found += [gap for one in decisions if (gap := _gaps(one))]
    by_id = {one.id: one for one in decisions}
    for quotation in fallen(db, consultation):
        decision = by_id[quotation.decision_id]
        said = text.snippet(quotation.words, 80)
        found.append(Obstacle("decision", _fallen(said, decision), decision))
    return found


def _gaps(decision: Decision) -> Obstacle | None:
    missing = [words for name, words in PARTS if not getattr(decision, name).strip()]
    if not missing:
        return None
    return Obstacle(
        "decision", f"“{decision.title}” does not say {' or '.join(missing)}.", decision
    )


def _fallen(said: str, decision: Decision) -> str:
    return (
        f"The words “{said}”, quoted in “{decision.title}”, were blacked out or withheld since. "
        "Take the quotation out or choose other words."
    )


def _owed(now: Sums) -> list[Obstacle]:
    return [
        Obstacle("outcomes", _so_many_owed(part.without, part.group))
        for part in now.parts
        if part.without
    ]


def _so_many_owed(n: int, what: str = "contribution") -> str:
    return f"{n:,} {what}{'s have' if n != 1 else ' has'} no outcome yet."
