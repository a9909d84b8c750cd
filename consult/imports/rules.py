"""Who may bring files and follow hashtags: pure rules over roles."""

from consult.consultations import Consultation, State
from consult.identity import Role

IMPORTERS = frozenset({Role.OFFICIAL, Role.ANALYST, Role.MODERATOR, Role.MEMBER})


def may_import(roles: frozenset[Role]) -> bool:
    """Those who work with what comes in may bring it in; observers look on."""
    return bool(roles & IMPORTERS)


def can_take(consultation: Consultation) -> bool:
    """A draft's questions can still change, so nothing can answer them yet."""
    return consultation.state != State.DRAFT
