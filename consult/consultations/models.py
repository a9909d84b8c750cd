"""A consultation, what it asks, and the running counts that pages read."""

from datetime import datetime
from enum import Enum
from uuid import UUID

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from consult.db import Choice, Moment, Record, choices
from consult.errors import Conflict, Invalid


class Kind(Enum):
    """`proposals` end in decisions; `questions` end in questions put and answered."""

    PROPOSALS = "proposals"
    QUESTIONS = "questions"


class State(Enum):
    """Where a consultation stands. A preview is a draft looked at, not a state."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    PUBLISHED = "published"


class Layout(Enum):
    """How the form is laid out."""

    ONE_PER_PAGE = "one_per_page"
    ALL_ON_ONE = "all_on_one"


class Moderation(Enum):
    """Whether people see contributions before or after a moderator has."""

    BEFORE = "before"
    AFTER = "after"


class QuestionKind(Enum):
    """How a question is answered."""

    TEXT = "text"
    ONE = "one"
    MANY = "many"
    SCALE = "scale"


class Consultation(Record, table=True):
    """Something asked in public until a date."""

    __table_args__ = (
        choices("kind", Kind),
        choices("state", State),
        choices("layout", Layout),
        choices("moderation", Moderation),
        Index("ix_consultation_state_closes_at", "state", "closes_at"),
    )

    organisation_id: UUID = Field(foreign_key="organisation.id", index=True)
    slug: str = Field(max_length=80, unique=True)
    kind: Kind = Field(default=Kind.PROPOSALS, sa_type=Choice(Kind))
    title: str = Field(max_length=200)
    summary: str = Field(max_length=1000)
    background: str = Field(default="", description="Markdown, as written.")
    background_html: str = Field(default="", description="The same, cleaned on write.")
    topic: str = Field(default="", max_length=80)
    hashtags: list[str] = Field(default_factory=list, sa_type=JSON)
    layout: Layout = Field(default=Layout.ONE_PER_PAGE, sa_type=Choice(Layout))
    moderation: Moderation = Field(default=Moderation.BEFORE, sa_type=Choice(Moderation))
    state: State = Field(default=State.DRAFT, sa_type=Choice(State))
    opens_at: datetime = Field(sa_type=Moment)
    closes_at: datetime = Field(sa_type=Moment)
    created_at: datetime = Field(sa_type=Moment)
    revision: int = Field(default=1, description="Raised by all that changes a public page.")

    def is_open(self, at: datetime) -> bool:
        """Whether a contribution may come in."""
        return self.state == State.OPEN and self.opens_at <= at < self.closes_at

    def is_public(self) -> bool:
        """Whether anyone may see it."""
        return self.state != State.DRAFT

    def open(self, at: datetime, *, questions: int) -> None:
        """Ask in public from now (or from the day given) until it closes."""
        if self.state != State.DRAFT:
            raise Conflict("Only a draft can be opened; this one has been opened already.")
        if not questions:
            raise Conflict(
                "Add at least one question before you open it: there is nothing to answer yet."
            )
        if self.closes_at <= at:
            raise Conflict("The closing date has passed. Set a later closing date, then open it.")
        if not self.summary.strip():
            raise Conflict("Write a summary first: it is the first thing people read.")
        self.state = State.OPEN

    def close(self, at: datetime) -> None:
        """Take no more contributions."""
        if self.state != State.OPEN:
            raise Conflict(
                f"Only an open consultation can be closed; this one is {self.state.value}."
            )
        self.state = State.CLOSED
        self.closes_at = min(self.closes_at, at)

    def reopen(self, until: datetime, at: datetime) -> None:
        """Take contributions again until a later date; not once decisions are public."""
        if self.state != State.CLOSED:
            raise Conflict(
                "Only a closed consultation whose decisions are not public can be reopened."
            )
        if until <= at:
            raise Invalid("The new closing date must lie in the future.")
        self.state, self.closes_at = State.OPEN, until

    def extend(self, until: datetime) -> None:
        """Give people more time."""
        if until <= self.closes_at:
            raise Conflict("The new closing date must be later than the present one.")
        self.closes_at = until

    def publish(self) -> None:
        """Decisions are public; this cannot be undone, only followed by a further publication."""
        if self.state not in (State.CLOSED, State.PUBLISHED):
            raise Conflict("Close the consultation before you publish what was decided.")
        self.state = State.PUBLISHED


class Question(Record, table=True):
    """What the organisation asks: one field of the form."""

    __table_args__ = (
        choices("kind", QuestionKind),
        UniqueConstraint("consultation_id", "position"),
    )

    consultation_id: UUID = Field(foreign_key="consultation.id", ondelete="CASCADE")
    position: int
    kind: QuestionKind = Field(sa_type=Choice(QuestionKind))
    title: str = Field(max_length=500)
    hint: str = Field(default="", max_length=1000)
    required: bool = False
    options: list[str] = Field(default_factory=list, sa_type=JSON)
    low: str = Field(default="", max_length=80, description="What 1 means on a scale.")
    high: str = Field(default="", max_length=80, description="What the top of a scale means.")
    points: int = Field(default=5, description="How many points a scale has, 2 to 10.")
    max_length: int = Field(default=10_000, description="Characters a free text may have.")


class Tally(SQLModel, table=True):
    """A running count, so that no page has to count a million rows. Kept by `consultations.count`."""

    consultation_id: UUID = Field(
        foreign_key="consultation.id", ondelete="CASCADE", primary_key=True
    )
    what: str = Field(max_length=80, primary_key=True)
    n: int = 0
