"""An installation with nothing in it: every page is there and says what to do first."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine
from starlette.testclient import TestClient

from consult import identity
from consult import settings as settings_module
from consult.app import make_app
from consult.db import transaction
from consult.identity import Role
from consult.settings import Settings
from consult.web import routes

PLAIN = [one.path for one in routes.table() if "GET" in (one.methods or ()) and "{" not in one.path]
EVERYBODYS = [one for one in PLAIN if not one.startswith(("/office", "/members", "/sign-ins"))]
LISTS = ["/consultations", "/decisions", "/office", "/office/queue", "/office/outbox", "/members"]


@pytest.fixture
def empty(settings: Settings, engine: Engine) -> TestClient:
    """A browser at a site that is not the demo, and in which nothing has happened."""
    real = settings.model_copy(update={"demo": False})
    settings_module.adopt(real)
    app = make_app(real, engine)
    return TestClient(app, follow_redirects=False, headers={"Sec-Fetch-Site": "same-origin"})


@pytest.fixture
def owners(empty: TestClient, engine: Engine) -> TestClient:
    """The same, as its first owner."""
    at = datetime.now(UTC)
    with transaction(engine) as db:
        place = identity.create_organisation(db, "harrowdale", "Harrowdale Council")
        owner = identity.create_person(db, "una@example.org", "Una", at=at)
        identity.grant(db, owner, place.id, Role.OWNER, at=at)
        token = identity.sign_in(db, owner, provider="link", device="tests", at=at)
    empty.cookies.set("consult", token)
    return empty


def answers(browser: TestClient, paths: list[str]) -> dict[str, int]:
    return {path: browser.get(path).status_code for path in paths}


def test_every_public_page_answers_before_anything_was_asked(empty: TestClient) -> None:
    found = answers(empty, EVERYBODYS)
    assert set(found.values()) == {200}, found


def test_every_page_answers_its_first_owner(owners: TestClient) -> None:
    found = answers(owners, PLAIN)
    assert set(found.values()) == {200}, found


def test_an_empty_list_says_what_to_do_first(owners: TestClient) -> None:
    silent = [path for path in LISTS if 'class="empty"' not in owners.get(path).text]
    assert not silent, f"These say nothing about their emptiness: {silent}"
