"""What tests of synthesis share: a theme, an answer to mark, and the truth to count against."""

from collections.abc import Callable

import pytest

from consult import contributions, synthesis
from consult.contributions import Answer
from consult.db import transaction
from consult.synthesis import Theme
from tests.conftest import Contribute, World


@pytest.fixture
def theme(world: World) -> Callable[[str], Theme]:
    """A theme of Ana's: `theme("Waiting")`."""

    def make(name: str) -> Theme:
        with transaction(world.engine) as db:
            return synthesis.create_theme(
                db, world.consultation, name, by=world.person("ana"), at=world.at
            )

    return make


@pytest.fixture
def answer(world: World, contribute: Contribute) -> Callable[..., Answer]:
    """The answer in words of a new contribution: `answer("More nurses.")`."""

    def make(text: str = "More nurses who stay.") -> Answer:
        one = contribute(text).contribution
        with transaction(world.engine, readonly=True) as db:
            return contributions.answers_of(db, one)[0]

    return make


@pytest.fixture
def mark(world: World) -> Callable[..., int]:
    """Ana marks a span: `mark(answer, theme, 0, 4)`."""

    def code(answer: Answer, theme: Theme, start: int, end: int, by: str = "ana") -> int:
        with transaction(world.engine) as db:
            return synthesis.code(
                db, world.consultation, answer, theme, start, end, by=world.person(by), at=world.at
            )

    return code


@pytest.fixture
def counts(world: World) -> Callable[[], dict[str, int]]:
    """The running counts of reading and coding that are not nought."""

    def kept() -> dict[str, int]:
        from consult import consultations

        with transaction(world.engine, readonly=True) as db:
            found = consultations.counts(db, world.consultation.id)
        ours = ("read:", "coded:", "theme:")
        return {what: n for what, n in found.items() if n and what.startswith(ours)}

    return kept


@pytest.fixture
def truth(world: World) -> Callable[[], dict[str, int]]:
    """The same by counting."""

    def counted() -> dict[str, int]:
        with transaction(world.engine, readonly=True) as db:
            found = synthesis.true_counts(db, world.consultation.id)
        return {what: n for what, n in found.items() if n}

    return counted
