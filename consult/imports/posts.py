"""Posts as contributions: kept once whichever way they come, with where they come from beside them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from consult import contributions
from consult.consultations import Consultation
from consult.contributions import Channel, Consent, Incoming, NewAnswer, NewContribution
from consult.db import insert_rows
from consult.imports.edits import follow_up
from consult.imports.models import Post, Source
from consult.imports.provenance import row_of, short, uid_of
from consult.imports.readers.shapes import SocialPost
from consult.imports.wording import received_at
from consult.lib import text

LONGEST = 120  # characters of a submission's key


@dataclass(frozen=True)
class Kept:
    """What came of a page."""

    taken: int
    known: int


def keep_posts(
    db: Session,
    consultation: Consultation,
    source: Source,
    posts: Sequence[SocialPost],
    *,
    run_id: UUID,
    at: datetime,
) -> Kept:
    """Keep the posts not known yet, oldest first, and follow the edits of those that are."""
    known = _known(db, consultation, [post.uid for post in posts])
    for post in posts:
        if uid_of(post.uid) in known:
            follow_up(db, known[uid_of(post.uid)], post, at=at)
    new = sorted(
        (one for one in posts if uid_of(one.uid) not in known), key=lambda one: one.written_at
    )
    pairs = [(incoming(post, at), post) for post in new]
    ids = contributions.take(db, consultation, [one for one, _ in pairs], channel=Channel.POST)
    fresh = set(ids)
    rows = [row_of(source, run_id, one.id, post, at) for one, post in pairs if one.id in fresh]
    insert_rows(db, Post, rows)
    return Kept(taken=len(rows), known=len(posts) - len(rows))


def incoming(post: SocialPost, at: datetime) -> Incoming:
    """A post as a contribution. Who asked not to be shown is counted; nobody is named until claimed."""
    consent = Consent.COUNT_ONLY if post.opted_out else Consent.NO_NAME
    answers = [NewAnswer(text=text.tidy(post.text))]
    new = NewContribution(answers=answers, consent=consent)
    return Incoming(short(post.uid, LONGEST), new, received_at(post.written_at, at))


def posts_of(db: Session, contribution_ids: Iterable[UUID]) -> dict[UUID, Post]:
    """The post behind each of these contributions; those that came another way are missing."""
    ids = list(contribution_ids)
    if not ids:
        return {}
    found = db.exec(select(Post).where(col(Post.contribution_id).in_(ids)))
    return {post.contribution_id: post for post in found}


def _known(db: Session, consultation: Consultation, uids: list[str]) -> dict[str, Post]:
    found = select(Post).where(
        Post.consultation_id == consultation.id,
        col(Post.uid).in_([uid_of(uid) for uid in uids]),
    )
    return {post.uid: post for post in db.exec(found)}
