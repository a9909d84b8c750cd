"""Writing decisions, linking what they rest on, and giving outcomes to the rest."""

from uuid import uuid4

import pytest

from consult import decisions, synthesis
from consult.consultations import Kind
from consult.contributions import Standing
from consult.decisions import Decision, NewDecision, OutcomeKind, label, rules
from consult.errors import Conflict, Invalid, NotAllowed
from consult.identity import Role
from consult.jobs import drain
from tests.decisions.conftest import WRITTEN, Desk, Said


@pytest.mark.parametrize(
    ("role", "proposals", "questions"),
    [
        (Role.OFFICIAL, True, True),
        (Role.MEMBER, False, True),
        (Role.ANALYST, False, False),
        (Role.MODERATOR, False, False),
        (Role.OBSERVER, False, False),
    ],
)
def test_who_may_decide(desk: Desk, role: Role, proposals: bool, questions: bool) -> None:
    with desk.open() as (_, here):
        assert rules.may_decide(frozenset({role}), here) is proposals
        here.kind = Kind.QUESTIONS
        assert rules.may_decide(frozenset({role}), here) is questions
        here.kind = Kind.PROPOSALS


def test_an_analyst_may_neither_write_nor_link_nor_account(desk: Desk, said: Said) -> None:
    one, decision, ana = said(), desk.write(), desk.world.person("ana")
    with desk.open() as (db, here):
        found = db.get_one(Decision, decision.id)
        for attempt in (
            lambda: decisions.write(db, here, WRITTEN, by=ana, at=desk.at),
            lambda: decisions.link(db, found, [one], by=ana, at=desk.at),
            lambda: decisions.give_outcome(
                db, here, [one], OutcomeKind.CAMPAIGN, by=ana, at=desk.at
            ),
            lambda: decisions.publish(db, here, by=ana, at=desk.at),
        ):
            with pytest.raises(NotAllowed):
                attempt()


def test_somebody_elses_change_is_not_overwritten_and_they_are_named(desk: Desk) -> None:
    decision = desk.write()
    una = desk.world.person("una")
    with desk.open() as (db, here):
        found = decisions.by_id(db, here, decision.id)
        new = NewDecision(title="Hers")
        decisions.change(db, found, new, version=1, by=una, at=desk.at)
    with desk.open() as (db, here):
        found = decisions.by_id(db, here, decision.id)
        with pytest.raises(Conflict, match="Una changed this decision"):
            decisions.change(db, found, WRITTEN, version=1, by=desk.olu, at=desk.at)
    with desk.open() as (db, here):
        assert decisions.by_id(db, here, decision.id).title == "Hers"


def test_decisions_are_put_in_another_order(desk: Desk) -> None:
    for title in ("One", "Two", "Three"):
        desk.write(NewDecision(title=title))
    with desk.open() as (db, here):
        decisions.move(db, decisions.of_consultation(db, here)[2], True, by=desk.olu, at=desk.at)
    with desk.open() as (db, here):
        order = [one.title for one in decisions.of_consultation(db, here)]
    assert order == ["One", "Three", "Two"]


def test_linking_gives_an_outcome_and_taking_the_last_link_back_takes_it(
    desk: Desk, said: Said
) -> None:
    one, first, second = said(), desk.write(), desk.write()
    assert (desk.link(first, one), desk.link(first, one), desk.link(second, one)) == (1, 0, 1)
    assert desk.counts()["linked:response"] == 1
    desk.unlink(first, one)
    assert desk.outcome(one) == "informed"
    desk.unlink(second, one)
    assert desk.outcome(one) == ""
    assert "linked:response" not in desk.counts()


def test_what_a_ruling_withheld_may_inform_and_is_withheld_again_when_unlinked(
    desk: Desk, said: Said
) -> None:
    one, decision = said(), desk.write()
    desk.stand(one, Standing.WITHHELD)
    with desk.open() as (db, _):
        decisions.account_for_ruling(db, one, "threat", at=desk.at)
    assert desk.outcome(one) == "withheld"
    assert desk.give(one) == 0
    desk.link(decision, one)
    assert desk.outcome(one) == "informed"
    desk.unlink(decision, one)
    assert desk.outcome(one) == "withheld"


def test_a_withdrawal_is_the_outcome_whatever_it_was_before(desk: Desk, said: Said) -> None:
    one, decision = said(), desk.write()
    desk.link(decision, one)
    desk.withdraw(one)
    drain(desk.world.engine)
    assert desk.outcome(one) == "withdrawn"
    assert desk.link(decision, one) == 0
    assert desk.counts()["outcome:response:withdrawn"] == 1
    assert "linked:response" not in desk.counts()


@pytest.mark.parametrize(
    ("kind", "more", "wrong"),
    [
        (OutcomeKind.CONSIDERED, {}, "Write why nothing changes"),
        (OutcomeKind.OUT_OF_SCOPE, {"reason": " "}, "Write why it is out of scope"),
        (OutcomeKind.WITHHELD, {}, "Name the ground"),
        (OutcomeKind.DUPLICATE, {}, "of which response"),
        (OutcomeKind.DUPLICATE, {"other_id": uuid4()}, "no such response"),
        (OutcomeKind.INFORMED, {}, "Link a response"),
        (OutcomeKind.WITHDRAWN, {}, "Only its author"),
    ],
)
def test_an_outcome_that_lacks_what_its_author_must_be_told_is_refused(
    desk: Desk, said: Said, kind: OutcomeKind, more: dict[str, object], wrong: str
) -> None:
    one = said()
    with pytest.raises(Exception, match=wrong), desk.open() as (db, here):
        decisions.give_outcome(db, here, [one], kind, by=desk.olu, at=desk.at, **more)


def test_everything_still_owed_is_accounted_for_in_one_go(desk: Desk, said: Said) -> None:
    ids = [said(f"The bus, please, {n}") for n in range(4)] + [said("A garden")]
    desk.link(desk.write(), ids[0])
    with desk.open() as (db, here):
        given = decisions.give_outcome(
            db,
            here,
            decisions.owed(db, here, words="bus"),
            OutcomeKind.CONSIDERED,
            reason="The bus runs again.",
            by=desk.olu,
            at=desk.at,
        )
        left = decisions.without_outcome(db, here)
    assert (given, [one.id for one in left.items]) == (3, [ids[4]])


def test_a_search_links_what_it_finds_and_keeps_the_words(desk: Desk, said: Said) -> None:
    one, _, decision = said("Our bus is late"), said("A garden"), desk.write()
    with desk.open() as (db, here):
        found = db.get_one(Decision, decision.id)
        ids = synthesis.search_ids(db, here, "bus late")
        assert decisions.link_search(db, found, "bus late", ids, by=desk.olu, at=desk.at) == 1
        ((basis, contribution),) = decisions.bases(db, found, limit=9, offset=0)
    assert (basis.detail, basis.how.value, contribution.id) == ("bus late", "search", one)


def test_a_call_for_questions_has_its_own_names_for_outcomes() -> None:
    assert label(OutcomeKind.INFORMED, Kind.QUESTIONS) == "Put and answered"
    assert label(OutcomeKind.INFORMED, Kind.PROPOSALS) == "Informed a decision"
    assert len({label(kind, Kind.QUESTIONS) for kind in OutcomeKind}) == len(OutcomeKind)


def test_a_reason_too_long_to_keep_is_refused_and_nothing_given(desk: Desk, said: Said) -> None:
    one = said()
    with pytest.raises(Invalid, match="Shorten it"):
        desk.give(one, reason="x" * 2001)
    assert desk.outcome(one) == ""
