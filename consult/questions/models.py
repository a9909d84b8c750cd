"""The MPs' side: the sitting, and each question as put."""

from datetime import date, datetime
from enum import Enum
from uuid import UUID

from sqlmodel import Field

from consult.db import Choice, Moment, Record, choices


class PutState(Enum):
    """What became of a question."""

    PUT = "put"
    NOT_PUT = "not_put"


class Hearing(Record, table=True):
    """The sitting at which an MP or committee puts questions."""

    consultation_id: UUID = Field(foreign_key="consultation.id", index=True)
    title: str = Field(max_length=200)
    place: str = Field(default="", max_length=200)
    held_on: date


class Put(Record, table=True):
    """One question as asked, with its answer and its Hansard or video reference; or why it was not."""

    __table_args__ = (choices("state", PutState),)

    contribution_id: UUID = Field(foreign_key="contribution.id", ondelete="CASCADE", unique=True)
    hearing_id: UUID | None = Field(default=None, foreign_key="hearing.id")
    state: PutState = Field(sa_type=Choice(PutState))
    answer: str = ""
    link: str = Field(default="", max_length=500)
    reason: str = Field(default="", max_length=2000)
    by: UUID | None = Field(default=None, foreign_key="person.id")
    at: datetime = Field(sa_type=Moment)
