"""Who may decide: pure rules over the roles a person holds in the organisation that asks."""

from consult.consultations import Consultation, Kind
from consult.identity import Role


def may_decide(roles: frozenset[Role], consultation: Consultation) -> bool:
    """Officials write decisions and account for contributions; in a call for questions, members do too."""
    if consultation.kind == Kind.QUESTIONS and Role.MEMBER in roles:
        return True
    return Role.OFFICIAL in roles
