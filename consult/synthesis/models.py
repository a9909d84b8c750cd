"""Themes people confirmed, their codings, and what machines suggested, kept apart."""

from datetime import datetime
from enum import Enum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field

from consult.db import Choice, Moment, Record, choices


class Answered(Enum):
    """What a person said to a suggestion."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    REFUSED = "refused"


class Theme(Record, table=True):
    """An idea a person confirmed."""

    __table_args__ = (UniqueConstraint("consultation_id", "name"),)

    consultation_id: UUID = Field(foreign_key="consultation.id")
    name: str = Field(max_length=120)
    definition: str = Field(default="", max_length=1000)
    position: int = 0
    made_by: UUID | None = Field(default=None, foreign_key="person.id")
    made_at: datetime = Field(sa_type=Moment)
    retired_at: datetime | None = Field(default=None, sa_type=Moment)


class Coding(Record, table=True):
    """A person's marking of a span of an answer with a theme. Positions count characters of the text."""

    __table_args__ = (
        UniqueConstraint("answer_id", "theme_id", "start", "end"),
        Index("ix_coding_theme", "theme_id", "contribution_id"),
        Index("ix_coding_contribution", "contribution_id"),
    )

    contribution_id: UUID = Field(foreign_key="contribution.id", ondelete="CASCADE")
    answer_id: UUID = Field(foreign_key="answer.id", ondelete="CASCADE")
    theme_id: UUID = Field(foreign_key="theme.id", ondelete="CASCADE")
    start: int
    end: int
    by: UUID | None = Field(default=None, foreign_key="person.id")
    at: datetime = Field(sa_type=Moment)


class Reading(Record, table=True):
    """That a person has read a contribution."""

    __table_args__ = (UniqueConstraint("contribution_id", "person_id"),)

    contribution_id: UUID = Field(foreign_key="contribution.id", ondelete="CASCADE")
    person_id: UUID = Field(foreign_key="person.id")
    at: datetime = Field(sa_type=Moment)


class MachineRun(Record, table=True):
    """One run of a machine step: what went in = what was done + what was excepted."""

    consultation_id: UUID = Field(foreign_key="consultation.id", index=True)
    step: str = Field(max_length=80)
    version: str = Field(max_length=20)
    settings: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    asked_by: UUID | None = Field(default=None, foreign_key="person.id")
    asked_at: datetime = Field(sa_type=Moment)
    finished_at: datetime | None = Field(default=None, sa_type=Moment)
    taken_in: int = 0
    done: int = 0
    excepted: int = 0
    trouble: str = ""


class MachineException(Record, table=True):
    """A contribution a machine step could not read, cut short or guessed at; a person handles it."""

    __table_args__ = (
        UniqueConstraint("run_id", "answer_id"),
        Index("ix_machine_exception_answer", "answer_id"),
    )

    run_id: UUID = Field(foreign_key="machine_run.id", ondelete="CASCADE")
    contribution_id: UUID = Field(foreign_key="contribution.id", ondelete="CASCADE")
    answer_id: UUID = Field(foreign_key="answer.id", ondelete="CASCADE")
    reason: str = Field(max_length=300)
    handled_at: datetime | None = Field(default=None, sa_type=Moment)
    handled_by: UUID | None = Field(default=None, foreign_key="person.id")


class Suggestion(Record, table=True):
    """A theme a machine proposes. Never counted until a person confirms it."""

    __table_args__ = (choices("answered", Answered),)

    consultation_id: UUID = Field(foreign_key="consultation.id", index=True)
    run_id: UUID = Field(foreign_key="machine_run.id", ondelete="CASCADE")
    name: str = Field(max_length=120)
    terms: list[str] = Field(default_factory=list, sa_type=JSON)
    found: int = Field(default=0, description="In how many contributions its words stand.")
    answered: Answered = Field(default=Answered.WAITING, sa_type=Choice(Answered))
    answered_by: UUID | None = Field(default=None, foreign_key="person.id")
    answered_at: datetime | None = Field(default=None, sa_type=Moment)
    theme_id: UUID | None = Field(default=None, foreign_key="theme.id")


class SuggestedCoding(Record, table=True):
    """A span a machine would mark with its suggested theme, and what a person said to it.

    It is never a coding itself: a person who agrees makes one of their own.
    """

    __table_args__ = (
        choices("answered", Answered),
        Index("ix_suggested_coding_suggestion", "suggestion_id", "contribution_id"),
        Index("ix_suggested_coding_answered", "suggestion_id", "answered", "id"),
        Index("ix_suggested_coding_answer", "answer_id"),  # or a withdrawal would read them all
    )

    suggestion_id: UUID = Field(foreign_key="suggestion.id", ondelete="CASCADE")
    contribution_id: UUID = Field(foreign_key="contribution.id", ondelete="CASCADE")
    answer_id: UUID = Field(foreign_key="answer.id", ondelete="CASCADE")
    start: int
    end: int
    answered: Answered = Field(default=Answered.WAITING, sa_type=Choice(Answered))
    answered_by: UUID | None = Field(default=None, foreign_key="person.id")
    answered_at: datetime | None = Field(default=None, sa_type=Moment)
