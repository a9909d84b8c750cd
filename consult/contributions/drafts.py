"""Forms people have begun: kept sealed, found by a cookie, and forgotten after thirty days."""

import json
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, col, select

from consult.consultations import Consultation
from consult.contributions.models import Draft
from consult.db import insert, new_id
from consult.lib import codes
from consult.secrecy import seal
from consult.settings import settings

KEPT_FOR = timedelta(days=30)


def draft_of(db: Session, consultation: Consultation, token: str) -> dict[str, Any]:
    """What this browser has answered so far; empty when it has begun nothing here."""
    found = _found(db, consultation, token)
    said: dict[str, Any] = json.loads(seal().open(found.sealed)) if found else {}
    return said


def keep_draft(
    db: Session, consultation: Consultation, token: str, said: dict[str, Any], *, at: datetime
) -> None:
    """Keep what has been answered so far."""
    row = {
        "id": new_id(),
        "consultation_id": consultation.id,
        "token_hash": _hash(consultation, token),
        "sealed": seal().seal(json.dumps(said)),
        "changed_at": at,
    }
    # An upsert, because two windows of one browser may save at the same moment.
    statement = insert(db, Draft).values(**row)
    newer = {name: statement.excluded[name] for name in ("sealed", "changed_at")}
    db.execute(statement.on_conflict_do_update(index_elements=["token_hash"], set_=newer))


def drop_draft(db: Session, consultation: Consultation, token: str) -> None:
    """Forget it: it has been sent, or its author says so."""
    if token:
        db.execute(delete(Draft).where(col(Draft.token_hash) == _hash(consultation, token)))


def sweep_drafts(db: Session, *, at: datetime) -> int:
    """Forget drafts nobody has touched for thirty days; returns how many."""
    gone = db.execute(delete(Draft).where(col(Draft.changed_at) < at - KEPT_FOR))
    return int(gone.rowcount)  # type: ignore[attr-defined]


def _found(db: Session, consultation: Consultation, token: str) -> Draft | None:
    if not token:
        return None
    return db.exec(select(Draft).where(Draft.token_hash == _hash(consultation, token))).first()


def _hash(consultation: Consultation, token: str) -> str:
    return codes.digest_token(f"{consultation.id}:{token}", settings().key)
