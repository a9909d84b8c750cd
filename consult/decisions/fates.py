"""What became of one contribution, as its author and the public may know it."""

from dataclasses import dataclass, field

from sqlmodel import Session, col, select

from consult.contributions import Contribution
from consult.decisions.models import Basis, Decision, Outcome, Publication


@dataclass(frozen=True)
class Fate:
    """Its outcome, the published decisions it informed, and the publication that says so.

    Until something is published all of it is still work in progress, so nothing is told.
    """

    outcome: Outcome | None = None
    decisions: list[Decision] = field(default_factory=list)
    publication: Publication | None = None


def fate_of(db: Session, contribution: Contribution) -> Fate:
    """What became of a contribution, as far as it is public."""
    publication = db.exec(
        select(Publication)
        .where(Publication.consultation_id == contribution.consultation_id)
        .order_by(col(Publication.number).desc())
    ).first()
    if publication is None:
        return Fate()
    outcome = db.exec(select(Outcome).where(Outcome.contribution_id == contribution.id)).first()
    informed = db.exec(
        select(Decision)
        .join(Basis, col(Basis.decision_id) == col(Decision.id))
        .where(Basis.contribution_id == contribution.id)
        .order_by(col(Decision.position))
    ).all()
    return Fate(outcome, list(informed), publication)
