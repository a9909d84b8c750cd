"""The audit entry, and every action that is ever written down."""

from datetime import datetime
from enum import Enum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Index
from sqlmodel import Field

from consult.db import Choice, Moment, Record


class Action(Enum):
    """Everything that is written down, by what it did to whom. Each is explained in docs/audit.md."""

    SIGNED_IN = "person.signed_in"
    SIGN_IN_ENDED = "person.sign_in_ended"
    SIGN_IN_REFUSED = "person.sign_in_refused"
    ACCOUNT_LINKED = "person.account_linked"
    MEMBERSHIP_GRANTED = "membership.granted"
    MEMBERSHIP_WITHDRAWN = "membership.withdrawn"
    CONSULTATION_CREATED = "consultation.created"
    CONSULTATION_CHANGED = "consultation.changed"
    CONSULTATION_OPENED = "consultation.opened"
    CONSULTATION_CLOSED = "consultation.closed"
    CONSULTATION_REOPENED = "consultation.reopened"
    CONTRIBUTION_RECEIVED = "contribution.received"
    CONTRIBUTION_WITHDRAWN = "contribution.withdrawn"
    CONTRIBUTION_REPORTED = "contribution.reported"
    CONTRIBUTION_RULED = "contribution.ruled"
    ORIGINAL_READ = "original.read"
    SOURCE_ADDED = "source.added"
    SOURCE_PAUSED = "source.paused"
    SOURCE_STARTED = "source.started"
    IMPORT_STARTED = "import.started"
    IMPORT_FINISHED = "import.finished"
    THEME_CHANGED = "theme.changed"
    CODING_CHANGED = "coding.changed"
    SUGGESTION_ANSWERED = "suggestion.answered"
    DECISION_CHANGED = "decision.changed"
    BASIS_CHANGED = "basis.changed"
    OUTCOME_GIVEN = "outcome.given"
    PUBLICATION_MADE = "publication.made"
    LETTER_SENT = "letter.sent"
    QUESTION_PUT = "question.put"
    HEARING_CHANGED = "hearing.changed"


class Entry(Record, table=True):
    """One thing done. `position` and `chain` are filled once, by the sealing job, in order."""

    __table_args__ = (Index("ix_entry_subject", "subject_id"),)  # no CHECK: actions are added often

    at: datetime = Field(sa_type=Moment)
    action: Action = Field(sa_type=Choice(Action))
    subject_id: UUID | None = None
    by: UUID | None = None
    details: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    position: int | None = Field(default=None, unique=True)
    chain: str | None = Field(default=None, max_length=64)
