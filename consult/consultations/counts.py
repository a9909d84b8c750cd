"""Running counts of a consultation. What is counted is named `group:value`, such as `channel:web`."""

from collections.abc import Mapping
from uuid import UUID

from sqlmodel import Session, col, select

from consult.consultations.models import Tally
from consult.db import insert


def count(db: Session, consultation_id: UUID, changes: Mapping[str, int]) -> None:
    """Add to running counts, in the transaction that makes them true. Zero changes cost nothing."""
    # Sorted, so that two writers on PostgreSQL lock the same rows in the same order.
    for what, by in sorted(changes.items()):
        if by:
            statement = insert(db, Tally).values(consultation_id=consultation_id, what=what, n=by)
            db.execute(
                statement.on_conflict_do_update(
                    index_elements=["consultation_id", "what"],
                    set_={"n": Tally.n + statement.excluded.n},
                )
            )


def counts(db: Session, consultation_id: UUID) -> dict[str, int]:
    """Every running count of a consultation, by name; what was never counted is missing."""
    found = select(Tally.what, Tally.n).where(Tally.consultation_id == consultation_id)
    return dict(db.exec(found).all())


def counts_by(db: Session, what: str, ids: list[UUID]) -> dict[UUID, int]:
    """One count for many consultations."""
    found = select(Tally.consultation_id, Tally.n).where(
        Tally.what == what, col(Tally.consultation_id).in_(ids)
    )
    return dict(db.exec(found).all())


def counts_of(db: Session, ids: list[UUID]) -> dict[UUID, dict[str, int]]:
    """Every running count of several consultations, for a page that lists them."""
    rows = db.exec(select(Tally).where(col(Tally.consultation_id).in_(ids)))
    found: dict[UUID, dict[str, int]] = {}
    for one in rows:
        found.setdefault(one.consultation_id, {})[one.what] = one.n
    return found


def recount(db: Session, consultation_id: UUID, truth: Mapping[str, int]) -> dict[str, int]:
    """Set counts to what was found by counting; returns by how much each was off."""
    kept = counts(db, consultation_id)
    off = {what: n - kept.get(what, 0) for what, n in truth.items() if n != kept.get(what, 0)}
    count(db, consultation_id, off)
    return off
