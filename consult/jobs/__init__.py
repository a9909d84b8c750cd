"""The door to the job engine."""

from typing import Any
from uuid import UUID

from sqlmodel import Session


def enqueue(
    db: Session,
    name: str,
    *,
    key: str | None = None,
    delay: float = 0,
    **ids: str | int | UUID | None,
) -> None:
    """placeholder until the jobs branch lands"""
