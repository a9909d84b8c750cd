"""Who may put questions: pure rules over the roles a person holds in the organisation that asks."""

from consult import decisions
from consult.consultations import Consultation, Kind
from consult.identity import Role


def may_put(roles: frozenset[Role], consultation: Consultation) -> bool:
    """Members (and officials who work for a committee) answer for a call; nobody puts proposals."""
    return consultation.kind == Kind.QUESTIONS and decisions.may_decide(roles, consultation)
