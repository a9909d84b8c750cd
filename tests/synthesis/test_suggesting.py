"""A machine suggests, people decide: nothing is dropped in silence, and a re-run leaves human work alone."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from sqlmodel import col, select

from consult import consultations, contributions, synthesis
from consult.consultations import NewConsultation
from consult.contributions import Channel, Incoming, NewAnswer, NewContribution
from consult.db import transaction
from consult.errors import Conflict, NotAllowed
from consult.synthesis import Answered, Coding, MachineRun, SuggestedCoding, Suggestion, Theme
from tests.conftest import World

PLACES = ["Harrow", "Thornby", "Gull Row", "Fore Street", "Ashby", "Millbank", "Kirkton", "Leasowe"]
SAID = [
    words.format(place)
    for place in PLACES
    for words in (
        "The waiting room at {} was full and the waiting was long.",
        "The car park at {} costs too much, and parking takes an hour.",
        "A night nurse from {} sat with him: pay the night nurse more.",
        "Meals at {} came cold, and cold meals were left by the bed.",
    )
]
ODD = [
    "   ",
    "😀 👍🏽",
    "word " * 60_000,
    "Mae angen mwy o fysiau yn y nos achos does dim ffordd i bobl fynd adref ar ôl gwaith",
    "نحن بحاجة إلى المزيد من الممرضات",
    "\u202eabc",
    "-" * 5_000,
]
READABLE_ODD = 1


def take(world: World, texts: list[str]) -> None:
    with transaction(world.engine) as db:
        asked = consultations.questions_of(db, world.consultation)[0]
        batch = [
            Incoming(
                uuid4().hex,
                NewContribution(answers=[NewAnswer(question_id=asked.id, text=text)]),
                world.at,
            )
            for text in texts
        ]
        contributions.take(db, world.consultation, batch, channel=Channel.FILE)


@pytest.fixture
def run(world: World, drain: Callable[[], int]) -> Callable[[], MachineRun]:
    """Ask for suggestions and wait for them."""

    def ask() -> MachineRun:
        with transaction(world.engine) as db:
            synthesis.ask(db, world.consultation, by=world.person("ana"), at=world.at)
        drain()
        with transaction(world.engine, readonly=True) as db:
            made = synthesis.finished_run(db, world.consultation)
        assert made is not None
        return made

    return ask


def waiting(world: World) -> list[Suggestion]:
    with transaction(world.engine, readonly=True) as db:
        run = synthesis.finished_run(db, world.consultation)
        return list(synthesis.waiting(db, run)) if run else []


def accepted(world: World) -> tuple[Suggestion, Theme]:
    one = waiting(world)[0]
    with transaction(world.engine) as db:
        kept = synthesis.suggestion_by_id(db, world.consultation, one.id)
        theme = synthesis.accept(
            db, world.consultation, kept, "Mine", by=world.person("ana"), at=world.at
        )
    return kept, theme


def test_everything_that_goes_in_is_done_or_excepted_with_a_reason(
    world: World, run: Callable[[], MachineRun]
) -> None:
    take(world, SAID + ODD)
    made = run()
    assert made.taken_in == len(SAID + ODD)
    assert made.done == len(SAID) + READABLE_ODD
    assert made.excepted == len(ODD) - READABLE_ODD
    with transaction(world.engine, readonly=True) as db:
        listed = synthesis.exceptions(db, made, 1).items
        assert synthesis.unhandled(db, made) == len(listed) == made.excepted
    assert all(one.reason for one, _ in listed)


def test_a_run_over_nothing_finishes(world: World, run: Callable[[], MachineRun]) -> None:
    made = run()
    assert (made.taken_in, made.done, made.excepted) == (0, 0, 0)
    assert waiting(world) == []


def test_suggestions_point_at_words_and_count_for_nothing(
    world: World, run: Callable[[], MachineRun]
) -> None:
    take(world, SAID)
    run()
    assert waiting(world)
    with transaction(world.engine, readonly=True) as db:
        shown = synthesis.examples(db, waiting(world))
        assert all(shown[one.id] for one in waiting(world))
        assert db.exec(select(Coding)).all() == []
        assert synthesis.themes(db, world.consultation) == []
        counted = consultations.counts(db, world.consultation.id)
    assert not any(what.startswith(("coded:", "theme:")) for what in counted)


def test_an_accepted_suggestion_is_a_theme_whose_marks_people_sign_for(
    world: World, run: Callable[[], MachineRun]
) -> None:
    take(world, SAID)
    run()
    one, theme = accepted(world)
    by, here = world.person("olu"), world.consultation
    with transaction(world.engine) as db:
        first, *rest = (place.id for place in synthesis.marks(db, one, 1).items)
        assert synthesis.confirm(db, here, one, [first], by=by, at=world.at) == 1
        synthesis.dismiss(db, here, one, rest[:1], by=by, at=world.at)
    with transaction(world.engine, readonly=True) as db:
        (kept,) = db.exec(select(Coding))
        assert (kept.by, kept.theme_id) == (by.id, theme.id)
        assert synthesis.marks(db, one, 1).total == len(rest) - 1
        assert synthesis.true_counts(db, here.id)[f"theme:{theme.id}"] == 1


def test_all_that_waits_can_be_confirmed_by_a_job_and_twice_is_once(
    world: World, run: Callable[[], MachineRun], drain: Callable[[], int]
) -> None:
    take(world, SAID)
    run()
    one, theme = accepted(world)
    for _ in range(2):
        with transaction(world.engine) as db:
            synthesis.confirm_all(db, world.consultation, one, by=world.person("ana"), at=world.at)
        drain()
    with transaction(world.engine, readonly=True) as db:
        assert synthesis.marks(db, one, 1).total == 0
        counted = consultations.counts(db, world.consultation.id)
        truth = synthesis.true_counts(db, world.consultation.id)
        assert counted[f"theme:{theme.id}"] == truth[f"theme:{theme.id}"] > 0


def test_nothing_is_marked_before_a_suggestion_is_accepted(
    world: World, run: Callable[[], MachineRun]
) -> None:
    take(world, SAID)
    run()
    one = waiting(world)[0]
    with transaction(world.engine) as db, pytest.raises(Conflict, match="Accept"):
        synthesis.confirm(db, world.consultation, one, [], by=world.person("ana"), at=world.at)


def test_a_re_run_replaces_what_nobody_answered_and_touches_nothing_else(
    world: World, run: Callable[[], MachineRun]
) -> None:
    take(world, SAID)
    run()
    one, _ = accepted(world)
    here, by = world.consultation, world.person("ana")
    with transaction(world.engine) as db:
        synthesis.confirm(
            db, here, one, [synthesis.marks(db, one, 1).items[0].id], by=by, at=world.at
        )
        second = synthesis.suggestion_by_id(db, here, waiting(world)[0].id)
        synthesis.refuse(db, here, second, by=by, at=world.at)
    before = human_work(world)
    left = {each.id for each in waiting(world)}
    made = run()
    assert human_work(world) == before
    assert {each.id for each in waiting(world)}.isdisjoint(left)
    assert {one.name, second.name} <= set(made.settings["left_out"])
    assert {one.name, second.name}.isdisjoint(each.name for each in waiting(world))


def human_work(world: World) -> list[object]:
    with transaction(world.engine, readonly=True) as db:
        answered = select(Suggestion).where(Suggestion.answered != Answered.WAITING)
        kept = [one.id for one in db.exec(answered)]
        of_them = select(SuggestedCoding).where(col(SuggestedCoding.suggestion_id).in_(kept))
        found = [*db.exec(select(Theme)), *db.exec(select(Coding)), *db.exec(of_them)]
        return sorted(str(one.model_dump()) for one in found)


def test_a_run_begun_twice_ends_with_the_same(
    world: World, run: Callable[[], MachineRun], drain: Callable[[], int]
) -> None:
    from consult import jobs

    take(world, SAID + ODD)
    made = run()
    names = [(one.name, one.found) for one in waiting(world)]
    jobs.run_now(world.engine, "synthesis.suggest", run_id=made.id)
    with transaction(world.engine, readonly=True) as db:
        again = db.get_one(MachineRun, made.id)
        assert (again.taken_in, again.done, again.excepted) == (
            made.taken_in,
            made.done,
            made.excepted,
        )
    assert [(one.name, one.found) for one in waiting(world)] == names


def test_what_a_person_has_seen_to_need_not_be_seen_to_again(
    world: World, run: Callable[[], MachineRun]
) -> None:
    take(world, [*SAID, "😀"])
    made = run()
    with transaction(world.engine) as db:
        ((one, _),) = synthesis.exceptions(db, made, 1).items
        synthesis.handle(db, world.consultation, one.id, by=world.person("ana"), at=world.at)
    again = run()
    with transaction(world.engine, readonly=True) as db:
        assert (again.excepted, synthesis.unhandled(db, again)) == (1, 0)


def test_two_runs_do_not_go_side_by_side(world: World) -> None:
    by, here = world.person("ana"), world.consultation
    with transaction(world.engine) as db:
        synthesis.ask(db, here, by=by, at=world.at)
        with pytest.raises(Conflict, match="already"):
            synthesis.ask(db, here, by=by, at=world.at)


@pytest.mark.parametrize("who", ["mo", "obi", "mia"])
def test_those_who_only_read_ask_for_nothing(world: World, who: str) -> None:
    with transaction(world.engine) as db, pytest.raises(NotAllowed):
        synthesis.ask(db, world.consultation, by=world.person(who), at=world.at)


def test_a_suggestion_of_another_consultation_is_not_found_here(
    world: World, run: Callable[[], MachineRun]
) -> None:
    from consult.errors import NotFound

    take(world, SAID)
    run()
    with transaction(world.engine) as db:
        asked = world.consultation.model_dump(include=set(NewConsultation.model_fields))
        other = consultations.create(
            db, world.council.id, NewConsultation(**asked), by=world.person("olu"), at=world.at
        )
        with pytest.raises(NotFound):
            synthesis.suggestion_by_id(db, other, waiting(world)[0].id)
