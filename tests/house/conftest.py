"""The whole demo in one process, furnished, with an address of every kind of page in it."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from sqlalchemy import Engine
from starlette.applications import Starlette
from starlette.testclient import TestClient

from consult import seeding
from tests.visits.furnishing import furnish
from tests.visits.visitors import EVERYONE, Crawl


@dataclass
class Demo:
    """The seeded site, its people's browsers, and what their links lead to."""

    app: Starlette
    engine: Engine
    people: dict[str, TestClient]
    crawl: Crawl
    drain: Callable[[], int]


@pytest.fixture
def demo(app: Starlette, engine: Engine, drain: Callable[[], int]) -> Demo:
    seeding.seed(engine)
    drain()
    people = {who: browser(app, who) for who in EVERYONE}
    more = furnish(people, lambda _: drain() and None)
    return Demo(app, engine, people, Crawl(people).go(more), drain)


def browser(app: Starlette, who: str) -> TestClient:
    """A client that sees what a page answers, also when it fails."""
    headers = {"Sec-Fetch-Site": "same-origin"}
    made = TestClient(app, follow_redirects=False, headers=headers, raise_server_exceptions=False)
    if who:
        assert made.post("/sign-in/as", data={"email": f"{who}@example.org"}).status_code == 303
    return made
