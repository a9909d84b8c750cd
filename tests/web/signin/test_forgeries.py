"""Tokens and providers that are not what they say they are: nobody is signed in by them."""

import base64
import hmac
import json
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey, RSAKey
from sqlalchemy import Engine

from consult.identity import providers
from tests.web.signin.conftest import Traveller
from tests.web.signin.provider import CLIENT, SECRET, Second
from tests.web.signin.test_oidc import refusals, refused

NOT_SHOWN = "could not be shown to come from the server behind Strict account"
FOR_OTHERS = "meant for another site"


@pytest.fixture
def database_url(sqlite_template: Path, tmp_path: Path) -> str:
    """One engine is enough here: nobody is let in, so hardly anything is written."""
    shutil.copy(sqlite_template, tmp_path / "consult.db")
    return f"sqlite:///{tmp_path / 'consult.db'}"


def part(of: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(of).encode()).rstrip(b"=").decode()


def unsigned(claims: dict[str, Any]) -> str:
    return f"{part({'alg': 'none'})}.{part(claims)}."


def by_a_stranger(strict: Second) -> Callable[[dict[str, Any]], str]:
    key = ECKey.generate_key("P-256", {"kid": strict.key.kid})
    return lambda claims: jwt.encode({"alg": "ES256", "kid": strict.key.kid}, claims, key)


def by_the_public_key(strict: Second) -> Callable[[dict[str, Any]], str]:
    """HS256 with the provider's public key, which everybody has, as if it were a secret."""
    secret = strict.key.as_pem(private=False)

    def sign(claims: dict[str, Any]) -> str:
        words = f"{part({'alg': 'HS256', 'kid': strict.key.kid})}.{part(claims)}"
        mac = hmac.new(secret, words.encode(), "sha256").digest()
        return f"{words}.{base64.urlsafe_b64encode(mac).rstrip(b'=').decode()}"

    return sign


def by_our_secret(strict: Second) -> Callable[[dict[str, Any]], str]:
    key = OctKey.import_key(SECRET * 2)
    return lambda claims: jwt.encode({"alg": "HS256"}, claims, key)


@pytest.mark.filterwarnings("ignore::joserfc.errors.SecurityWarning")
@pytest.mark.parametrize(
    "sign",
    [lambda _: unsigned, by_a_stranger, by_the_public_key, by_our_secret, lambda _: lambda _: "x"],
    ids=["alg none", "another key", "public key as secret", "our secret", "no token"],
)
def test_a_token_the_provider_did_not_sign_is_refused(
    traveller: Traveller, strict: Second, engine: Engine, sign: Any
) -> None:
    strict.sign = sign(strict)
    assert refused(traveller.sign_in("strict"), 400, NOT_SHOWN)
    assert refusals(engine) == [{"provider": "strict", "why": "forged"}]


def test_a_token_changed_on_its_way_is_refused(traveller: Traveller, strict: Second) -> None:
    def changed(claims: dict[str, Any]) -> str:
        head, _, signature = strict.signed(claims).split(".")
        return f"{head}.{part({**claims, 'email': 'una@example.org'})}.{signature}"

    strict.sign = changed
    assert refused(traveller.sign_in("strict"), 400, NOT_SHOWN)


@pytest.mark.parametrize(
    ("claims", "sentence"),
    [
        ({"nonce": "of another sign-in"}, "belongs to another sign-in"),
        ({"nonce": None}, "belongs to another sign-in"),
        ({"aud": "another-site"}, FOR_OTHERS),
        ({"aud": None}, FOR_OTHERS),
        ({"aud": [CLIENT, "another-site"]}, FOR_OTHERS),
        ({"aud": [CLIENT, "another-site"], "azp": "another-site"}, FOR_OTHERS),
        ({"azp": "another-site"}, FOR_OTHERS),
        ({"iss": "https://elsewhere.example"}, NOT_SHOWN),
        ({"sub": None}, NOT_SHOWN),
        ({"sub": ""}, NOT_SHOWN),
        ({"exp": None}, NOT_SHOWN),
        ({"exp": "tomorrow"}, NOT_SHOWN),
        ({"exp": 1}, "already run out"),
        ({"iat": None}, NOT_SHOWN),
        ({"iat": int(time.time()) + 3600}, "the clock"),
    ],
)
def test_a_token_must_be_for_us_for_now_and_for_this_sign_in(
    traveller: Traveller, strict: Second, claims: dict[str, Any], sentence: str
) -> None:
    strict.claims |= claims
    assert refused(traveller.sign_in("strict"), 400, sentence)


