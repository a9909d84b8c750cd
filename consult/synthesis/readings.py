"""Who has read what."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete
from sqlmodel import Session, col, select

from consult import consultations
from consult.consultations import Consultation
from consult.contributions import Contribution, group
from consult.db import insert, new_id
from consult.identity import Person
from consult.synthesis.models import Reading
from consult.synthesis.themes import require_coder

AT_ONCE = 1_000


def mark_read(
    db: Session,
    consultation: Consultation,
    ids: Sequence[UUID],
    *,
    by: Person,
    at: datetime,
) -> None:
    """Note that a person has read these contributions; their authors' receipts say so."""
    require_coder(db, consultation, by)
    for first in range(0, len(ids), AT_ONCE):
        found = _lock(db, consultation, ids[first : first + AT_ONCE])
        known = _read(db, found)
        rows = [
            {"id": new_id(), "contribution_id": one.id, "person_id": by.id, "at": at}
            for one in found
        ]
        if rows:
            db.execute(insert(db, Reading).values(rows).on_conflict_do_nothing())
        fresh = Counter(f"read:{group(one.channel)}" for one in found if one.id not in known)
        consultations.count(db, consultation.id, fresh)


def mark_unread(
    db: Session, consultation: Consultation, ids: Sequence[UUID], *, by: Person, at: datetime
) -> None:
    """Take back that this person has read them; what others have read stays read."""
    require_coder(db, consultation, by)
    found = _lock(db, consultation, ids)
    known = _read(db, found)
    mine = col(Reading.person_id) == by.id
    db.execute(
        delete(Reading).where(mine, col(Reading.contribution_id).in_([one.id for one in found]))
    )
    gone = known - _read(db, found)
    fewer = Counter(f"read:{group(one.channel)}" for one in found if one.id in gone)
    consultations.count(db, consultation.id, {what: -n for what, n in fewer.items()})


def _lock(db: Session, consultation: Consultation, ids: Sequence[UUID]) -> Sequence[Contribution]:
    return db.exec(
        select(Contribution)
        .where(col(Contribution.id).in_(ids), Contribution.consultation_id == consultation.id)
        .order_by(col(Contribution.id))
        .with_for_update()
    ).all()


def _read(db: Session, found: Sequence[Contribution]) -> set[UUID]:
    ids = [one.id for one in found]
    read = select(Reading.contribution_id).where(col(Reading.contribution_id).in_(ids))
    return set(db.exec(read).all())
