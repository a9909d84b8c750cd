"""How far the reading is: for one contribution, for a consultation, and the counts behind both."""

from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, or_
from sqlmodel import Session, col, select

from consult import consultations
from consult.consultations import Consultation, Tally
from consult.contributions import Channel, Contribution, group
from consult.synthesis.models import Coding, Reading, Theme


class Progress(NamedTuple):
    """How far one contribution is: whether somebody has read it, and with how many themes it is coded."""

    read: bool
    coded: int


@dataclass(frozen=True)
class Coverage:
    """Of so many received, so many were read, coded, and linked to a decision. Posts stand apart."""

    which: str
    received: int
    read: int
    coded: int
    linked: int


def progress_of(db: Session, contribution: Contribution) -> Progress:
    """What a receipt may say of one contribution."""
    read = select(Reading.id).where(Reading.contribution_id == contribution.id).exists()
    coded = select(func.count(func.distinct(Coding.theme_id))).where(
        Coding.contribution_id == contribution.id
    )
    found = db.exec(select(read, coded.scalar_subquery())).one()
    return Progress(bool(found[0]), int(found[1] or 0))


def coverage(db: Session, consultation: Consultation) -> list[Coverage]:
    """Responses first, then posts; from the running counts."""
    return coverage_from(consultations.counts(db, consultation.id))


def coverage_from(counts: dict[str, int]) -> list[Coverage]:
    """The same, where the counts were read already."""
    return [
        Coverage(
            which,
            *(counts.get(f"{what}:{which}", 0) for what in ("received", "read", "coded", "linked")),
        )
        for which in ("response", "post")
    ]


def true_counts(db: Session, consultation_id: UUID) -> dict[str, int]:
    """What the running counts of reading and coding ought to be, by counting."""
    found: dict[str, int] = {}
    for what, channel, n in [
        *_counted(db, consultation_id, Coding, "coded"),
        *_counted(db, consultation_id, Reading, "read"),
    ]:
        _add(found, f"{what}:{group(channel)}", n)
    for theme_id, channel, n in _counted_themes(db, consultation_id):
        _add(found, f"theme:{theme_id}", n)
        _add(found, f"theme:{group(channel)}:{theme_id}", n)
    return found


def recount(db: Session, consultation_id: UUID) -> None:
    """Set the counts of coding to the truth after marks went with the words they stood on.

    The counts are held first: whoever is marking meanwhile adds theirs afterwards.
    """
    kept = select(Tally.what).where(Tally.consultation_id == consultation_id)
    coding = or_(col(Tally.what).like("coded:%"), col(Tally.what).like("theme:%"))
    held = db.exec(kept.where(coding).order_by(Tally.what).with_for_update()).all()
    truth = true_counts(db, consultation_id)
    consultations.recount(db, consultation_id, {what: truth.get(what, 0) for what in held})


def _counted(
    db: Session, consultation_id: UUID, kind: type[Coding] | type[Reading], what: str
) -> list[tuple[str, Channel, int]]:
    rows = db.exec(
        select(col(Contribution.channel), func.count(func.distinct(col(kind.contribution_id))))
        .join(kind, col(kind.contribution_id) == col(Contribution.id))
        .where(Contribution.consultation_id == consultation_id)
        .group_by(col(Contribution.channel))
    )
    return [(what, channel, n) for channel, n in rows]


def _counted_themes(db: Session, consultation_id: UUID) -> list[tuple[UUID, Channel, int]]:
    rows = db.exec(
        select(
            col(Coding.theme_id),
            col(Contribution.channel),
            func.count(func.distinct(col(Coding.contribution_id))),
        )
        .join(Theme, col(Theme.id) == col(Coding.theme_id))
        .join(Contribution, col(Contribution.id) == col(Coding.contribution_id))
        .where(Theme.consultation_id == consultation_id)
        .group_by(col(Coding.theme_id), col(Contribution.channel))
    )
    return [(theme, channel, n) for theme, channel, n in rows]


def _add(found: dict[str, int], what: str, n: int) -> None:
    found[what] = found.get(what, 0) + n
