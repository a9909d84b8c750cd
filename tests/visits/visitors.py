"""The demo's people as plain clients of its server: quick, without a browser, to find what there is."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urljoin, urlsplit

from httpx2 import Client, Response
from starlette.routing import Match, Route

from consult.web import routes

NOBODY = ""
EVERYONE = (NOBODY, "olu", "ana", "mo", "mia", "ruth", "pat")
DOORS = ("/", "/office", "/members", "/sign-ins")
TABLE = routes.table()
GETS = [route for route in TABLE if "GET" in (route.methods or ())]
LINK = re.compile(r'<(?:a|link)\b[^>]*?\bhref="([^"#]+)')
ALONE = {"Sec-Fetch-Site": "same-origin", "Connection": "close"}
"""One connection a request, because a page that fails ends its own."""
POSTS = re.compile(r'(?:<form[^>]*\bmethod="post"[^>]*\baction|\bformaction|\bhx-post)="([^"]+)"')
GOOD = (200, 303)
ENOUGH = 2
"""How many addresses of one route and consultation are looked at: the next looks like the last."""


@dataclass(frozen=True)
class Found:
    """One address of a route, who could open it, and what came."""

    who: str
    path: str
    status: int
    kind: str


@dataclass
class Form:
    """A form that posts: who was given it, on which page, and where it goes."""

    who: str
    page: str
    action: str


def forms(who: str, answer: Response) -> Iterator[Form]:
    """Every address of this site that a page would post to."""
    here = str(answer.url)
    for action in POSTS.findall(answer.text) if kind_of(answer) == "text/html" else []:
        yield Form(who, urlsplit(here).path, urlsplit(urljoin(here, unescape(action))).path)


@dataclass
class Crawl:
    """Follows the links of the site as each person in turn, until every kind of page was seen."""

    people: dict[str, Client]
    found: dict[str, Found] = field(default_factory=dict)
    seen: Counter[tuple[str, str]] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)
    posts: dict[str, Form] = field(default_factory=dict)

    def go(self, more: list[tuple[str, str]]) -> "Crawl":
        """`more` are addresses to begin from as well, each with whom it is for."""
        for who in self.people:
            self._walk(who, [*DOORS, *(path for whose, path in more if whose == who)])
        return self

    def _walk(self, who: str, waiting: list[str]) -> None:
        first, asked = set(waiting), set(waiting)
        while waiting:
            path = waiting.pop(0)
            route = route_of(path)
            if route is None or (path not in first and self.seen[key(route, path)] >= ENOUGH):
                continue
            answer = self.people[who].get(path)
            self._note(route, Found(who, path, answer.status_code, kind_of(answer)))
            for one in forms(who, answer):
                self._note_form(one)
            new = [one for one in links(answer) if one not in asked]
            waiting += new
            asked |= set(new)

    def _note_form(self, one: Form) -> None:
        route = route_of(one.action, "POST")
        if route is None:
            self.broken.append(f"{one.page} posts to {one.action}, where nothing is")
        else:
            self.posts.setdefault(route.name, one)

    def _note(self, route: Route, one: Found) -> None:
        if one.status in GOOD:
            self.seen[key(route, one.path)] += 1
            if self.found.setdefault(route.name, one).status != 200:
                self.found[route.name] = one
        elif one.path not in DOORS:
            self.broken.append(f"{one.status} {one.path} as {one.who or 'nobody'}")


def client(url: str, who: str) -> Client:
    """A client of the site, signed in by one click if it is anybody."""
    made = Client(base_url=url, headers=ALONE, timeout=60)
    if who:
        entered = made.post("/sign-in/as", data={"email": f"{who}@example.org"})
        assert entered.status_code == 303, entered.text
    return made


def key(route: Route, path: str) -> tuple[str, str]:
    """What makes two addresses show the same kind of page: their route and consultation."""
    slug = re.search(r"/(?:consultations|calls)/([^/?]+)", path)
    return route.name, slug[1] if slug else ""


def kind_of(answer: Response) -> str:
    return str(answer.headers.get("content-type", "")).partition(";")[0]


def route_of(path: str, method: str = "GET") -> Route | None:
    """The route an address belongs to, if it is one of the site's pages."""
    scope = {"type": "http", "method": method, "path": urlsplit(path).path, "root_path": ""}
    return next((one for one in TABLE if one.matches(scope)[0] == Match.FULL), None)


def links(answer: Response) -> Iterator[str]:
    """Every address of this site that a page links to or sends on to."""
    if answer.status_code == 303:
        yield urljoin(str(answer.url), answer.headers["location"])
    if not answer.headers.get("content-type", "").startswith("text/html"):
        return
    here = urlsplit(str(answer.url))
    for href in LINK.findall(answer.text):
        there = urlsplit(urljoin(str(answer.url), unescape(href)))
        if there.netloc == here.netloc and "lang=" not in there.query:
            yield there.path + (f"?{there.query}" if there.query else "")
