"""The neutral shapes that every reader hands over: rows, mappings, what a row became, and posts."""

from collections.abc import Mapping as MappingOf
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    """How a question is answered."""

    TEXT = "text"
    ONE = "one"
    MANY = "many"
    SCALE = "scale"


class Special(StrEnum):
    """What a column may hold besides an answer."""

    REFERENCE = "reference"
    SUBMITTED_AT = "submitted_at"
    NAME = "name"
    EMAIL = "email"
    CONSENT = "consent"
    CONNECTION = "connection"
    AREA = "area"
    LANGUAGE = "language"


class Publish(StrEnum):
    """What a person said may be done with their words; empty where they were not asked."""

    WITH_NAME = "name"
    WITHOUT_NAME = "no_name"
    COUNT_ONLY = "count_only"
    NOT_SAID = ""


QUESTION = "question:"


def answers_to(key: str) -> str:
    """The target of a column that holds the answer to a question."""
    return QUESTION + key


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as a reader needs it. `least` and `most` are the ends of a scale."""

    key: str
    title: str
    kind: Kind = Kind.TEXT
    options: tuple[str, ...] = ()
    least: int = 1
    most: int = 5


@dataclass(frozen=True, slots=True)
class Row:
    """One row with something to read.

    `number` counts as a spreadsheet does: title lines, headings and blank rows are counted, and a
    row whose cell holds line breaks is one row. The first row below one line of headings is 2. In
    JSON lines it is the line; in a JSON list the item.
    """

    number: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be read, and the sentence that says why."""

    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class Guess:
    """What a column is taken for, how sure that is (0 to 1), and the reason to show."""

    column: str
    target: str
    confidence: float
    why: str


@dataclass(frozen=True, slots=True)
class Dropped:
    """A column that is never read, and why."""

    column: str
    why: str


@dataclass(frozen=True, slots=True)
class Mapping:
    """Which column holds what. Columns without a guess are not read; `open` are the questions whose
    choices may also be answered in words of one's own."""

    guesses: tuple[Guess, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    unmapped_columns: tuple[str, ...] = ()
    unmapped_questions: tuple[str, ...] = ()
    day_first: bool = True
    open: frozenset[str] = frozenset()
    form: str = ""
    notes: tuple[str, ...] = ()

    def columns_for(self, target: str) -> tuple[str, ...]:
        """The columns that hold this, in the order of the file."""
        return tuple(guess.column for guess in self.guesses if guess.target == target)

    @property
    def targets(self) -> dict[str, str]:
        """Column → target, as a person sees and corrects it."""
        return {guess.column: guess.target for guess in self.guesses}


@dataclass(frozen=True, slots=True)
class Taken:
    """What a row says. Answers: text for TEXT and ONE, a tuple for MANY, a number for SCALE.

    `key` tells rows of one file apart: "id:…" where the file has references, else the `digest`,
    "sha256:…" of what was read, where equal rows share a key and the caller counts occurrences.
    A known "id:" with another digest is a row that has changed, or a reference used twice.
    `remarks` are things left out that did not cost the row, such as an unusable e-mail address.
    """

    key: str
    digest: str
    answers: MappingOf[str, str | int | tuple[str, ...]]
    reference: str = ""
    submitted_at: datetime | None = None
    name: str = ""
    email: str = ""
    consent: Publish = Publish.NOT_SAID
    consent_words: str = ""
    connection: str = ""
    area: str = ""
    language: str = ""
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Skipped:
    """Why a row was not taken, as a sentence."""

    reason: str


@dataclass(frozen=True, slots=True)
class Media:
    """A picture, film or sound beside a post. Only its description is kept, never the file."""

    type: str
    url: str
    alt: str


@dataclass(frozen=True, slots=True)
class Counts:
    """How a post was answered when we looked; None where the server does not say."""

    replies: int | None
    boosts: int | None
    favourites: int | None
    quotes: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class SocialPost:
    """One public post. `uid` is the same whichever server it was read from; `local_id` is not.

    `raw` is what a later look, claim or reply needs and has no place of its own: never more of the
    author's profile than that.
    """

    uid: str
    url: str
    local_id: str
    author: str
    author_uid: str
    author_url: str
    author_name: str
    bot: bool
    written_at: datetime
    edited_at: datetime | None
    text: str
    language: str
    warning: str
    sensitive: bool
    visibility: str
    media: tuple[Media, ...]
    tags: tuple[str, ...]
    reply_to: str
    discoverable: bool | None
    opted_out: tuple[str, ...]
    counts: Counts
    raw: MappingOf[str, str | bool | None]
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A post that was seen and not taken, and why."""

    uid: str
    reason: str


@dataclass(frozen=True, slots=True)
class Cursors:
    """Where reading a hashtag stands: the server's opaque text, saved with the rows of its page.

    `forward` leads to newer posts, `back` to older ones while the walk back is not finished.
    """

    forward: str = ""
    back: str = ""
    started: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a hashtag. `more`: another page waits; `come_back_at`: it has to wait."""

    items: tuple[SocialPost, ...]
    cursors: Cursors
    left_out: tuple[LeftOut, ...] = ()
    more: bool = False
    come_back_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a file may hold before it is refused. Sizes in bytes, cells in characters."""

    columns: int = 500
    cell: int = 1_000_000
    row: int = 4_000_000
    unpacked: int = 4_000_000_000
    ratio: int = 200
    packed_entries: int = 5_000
    shared_strings: int = 150_000_000
    sample_rows: int = 200
