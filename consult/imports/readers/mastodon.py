"""Reads a hashtag from Mastodon and every server that speaks its language, page by page.

The first reading takes the newest page, keeps its way forward, and walks back to the start date.
Later readings walk forward until a page is empty. Cursors are the server's own, never understood.
"""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from consult.errors import Invalid
from consult.imports.readers import trouble
from consult.imports.readers.posts import level, post_of
from consult.imports.readers.shapes import Cursors, LeftOut, Page, SocialPost
from consult.imports.readers.trouble import Trouble
from consult.lib.fetch import Answer, Fetcher, NoAnswerError, RefusedError

LIMIT = 40  # posts a page, the most that servers give
LINK = re.compile(r"<([^>]*)>\s*((?:;\s*\w+\s*=\s*(?:\"[^\"]*\"|[^\s,;]+)\s*)*)")
REL = re.compile(r"rel\s*=\s*\"?(next|prev)\b", re.IGNORECASE)
TOO_OLD = "It was written before the start date."
NOT_ALL = "It lacks a hashtag that all posts must have."
HAS_NONE = "It has a hashtag that no post may have."


def _now() -> datetime:
    return datetime.now(UTC)


class Hashtag:
    """One hashtag on one server. `since` is the start date of the walk back.

    `any_of` widens the reading where the server can do so; where it cannot (only Mastodon itself
    does), each hashtag needs a source of its own. `all_of` and `none_of` are also kept here.
    """

    def __init__(
        self,
        fetcher: Fetcher,
        server: str,
        tag: str,
        *,
        token: str = "",
        since: datetime | None = None,
        any_of: Sequence[str] = (),
        all_of: Sequence[str] = (),
        none_of: Sequence[str] = (),
        own: Collection[str] = (),
        domain: str = "",
        limit: int = LIMIT,
        now: Callable[[], datetime] = _now,
    ) -> None:
        self._fetcher, self._token, self._since, self._now = fetcher, token, since, now
        self._server = server_address(server)
        self.host = urlsplit(self._server).netloc
        self._domain, self._own = domain or self.host, own
        self._path = f"/api/v1/timelines/tag/{quote(tag_name(tag), safe='')}"
        self._all, self._none = _levels(all_of), _levels(none_of)
        self._query = [("limit", str(limit)), *_more("any", any_of)]
        self._query += [*_more("all", all_of), *_more("none", none_of)]

    def pages(self, cursors: Cursors) -> Page:
        """The page these cursors lead to. Save its posts and its cursors in one transaction.

        Raises Trouble; then the cursors given still hold.
        """
        at = self._now()
        going_back = bool(cursors.back)
        answer = self._ask(cursors.back or cursors.forward, at)
        statuses = _statuses(answer, self.host, at)
        posts, left_out = self._sorted(statuses, at)
        moved = self._moved(cursors, statuses, _links(answer.headers.get("link", "")))
        return Page(
            items=tuple(posts),
            cursors=moved,
            left_out=tuple(left_out),
            more=_more_waits(cursors, moved, statuses, going_back=going_back),
            come_back_at=trouble.quota_of(answer.headers, at).come_back_at(),
        )

    def _ask(self, cursor: str, at: datetime) -> Answer:
        headers = {"Accept": "application/json"}
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        try:
            answer = self._fetcher.get(
                self._server + self._path, params=self._asking(cursor), headers=headers
            )
        except RefusedError as error:
            raise Trouble(str(error), final=True) from error
        except NoAnswerError as error:
            raise Trouble(str(error), retry_at=at + trouble.LATER) from error
        if answer.status != 200:
            raise trouble.of_status(self.host, answer.status, answer.headers, at)
        return answer

    def _asking(self, cursor: str) -> list[tuple[str, str]]:
        """The cursor's own words, and those of ours that the server dropped from it."""
        given = parse_qsl(cursor, keep_blank_values=True)
        names = {name for name, _ in given}
        return given + [pair for pair in self._query if pair[0] not in names]

    def _moved(self, cursors: Cursors, statuses: Sequence[Any], links: dict[str, str]) -> Cursors:
        if not statuses:
            return replace(cursors, back="")  # an empty page has no links: keep the way forward
        onward = "" if self._all_too_old(statuses) else links.get("next", "")
        if not cursors.started:
            return Cursors(forward=links.get("prev", ""), back=onward, started=True)
        if cursors.back:
            return replace(cursors, back="" if onward == cursors.back else onward)
        return replace(cursors, forward=links.get("prev", "") or cursors.forward)

    def _all_too_old(self, statuses: Sequence[Any]) -> bool:
        """Whether to stop walking back. One post with an odd date must not end the walk."""
        posts = [post_of(s, domain="", at=self._now()) for s in statuses if isinstance(s, dict)]
        dated = [post.written_at for post in posts if isinstance(post, SocialPost)]
        return self._since is not None and bool(dated) and max(dated) < self._since

    def _sorted(
        self, statuses: Sequence[Any], at: datetime
    ) -> tuple[list[SocialPost], list[LeftOut]]:
        posts: dict[str, SocialPost] = {}
        left_out = []
        for status in statuses:
            post = self._taken(status, at)
            if isinstance(post, SocialPost):
                posts[post.uid] = post
            else:
                left_out.append(post)
        return list(posts.values()), left_out

    def _taken(self, status: Any, at: datetime) -> SocialPost | LeftOut:
        if not isinstance(status, dict):
            return LeftOut("", "It is no post.")
        post = post_of(status, domain=self._domain, at=at, own=self._own)
        if isinstance(post, LeftOut):
            return post
        if self._since is not None and post.written_at < self._since:
            return LeftOut(post.uid, TOO_OLD)
        tags = set(post.tags)
        if not self._all <= tags:
            return LeftOut(post.uid, NOT_ALL)
        return LeftOut(post.uid, HAS_NONE) if self._none & tags else post


