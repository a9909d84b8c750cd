"""Writing things down, and chaining what was written."""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from consult.audit.models import Action, Entry
from consult.db import insert_rows


def record(
    db: Session,
    action: Action,
    subject_id: UUID | None = None,
    *,
    at: datetime,
    by: UUID | None = None,
    **details: Any,
) -> None:
    """Write down that something was done. Details are ids, counts and names of fields, never people's words."""
    db.add(Entry(at=at, action=action, subject_id=subject_id, by=by, details=details))


def record_each(
    db: Session,
    action: Action,
    subjects: Sequence[UUID],
    *,
    at: datetime,
    by: UUID | None = None,
    **details: Any,
) -> None:
    """Write down the same of many, in one go."""
    rows = [
        Entry(at=at, action=action, subject_id=one, by=by, details=details).model_dump()
        for one in subjects
    ]
    insert_rows(db, Entry, rows)


def seal(db: Session, *, limit: int = 5000) -> int:
    """Chain the entries not yet chained, oldest first; returns how many.

    Chaining is a job and not part of `record`, because a chain made in the request would let only
    one person at a time write anything at all.
    """
    last = db.exec(select(Entry).order_by(col(Entry.position).desc().nulls_last()).limit(1)).first()
    position, chain = (last.position or 0, last.chain or "") if last else (0, "")
    waiting = (
        select(Entry).where(col(Entry.position).is_(None)).order_by(col(Entry.id)).limit(limit)
    )
    entries = db.exec(waiting).all()
    for entry in entries:
        position += 1
        chain = _link(chain, entry)
        entry.position, entry.chain = position, chain
        db.add(entry)
    return len(entries)


def first_break(db: Session) -> int | None:
    """The position of the first entry that does not follow from the one before; None when all do."""
    chain = ""
    sealed = select(Entry).where(col(Entry.position).is_not(None)).order_by(col(Entry.position))
    for expected, entry in enumerate(db.exec(sealed.execution_options(yield_per=1000)), start=1):
        chain = _link(chain, entry)
        if entry.position != expected or entry.chain != chain:
            return expected
    return None


def _link(previous: str, entry: Entry) -> str:
    content = [
        previous,
        entry.id.hex,
        entry.at.isoformat(),
        entry.action.value,
        entry.subject_id.hex if entry.subject_id else "",
        entry.by.hex if entry.by else "",
        json.dumps(entry.details, sort_keys=True, separators=(",", ":")),
    ]
    return hashlib.sha256("\x1f".join(content).encode()).hexdigest()
