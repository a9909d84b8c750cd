"""What is kept of a post beside its words: where it is, whose it is, and what the author asked."""

import hashlib
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from consult.db import new_id
from consult.imports.models import PostState, Source
from consult.imports.readers.shapes import SocialPost
from consult.lib import text


def uid_of(uid: str) -> str:
    """The network-wide address as its column holds it."""
    return short(uid, 500)


def short(key: str, most: int) -> str:
    """A key as it is, or its hash where it would not fit: cut off, two could become one."""
    return key if len(key) <= most else f"sha256:{hashlib.sha256(key.encode()).hexdigest()}"


def row_of(
    source: Source, run_id: UUID, contribution_id: UUID, post: SocialPost, at: datetime
) -> dict[str, Any]:
    return {
        "id": new_id(),
        "consultation_id": source.consultation_id,
        "contribution_id": contribution_id,
        "source_id": source.id,
        "run_id": run_id,
        "uid": uid_of(post.uid),
        "server": source.server,
        "author": _cut(post.author, 300),
        "written_at": post.written_at,
        "first_seen_at": at,
        "state": PostState.LIVE,
        "raw": dict(post.raw),
        **said(post, at),
    }


def said(post: SocialPost, at: datetime) -> dict[str, Any]:
    """What an author may change later."""
    return {
        "link": _cut(post.url, 500),
        "author_name": _cut(post.author_name, 300),
        "author_link": _cut(post.author_url, 500),
        "edited_at": post.edited_at,
        "checked_at": at,
        "language": post.language[:20],
        "warning": _cut(text.tidy(post.warning), 500),
        "sensitive": post.sensitive,
        "media": [asdict(one) for one in post.media],
        "opt_outs": list(post.opted_out),
        "reply_to": _cut(post.reply_to, 500),
        "counts": _counts(post),
    }


def _counts(post: SocialPost) -> dict[str, int]:
    named = ("replies", "boosts", "favourites", "quotes")
    counted = {name: getattr(post.counts, name) for name in named}
    return {name: n for name, n in counted.items() if n is not None}


def _cut(words: str, most: int) -> str:
    """As much as its column holds. Addresses of that length are no longer addresses people use."""
    return words if len(words) <= most else words[:most]