def server_address(text: str) -> str:
    """`https://name` from what a person typed. Raises Invalid."""
    text = text.strip()
    parts = urlsplit(text if "://" in text else f"https://{text}")
    try:
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        port = None
    if (
        port is None
        or parts.scheme not in ("http", "https")
        or not parts.hostname
        or "@" in parts.netloc
    ):
        raise Invalid("Enter a server's name, such as mastodon.social.")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}{port}"


def tag_name(text: str) -> str:
    """A hashtag without its mark. Raises Invalid."""
    name = text.strip().lstrip("#")
    if not re.fullmatch(r"[\w·]{1,200}", name) or name.isdigit():
        raise Invalid("Enter one hashtag of letters and figures, such as LivingWithDementia.")
    return name


def _levels(tags: Sequence[str]) -> frozenset[str]:
    return frozenset(level(tag_name(tag)) for tag in tags)


def _more(name: str, tags: Sequence[str]) -> list[tuple[str, str]]:
    """At most four further hashtags of a kind are read by servers; ours has no such end."""
    return [(f"{name}[]", tag_name(tag)) for tag in tags[:4]]


def _statuses(answer: Answer, host: str, at: datetime) -> list[Any]:
    try:
        value = answer.json()
    except (ValueError, RecursionError) as error:
        raise _unreadable(answer, host, at) from error
    if not isinstance(value, list):
        raise Trouble(f"{host} gave no list of posts.", retry_at=at + trouble.LATER)
    return value


def _unreadable(answer: Answer, host: str, at: datetime) -> Trouble:
    html = "html" in answer.headers.get("content-type", "") or answer.body.lstrip()[:1] == b"<"
    if html:
        return Trouble(f"{host} showed a web page instead of posts.", retry_at=at + trouble.LATER)
    return Trouble(f"{host} broke off in the middle of its answer.", retry_at=at + trouble.SOON)


def _links(header: str) -> dict[str, str]:
    """`next` and `prev` → the words behind the question mark; the rest we know ourselves.

    Only these are followed, so no server can send us, or our token, anywhere else.
    """
    found = {}
    for address, parameters in LINK.findall(header):
        if rel := REL.search(parameters):
            found[rel[1].lower()] = urlencode(parse_qsl(urlsplit(address).query))
    return found


def _more_waits(
    before: Cursors, after: Cursors, statuses: Sequence[Any], *, going_back: bool
) -> bool:
    """Whether to ask again at once: the walk back goes on, or the walk forward met something."""
    if after.back:
        return True
    if going_back or not before.started:
        return going_back and bool(after.forward)  # look once forward after a long walk back
    return bool(statuses) and after.forward != before.forward
