"""What will be done and why, what it rests on, and the account of every contribution."""

from datetime import datetime
from enum import Enum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Index, UniqueConstraint, event
from sqlmodel import Field

from consult.db import Choice, Moment, Record, choices
from consult.errors import Conflict


class Verdict(Enum):
    """What was decided on what people said."""

    ACCEPTED = "accepted"
    PARTLY = "partly"
    NOT_ACCEPTED = "not_accepted"
    NOTED = "noted"


class How(Enum):
    """By what way a contribution was linked to a decision."""

    SINGLE = "single"
    THEME = "theme"
    SEARCH = "search"
    SELECTION = "selection"


class OutcomeKind(Enum):
    """The seven ways a contribution can be accounted for (promise 2)."""

    INFORMED = "informed"
    CONSIDERED = "considered"
    CAMPAIGN = "campaign"
    DUPLICATE = "duplicate"
    OUT_OF_SCOPE = "out_of_scope"
    WITHHELD = "withheld"
    WITHDRAWN = "withdrawn"


class Decision(Record, table=True):
    """What will be done and why. Free to change until published; each publication keeps its own copy."""

    __table_args__ = (choices("verdict", Verdict),)

    consultation_id: UUID = Field(foreign_key="consultation.id", index=True)
    position: int = 0
    title: str = Field(max_length=200)
    heard: str = Field(default="", description="What we heard.")
    verdict: Verdict = Field(default=Verdict.NOTED, sa_type=Choice(Verdict))
    decided: str = Field(default="", description="What we decided.")
    why: str = Field(default="")
    version: int = 1
    written_by: UUID | None = Field(default=None, foreign_key="person.id")
    changed_at: datetime = Field(sa_type=Moment)


class Basis(Record, table=True):
    """The link from a contribution to a decision, and how it came about."""

    __table_args__ = (
        choices("how", How),
        UniqueConstraint("decision_id", "contribution_id"),
        Index("ix_basis_contribution", "contribution_id"),
    )

    decision_id: UUID = Field(foreign_key="decision.id", ondelete="CASCADE")
    contribution_id: UUID = Field(foreign_key="contribution.id", ondelete="CASCADE")
    how: How = Field(sa_type=Choice(How))
    detail: str = Field(
        default="", max_length=300, description="The theme's name or the search words."
    )
    by: UUID | None = Field(default=None, foreign_key="person.id")
    at: datetime = Field(sa_type=Moment)


class Quotation(Record, table=True):
    """Words of a contribution in a decision, tied to their positions (promise 7)."""

    decision_id: UUID = Field(foreign_key="decision.id", ondelete="CASCADE", index=True)
    contribution_id: UUID = Field(foreign_key="contribution.id", ondelete="CASCADE")
    answer_id: UUID = Field(foreign_key="answer.id", ondelete="CASCADE")
    start: int
    end: int
    words: str = Field(description="As chosen; checked against the text when published.")


class Outcome(Record, table=True):
    """The state of account of one contribution. No row means: none yet."""

    __table_args__ = (
        choices("kind", OutcomeKind),
        UniqueConstraint("contribution_id"),
        Index("ix_outcome_consultation_kind", "consultation_id", "kind"),
    )

    consultation_id: UUID = Field(foreign_key="consultation.id")
    contribution_id: UUID = Field(foreign_key="contribution.id", ondelete="CASCADE")
    kind: OutcomeKind = Field(sa_type=Choice(OutcomeKind))
    reason: str = Field(default="", max_length=2000)
    ground: str = Field(default="", max_length=80)
    other_id: UUID | None = Field(
        default=None, foreign_key="contribution.id", description="Of which it is a duplicate."
    )
    by: UUID | None = Field(default=None, foreign_key="person.id")
    at: datetime = Field(sa_type=Moment)


class Publication(Record, table=True):
    """An immutable numbered version of decisions and ledger, committed to by a Merkle root."""

    __table_args__ = (UniqueConstraint("consultation_id", "number"),)

    consultation_id: UUID = Field(foreign_key="consultation.id")
    number: int
    at: datetime = Field(sa_type=Moment)
    by: UUID | None = Field(default=None, foreign_key="person.id")
    received: int
    sums: dict[str, int] = Field(default_factory=dict, sa_type=JSON)
    decisions: list[dict[str, Any]] = Field(
        default_factory=list, sa_type=JSON, description="The words of each decision as published."
    )
    root: str = Field(max_length=64, description="Merkle tree hash of the ledger, hex.")
    branches: list[str] = Field(
        default_factory=list,
        sa_type=JSON,
        description="Hash of each 1,024 lines, hex, so that a line's proof needs only its own thousand.",
    )
    signature: str = Field(description="Ed25519 over the publication's statement, hex.")


class LedgerEntry(Record, table=True):
    """One contribution's line in a published ledger. The leaf names nobody; `salt` keeps it unguessable."""

    __table_args__ = (
        UniqueConstraint("publication_id", "position"),
        UniqueConstraint("publication_id", "contribution_id"),
    )

    publication_id: UUID = Field(foreign_key="publication.id", ondelete="CASCADE")
    position: int
    contribution_id: UUID = Field(index=True, description="Kept though the contribution be erased.")
    kind: OutcomeKind = Field(sa_type=Choice(OutcomeKind))
    reason: str = Field(default="", max_length=2000, description="As given when published.")
    decisions: list[str] = Field(default_factory=list, sa_type=JSON)
    salt: str = Field(max_length=32)


def _refuse(_mapper: Any, _connection: Any, _record: Any) -> None:
    raise Conflict("What has been published never changes: make a further publication instead.")


for published in (Publication, LedgerEntry):
    for moment in ("before_update", "before_delete"):
        event.listen(published, moment, _refuse)
