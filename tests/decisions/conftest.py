"""A consultation about to be decided: what tests of decisions begin with."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlmodel import Session, select

from consult import consultations, contributions, decisions
from consult.consultations import (
    Consultation,
    NewConsultation,
    NewQuestion,
    QuestionKind,
    State,
)
from consult.contributions import Answer, Consent, Contribution, NewContribution, Standing
from consult.db import transaction
from consult.decisions import Decision, NewDecision, OutcomeKind, Publication, Verdict
from consult.identity import Person
from tests.conftest import World

WRITTEN = NewDecision(
    title="Nurses who stay",
    heard="People told us that a new face every month is hard.",
    verdict=Verdict.ACCEPTED,
    decided="Each family will have one named nurse.",
    why="It is what most people asked for, and it can be done with the staff we have.",
)


@dataclass
class Desk:
    """What an official does, in short words; every verb in a transaction of its own."""

    world: World
    slug: str = "dementia-plan"

    def begin_anew(self) -> None:
        """A further consultation of the same council, with one question, to work on from here."""
        with transaction(self.world.engine) as db:
            new = NewConsultation(
                title="Another",
                summary="We ask.",
                opens_at=self.at - timedelta(days=1),
                closes_at=self.at + timedelta(days=9),
            )
            made = consultations.create(db, self.world.council.id, new, by=self.olu, at=self.at)
            question = NewQuestion(kind=QuestionKind.TEXT, title="What should change?")
            consultations.add_question(db, made, question, by=self.olu, at=self.at)
            consultations.open_to_public(db, made, by=self.olu, at=self.at)
        self.slug = made.slug

    def say(self, text: str = "More nurses who stay.", **more: object) -> UUID:
        """Contribute; the id of the contribution."""
        with self.open() as (db, here):
            asked = consultations.questions_of(db, here)
            new = NewContribution(
                answers=[contributions.read_answer(asked[0], [text])],
                **{"consent": Consent.NO_NAME, **more},
            )
            sent = contributions.receive(db, here, new, submission=uuid4().hex, at=self.at)
            return sent.contribution.id

    @property
    def olu(self) -> Person:
        return self.world.person("olu")

    @property
    def at(self) -> datetime:
        return datetime.now(UTC)

    @contextmanager
    def open(self) -> Iterator[tuple[Session, Consultation]]:
        with transaction(self.world.engine) as db:
            yield db, consultations.by_slug(db, self.slug)

    def write(self, new: NewDecision = WRITTEN) -> Decision:
        with self.open() as (db, here):
            return decisions.write(db, here, new, by=self.olu, at=self.at)

    def link(self, decision: Decision, *ids: UUID) -> int:
        with self.open() as (db, _):
            found = db.get_one(Decision, decision.id)
            return decisions.link(db, found, ids, by=self.olu, at=self.at)

    def unlink(self, decision: Decision, *ids: UUID) -> int:
        with self.open() as (db, _):
            found = db.get_one(Decision, decision.id)
            return decisions.unlink(db, found, ids, by=self.olu, at=self.at)

    def give(
        self, *ids: UUID, kind: OutcomeKind = OutcomeKind.CONSIDERED, reason: str = "It is done."
    ) -> int:
        with self.open() as (db, here):
            return decisions.give_outcome(
                db, here, ids, kind, reason=reason, by=self.olu, at=self.at
            )

    def withdraw(self, contribution_id: UUID) -> None:
        with self.open() as (db, _):
            contributions.withdraw(db, db.get_one(Contribution, contribution_id), at=self.at)

    def stand(self, contribution_id: UUID, standing: Standing) -> None:
        with self.open() as (db, _):
            contributions.stand(db, db.get_one(Contribution, contribution_id), standing)

    def quote(self, decision: Decision, contribution_id: UUID, words: str) -> None:
        with self.open() as (db, _):
            wanted = select(Answer).where(Answer.contribution_id == contribution_id)
            answer = db.exec(wanted).one()
            found = db.get_one(Decision, decision.id)
            decisions.quote_words(db, found, answer, words, by=self.olu, at=self.at)

    def close(self) -> None:
        with self.open() as (db, here):
            if here.state == State.OPEN:
                consultations.close(db, here, by=self.olu, at=self.at)

    def publish(self) -> Publication:
        self.close()
        with self.open() as (db, here):
            return decisions.publish(db, here, by=self.olu, at=self.at)

    def counts(self) -> dict[str, int]:
        with self.open() as (db, here):
            kept = consultations.counts(db, here.id)
        return {name: n for name, n in kept.items() if n}

    def outcome(self, contribution_id: UUID) -> str:
        with self.open() as (db, _):
            fate = decisions.fate_of(db, db.get_one(Contribution, contribution_id))
        return fate.present.kind.value if fate.present else ""


@pytest.fixture
def desk(world: World) -> Desk:
    return Desk(world)


Said = Callable[..., UUID]


@pytest.fixture
def said(desk: Desk) -> Said:
    """The id of a new contribution: `said("More nurses.")`."""
    return desk.say
