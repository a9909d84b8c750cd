"""Reading what was ruled."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from consult.contributions import Contribution
from consult.moderation import rules
from consult.moderation.models import Ruling


def ground_title(ground: str) -> str:
    """A ground as people read it: its title in the catalogue."""
    return next((one.title for one in rules.catalogue() if one.id == ground), ground)


def rulings_of(db: Session, contribution: Contribution) -> Sequence[Ruling]:
    """Every ruling on a contribution, the newest last: none is ever taken out."""
    return db.exec(
        select(Ruling)
        .where(Ruling.contribution_id == contribution.id)
        .order_by(col(Ruling.at), col(Ruling.id))
    ).all()
