"""The whole demo in one process, furnished, with an address of every kind of page in it."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from sqlalchemy import Engine
from starlette.applications import Starlette
from starlette.testclient import TestClient

from consult import jobs, seeding
from consult.app import make_app
from consult.db import make_engine
from tests.conftest import adopted_settings, fresh_database
from tests.visits.furnishing import furnish
from tests.visits.visitors import EVERYONE, Crawl


@dataclass
class Demo:
    """The seeded site, its people's browsers, and what their links lead to."""

    app: Starlette
    engine: Engine
    people: dict[str, TestClient]
    crawl: Crawl


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def demo(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Demo]:
    """Dear, so the tests of a module share it; those that change it come last."""
    folder = tmp_path_factory.mktemp("demo")
    for url in fresh_database(request, folder):
        for settings in adopted_settings(url, folder):
            engine = make_engine(settings.url)
            yield furnished(make_app(settings, engine), engine)
            engine.dispose()


def furnished(app: Starlette, engine: Engine) -> Demo:
    seeding.seed(engine)
    jobs.drain(engine)
    people = {who: browser(app, who) for who in EVERYONE}
    more = furnish(people, lambda _: jobs.drain(engine) and None)  # type: ignore[func-returns-value]
    return Demo(app, engine, people, Crawl(people).go(more))


def browser(app: Starlette, who: str) -> TestClient:
    """A client that sees what a page answers, also when it fails."""
    headers = {"Sec-Fetch-Site": "same-origin"}
    made = TestClient(app, follow_redirects=False, headers=headers, raise_server_exceptions=False)
    if who:
        assert made.post("/sign-in/as", data={"email": f"{who}@example.org"}).status_code == 303
    return made
