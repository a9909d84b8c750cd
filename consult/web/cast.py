"""The people of the demo as cards: who they are, and what one can do as them."""

import json
from dataclasses import dataclass
from functools import lru_cache

from sqlmodel import Session

from consult import identity
from consult.identity import CastMember, Role
from consult.lib import paths
from consult.web.languages import gettext as _


@dataclass(frozen=True)
class CastCard:
    """One card."""

    name: str
    first_name: str
    email: str
    roles: list[str]
    place: str
    says: str


def cards(db: Session) -> list[CastCard]:
    """Everybody one can be: the cast in the order it is written, then whoever has joined since."""
    order = list(_says())
    people = sorted(
        identity.cast(db),
        key=lambda one: order.index(one.email) if one.email in order else len(order),
    )
    return [_card(one) for one in people]


def _card(one: CastMember) -> CastCard:
    words = role_words()
    return CastCard(
        one.name,
        one.name.split()[0] if one.name.split() else one.email,
        one.email,
        [words[role] for role in one.roles] or [_("Citizen")],
        _place(one.places),
        _says().get(one.email, ""),
    )


def _place(places: tuple[str, ...]) -> str:
    if not places:
        return _("No account needed to take part")
    if len(places) == 1:
        return places[0]
    return _("%(place)s and %(number)s more") % {"place": places[0], "number": len(places) - 1}


def role_words() -> dict[Role, str]:
    """What pages call each role."""
    return {
        Role.OWNER: _("Owner"),
        Role.OFFICIAL: _("Official"),
        Role.ANALYST: _("Analyst"),
        Role.MODERATOR: _("Moderator"),
        Role.MEMBER: _("Member"),
        Role.OBSERVER: _("Observer"),
    }


@lru_cache(maxsize=1)
def _says() -> dict[str, str]:
    words = json.loads((paths.root() / "seed" / "people.json").read_text("utf-8"))
    return {one["email"]: one["says"] for one in words["cast"]}
