"""Who may put questions."""

import pytest

from consult.consultations import Consultation, Kind
from consult.identity import Role
from consult.questions import may_put


@pytest.mark.parametrize(
    ("role", "kind", "may"),
    [
        (Role.MEMBER, Kind.QUESTIONS, True),
        (Role.OFFICIAL, Kind.QUESTIONS, True),
        (Role.ANALYST, Kind.QUESTIONS, False),
        (Role.MODERATOR, Kind.QUESTIONS, False),
        (Role.OBSERVER, Kind.QUESTIONS, False),
        (Role.MEMBER, Kind.PROPOSALS, False),
        (Role.OFFICIAL, Kind.PROPOSALS, False),
    ],
)
def test_members_and_officials_put_questions_and_nobody_puts_proposals(
    role: Role, kind: Kind, may: bool
) -> None:
    assert may_put(frozenset({role}), Consultation(kind=kind)) is may


def test_nobody_puts_questions_without_a_role() -> None:
    assert not may_put(frozenset(), Consultation(kind=Kind.QUESTIONS))
