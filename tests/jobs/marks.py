"""What the tests' tasks leave behind: a row for each name, and how often it was written."""

import time
from collections.abc import Callable

from sqlalchemy import Engine, text
from sqlmodel import Session

from consult.db import transaction

ONCE = "INSERT INTO mark (name) VALUES (:name) ON CONFLICT (name) DO NOTHING"
COUNTED = (
    "INSERT INTO mark (name) VALUES (:name) ON CONFLICT (name) DO UPDATE SET runs = mark.runs + 1"
)


def leave(db: Session, name: str) -> None:
    """Write down one more run."""
    db.connection().execute(text(COUNTED), {"name": name})


def leave_once(db: Session, name: str) -> None:
    """What an idempotent task does: nothing, when it is already there."""
    db.connection().execute(text(ONCE), {"name": name})


def runs(engine: Engine) -> dict[str, int]:
    with transaction(engine, readonly=True) as db:
        rows = db.connection().execute(text("SELECT name, runs FROM mark")).all()
    return {row.name: row.runs for row in rows}


def until(condition: Callable[[], bool], seconds: float = 20) -> bool:
    """Wait for something that happens in another thread or process."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True
