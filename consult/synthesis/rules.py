"""Who may mark what people said: pure rules over roles and the kind of consultation."""

from consult.consultations import Consultation, Kind
from consult.identity import Role

Roles = frozenset[Role]

CODERS = frozenset({Role.ANALYST, Role.OFFICIAL, Role.MEMBER})
"""Who may reach the pages that mark and confirm; which of them may in this consultation is below."""


def may_code(roles: Roles, consultation: Consultation) -> bool:
    """Analysts and officials code; an MP and their staff do in a call for questions.

    Moderators and observers read only: who decides what is hidden does not decide what it means.
    """
    if consultation.kind == Kind.QUESTIONS and Role.MEMBER in roles:
        return True
    return bool(roles & {Role.ANALYST, Role.OFFICIAL})
