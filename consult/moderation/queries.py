"""Reading what was ruled."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlmodel import Session, col, select

from consult.consultations import Consultation
from consult.contributions import Contribution
from consult.identity import Person
from consult.moderation import rules
from consult.moderation.models import Ruling


class Kept(NamedTuple):
    """A ruling in the log, with the name of whoever made it."""

    ruling: Ruling
    name: str


def ground_title(ground: str) -> str:
    """A ground as people read it: its title in the catalogue."""
    return next((one.title for one in rules.catalogue() if one.id == ground), ground)


def rulings_of(db: Session, contribution: Contribution) -> Sequence[Ruling]:
    """The rulings on a contribution that hold, the newest last; those taken back are in the log."""
    return db.exec(
        select(Ruling)
        .where(Ruling.contribution_id == contribution.id)
        .where(col(Ruling.undone_at).is_(None))
        .order_by(col(Ruling.at), col(Ruling.id))
    ).all()


def log_of(db: Session, contribution: Contribution) -> list[Kept]:
    """Every ruling there ever was on a contribution, also those taken back, the newest first."""
    rows = db.exec(
        select(Ruling, Person.name)
        .outerjoin(Person, col(Person.id) == col(Ruling.by))
        .where(Ruling.contribution_id == contribution.id)
        .order_by(col(Ruling.at).desc(), col(Ruling.id).desc())
    )
    return [Kept(ruling, name or "") for ruling, name in rows]


def latest_by(
    db: Session, consultation: Consultation, by: Person, *, since: datetime
) -> tuple[Ruling, Contribution] | None:
    """What this person ruled last here, one by one, and has not taken back."""
    return db.exec(
        select(Ruling, Contribution)
        .join(Contribution, col(Contribution.id) == col(Ruling.contribution_id))
        .where(Ruling.by == by.id, Ruling.at >= since)
        .where(Contribution.consultation_id == consultation.id)
        .where(col(Ruling.undone_at).is_(None), col(Ruling.clearance_id).is_(None))
        .order_by(col(Ruling.at).desc(), col(Ruling.id).desc())
        .limit(1)
    ).first()
