"""Flags, the case they make together, and people's rulings on it."""

from datetime import datetime
from enum import Enum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Index
from sqlmodel import Field

from consult.contributions import Standing
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
        Index("ix_case_queue", "consultation_id", "state", "pile", "rank", "id"),
    )

    contribution_id: UUID = Field(foreign_key="contribution.id", ondelete="CASCADE", unique=True)
    consultation_id: UUID = Field(foreign_key="consultation.id")
    state: CaseState = Field(default=CaseState.OPEN, sa_type=Choice(CaseState))
    pile: str = Field(default="clear", max_length=20, description="Which pile it was last put on.")
    rank: int = Field(
        default=3, description="0 a threat or distress … 3 nothing found; 0 is first."
    )
    kinds: list[str] = Field(default_factory=list, sa_type=JSON)
    broken: bool = Field(default=False, description="The screener failed; a person must read it.")
    held: bool = Field(default=False, description="A moderator waits for somebody's word on it.")
    reports: int = 0
    opened_at: datetime = Field(sa_type=Moment)
    closed_at: datetime | None = Field(default=None, sa_type=Moment)

    def choose_pile(self) -> str:
        """Put it on exactly one pile: the gravest that fits, or with those a moderator has held."""
        found = "flagged" if self.kinds else "clear"
        for pile, applies in (
            ("reported", self.reports),
            ("broken", self.broken),
            ("held", self.held),
        ):
            found = pile if applies else found
        self.pile = found
        return found


class Ruling(Record, table=True):
    """One person's decision on a case, with ground and reason. Kept; at most marked as taken back."""

    __table_args__ = (
        choices("ruled", Ruled),
        choices("stood", Standing),
        Index("ix_ruling_by", "by", "at"),
    )

    contribution_id: UUID = Field(foreign_key="contribution.id", ondelete="CASCADE", index=True)
    ruled: Ruled = Field(sa_type=Choice(Ruled))
    ground: str = Field(default="", max_length=80, description="Id in the catalogue.")
    reason: str = Field(default="", max_length=2000, description="Told to the author.")
    redactions: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    test: dict[str, bool] = Field(
        default_factory=dict,
        sa_type=JSON,
        description="The two answers of Online Safety Act 2023 s.192, on a criminal ground.",
    )
    by: UUID | None = Field(default=None, foreign_key="person.id")
    at: datetime = Field(sa_type=Moment)
    stood: Standing = Field(
        default=Standing.WAITING,
        sa_type=Choice(Standing),
        description="How the contribution stood before, so that this can be taken back.",
    )
    pile: str = Field(default="", max_length=20, description="Where its case lay before, if open.")
    clearance_id: UUID | None = Field(default=None, foreign_key="clearance.id")
    undone_at: datetime | None = Field(default=None, sa_type=Moment)


class Clearance(Record, table=True):
    """A moderator's word that all in which nothing was found may be read: one press, many rulings."""

    consultation_id: UUID = Field(foreign_key="consultation.id", index=True)
    by: UUID = Field(foreign_key="person.id")
    at: datetime = Field(sa_type=Moment)
    upto: UUID = Field(description="The last case there was: what came later is not covered.")
    total: int
    done: int = 0
    finished_at: datetime | None = Field(default=None, sa_type=Moment)
