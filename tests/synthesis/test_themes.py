"""The codebook."""

from collections.abc import Callable

import pytest

from consult import synthesis
from consult.contributions import Answer
from consult.db import transaction
from consult.errors import Conflict, Invalid, NotAllowed
from consult.synthesis import Theme
from tests.conftest import World

Make = Callable[[str], Theme]


def test_a_theme_has_a_name_a_definition_and_a_place_at_the_end(world: World, theme: Make) -> None:
    theme("Waiting")
    theme("Cost")
    with transaction(world.engine, readonly=True) as db:
        kept = synthesis.themes(db, world.consultation)
    assert [one.name for one in kept] == ["Waiting", "Cost"]
    assert kept[0].position < kept[1].position


@pytest.mark.parametrize("name", ["", "   ", "😀", "x" * 121])
def test_a_theme_needs_a_name_in_words(theme: Make, name: str) -> None:
    with pytest.raises(Invalid):
        theme(name)


def test_two_themes_do_not_share_a_name_whatever_its_capitals(theme: Make) -> None:
    theme("Waiting")
    with pytest.raises(Conflict, match="“Waiting” already"):
        theme("  WAITING ")


@pytest.mark.parametrize("who", ["mo", "obi", "mia", "pat"])
def test_those_who_only_read_make_no_theme(world: World, who: str) -> None:
    with transaction(world.engine) as db, pytest.raises(NotAllowed):
        synthesis.create_theme(db, world.consultation, "Cost", by=world.person(who), at=world.at)


def test_a_retired_theme_keeps_its_marks_and_takes_no_more(
    world: World,
    theme: Make,
    answer: Callable[..., Answer],
    mark: Callable[..., int],
    counts: Callable[[], dict[str, int]],
) -> None:
    waiting, said = theme("Waiting"), answer()
    mark(said, waiting, 0, 4)
    before = counts()
    with transaction(world.engine) as db:
        kept = synthesis.theme_by_id(db, world.consultation, waiting.id)
        synthesis.retire(db, world.consultation, kept, by=world.person("ana"), at=world.at)
    with transaction(world.engine, readonly=True) as db:
        assert synthesis.themes(db, world.consultation) == []
    assert counts() == before
    with pytest.raises(Conflict, match="retired"):
        mark(said, waiting, 5, 8)


def test_a_theme_can_be_renamed_defined_and_brought_back(world: World, theme: Make) -> None:
    made = theme("Waiting")
    by, at, here = world.person("olu"), world.at, world.consultation
    with transaction(world.engine) as db:
        kept = synthesis.theme_by_id(db, here, made.id)
        synthesis.rename(db, here, kept, "Waiting times", by=by, at=at)
        synthesis.define(db, here, kept, "For a bed or a call, not for a bus.", by=by, at=at)
        synthesis.retire(db, here, kept, by=by, at=at)
        synthesis.restore(db, here, kept, by=by, at=at)
    with transaction(world.engine, readonly=True) as db:
        (kept,) = synthesis.themes(db, here)
    assert (kept.name, kept.definition) == ("Waiting times", "For a bed or a call, not for a bus.")
