"""What we send to people, and whether it went."""

from datetime import datetime
from enum import Enum
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field

from consult.db import Choice, Moment, Record, choices


class LetterState(Enum):
    """How far a letter is. `unsure`: it was being handed over when we were cut off."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    KEPT = "kept"
    UNSURE = "unsure"
    FAILED = "failed"


class Letter(Record, table=True):
    """A message to one person. `key` says what it is about, so that nobody gets it twice."""

    __table_args__ = (choices("state", LetterState), Index("ix_letter_state", "state", "id"))

    key: str = Field(max_length=200, unique=True)
    about: UUID | None = Field(default=None, index=True, description="Consultation it concerns.")
    address: str = Field(description="Sealed.")
    subject: str = Field(max_length=300)
    body: str = Field(description="Sealed: it may hold a receipt link.")
    state: LetterState = Field(default=LetterState.WAITING, sa_type=Choice(LetterState))
    written_at: datetime = Field(sa_type=Moment)
    sent_at: datetime | None = Field(default=None, sa_type=Moment)
    attempts: int = 0
    trouble: str = ""
