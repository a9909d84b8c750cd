"""What a provider says of a person, read by the settings: address, name, and roles here."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from consult.identity.models import Role
from consult.settings import OidcProvider

Held = frozenset[tuple[str, Role]]
"""Roles by the short name of an organisation."""


@dataclass(frozen=True)
class Claimed:
    """Somebody as a provider vouches for them."""

    issuer: str
    subject: str
    email: str
    verified: bool
    name: str
    roles: Held


def is_whole(config: OidcProvider, claims: Mapping[str, Any]) -> bool:
    """Whether the token says all we need; else the rest is asked for."""
    needed = [
        config.email_claim,
        config.roles_claim,
        "" if config.trust_email else "email_verified",
    ]
    return all(_found(claims, one) is not None for one in needed if one)


def read(config: OidcProvider, claims: Mapping[str, Any]) -> Claimed:
    """The person in the claims, which have been verified."""
    email = str(_found(claims, config.email_claim) or "").strip().lower()
    return Claimed(
        issuer=str(claims["iss"]),
        subject=str(claims["sub"]),
        email=email if "@" in email and len(email) <= 320 else "",
        verified=_is_verified(config, claims),
        name=_name(claims, email),
        roles=roles_of(config, claims),
    )


def roles_of(config: OidcProvider, claims: Mapping[str, Any]) -> Held:
    """The roles the claim's values stand for; values the settings do not name stand for none."""
    if not config.roles_claim:
        return frozenset()
    found = _found(claims, config.roles_claim)
    values = found if isinstance(found, list) else [found]
    pairs = ",".join(config.roles.get(str(value), "") for value in values).split(",")
    split = (pair.strip().rpartition(":") for pair in pairs if pair.strip())
    return frozenset((slug, Role(role)) for slug, _, role in split)


def _is_verified(config: OidcProvider, claims: Mapping[str, Any]) -> bool:
    # What the provider says of `email` says nothing of an address in another claim.
    said = claims.get("email_verified") if config.email_claim == "email" else None
    if said is None:
        return config.trust_email
    return said is True or said == "true"


def _name(claims: Mapping[str, Any], email: str) -> str:
    parts = f"{claims.get('given_name') or ''} {claims.get('family_name') or ''}".strip()
    return str(claims.get("name") or parts or email.partition("@")[0])[:200]


def _found(claims: Mapping[str, Any], path: str) -> Any:
    """A claim by its name, or by a path of names with dots between."""
    if path in claims:
        return claims[path]
    here: Any = claims
    for step in path.split("."):
        here = here.get(step) if isinstance(here, Mapping) else None
    return here
