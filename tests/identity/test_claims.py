"""What claims are read as."""

from typing import Any

import pytest

from consult.identity import Role
from consult.identity.claims import is_whole, read, roles_of
from consult.settings import ROLES, OidcProvider


def provider(**more: Any) -> OidcProvider:
    given = {"name": "x", "label": "X", "issuer": "https://x.example", "client_id": "consult"}
    return OidcProvider(**{**given, **more})


MAPPED = {"a": "north:official", "b": "north:analyst, south:owner", "c": "north:official"}
NORTH, SOUTH = ("north", Role.OFFICIAL), ("south", Role.OWNER)


@pytest.mark.parametrize(
    ("claims", "roles"),
    [
        ({}, set()),
        ({"groups": None}, set()),
        ({"groups": []}, set()),
        ({"groups": "a"}, {NORTH}),
        ({"groups": ["a", "c"]}, {NORTH}),
        ({"groups": ["b"]}, {("north", Role.ANALYST), SOUTH}),
        ({"groups": ["A", "unknown", 7, {"a": 1}]}, set()),
        ({"groups": {"a": True}}, set()),
    ],
)
def test_roles_are_those_the_settings_name(claims: dict[str, Any], roles: set[Any]) -> None:
    assert roles_of(provider(roles_claim="groups", roles=MAPPED), claims) == roles


def test_without_a_claim_in_the_settings_nobody_gets_a_role() -> None:
    assert roles_of(provider(roles=MAPPED), {"": "a", "groups": "a"}) == frozenset()


@pytest.mark.parametrize(
    "claims", [{"realm_access": {"roles": ["a"]}}, {"realm_access.roles": ["a"]}]
)
def test_a_claim_may_lie_inside_another(claims: dict[str, Any]) -> None:
    assert roles_of(provider(roles_claim="realm_access.roles", roles=MAPPED), claims) == {NORTH}


@pytest.mark.parametrize(
    ("trust", "claim", "said", "verified"),
    [
        (False, "email", None, False),
        (False, "email", True, True),
        (False, "email", "true", True),
        (False, "email", False, False),
        (False, "email", 1, False),
        (False, "upn", True, False),
        (True, "email", None, True),
        (True, "email", False, False),
        (True, "upn", None, True),
    ],
)
def test_an_address_is_verified_when_the_provider_says_so_or_is_trusted(
    trust: bool, claim: str, said: Any, verified: bool
) -> None:
    claims = {"iss": "i", "sub": "s", claim: "a@example.org"}
    claims |= {} if said is None else {"email_verified": said}
    found = read(provider(trust_email=trust, email_claim=claim), claims)
    assert found.verified is verified


@pytest.mark.parametrize(
    ("claims", "name"),
    [
        ({"name": "Olu Adebisi"}, "Olu Adebisi"),
        ({"given_name": "Olu", "family_name": "Adebisi"}, "Olu Adebisi"),
        ({"name": "", "given_name": "Olu"}, "Olu"),
        ({}, "olu"),
    ],
)
def test_people_are_called_what_the_provider_calls_them(claims: dict[str, Any], name: str) -> None:
    found = read(provider(), {"iss": "i", "sub": "s", "email": "olu@example.org", **claims})
    assert found.name == name


def test_a_token_without_what_the_settings_need_is_not_whole() -> None:
    needs_roles = provider(roles_claim="groups")
    whole = {"email": "a@example.org", "email_verified": False, "groups": []}
    assert is_whole(needs_roles, whole)
    for missing in whole:
        rest = {name: it for name, it in whole.items() if name != missing}
        assert not is_whole(needs_roles, rest)


def test_the_settings_know_every_role() -> None:
    assert set(ROLES) == {role.value for role in Role}


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": "link"}, "that address is taken"),
        ({"name": "Entra ID"}, "should match pattern"),
        ({"issuer": "http://login.example"}, "begins with https"),
        ({"roles": {"a": "north:boss"}}, "is no role"),
        ({"roles": {"a": "official"}}, "is no role"),
        ({"auth_method": "private_key_jwt"}, "needs private_key"),
        ({"auth_method": "tls"}, "Input should be"),
        ({"secret": "x"}, "Extra inputs"),
    ],
)
def test_a_wrong_setting_is_said(wrong: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        provider(**wrong)


def test_a_provider_shown_in_an_error_keeps_its_secret() -> None:
    assert "hush" not in repr(provider(client_secret="hush"))
