"""Search finds what people mean, on both databases, and is never broken by what they type."""

from collections.abc import Callable

import pytest

from consult import consultations, contributions, synthesis
from consult.contributions import Answer
from consult.db import transaction
from consult.errors import Invalid
from consult.synthesis import Filters, search, words
from tests.conftest import Contribute, World

TEXTS = {
    "late": "The buses are late every evening.",
    "night": "Run the night bus again, please.",
    "walk": "I walk past the café because no bus/tram stops here.",
    "women": "Women do not feel safe at the stop after dark.",
    "hospital": "My mother's hospital appointment was missed — twice!",
    "long": "word " * 1_500 + "needle",
}


SEARCHES = {
    "late": {"late"},
    "LATE": {"late"},
    "bus": {"late", "night", "walk"},
    "buses": {"late", "night", "walk"},
    "tram": {"walk"},
    "woman": {"women"},
    "bus night": {"night"},
    '"night bus"': {"night"},
    '"bus night"': set(),
    "bus -night": {"late", "walk"},
    'bus -"night bus" -tram': {"late"},
    "late OR hospital": {"late", "hospital"},
    "bus late OR hospital twice": {"late", "hospital"},
    "hosp*": {"hospital"},
    "hosp": set(),
    "mother's": {"hospital"},
    "needle": {"long"},
    '"unclosed night': set(),
    '"night bus': {"night"},
    "bus AND NOT night": {"late", "walk"},
    "bus AND (": {"late", "night", "walk"},
    "bus*** ) ( night": {"night"},
    "late NEAR/3": set(),
    "words : late": set(),
    "bus \x00' ; drop table answer -- late\\": set(),
    "OR OR late OR": {"late"},
    "late 😀": {"late"},
}


@pytest.fixture
def found(world: World, contribute: Contribute) -> Callable[[str], set[str]]:
    kept = {contribute(text).contribution.id: name for name, text in TEXTS.items()}

    def find(typed: str) -> set[str]:
        with transaction(world.engine, readonly=True) as db:
            ids = synthesis.search_ids(db, world.consultation, typed)
            return {kept[one] for one in db.execute(ids).scalars()}

    return find


def test_a_search_finds_what_is_meant(found: Callable[[str], set[str]]) -> None:
    assert {typed: found(typed) for typed in SEARCHES} == SEARCHES


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("x" * 1_000_000, "too much to search for"),
        ("-late", "what to look for"),
        ("😀", "Type a word"),
        ("***", "Type a word"),
        ("a " * 60, "fewer words"),
    ],
)
def test_what_cannot_be_searched_for_gets_a_sentence(typed: str, says: str) -> None:
    with pytest.raises(Invalid, match=says):
        words.read(typed)


def test_nothing_typed_is_no_search() -> None:
    assert words.read("  ") == ()


def test_marks_stand_on_the_words_found_whatever_their_ending(
    world: World, contribute: Contribute
) -> None:
    text = "😀 Delays… the bus/tram was DELAYED; <b>delay</b> after delay!"
    one = contribute(text).contribution
    with transaction(world.engine, readonly=True) as db:
        (answer,) = contributions.answers_of(db, one)
        spans = search.marks(db, [answer.id], words.read("delays tram"))[answer.id]
    assert [text[a:b] for a, b in spans] == ["Delays", "tram", "DELAYED", "delay", "delay"]


def test_a_withdrawn_contribution_is_never_found(world: World, contribute: Contribute) -> None:
    one = contribute("A heron on the weir.").contribution
    with transaction(world.engine) as db:
        contributions.withdraw(db, contributions.by_id(db, world.consultation, one.id), at=world.at)
    with transaction(world.engine, readonly=True) as db:
        assert synthesis.stretch(db, world.consultation, Filters(words="heron")).lines == []
        assert synthesis.stretch(db, world.consultation, Filters()).lines == []


def test_blacked_out_words_are_no_longer_found(world: World, contribute: Contribute) -> None:
    one = contribute("Ask Bertram about the heron.").contribution
    with transaction(world.engine) as db:
        (answer,) = contributions.answers_of(db, one)
        kept = db.get_one(type(one), one.id)
        contributions.redact(db, kept, {answer.id: [(4, 11)]}, at=world.at)
    with transaction(world.engine, readonly=True) as db:
        here = world.consultation
        assert synthesis.stretch(db, here, Filters(words="Bertram")).lines == []
        assert len(synthesis.stretch(db, here, Filters(words="heron")).lines) == 1


def test_another_consultation_s_words_are_not_found(world: World, contribute: Contribute) -> None:
    contribute("A heron on the weir.")
    with transaction(world.engine) as db:
        asked = world.consultation.model_dump(
            include=set(consultations.NewConsultation.model_fields)
        )
        other = consultations.create(
            db,
            world.council.id,
            consultations.NewConsultation(**asked),
            by=world.person("olu"),
            at=world.at,
        )
        assert db.execute(synthesis.search_ids(db, other, "heron")).all() == []


def test_a_search_pages_through_everything_once(world: World, contribute: Contribute) -> None:
    sent = [contribute(f"Heron number {n}.").contribution.id for n in range(7)]
    met, before = [], ""
    with transaction(world.engine, readonly=True) as db:
        while True:
            here = synthesis.stretch(
                db, world.consultation, Filters(words="heron"), before=before, size=3
            )
            met += [line.contribution.id for line in here.lines]
            if here.older is None:
                break
            before = str(here.older)
        back = synthesis.stretch(
            db, world.consultation, Filters(words="heron"), after=str(here.newer), size=3
        )
    assert met == sent[::-1]
    assert [line.contribution.id for line in back.lines] == sent[3:0:-1]


def test_every_answer_is_in_the_index_once_after_changes(
    world: World, contribute: Contribute
) -> None:
    one = contribute("A heron.").contribution
    with transaction(world.engine) as db:
        (answer,) = contributions.answers_of(db, one)
        kept = db.get_one(Answer, answer.id)
        kept.text = "A weir, and a heron."
        db.add(kept)
    with transaction(world.engine, readonly=True) as db:
        found = db.execute(search.matches(db, world.consultation, words.read("heron"))).all()
    assert len(found) == 1
