"""Flags, the case they make together, and people's rulings on it."""

from datetime import datetime
from enum import Enum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Index
from sqlmodel import Field

from consult.db import Choice, Moment, Record, choices


class Origin(Enum):
    """Who raised a flag."""

    RULE = "rule"
    READER = "reader"
    SCREENER = "screener"


class CaseState(Enum):
    """Whether a decision is owed."""

    OPEN = "open"
    CLOSED = "closed"


class Ruled(Enum):
    """What a moderator may do."""

    PUBLISH = "publish"
    REDACT = "redact"
    HOLD = "hold"
    WITHHOLD = "withhold"


class Flag(Record, table=True):
    """What a rule, a model or a reader says may be wrong, with its basis in law or house rules."""

    __table_args__ = (choices("origin", Origin), Index("ix_flag_contribution", "contribution_id"))

    contribution_id: UUID = Field(foreign_key="contribution.id", ondelete="CASCADE")
    answer_id: UUID | None = Field(default=None, foreign_key="answer.id", ondelete="CASCADE")
    origin: Origin = Field(sa_type=Choice(Origin))
    kind: str = Field(max_length=40)
    basis: str = Field(max_length=80)
    rule: str = Field(max_length=80)
    version: str = Field(max_length=20)
    spans: list[list[int]] = Field(default_factory=list, sa_type=JSON)
    reason: str = Field(max_length=1000)
    counter_signals: list[str] = Field(default_factory=list, sa_type=JSON)
    next_step: str = Field(default="", max_length=500)
    score: float = 1.0
    raised_at: datetime = Field(sa_type=Moment)
    reporter: str = Field(
        default="", max_length=64, description="Keyed hash, against repeated reports."
    )


class Case(Record, table=True):
    """Everything owed on one contribution. `ready` is false while its screener has not run."""

    __table_args__ = (
        choices("state", CaseState),
        Index("ix_case_queue", "consultation_id", "state", "urgency", "id"),
    )

    contribution_id: UUID = Field(foreign_key="contribution.id", ondelete="CASCADE", unique=True)
    consultation_id: UUID = Field(foreign_key="consultation.id")
    state: CaseState = Field(default=CaseState.OPEN, sa_type=Choice(CaseState))
    urgency: int = Field(default=0, description="3 threat … 0 nothing found, only to be looked at.")
    kinds: list[str] = Field(default_factory=list, sa_type=JSON)
    broken: bool = Field(default=False, description="The screener failed; a person must read it.")
    reports: int = 0
    opened_at: datetime = Field(sa_type=Moment)
    closed_at: datetime | None = Field(default=None, sa_type=Moment)

    @property
    def pile(self) -> str:
        """Which pile of the queue it lies on: exactly one, the gravest that fits."""
        if self.broken:
            return "broken"
        if self.reports:
            return "reported"
        return "flagged" if self.kinds else "clear"


class Ruling(Record, table=True):
    """One person's decision on a case, with ground and reason. Rulings are kept, never changed."""

    __table_args__ = (choices("ruled", Ruled),)

    contribution_id: UUID = Field(foreign_key="contribution.id", ondelete="CASCADE", index=True)
    ruled: Ruled = Field(sa_type=Choice(Ruled))
    ground: str = Field(default="", max_length=80, description="Id in the catalogue.")
    reason: str = Field(default="", max_length=2000, description="Told to the author.")
    redactions: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    by: UUID | None = Field(default=None, foreign_key="person.id")
    at: datetime = Field(sa_type=Moment)
