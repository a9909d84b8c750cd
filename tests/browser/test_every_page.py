"""Every page there is, opened once in Chromium: axe, the width of a small phone, dark, its title and its console."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page
from starlette.routing import Route

from tests.browser.conftest import Demo
from tests.visits.furnishing import furnish, until
from tests.visits.visitors import EVERYONE, GETS, Crawl, Found, client

pytestmark = pytest.mark.browser

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
LOOK = """async (only) => {
    const found = await axe.run(document, {resultTypes: ["violations"], ...only});
    return found.violations.map(one => one.id + ": " + one.help + " at "
        + one.nodes.slice(0, 3).map(node => node.target.join(" ") + " " + node.html.slice(0, 160)
        + " " + node.failureSummary.slice(0, 240)).join(" | "));
}"""
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
TOO_WIDE = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
    [...document.querySelectorAll("body *")]
        .filter(one => one.getBoundingClientRect().right > innerWidth + 1)
        .slice(0, 5).map(one => one.tagName + "." + one.className)"""
PHONE, DESK = {"width": 320, "height": 640}, {"width": 1280, "height": 900}

GO_ON = {"office.cases.following", "office.cases.previous"}
"""What shows nothing itself and sends on to a page."""
NOT_REACHED = {"oidc.callback": "only a provider sends people there (tests/web/signin)"}
DOWNLOADS = {
    "public.proofs.show": "application/json",
    "public.accounts.checker": "text/x-python",
    "public.accounts.download": "text/csv",
    "public.accounts.document": "application/json",
    "office.files.report": "text/csv",
    "api.health.show": "application/json",
    "api.feeds.index": "application/atom+xml",
    "api.feeds.show": "application/atom+xml",
}
PAGES = [one for one in GETS if one.name not in {*DOWNLOADS, *GO_ON, *NOT_REACHED}]


@dataclass
class Visitor:
    """One person's browser, with one page that goes from address to address."""

    page: Page
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._listen)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _listen(self, said: ConsoleMessage) -> None:
        if said.type in ("error", "warning"):
            self.complaints.append(said.text)

    def look(self, path: str) -> list[str]:
        """Everything that is wrong with a page, in words."""
        self.complaints.clear()
        self.page.set_viewport_size(DESK)
        self.page.emulate_media(color_scheme="light")
        answer = self.page.goto(path)
        wrong = (
            [] if answer and answer.status == 200 else [f"It answers {answer and answer.status}."]
        )
        wrong += [] if self.page.title().strip() else ["It has no title."]
        headings = self.page.locator("h1").count()
        wrong += [] if headings == 1 else [f"It has {headings} h1."]
        self.page.evaluate(AXE)
        wrong += self.page.evaluate(LOOK, {})
        self.page.emulate_media(color_scheme="dark")
        wrong += [f"in dark: {one}" for one in self.page.evaluate(LOOK, CONTRAST)]
        self.page.set_viewport_size(PHONE)
        wrong += [f"wider than a phone: {one}" for one in self.page.evaluate(TOO_WIDE)]
        return wrong + [f"console: {one}" for one in self.complaints]


@pytest.fixture(scope="module")
def crawl(demo: Demo) -> Iterator[Crawl]:
    """The demo, furnished, and an address of every kind of page in it."""
    people = {who: client(demo.url, who) for who in EVERYONE}
    yield Crawl(people).go(furnish(people, until))
    for one in people.values():
        one.close()


@pytest.fixture(scope="module")
def visitor(crawl: Crawl, demo: Demo, browser: Browser) -> Iterator[Callable[..., Visitor]]:
    """The browser of one of the cast, with the cookies they have from the crawl."""
    made: dict[str, Visitor] = {}

    def of(who: str) -> Visitor:
        if who not in made:
            context = browser.new_context(base_url=demo.url, reduced_motion="reduce")
            context.add_cookies([_cookie(one) for one in crawl.people[who].cookies.jar])
            made[who] = Visitor(context.new_page())
        return made[who]

    yield of
    for one in made.values():
        one.page.context.close()


def _cookie(one: Any) -> Any:
    return {"name": one.name, "value": one.value, "domain": "127.0.0.1", "path": one.path}


def found(crawl: Crawl, route: Route) -> Found:
    one = crawl.found.get(route.name)
    assert one, f"No link leads to {route.path}; add one, or furnish the demo so that there is one."
    return one


@pytest.mark.parametrize("route", PAGES, ids=lambda route: route.name)
def test_every_page_is_sound(route: Route, crawl: Crawl, visitor: Callable[..., Visitor]) -> None:
    one = found(crawl, route)
    wrong = visitor(one.who).look(one.path)
    assert not wrong, "\n".join([f"{one.path} as {one.who or 'nobody'}", *wrong])


@pytest.mark.parametrize("name", DOWNLOADS)
def test_every_download_says_what_it_is(name: str, crawl: Crawl) -> None:
    route = next(one for one in GETS if one.name == name)
    assert found(crawl, route).kind == DOWNLOADS[name]


@pytest.mark.parametrize("name", sorted(GO_ON))
def test_what_only_sends_on_does(name: str, crawl: Crawl) -> None:
    assert crawl.found[name].status == 303


def test_no_link_leads_nowhere(crawl: Crawl) -> None:
    assert not crawl.broken
