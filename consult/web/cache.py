"""Public pages, rendered once: kept by address, language and revision, compressed once, answered with 304."""

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from threading import Lock

from starlette.responses import Response

from consult.lib import dates
from consult.web.page import COOKIE, PageRequest
from consult.web.render import FLASH

MOST_BYTES = 64 * 1024 * 1024
PERSONAL = frozenset({COOKIE, FLASH, "consult_draft", "consult_supporter"})
"""Cookies that make a page one person's own."""
ANYONE = "public, max-age=0, must-revalidate"
VARY = "Accept-Encoding, Accept-Language, Cookie, HX-Request-Type"


@dataclass(frozen=True)
class Kept:
    """A page as it is sent."""

    body: bytes
    zipped: bytes
    tag: str
    kind: str

    @property
    def size(self) -> int:
        return len(self.body) + len(self.zipped)


class Pages:
    """The pages of one process; those not asked for the longest go first."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._most, self._size = most, 0
        self._kept: OrderedDict[Hashable, Kept] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable) -> Kept | None:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def put(self, key: Hashable, page: Kept) -> None:
        with self._lock:
            replaced = self._kept.pop(key, None)
            self._size += page.size - (replaced.size if replaced else 0)
            self._kept[key] = page
            while self._size > self._most and len(self._kept) > 1:
                self._size -= self._kept.popitem(last=False)[1].size


def page(request: PageRequest, version: Hashable, make: Callable[[], Response]) -> Response:
    """The page as kept at this version, or made now. `version` changes with all that the page shows.

    The day is part of what is kept, because pages say how many days are left.
    """
    if PERSONAL & request.cookies.keys():
        return _own(make())
    pages: Pages = request.app.state.pages
    key = (_address(request), version, dates.london(request.at).date())
    kept = pages.get(key)
    if kept is None:
        made = make()
        if made.status_code != 200:
            return made
        kept = _keep(made)
        pages.put(key, kept)
    return _answer(request, kept)


def _address(request: PageRequest) -> tuple[str, str, str, bool]:
    return request.path, request.url.query, request.language, request.htmx


def _own(made: Response) -> Response:
    made.headers["Cache-Control"] = "private, no-cache"
    return made


def _keep(made: Response) -> Kept:
    body = bytes(made.body)
    tag = f'W/"{hashlib.sha256(body).hexdigest()[:32]}"'
    kind = made.headers["content-type"]
    return Kept(body, gzip.compress(body, 6, mtime=0), tag, kind)


def _answer(request: PageRequest, kept: Kept) -> Response:
    headers = {"ETag": kept.tag, "Cache-Control": ANYONE, "Vary": VARY}
    asked = [one.strip() for one in request.headers.get("if-none-match", "").split(",")]
    if kept.tag in asked:
        return Response(status_code=304, headers=headers)
    headers["Content-Type"] = kept.kind
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(kept.zipped, headers={**headers, "Content-Encoding": "gzip"})
    return Response(kept.body, headers=headers)
