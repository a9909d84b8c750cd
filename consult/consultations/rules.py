"""Who may do what with a consultation: pure rules over the roles a person holds in its organisation."""

from consult.consultations.models import Consultation, State
from consult.identity import Role

Roles = frozenset[Role]

SETTERS = frozenset({Role.OFFICIAL, Role.MEMBER})


def may_see_office(roles: Roles) -> bool:
    """Everyone who works in the organisation sees its desk."""
    return bool(roles)


def may_change(roles: Roles, consultation: Consultation) -> bool:
    """Officials (and an MP's staff, for their own calls) write a consultation until it is published."""
    return bool(roles & SETTERS) and consultation.state != State.PUBLISHED


def may_open(roles: Roles) -> bool:
    """Opening, closing and extending are for those who may write it."""
    return bool(roles & SETTERS)


def may_publish(roles: Roles) -> bool:
    """Decisions are made public by those who answer for them."""
    return bool(roles & SETTERS)
