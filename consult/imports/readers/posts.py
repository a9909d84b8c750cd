"""Turns a status of Mastodon, or of a server that speaks its language, into a post of ours."""

import re
import unicodedata
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from typing import Any

from consult.imports.readers.html_text import text_of
from consult.imports.readers.shapes import Counts, LeftOut, Media, SocialPost

OPT_OUT = re.compile(r"#(nobots?|noindex)\b", re.IGNORECASE)
HASHTAG = re.compile(r"#(\w+)")

# Reasons why a name and a text may not be shown to the public until claimed.
NOT_INDEXABLE = "indexable: the author asked search engines not to show their posts"
NO_INDEX = "noindex: the author asked search engines to keep away"
TAGGED = "#{tag}: the author asked in their profile to be left out"

Json = Mapping[str, Any]


def level(tag: str) -> str:
    """Hashtags are the same whatever their case and accents."""
    bare = unicodedata.normalize("NFKD", tag.strip().lstrip("#").casefold())
    return "".join(c for c in bare if not unicodedata.combining(c))


def post_of(
    status: Json, *, domain: str, at: datetime, own: Collection[str] = ()
) -> SocialPost | LeftOut:
    """The post, or why it is not taken. `own` are our own accounts, `name@domain` or address."""
    uid = _text(status.get("uri"))
    account = status.get("account")
    written = _moment(status.get("created_at"))
    if not uid or not isinstance(account, Mapping) or written is None:
        return LeftOut(uid, "It has no address, author or time, so it cannot be told apart.")
    if status.get("visibility") != "public":
        return LeftOut(uid, "It is not public.")
    if status.get("reblog"):
        return LeftOut(uid, "It only passes on another post.")
    author = _author(account, domain)
    if own and {author, _address(account)} & set(own):
        return LeftOut(uid, "It is our own.")
    return _post(status, account, uid, author, written, at)


def _post(
    status: Json, account: Json, uid: str, author: str, written: datetime, at: datetime
) -> SocialPost:
    text = text_of(_text(status.get("content")))
    return SocialPost(
        uid=uid,
        url=_link(status.get("url")) or _link(uid),
        local_id=_text(status.get("id")),
        author=author,
        author_uid=_address(account),
        author_url=_link(account.get("url")),
        author_name=_line(account.get("display_name")) or author,
        bot=account.get("bot") is True,
        written_at=written,
        edited_at=_moment(status.get("edited_at")),
        text=text,
        language=_line(status.get("language")),
        warning=_line(status.get("spoiler_text")),
        sensitive=status.get("sensitive") is True,
        visibility="public",
        media=_media(status),
        tags=_tags(status, text),
        reply_to=_text(status.get("in_reply_to_id")),
        discoverable=_yes_or_no(account.get("discoverable")),
        opted_out=opt_outs(account),
        counts=_counts(status, at),
        raw={
            "id": _text(status.get("id")),
            "author_uid": _address(account),
            "author_id": _text(account.get("id")),
            "bot": account.get("bot") is True,
            "discoverable": _yes_or_no(account.get("discoverable")),
        },
        remarks=("It is dated in the future.",) if written > at else (),
    )


def opt_outs(account: Json) -> tuple[str, ...]:
    """How an author asked not to be shown. Not to be discovered is not one of the ways."""
    reasons = []
    if account.get("indexable") is False:
        reasons.append(NOT_INDEXABLE)
    if account.get("noindex") is True:
        reasons.append(NO_INDEX)
    tags = {found[1].lower() for found in OPT_OUT.finditer(_profile(account))}
    return (*reasons, *(TAGGED.format(tag=tag) for tag in sorted(tags)))


def _profile(account: Json) -> str:
    fields = [field for field in _list(account.get("fields")) if isinstance(field, Mapping)]
    parts = [account.get("note"), *(f.get(side) for f in fields for side in ("name", "value"))]
    return "\n".join(text_of(_text(part)) for part in parts)


def _author(account: Json, domain: str) -> str:
    """`name@domain`; servers leave the domain out for their own people."""
    name = _line(account.get("acct")) or _line(account.get("username"))
    return name if "@" in name or not name else f"{name}@{domain}"


def _address(account: Json) -> str:
    return _text(account.get("uri")) or _text(account.get("url"))


def _media(status: Json) -> tuple[Media, ...]:
    attached = [
        item for item in _list(status.get("media_attachments")) if isinstance(item, Mapping)
    ]
    return tuple(
        Media(
            type=_line(item.get("type")) or "unknown",
            url=_link(item.get("url")) or _link(item.get("remote_url")),
            alt=_tidy(item.get("description")),
        )
        for item in attached
    )


def _tags(status: Json, text: str) -> tuple[str, ...]:
    listed = [t for t in _list(status.get("tags")) if isinstance(t, Mapping)]
    names = [level(_text(tag.get("name"))) for tag in listed] or [
        level(t) for t in HASHTAG.findall(text)
    ]
    return tuple(dict.fromkeys(name for name in names if name))


def _counts(status: Json, at: datetime) -> Counts:
    return Counts(
        replies=_number(status.get("replies_count")),
        boosts=_number(status.get("reblogs_count")),
        favourites=_number(status.get("favourites_count")),
        quotes=_number(status.get("quotes_count")),
        at=at,
    )


def _moment(value: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(_text(value))
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)


def _text(value: object) -> str:
    if isinstance(value, str):
        return value.replace("\0", "")
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def _tidy(value: object) -> str:
    return _text(value).strip()


def _line(value: object) -> str:
    return " ".join(_text(value).split())


def _link(value: object) -> str:
    """Only addresses of the web: a server could send others to be clicked on."""
    address = _text(value).strip()
    return address if address.startswith(("https://", "http://")) else ""


def _number(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _yes_or_no(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
