"""Trips to a provider: once, in one browser, in time; cut short by a no; and signing out."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import Engine
from sqlmodel import select, update
from starlette.testclient import TestClient

from consult.db import transaction
from consult.identity import SignIn, SignInAttempt
from consult.secrecy import seal
from tests.conftest import World
from tests.web.signin.conftest import Traveller
from tests.web.signin.provider import Second
from tests.web.signin.test_oidc import OLU, refusals, refused


def test_a_callback_works_once(
    traveller: Traveller, knows: Callable[..., None], engine: Engine
) -> None:
    knows("olu", **OLU)
    back = traveller.at_provider(traveller.set_out("real"), "olu")
    assert traveller.browser.get(back).status_code == 303
    again = traveller.browser.get(back)
    assert again.status_code == 409
    assert "already been used" in again.text
    assert refusals(engine) == [{"provider": "real", "why": "used"}]


def test_a_state_from_another_browser_signs_nobody_in(
    traveller: Traveller, knows: Callable[..., None], app: Any, strict: Second
) -> None:
    knows("olu", **OLU)
    back = traveller.at_provider(traveller.set_out("real"), "olu")
    victim = TestClient(app, follow_redirects=False)
    assert refused(victim.get(back), 400, "not begun in this browser")
    other_trip = Traveller(TestClient(app, headers={"Sec-Fetch-Site": "same-origin"}))
    other_trip.set_out("real")
    assert refused(other_trip.browser.get(back), 400, "not begun in this browser")
    assert traveller.browser.get(back).status_code == 303, "Its own browser may still use it."


def test_two_tabs_of_one_browser_may_both_sign_in(
    traveller: Traveller, knows: Callable[..., None]
) -> None:
    knows("olu", **OLU)
    first, later = traveller.set_out("real"), traveller.set_out("real")
    assert traveller.browser.get(traveller.at_provider(first, "olu")).status_code == 303
    assert traveller.browser.get(traveller.at_provider(later, "olu")).status_code == 303


def test_a_state_of_one_provider_is_nothing_to_another(
    traveller: Traveller, knows: Callable[..., None]
) -> None:
    knows("olu", **OLU)
    back = traveller.at_provider(traveller.set_out("real"), "olu").replace("/real/", "/strict/")
    assert refused(traveller.browser.get(back), 400, "not begun in this browser")


def test_a_trip_runs_out_after_ten_minutes(
    traveller: Traveller, knows: Callable[..., None], engine: Engine
) -> None:
    knows("olu", **OLU)
    back = traveller.at_provider(traveller.set_out("real"), "olu")
    with transaction(engine) as db:
        long_ago = datetime.now(UTC) - timedelta(minutes=11)
        db.execute(update(SignInAttempt).values(created_at=long_ago))
    assert refused(traveller.browser.get(back), 400, "longer than ten minutes")


def test_somebody_who_changes_their_mind_is_told_that_nothing_changed(
    traveller: Traveller, strict: Second, engine: Engine
) -> None:
    strict.answer = {"error": "access_denied"}
    answer = traveller.sign_in("strict", next_="/office")
    assert refused(answer, 403, "You stopped signing in with Strict account")
    assert 'href="/sign-in?next=/office"' in answer.text
    assert refusals(engine) == [{"provider": "strict", "why": "cancelled"}]


def test_a_no_that_forgets_the_state_is_understood(traveller: Traveller) -> None:
    answer = traveller.sign_in("real", action="deny")
    assert refused(answer, 403, "You stopped signing in with Real account")


@pytest.mark.parametrize(
    ("error", "status", "sentence"),
    [
        ("temporarily_unavailable", 503, "did not answer"),
        ("invalid_scope", 503, "not set up to work together"),
        ("<script>", 400, "did not confirm"),
    ],
)
def test_every_error_sent_back_has_its_sentence(
    traveller: Traveller, strict: Second, error: str, status: int, sentence: str
) -> None:
    strict.answer = {"error": error, "error_description": "<b>words of others</b>"}
    answer = traveller.sign_in("strict")
    assert refused(answer, status, sentence)
    assert "words of others" not in answer.text


def test_a_code_nobody_gave_is_not_confirmed(traveller: Traveller) -> None:
    there = traveller.set_out("real")
    state = parse_qs(urlsplit(there).query)["state"][0]
    back = f"/sign-in/real/callback?code=invented&state={state}"
    assert refused(traveller.browser.get(back), 400, "did not confirm")


def test_a_token_that_has_run_out_is_not_believed(traveller: Traveller, engine: Engine) -> None:
    assert refused(traveller.sign_in("past", "olu"), 400, "already run out")
    assert refusals(engine) == [{"provider": "past", "why": "expired"}]


def test_the_id_token_is_kept_sealed_and_shown_when_signing_out(
    traveller: Traveller, knows: Callable[..., None], world: World, real: str
) -> None:
    knows("olu", **OLU)
    traveller.sign_in("real", "olu")
    with transaction(world.engine) as db:
        kept = db.exec(select(SignIn)).one().id_token
    assert "eyJ" not in kept
    answer = traveller.browser.post("/sign-out")
    assert answer.status_code == 200
    assert f"{real}/oauth2/end_session?client_id=consult" in answer.text
    assert f"id_token_hint={seal().open(kept)}" in answer.text
    assert "post_logout_redirect_uri=http%3A%2F%2Ftestserver%2F" in answer.text
    assert traveller.browser.get("/office").status_code == 404


def test_signing_out_works_while_the_provider_is_down(traveller: Traveller, strict: Second) -> None:
    traveller.sign_in("strict")
    _forget(strict)
    assert traveller.browser.post("/sign-out").headers["location"] == "/"
    assert traveller.browser.get("/office").status_code == 404


def _forget(strict: Second) -> None:
    from consult.identity import providers

    providers._kept._known.clear()
    strict.down.add("/.well-known/openid-configuration")


def test_people_go_on_only_to_pages_of_ours(
    traveller: Traveller, knows: Callable[..., None]
) -> None:
    knows("olu", **OLU)
    for elsewhere in ("https://evil.example", "//evil.example", "/\t/evil.example", "/\\evil"):
        answer = traveller.sign_in("real", "olu", next_=elsewhere)
        assert answer.headers["location"] == "/office"
