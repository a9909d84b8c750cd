"""Where imported contributions come from: sources, runs, files and posts."""

from datetime import datetime
from enum import Enum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, BigInteger, Index, UniqueConstraint
from sqlmodel import Field

from consult.db import Choice, Moment, Record, choices


class Ground(Enum):
    """On what ground in data protection law we hold what we import."""

    PUBLIC_TASK = "public_task"
    CONSENT = "consent"
    LEGITIMATE_INTERESTS = "legitimate_interests"
    LEGAL_OBLIGATION = "legal_obligation"


class SourceState(Enum):
    """Whether a hashtag is being followed."""

    ON = "on"
    PAUSED = "paused"


class RunState(Enum):
    """How far a run of an import is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class PostState(Enum):
    """What we know of a post at its origin."""

    LIVE = "live"
    EDITED = "edited"
    GONE = "gone"
    UNKNOWN = "unknown"


class Source(Record, table=True):
    """A hashtag on one server, followed for one consultation. Its cursors are opaque to us."""

    __table_args__ = (
        choices("state", SourceState),
        choices("ground", Ground),
        UniqueConstraint("consultation_id", "server", "hashtag"),
    )

    consultation_id: UUID = Field(foreign_key="consultation.id", index=True)
    network: str = Field(default="mastodon", max_length=40)
    server: str = Field(max_length=300, description="Address of the server that is read.")
    hashtag: str = Field(max_length=120, description="Without #.")
    ground: Ground = Field(sa_type=Choice(Ground))
    token: str = Field(default="", description="Sealed access token, where the server wants one.")
    state: SourceState = Field(default=SourceState.ON, sa_type=Choice(SourceState))
    from_date: datetime = Field(sa_type=Moment, description="How far back the first walk goes.")
    forward_cursor: str | None = None
    backward_cursor: str | None = None
    walked_back: bool = Field(default=False, description="The first walk has reached its end.")
    added_by: UUID = Field(foreign_key="person.id")
    created_at: datetime = Field(sa_type=Moment)
    last_run_at: datetime | None = Field(default=None, sa_type=Moment)
    next_run_at: datetime | None = Field(default=None, sa_type=Moment)
    trouble: str = Field(default="", description="What went wrong last, in plain words.")


class Run(Record, table=True):
    """One reading of a source or a file: how far it is, and what it took, knew and skipped."""

    __table_args__ = (choices("state", RunState), choices("ground", Ground))

    consultation_id: UUID = Field(foreign_key="consultation.id", index=True)
    source_id: UUID | None = Field(default=None, foreign_key="source.id", index=True)
    state: RunState = Field(default=RunState.WAITING, sa_type=Choice(RunState))
    by: UUID | None = Field(default=None, foreign_key="person.id")
    created_at: datetime = Field(sa_type=Moment)
    started_at: datetime | None = Field(default=None, sa_type=Moment)
    finished_at: datetime | None = Field(default=None, sa_type=Moment)
    file_name: str = Field(default="", max_length=300)
    file_size: int = Field(default=0, sa_type=BigInteger)
    file_sha256: str = Field(default="", max_length=64)
    file_format: str = Field(default="", max_length=120)
    ground: Ground | None = Field(default=None, sa_type=Choice(Ground))
    ground_words: str = Field(
        default="", max_length=500, description="The ground in words, where it is none of the four."
    )
    came_from: str = Field(default="", max_length=300, description="Where the file came from.")
    mapping: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    total: int | None = Field(default=None, description="Rows in the file, once counted.")
    done: int = Field(
        default=0, description="Rows or posts dealt with: where a resumed run goes on."
    )
    taken: int = 0
    known: int = 0
    skipped: int = 0
    share: float = Field(default=0.0, description="How much of the file has been read, 0 to 1.")
    trial: dict[str, Any] = Field(
        default_factory=dict, sa_type=JSON, description="What the last dry run found."
    )
    trouble: str = ""


class SkippedRow(Record, table=True):
    """A row that was not taken, with its number as a person counts and the reason."""

    __table_args__ = (UniqueConstraint("run_id", "row"),)

    run_id: UUID = Field(foreign_key="run.id", ondelete="CASCADE")
    row: int
    reason: str = Field(max_length=500)


class FileRow(Record, table=True):
    """Provenance of a contribution that came in a file."""

    __table_args__ = (
        UniqueConstraint("contribution_id"),
        Index("ix_file_row_run", "run_id", "row"),
    )

    contribution_id: UUID = Field(foreign_key="contribution.id", ondelete="CASCADE")
    run_id: UUID = Field(foreign_key="run.id")
    row: int
    reference: str = Field(default="", max_length=200, description="The file's own id for it.")
    digest: str = Field(
        default="", max_length=80, description="Of what was read, to tell a changed row."
    )


class Post(Record, table=True):
    """Provenance of a contribution that came from a network; never passed off as a response."""

    __table_args__ = (
        choices("state", PostState),
        UniqueConstraint("consultation_id", "uid"),
        UniqueConstraint("contribution_id"),
    )

    consultation_id: UUID = Field(foreign_key="consultation.id")
    contribution_id: UUID = Field(foreign_key="contribution.id", ondelete="CASCADE")
    source_id: UUID | None = Field(default=None, foreign_key="source.id", index=True)
    run_id: UUID | None = Field(default=None, foreign_key="run.id")
    uid: str = Field(max_length=500, description="The network-wide address (`uri`).")
    link: str = Field(default="", max_length=500)
    server: str = Field(default="", max_length=300)
    author: str = Field(default="", max_length=300, description="user@server")
    author_name: str = Field(default="", max_length=300)
    author_link: str = Field(default="", max_length=500)
    written_at: datetime = Field(sa_type=Moment)
    edited_at: datetime | None = Field(default=None, sa_type=Moment)
    first_seen_at: datetime = Field(sa_type=Moment)
    checked_at: datetime = Field(sa_type=Moment)
    language: str = Field(default="", max_length=20)
    warning: str = Field(default="", max_length=500, description="The author's content warning.")
    sensitive: bool = False
    media: list[dict[str, str]] = Field(default_factory=list, sa_type=JSON)
    opt_outs: list[str] = Field(default_factory=list, sa_type=JSON)
    reply_to: str = Field(default="", max_length=500)
    counts: dict[str, int] = Field(default_factory=dict, sa_type=JSON)
    state: PostState = Field(default=PostState.LIVE, sa_type=Choice(PostState))
    raw: dict[str, Any] = Field(
        default_factory=dict, sa_type=JSON, description="What the network calls it and its author."
    )