def test_a_token_for_several_that_names_us_as_the_one_it_was_given_to_is_good(
    traveller: Traveller, strict: Second
) -> None:
    strict.claims |= {"aud": [CLIENT, "an-api"], "azp": CLIENT}
    assert traveller.sign_in("strict").status_code == 303


def test_clocks_may_differ_by_some_seconds(traveller: Traveller, strict: Second) -> None:
    now = int(time.time())
    strict.claims |= {"iat": now + 30, "exp": now - 30}
    assert traveller.sign_in("strict").status_code == 303


def test_an_answer_by_another_provider_is_refused(traveller: Traveller, strict: Second) -> None:
    strict.answer = {"code": "x", "iss": "https://elsewhere.example"}
    assert refused(traveller.sign_in("strict"), 400, NOT_SHOWN)


@pytest.mark.parametrize(
    ("alg", "make"),
    [
        ("RS256", lambda: RSAKey.generate_key(2048, auto_kid=True)),
        ("PS256", lambda: RSAKey.generate_key(2048, auto_kid=True)),
        ("ES384", lambda: ECKey.generate_key("P-384", auto_kid=True)),
    ],
)
def test_the_usual_signatures_are_known_and_so_is_a_new_key(
    traveller: Traveller, strict: Second, alg: str, make: Any
) -> None:
    traveller.sign_in("strict")
    strict.key, strict.alg = make(), alg
    assert traveller.sign_in("strict").status_code == 303
    assert strict.asked.count("/jwks") == 2
    assert strict.asked.count("/.well-known/openid-configuration") == 1


def test_keys_are_found_without_a_name_when_there_is_only_one(
    traveller: Traveller, strict: Second
) -> None:
    strict.sign = lambda claims: jwt.encode({"alg": "ES256"}, claims, strict.key)
    assert traveller.sign_in("strict").status_code == 303


@pytest.mark.parametrize("place", ["/token", "/jwks"])
def test_a_provider_that_goes_down_on_the_way_signs_nobody_in(
    traveller: Traveller, strict: Second, engine: Engine, place: str
) -> None:
    strict.down.add(place)
    assert refused(traveller.sign_in("strict"), 503, "Strict account did not answer")
    assert refusals(engine) == [{"provider": "strict", "why": "provider_down"}]
    strict.down.clear()
    assert traveller.sign_in("strict").status_code == 303


def test_a_provider_that_is_down_is_said_before_setting_out(
    traveller: Traveller, strict: Second
) -> None:
    strict.down.add("/.well-known/openid-configuration")
    answer = traveller.browser.post("/sign-in/strict", data={"next": "/office"})
    assert refused(answer, 503, "did not answer")


def test_a_provider_nobody_can_reach_is_said(
    traveller: Traveller, change: Callable[..., None]
) -> None:
    change("strict", issuer="http://127.0.0.1:1")
    assert refused(traveller.browser.post("/sign-in/strict"), 503, "did not answer")


def test_what_was_known_of_a_provider_serves_while_it_does_not_answer(
    traveller: Traveller, strict: Second, monkeypatch: pytest.MonkeyPatch
) -> None:
    traveller.sign_in("strict")
    strict.down |= {"/.well-known/openid-configuration", "/jwks"}
    monkeypatch.setattr(providers, "KEPT_FOR", 0.0)
    assert traveller.sign_in("strict").status_code == 303


@pytest.mark.parametrize(
    "metadata",
    [{"issuer": "https://elsewhere.example"}, {"token_endpoint": "ftp://x"}, {"jwks_uri": None}],
)
def test_a_provider_that_is_not_what_the_settings_say_is_not_used(
    traveller: Traveller, strict: Second, metadata: dict[str, Any], engine: Engine
) -> None:
    strict.metadata = metadata
    answer = traveller.browser.post("/sign-in/strict")
    assert refused(answer, 503, "not set up to work together")
    assert refusals(engine) == [{"provider": "strict", "why": "misconfigured"}]


def test_a_wrong_secret_is_ours_to_mend(traveller: Traveller, change: Callable[..., None]) -> None:
    change("strict", client_secret="wrong")
    assert refused(traveller.sign_in("strict"), 503, "not set up to work together")


@pytest.mark.parametrize("key", [RSAKey.generate_key(2048), ECKey.generate_key("P-256")])
def test_a_key_of_ours_may_take_the_place_of_a_secret(
    traveller: Traveller,
    strict: Second,
    change: Callable[..., None],
    tmp_path: Path,
    key: ECKey | RSAKey,
) -> None:
    pem = tmp_path / "key.pem"
    pem.write_bytes(key.as_pem(private=True))
    strict.client_key = key
    given = {"auth_method": "private_key_jwt", "private_key": str(pem), "key_id": "ours"}
    change("strict", client_secret="", **given)
    assert traveller.sign_in("strict").status_code == 303
