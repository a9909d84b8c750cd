"""The letters of a publication: one for each person, about their own points, and only about what is new."""

import re

import pytest
from sqlmodel import select

from consult import contributions, decisions, jobs, letters
from consult.decisions import writing
from consult.letters import Letter
from tests.conftest import World
from tests.decisions.conftest import WRITTEN, Desk

PAT, SAM = {"email": "pat@example.org"}, {"email": "sam@example.org"}


@pytest.fixture
def desk(world: World) -> Desk:
    return Desk(world)


def told(desk: Desk) -> list[tuple[str, str]]:
    """Everything written so far: to whom, and what; oldest first."""
    with desk.open() as (db, _):
        found = db.exec(select(Letter).order_by(Letter.id)).all()  # type: ignore[arg-type]
        return [letters.contents(one) for one in found]


def test_everyone_who_left_an_address_gets_one_letter_about_their_own_points(desk: Desk) -> None:
    first, second = desk.say("More nurses.", **PAT), desk.say("A quiet garden.", **PAT)
    other = desk.say("Fewer forms & <less> waiting.", **SAM)
    desk.say("No address.")
    desk.link(desk.write(), first)
    desk.give(second, other, reason="It is done already.")
    with desk.open() as (db, here):
        decisions.give_outcome(
            db,
            here,
            decisions.owed(db, here),
            decisions.OutcomeKind.CAMPAIGN,
            by=desk.olu,
            at=desk.at,
        )
    desk.publish()
    jobs.drain(desk.world.engine)
    ((to, text), (also, others)) = sorted(told(desk))
    assert (to, also) == ("pat@example.org", "sam@example.org")
    for words in ("“More nurses.”", "“A quiet garden.”", "Each family will have one named nurse."):
        assert words in text
    assert "It is done already." in text and "Fewer forms" not in text
    assert "“Fewer forms & <less> waiting.”" in others and "nurse" not in others


def test_the_links_in_a_letter_open_each_points_own_receipt(desk: Desk) -> None:
    one = desk.say(**PAT)
    desk.link(desk.write(), one)
    desk.publish()
    jobs.drain(desk.world.engine)
    ((_, text),) = told(desk)
    (code,) = re.findall(r"http://testserver/receipts/(\S+)", text)
    with desk.open() as (db, _):
        assert contributions.by_code(db, code).id == one


def test_a_second_publication_writes_only_to_those_for_whom_something_changed(desk: Desk) -> None:
    one, other = desk.say(**PAT), desk.say(**SAM)
    decision = desk.write()
    desk.link(decision, one)
    desk.give(other)
    for _ in range(2):
        desk.publish()
        jobs.drain(desk.world.engine)
    assert len(told(desk)) == 2
    desk.link(decision, other)
    desk.publish()
    jobs.drain(desk.world.engine)
    assert [to for to, _ in told(desk)][2:] == ["sam@example.org"]


def test_a_decision_reworded_concerns_those_it_rests_on(desk: Desk) -> None:
    one, other = desk.say(**PAT), desk.say(**SAM)
    decision = desk.write()
    desk.link(decision, one)
    desk.give(other)
    desk.publish()
    jobs.drain(desk.world.engine)
    with desk.open() as (db, here):
        found = decisions.by_id(db, here, decision.id)
        new = WRITTEN.model_copy(update={"decided": "Two nurses."})
        decisions.change(db, found, new, version=1, by=desk.olu, at=desk.at)
    desk.publish()
    jobs.drain(desk.world.engine)
    assert [to for to, _ in told(desk)][2:] == ["pat@example.org"]


def test_who_withdrew_gets_no_letter(desk: Desk) -> None:
    desk.withdraw(desk.say(**PAT))
    desk.link(desk.write(), desk.say())
    desk.publish()
    jobs.drain(desk.world.engine)
    assert told(desk) == []


def test_writing_again_from_the_beginning_writes_to_nobody_twice(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "PEOPLE", 2)
    ids = [desk.say(email=f"p{n}@example.org") for n in range(5)]
    desk.link(desk.write(), *ids)
    made = desk.publish()
    with desk.open() as (db, _):
        writing.write_batch(db, made.id, "", at=desk.at)
    for _ in range(2):
        jobs.run_now(desk.world.engine, "decisions.write_letters", publication_id=made.id)
    jobs.drain(desk.world.engine)
    assert sorted(to for to, _ in told(desk)) == [f"p{n}@example.org" for n in range(5)]
