"""Who may mark what people said."""

import pytest

from consult.consultations import Consultation, Kind
from consult.identity import Role
from consult.synthesis import may_code

MAY = {
    (Kind.PROPOSALS, Role.OFFICIAL),
    (Kind.PROPOSALS, Role.ANALYST),
    (Kind.QUESTIONS, Role.OFFICIAL),
    (Kind.QUESTIONS, Role.ANALYST),
    (Kind.QUESTIONS, Role.MEMBER),
}


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("role", [one for one in Role if one != Role.OWNER])
def test_analysts_and_officials_code_and_members_in_a_call_for_questions(
    kind: Kind, role: Role
) -> None:
    assert may_code(frozenset({role}), Consultation(kind=kind)) is ((kind, role) in MAY)


def test_nobody_codes_without_a_role() -> None:
    assert not may_code(frozenset(), Consultation(kind=Kind.PROPOSALS))


def test_an_owner_holds_every_role_and_codes() -> None:
    assert may_code(frozenset(Role), Consultation(kind=Kind.PROPOSALS))
