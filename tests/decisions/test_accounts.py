"""Received = the sum of the outcomes + those still owed one, whatever happens and in whatever order."""

from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlmodel import col, select

from consult import consultations, contributions, decisions
from consult.contributions import Contribution, Standing
from consult.decisions import Decision, OutcomeKind
from consult.errors import Conflict
from tests.decisions.conftest import Desk

NUMBERS = st.integers(0, 30)


class History(RuleBasedStateMachine):
    """Anything that can happen to contributions, in any order."""

    desk: Desk

    def __init__(self) -> None:
        super().__init__()
        self.desk.begin_anew()
        self.ids: list[UUID] = []
        self.decisions: list[Decision] = []
        self.closed = False

    def chosen(self, number: int) -> list[UUID]:
        return [self.ids[number % len(self.ids)]] if self.ids else []

    @rule()
    def receive(self) -> None:
        if not self.closed:
            self.ids.append(self.desk.say(f"Words {len(self.ids)}"))

    @rule()
    def decide(self) -> None:
        if len(self.decisions) < 3:
            self.decisions.append(self.desk.write())

    @rule(number=NUMBERS, which=st.integers(0, 2))
    def link(self, number: int, which: int) -> None:
        if which < len(self.decisions):
            self.desk.link(self.decisions[which], *self.chosen(number), *self.chosen(number + 1))

    @rule(number=NUMBERS, which=st.integers(0, 2))
    def unlink(self, number: int, which: int) -> None:
        if which < len(self.decisions):
            self.desk.unlink(self.decisions[which], *self.chosen(number))

    @rule(number=NUMBERS, kind=st.sampled_from(["considered", "campaign", "out_of_scope"]))
    def give(self, number: int, kind: str) -> None:
        self.desk.give(*self.chosen(number), kind=OutcomeKind(kind))

    @rule(number=NUMBERS)
    def take_back(self, number: int) -> None:
        with self.desk.open() as (db, here):
            decisions.undo_outcome(db, here, self.chosen(number), by=self.desk.olu, at=self.desk.at)

    @rule(number=NUMBERS, ground=st.sampled_from(["", "threat"]))
    def rule_on(self, number: int, ground: str) -> None:
        for one in self.chosen(number):
            with self.desk.open() as (db, _):
                found = db.get_one(Contribution, one)
                if found.standing != Standing.WITHDRAWN:
                    contributions.stand(db, found, Standing.WITHHELD if ground else Standing.SHOWN)
                    decisions.account_for_ruling(db, one, ground, at=self.desk.at)

    @rule(number=NUMBERS)
    def withdraw(self, number: int) -> None:
        for one in self.chosen(number):
            self.desk.withdraw(one)

    @rule()
    def remove(self) -> None:
        if self.decisions:
            gone = self.decisions.pop()
            with self.desk.open() as (db, _):
                found = db.get_one(Decision, gone.id)
                decisions.remove(db, found, by=self.desk.olu, at=self.desk.at)

    @rule()
    def publish(self) -> None:
        self.closed = True
        with self.desk.open() as (db, here):
            owed = decisions.sums(db, here).without
        withdrawn = self.unsettled()
        if self.decisions and owed <= withdrawn:
            with self.desk.open() as (db, here):
                now = set(db.exec(decisions.owed(db, here)).all())
            if not now - self.gone():
                made = self.desk.publish()
                assert made.received == sum(made.sums.values()) == len(self.ids)
                return
        with pytest.raises(Conflict):
            self.desk.publish()

    def gone(self) -> set[UUID]:
        with self.desk.open() as (db, _):
            here = db.exec(select(Contribution).where(col(Contribution.id).in_(self.ids))).all()
        return {one.id for one in here if one.standing == Standing.WITHDRAWN}

    def unsettled(self) -> int:
        return len([one for one in self.gone() if self.desk.outcome(one) != "withdrawn"])

    @invariant()
    def the_sums_are_true(self) -> None:
        with self.desk.open() as (db, here):
            truth = decisions.true_counts(db, here)
            kept = consultations.counts(db, here.id)
            now = decisions.sums(db, here)
            owed = db.exec(decisions.owed(db, here)).all()
        ours = {k: n for k, n in kept.items() if k.startswith(("outcome:", "linked:")) and n}
        assert ours == truth
        assert now.received == len(self.ids)
        assert now.without == len(owed)
        assert now.received == sum(now.response.outcomes.values()) + now.without


def test_random_histories_keep_received_equal_to_the_sum_of_outcomes(desk: Desk) -> None:
    class Here(History):
        pass

    Here.desk = desk
    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=10,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
        ),
    )
