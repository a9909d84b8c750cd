"""A link by e-mail: the same answer for everybody, good once, and nothing happens by opening it."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import select, update
from starlette.testclient import TestClient

from consult import identity, letters
from consult.db import transaction
from consult.errors import NotFound
from consult.identity import SignInLink
from consult.letters import Letter
from tests.conftest import World

ASKED = "/sign-in/link"


def letter(engine: Engine) -> tuple[str, str]:
    """To whom the one letter goes, and what it says."""
    with transaction(engine, readonly=True) as db:
        return letters.contents(db.exec(select(Letter)).one())


def link(engine: Engine) -> str:
    found = re.search(r"http://testserver(/sign-in/link/\S+)", letter(engine)[1])
    assert found
    return found[1]


def test_the_link_of_a_letter_signs_in_once_and_leads_on(
    client: TestClient, world: World, engine: Engine
) -> None:
    client.post(ASKED, data={"email": " Olu@Example.org ", "next": "/office/consultations/new"})
    assert letter(engine)[0] == "olu@example.org"
    page = client.get(link(engine))
    assert page.status_code == 200
    assert "Sign in as Olu" in page.text
    assert page.headers["cache-control"] == "no-store"
    assert client.get("/office").status_code == 404, "Opening the link has signed somebody in."
    answer = client.post(link(engine))
    assert answer.status_code == 303
    assert answer.headers["location"] == "/office/consultations/new"
    assert client.get("/office").status_code == 200


def test_a_used_link_signs_nobody_in(
    client: TestClient, app: object, world: World, engine: Engine
) -> None:
    client.post(ASKED, data={"email": "olu@example.org"})
    client.post(link(engine))
    other = TestClient(client.app, headers={"Sec-Fetch-Site": "same-origin"})
    assert other.get(link(engine)).status_code == 404
    assert "no longer works" in other.get(link(engine)).text
    answer = other.post(link(engine))
    assert answer.status_code == 404
    assert "Ask for a new one" in answer.text
    assert other.get("/office").status_code == 404


def test_a_link_runs_out_after_twenty_minutes(
    client: TestClient, world: World, engine: Engine
) -> None:
    client.post(ASKED, data={"email": "olu@example.org"})
    with transaction(engine) as db:
        made = db.exec(select(SignInLink)).one()
        assert made.expires_at - made.created_at == timedelta(minutes=20)
        db.execute(update(SignInLink).values(expires_at=datetime.now(UTC)))
    assert client.post(link(engine)).status_code == 404


def test_the_answer_does_not_tell_who_has_an_account(
    client: TestClient, world: World, engine: Engine
) -> None:
    known = client.post(ASKED, data={"email": "olu@example.org"})
    unknown = client.post(ASKED, data={"email": "nobody@example.org"})
    assert known.status_code == unknown.status_code == 303
    assert known.headers["location"] == unknown.headers["location"]
    assert "If that address has an account" in client.get(known.headers["location"]).text
    assert letter(engine)[0] == "olu@example.org"


@pytest.mark.parametrize("email", ["", "olu", "olu@", "@example.org", "olu @example.org"])
def test_what_is_no_address_is_said_at_the_field_and_given_back(
    client: TestClient, world: World, email: str
) -> None:
    answer = client.post(ASKED, data={"email": email, "next": "/office"})
    assert answer.status_code == 422
    assert "<title>Error: Sign in" in answer.text
    assert 'href="#email"' in answer.text
    assert f'value="{email.strip()}"' in answer.text or f'value="{email}"' in answer.text
    assert 'name="next" value="/office"' in answer.text


def test_only_a_hash_of_the_link_is_kept(client: TestClient, world: World, engine: Engine) -> None:
    client.post(ASKED, data={"email": "olu@example.org"})
    token = link(engine).rpartition("/")[2]
    with transaction(engine) as db:
        assert db.exec(select(SignInLink)).one().token_hash == identity.hashed(token)
        kept = db.exec(select(Letter)).one()
        assert token not in f"{kept.body} {kept.key} {kept.subject}"


def test_a_letter_box_cannot_be_filled(client: TestClient, world: World) -> None:
    answers = [client.post(ASKED, data={"email": "olu@example.org"}) for _ in range(6)]
    assert [one.status_code for one in answers] == [303] * 5 + [429]
    assert "try again in an hour" in answers[-1].text
    assert client.post(ASKED, data={"email": "ana@example.org"}).status_code == 303


def test_one_connection_may_not_try_many_addresses(client: TestClient, world: World) -> None:
    answers = [client.post(ASKED, data={"email": f"p{n}@example.org"}) for n in range(11)]
    assert [one.status_code for one in answers] == [303] * 10 + [429]


def test_a_link_leads_only_to_pages_of_ours(
    client: TestClient, world: World, engine: Engine
) -> None:
    client.post(ASKED, data={"email": "olu@example.org", "next": "https://evil.example/"})
    assert client.post(link(engine)).headers["location"] == "/office"


def test_a_link_is_used_up_for_everybody(world: World, engine: Engine) -> None:
    at = datetime.now(UTC)
    with transaction(engine) as db:
        token = identity.new_link(db, "olu@example.org", at=at)
        assert token
    with transaction(engine) as db:
        identity.use_link(db, token, at=at)
    with transaction(engine) as db, pytest.raises(NotFound):
        identity.use_link(db, token, at=at)


def test_old_links_are_forgotten(world: World, engine: Engine) -> None:
    at = datetime.now(UTC)
    with transaction(engine) as db:
        identity.new_link(db, "olu@example.org", at=at - timedelta(days=8))
    with transaction(engine) as db:
        identity.new_link(db, "ana@example.org", at=at)
        assert [one.email for one in db.exec(select(SignInLink))] == ["ana@example.org"]


def test_the_letter_goes_out(
    client: TestClient, world: World, engine: Engine, drain: Callable[[], int], settings: object
) -> None:
    client.post(ASKED, data={"email": "olu@example.org"})
    drain()
    (kept,) = (settings.data / "outbox").glob("*.eml")  # type: ignore[attr-defined]
    words = kept.read_text()
    assert "To: olu@example.org" in words
    assert "/sign-in/link/" in words
    assert "&" not in words
