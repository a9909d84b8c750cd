"""Setting outcomes in batches, each with its running counts, so that no contribution has two or is counted twice."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Select, delete
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from consult import consultations
from consult.consultations import Consultation
from consult.contributions import Channel, Contribution, Standing, group
from consult.db import insert_rows, new_id
from consult.decisions.models import Outcome, OutcomeKind

BATCH = 1000

Which = Sequence[UUID] | Select[UUID]
"""Contributions, as a list of ids or as a query that finds them."""


class Account(NamedTuple):
    """One contribution and how it is accounted for now."""

    id: UUID
    channel: Channel
    standing: Standing
    kind: OutcomeKind | None
    ground: str

    @property
    def group(self) -> str:
        return group(self.channel)


def lock(db: Session, consultation: Consultation) -> None:
    """Let one at a time change what is accounted for, so that counts and ledger stay one truth.

    SQLite has only one writer anyway.
    """
    db.flush()
    db.execute(
        select(Consultation.id).where(Consultation.id == consultation.id).with_for_update()
    ).all()


def batches(db: Session, which: Which) -> Iterator[list[UUID]]:
    """The ids in thousands, each once."""
    found = db.execute(which).scalars().all() if isinstance(which, Select) else which
    ids = list(dict.fromkeys(found))
    for start in range(0, len(ids), BATCH):
        yield ids[start : start + BATCH]


def accounts(db: Session, consultation_id: UUID, ids: Sequence[UUID]) -> list[Account]:
    """How these contributions stand; those of other consultations are left out."""
    rows = db.execute(
        columns(
            col(Contribution.id),
            col(Contribution.channel),
            col(Contribution.standing),
            col(Outcome.kind),
            col(Outcome.ground),
        )
        .join(Outcome, col(Outcome.contribution_id) == col(Contribution.id), isouter=True)
        .where(col(Contribution.id).in_(ids))
        .where(col(Contribution.consultation_id) == consultation_id)
    )
    return [Account(row[0], row[1], row[2], row[3], row[4] or "") for row in rows]


def settle(
    db: Session,
    consultation_id: UUID,
    found: Sequence[Account],
    kind: OutcomeKind,
    *,
    at: datetime,
    **more: Any,
) -> None:
    """Give contributions an outcome in place of the one they have. The ground of a withholding stays kept."""
    if not found:
        return
    rows = [
        {
            "id": new_id(),
            "consultation_id": consultation_id,
            "contribution_id": one.id,
            "kind": kind,
            "reason": "",
            "ground": one.ground,
            "other_id": None,
            "by": None,
            "at": at,
            **more,
        }
        for one in found
    ]
    insert_rows(db, Outcome, rows, over=["contribution_id"])
    _forget_read(db)
    _count(db, consultation_id, found, kind)


def _forget_read(db: Session) -> None:
    """Outcomes this session read before were written past it."""
    for one in [kept for kept in db.identity_map.values() if isinstance(kept, Outcome)]:
        db.expire(one)


def clear(db: Session, consultation_id: UUID, found: Sequence[Account]) -> None:
    """Take outcomes back: these contributions are owed one again."""
    ids = [one.id for one in found if one.kind is not None]
    if ids:
        db.execute(delete(Outcome).where(col(Outcome.contribution_id).in_(ids)))
        _count(db, consultation_id, found, None)


def _count(
    db: Session, consultation_id: UUID, found: Sequence[Account], kind: OutcomeKind | None
) -> None:
    changes: Counter[str] = Counter()
    for one in found:
        if one.kind is not None:
            changes[f"outcome:{one.group}:{one.kind.value}"] -= 1
        if kind is not None:
            changes[f"outcome:{one.group}:{kind.value}"] += 1
    consultations.count(db, consultation_id, changes)
