"""Reading what was ruled."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from consult.contributions import Contribution
from consult.moderation.models import Ruling


def ground_title(ground: str) -> str:
    """A ground as people read it: “personal-data” → “Personal data”."""
    return ground.replace("-", " ").capitalize()


def rulings_of(db: Session, contribution: Contribution) -> Sequence[Ruling]:
    """Every ruling on a contribution, the newest last: none is ever taken out."""
    return db.exec(
        select(Ruling)
        .where(Ruling.contribution_id == contribution.id)
        .order_by(col(Ruling.at), col(Ruling.id))
    ).all()
