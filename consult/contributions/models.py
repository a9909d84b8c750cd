"""What people told us, apart from who they are."""

from datetime import datetime
from enum import Enum
from uuid import UUID

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field

from consult.db import Choice, Moment, Record, choices


class Channel(Enum):
    """How a contribution reached us."""

    WEB = "web"
    POST = "post"
    FILE = "file"
    LETTER = "letter"
    EVENT = "event"
    TELEPHONE = "telephone"


class Standing(Enum):
    """Whether the public may read it. None of these removes it from the ledger or the analysis."""

    WAITING = "waiting"
    SHOWN = "shown"
    HELD = "held"
    WITHHELD = "withheld"
    WITHDRAWN = "withdrawn"


class Consent(Enum):
    """What the author lets us publish."""

    NAME = "name"
    NO_NAME = "no_name"
    COUNT_ONLY = "count_only"


class Connection(Enum):
    """The author's own word for their connection to the subject."""

    LIVED = "lived"
    CARER = "carer"
    PROFESSIONAL = "professional"
    ORGANISATION = "organisation"


class Contribution(Record, table=True):
    """What one person or body told us, by any channel."""

    __table_args__ = (
        choices("channel", Channel),
        choices("standing", Standing),
        choices("consent", Consent),
        choices("connection", Connection),
        UniqueConstraint("consultation_id", "submission"),
        Index("ix_contribution_consultation", "consultation_id", "id"),
        Index("ix_contribution_consultation_standing", "consultation_id", "standing", "id"),
        Index("ix_contribution_consultation_channel", "consultation_id", "channel", "id"),
        Index("ix_contribution_fingerprint", "consultation_id", "fingerprint"),
        Index("ix_contribution_supports", "consultation_id", "standing", "supports", "id"),
    )

    consultation_id: UUID = Field(foreign_key="consultation.id")
    channel: Channel = Field(sa_type=Choice(Channel))
    received_at: datetime = Field(sa_type=Moment)
    standing: Standing = Field(default=Standing.WAITING, sa_type=Choice(Standing))
    consent: Consent = Field(default=Consent.COUNT_ONLY, sa_type=Choice(Consent))
    connection: Connection | None = Field(default=None, sa_type=Choice(Connection))
    area: str = Field(default="", max_length=120)
    organisation: str = Field(
        default="", max_length=200, description="The body spoken for, if any."
    )
    submission: str | None = Field(
        default=None,
        max_length=120,
        description="What makes a second sending of the same thing known: the form's own id, a "
        "post's address, a row's key.",
    )
    fingerprint: str = Field(default="", max_length=64, description="Hash of the folded words.")
    summary: str = Field(default="", max_length=300, description="The first words, for lists.")
    supports: int = Field(default=0, description="How many browsers support it; kept by `support`.")
    version: int = Field(default=1, description="Raised by every ruling, so that two do not cross.")


class Answer(Record, table=True):
    """The part of a contribution that replies to one question; a post has one answer to none."""

    __table_args__ = (
        UniqueConstraint("contribution_id", "question_id"),
        Index("ix_answer_question", "question_id"),
    )

    contribution_id: UUID = Field(foreign_key="contribution.id", ondelete="CASCADE")
    question_id: UUID | None = Field(default=None, foreign_key="question.id")
    text: str = Field(default="", description="As published: redacted words are blacked out here.")
    choices: list[str] = Field(default_factory=list, sa_type=JSON)
    scale: int | None = None
    redacted: bool = False


class SealedAnswer(Record, table=True):
    """The unredacted original of an answer; every reading of it is written down."""

    answer_id: UUID = Field(foreign_key="answer.id", ondelete="CASCADE", unique=True)
    sealed: str
    at: datetime = Field(sa_type=Moment)


class Contributor(Record, table=True):
    """Contact details and consents, apart from the words so that one can go without the other."""

    contribution_id: UUID = Field(foreign_key="contribution.id", ondelete="CASCADE", unique=True)
    name: str = Field(default="", description="Sealed.")
    email: str = Field(default="", description="Sealed.")
    email_blind: str = Field(
        default="", max_length=64, index=True, description="Keyed hash, to find."
    )
    letters: bool = Field(default=False, description="Wants to hear what became of it.")


class Receipt(Record, table=True):
    """A code that opens a contribution's private page. Letters carry codes of their own."""

    contribution_id: UUID = Field(foreign_key="contribution.id", ondelete="CASCADE", index=True)
    code_hash: str = Field(max_length=64, unique=True)
    created_at: datetime = Field(sa_type=Moment)


class Support(Record, table=True):
    """One browser's support for a question; the key is a hash that names nobody."""

    __table_args__ = (UniqueConstraint("contribution_id", "supporter"),)

    contribution_id: UUID = Field(foreign_key="contribution.id", ondelete="CASCADE")
    supporter: str = Field(max_length=64)
    at: datetime = Field(sa_type=Moment)


class Draft(Record, table=True):
    """A form somebody has begun; gone when it is sent, or after thirty days."""

    consultation_id: UUID = Field(foreign_key="consultation.id", ondelete="CASCADE")
    token_hash: str = Field(max_length=64, unique=True)
    sealed: str = Field(description="The answers so far, sealed.")
    changed_at: datetime = Field(sa_type=Moment, index=True)
