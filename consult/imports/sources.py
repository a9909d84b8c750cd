"""Following a hashtag: added with a ground, looked at before it is added, started and paused."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, Field, field_validator
from sqlmodel import Session, col, select

from consult import audit, jobs
from consult.audit import Action
from consult.consultations import Consultation
from consult.errors import Conflict, Invalid, NotFound, require
from consult.identity import Person, roles_in
from consult.imports import rules
from consult.imports.files import DRAFT
from consult.imports.models import Ground, Source, SourceState
from consult.imports.readers import Hashtag, server_address, tag_name
from consult.imports.readers.posts import level
from consult.imports.readers.shapes import Cursors, SocialPost
from consult.lib.fetch import Fetcher
from consult.secrecy import seal
from consult.settings import settings

TIMEOUT = 10.0  # seconds that somebody who looks at a preview waits for a server


class Feed(BaseModel):
    """A hashtag on a server, and a token where the server wants one."""

    server: str = Field(title="the server", min_length=1, max_length=300)
    hashtag: str = Field(title="the hashtag", min_length=1, max_length=120)
    token: str = Field(default="", title="the access token", max_length=500)

    @field_validator("server")
    @classmethod
    def an_address(cls, typed: str) -> str:
        return _or_sentence(server_address, typed)

    @field_validator("hashtag")
    @classmethod
    def a_tag(cls, typed: str) -> str:
        return _or_sentence(tag_name, typed)


class NewSource(Feed):
    """The same, with how far back to read and on what ground it is held."""

    ground: Ground = Field(title="the ground on which you hold these posts")
    from_date: datetime = Field(title="the day to read back to")


def _or_sentence(check: object, typed: str) -> str:
    """The readers' own sentence, as a model wants it."""
    assert callable(check)
    try:
        return str(check(typed))
    except Invalid as wrong:
        raise ValueError(wrong.message) from wrong


def add_source(
    db: Session, consultation: Consultation, new: NewSource, *, by: Person, at: datetime
) -> Source:
    """Follow a hashtag from now on, and read it back to the day given. Its posts wait for a moderator."""
    _may(db, consultation, by)
    if not rules.can_take(consultation):
        raise Conflict(DRAFT)
    if any(_same(one, new) for one in sources_of(db, consultation)):
        raise Conflict(f"#{new.hashtag} on {new.server} is followed already.")
    source = Source(
        consultation_id=consultation.id,
        added_by=by.id,
        created_at=at,
        next_run_at=at,
        **new.model_dump(exclude={"token"}),
        token=seal().seal(new.token) if new.token else "",
    )
    db.add(source)
    audit.record(db, Action.SOURCE_ADDED, source.id, at=at, by=by.id, ground=new.ground.value)
    db.flush()
    _read_now(db, source, at)
    return source


def pause(
    db: Session, consultation: Consultation, source: Source, *, by: Person, at: datetime
) -> None:
    """Stop reading it. What has come in stays; starting again goes on where it stopped."""
    _may(db, consultation, by)
    if source.state == SourceState.PAUSED:
        return
    source.state, source.next_run_at = SourceState.PAUSED, None
    db.add(source)
    audit.record(db, Action.SOURCE_PAUSED, source.id, at=at, by=by.id)


def start_source(
    db: Session, consultation: Consultation, source: Source, *, by: Person, at: datetime
) -> None:
    """Follow it again, from where it was left."""
    _may(db, consultation, by)
    if source.state == SourceState.ON:
        return
    source.state, source.trouble = SourceState.ON, ""
    audit.record(db, Action.SOURCE_STARTED, source.id, at=at, by=by.id)
    _read_now(db, source, at)


def read_now(
    db: Session, consultation: Consultation, source: Source, *, by: Person, at: datetime
) -> None:
    """Look for new posts at once, unless the server asked us to wait."""
    _may(db, consultation, by)
    if source.state == SourceState.PAUSED:
        raise Conflict("This hashtag is paused. Start it, and it is read at once.")
    if source.trouble and source.next_run_at and source.next_run_at > at:
        raise Conflict(f"{source.trouble} It is read again by itself.")
    _read_now(db, source, at)


def preview(feed: Feed, *, limit: int = 10) -> Sequence[SocialPost]:
    """The last posts of a hashtag as they would come in. Raises Trouble with a sentence."""
    with fetcher(timeout=TIMEOUT) as asking:
        page = Hashtag(asking, feed.server, feed.hashtag, token=feed.token, limit=limit).pages(
            Cursors()
        )
    return sorted(page.items, key=lambda post: post.written_at, reverse=True)[:limit]


def fetcher(*, timeout: float = 20.0) -> Fetcher:
    """Our client, which says who we are and asks no private address."""
    given = settings()
    return Fetcher(contact=given.contact, allow_private=given.allow_private_fetch, timeout=timeout)


def sources_of(db: Session, consultation: Consultation) -> Sequence[Source]:
    """The hashtags followed, oldest first."""
    return db.exec(
        select(Source)
        .where(Source.consultation_id == consultation.id)
        .order_by(col(Source.created_at), col(Source.id))
    ).all()


def source_in(db: Session, consultation: Consultation, source_id: UUID) -> Source:
    """A hashtag of this consultation."""
    source = db.get(Source, source_id)
    if source is None or source.consultation_id != consultation.id:
        raise NotFound("No such hashtag is followed here.")
    return source


def _same(one: Source, new: Feed) -> bool:
    return one.server == new.server and level(one.hashtag) == level(new.hashtag)


def _read_now(db: Session, source: Source, at: datetime) -> None:
    source.next_run_at = at
    db.add(source)
    jobs.enqueue(db, "imports.read_source", source_id=source.id)


def _may(db: Session, consultation: Consultation, by: Person) -> None:
    require(rules.may_import(roles_in(db, by, consultation.organisation_id)))
