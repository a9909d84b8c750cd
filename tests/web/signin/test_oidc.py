"""Signing in at a provider: there and back, and everything that can go wrong on the way."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select
from starlette.testclient import TestClient

from consult import identity
from consult.audit import Action, Entry
from consult.db import transaction
from consult.identity import LinkedAccount, Person, Role
from tests.conftest import World
from tests.web.signin.conftest import Traveller
from tests.web.signin.provider import Second

OLU = {"email": "olu@example.org", "email_verified": True, "name": "Olu Adebisi"}


def refusals(engine: Engine) -> list[dict[str, Any]]:
    with transaction(engine, readonly=True) as db:
        chosen = select(Entry).where(Entry.action == Action.SIGN_IN_REFUSED).order_by(col(Entry.id))
        found = db.exec(chosen)
        return [one.details for one in found]


def roles(world: World, email: str) -> frozenset[Role]:
    with transaction(world.engine, readonly=True) as db:
        return identity.roles_in(db, identity.by_email(db, email), world.council.id)


def refused(answer: Any, status: int, sentence: str) -> bool:
    assert answer.status_code == status, answer.text
    assert "You are not signed in" in answer.text
    assert sentence in answer.text
    assert "consult" not in answer.cookies
    return True


def test_somebody_known_by_a_verified_address_is_signed_in(
    traveller: Traveller, knows: Callable[..., None], world: World
) -> None:
    knows("olu-at-work", **OLU)
    answer = traveller.sign_in("real", "olu-at-work", next_="/office/consultations/new")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/office/consultations/new"
    assert "Olu" in traveller.browser.get("/office").text
    with transaction(world.engine) as db:
        linked = db.exec(select(LinkedAccount)).one()
        assert linked.subject == "olu-at-work"
        assert linked.person_id == world.person("olu").id


def test_we_ask_with_state_nonce_and_pkce(traveller: Traveller) -> None:
    asked = parse_qs(urlsplit(traveller.set_out("real")).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert all(len(asked[one][0]) >= 43 for one in ("state", "nonce", "code_challenge"))
    assert asked["redirect_uri"] == ["http://testserver/sign-in/real/callback"]
    assert asked["scope"] == ["openid email profile"]


def test_a_provider_that_checks_pkce_and_our_secret_lets_us_in(traveller: Traveller) -> None:
    assert traveller.sign_in("strict").headers["location"] == "/office"


def test_the_secret_may_go_in_the_header_or_in_the_form(
    traveller: Traveller, change: Callable[..., None]
) -> None:
    change("strict", auth_method="client_secret_basic")
    assert traveller.sign_in("strict").status_code == 303


def test_a_stranger_becomes_a_citizen_with_an_account_and_no_role(
    traveller: Traveller, knows: Callable[..., None], world: World
) -> None:
    knows("new", email="New@Example.org", email_verified=True, name="Nell New")
    answer = traveller.sign_in("real", "new")
    assert answer.headers["location"] == "/"
    assert traveller.browser.get("/office").status_code == 404
    with transaction(world.engine) as db:
        person = identity.by_email(db, "new@example.org")
        assert person is not None
        assert person.name == "Nell New"


def test_an_account_once_linked_holds_when_the_address_changes(
    traveller: Traveller, knows: Callable[..., None], world: World
) -> None:
    knows("olu-at-work", **OLU)
    traveller.sign_in("real", "olu-at-work")
    knows("olu-at-work", email="olu.adebisi@example.net", email_verified=False)
    assert traveller.sign_in("real", "olu-at-work").status_code == 303
    with transaction(world.engine) as db:
        assert identity.by_email(db, "olu.adebisi@example.net") is None


@pytest.mark.parametrize("said", [{}, {"email_verified": False}, {"email_verified": "no"}])
@pytest.mark.parametrize("email", ["olu@example.org", "nobody-yet@example.org"])
def test_an_address_nobody_checked_opens_no_account_and_makes_none(
    traveller: Traveller,
    knows: Callable[..., None],
    world: World,
    said: dict[str, Any],
    email: str,
) -> None:
    knows("imposter", email=email, **said)
    assert refused(traveller.sign_in("real", "imposter"), 403, "has been checked to be yours")
    assert refusals(world.engine) == [{"provider": "real", "why": "unverified_email"}]
    with transaction(world.engine) as db:
        assert db.exec(select(LinkedAccount)).first() is None
        assert identity.by_email(db, "nobody-yet@example.org") is None


def test_a_provider_of_ones_own_may_be_trusted_with_addresses(
    traveller: Traveller, strict: Second, change: Callable[..., None]
) -> None:
    strict.claims = {"preferred_username": "olu@example.org", "email": "pat@example.org"}
    change("strict", trust_email=True, email_claim="preferred_username")
    traveller.sign_in("strict")
    assert "Olu" in traveller.browser.get("/").text


def test_no_address_is_said(traveller: Traveller, knows: Callable[..., None]) -> None:
    knows("shy", name="Shy")
    assert refused(traveller.sign_in("real", "shy"), 403, "were not told the e-mail address")


def test_an_address_given_to_somebody_new_does_not_open_the_old_account(
    traveller: Traveller, knows: Callable[..., None]
) -> None:
    knows("olu-at-work", **OLU)
    knows("successor", **OLU)
    traveller.sign_in("real", "olu-at-work")
    answer = traveller.sign_in("real", "successor")
    assert answer.status_code == 403
    assert "Somebody else" in answer.text


def test_an_address_missing_from_the_token_is_asked_for(
    traveller: Traveller, strict: Second
) -> None:
    strict.claims = {}
    strict.userinfo = {"sub": "someone", "email": "olu@example.org", "email_verified": True}
    assert traveller.sign_in("strict").status_code == 303
    assert "/userinfo" in strict.asked


def test_what_is_said_of_somebody_else_is_not_believed(
    traveller: Traveller, strict: Second
) -> None:
    strict.claims = {}
    strict.userinfo = {"sub": "another", "email": "olu@example.org", "email_verified": True}
    assert refused(traveller.sign_in("strict"), 400, "could not be shown to come from")


def test_roles_follow_the_claim_and_go_with_it(
    traveller: Traveller, knows: Callable[..., None], world: World
) -> None:
    knows("pat", email="pat@example.org", email_verified=True, groups=["policy", "chess club"])
    assert traveller.sign_in("real", "pat").headers["location"] == "/office"
    assert roles(world, "pat@example.org") == {Role.OFFICIAL, Role.ANALYST}
    knows("pat", email="pat@example.org", email_verified=True, groups="policy")
    traveller.sign_in("real", "pat")
    assert roles(world, "pat@example.org") == {Role.OFFICIAL, Role.ANALYST}
    knows("pat", email="pat@example.org", email_verified=True)
    assert traveller.sign_in("real", "pat").headers["location"] == "/"
    assert roles(world, "pat@example.org") == frozenset()


def test_roles_a_person_gave_are_not_taken_by_a_claim(
    traveller: Traveller, knows: Callable[..., None], world: World
) -> None:
    knows("olu", **OLU, groups=["policy"])
    traveller.sign_in("real", "olu")
    assert roles(world, "olu@example.org") == {Role.OFFICIAL, Role.ANALYST}
    knows("olu", **OLU, groups=[])
    traveller.sign_in("real", "olu")
    assert roles(world, "olu@example.org") == {Role.OFFICIAL}


def test_one_provider_takes_no_role_that_another_claims(
    traveller: Traveller, knows: Callable[..., None], strict: Second, world: World
) -> None:
    pat = {"email": "pat@example.org", "email_verified": True}
    knows("pat", **pat, groups=["policy"])
    traveller.sign_in("real", "pat")
    strict.claims = pat
    traveller.sign_in("strict")
    assert roles(world, "pat@example.org") == {Role.OFFICIAL, Role.ANALYST}


def test_a_provider_that_is_not_there_gets_a_404(client: TestClient, world: World) -> None:
    assert client.post("/sign-in/nobody").status_code == 404
    assert client.get("/sign-in/nobody/callback?state=x").status_code == 404


def test_the_page_offers_every_provider_by_its_label(client: TestClient, world: World) -> None:
    text = client.get("/sign-in").text
    assert all(f"{name} account" in text for name in ("Real", "Past", "Strict"))


def test_a_person_of_that_address_is_made_once(
    traveller: Traveller, knows: Callable[..., None], world: World
) -> None:
    knows("new", email="new@example.org", email_verified=True)
    traveller.sign_in("real", "new")
    traveller.sign_in("real", "new")
    with transaction(world.engine) as db:
        made = db.exec(select(Person).where(Person.email == "new@example.org")).all()
        assert [one.name for one in made] == ["new"]
