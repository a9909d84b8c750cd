"""A call for questions in the smallest world, and people who ask in it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from sqlmodel import Session

from consult import consultations, contributions
from consult.consultations import Consultation, Kind, NewConsultation, NewQuestion, QuestionKind
from consult.contributions import Consent, Contribution, NewContribution, Standing
from consult.db import transaction
from tests.conftest import World

SLUG = "rural-questions"


@dataclass(frozen=True)
class Call:
    """Mia's open call; `ask` returns the id of a question and its receipt code."""

    world: World

    def ask(self, words: str, *, shown: bool = True, **more: object) -> tuple[UUID, str]:
        with transaction(self.world.engine) as db:
            here = self.here(db)
            asked = consultations.questions_of(db, here)[0]
            new = NewContribution(
                answers=[contributions.read_answer(asked, [words])],
                **{"consent": Consent.NO_NAME, **more},
            )
            received = contributions.receive(
                db, here, new, submission=uuid4().hex, at=datetime.now(UTC)
            )
            found = contributions.by_code(db, received.code)
            if shown:
                contributions.stand(db, found, Standing.SHOWN)
            return found.id, received.code

    def here(self, db: Session) -> Consultation:
        return consultations.by_slug(db, SLUG)

    def question(self, db: Session, id_: UUID) -> Contribution:
        return contributions.by_id(db, self.here(db), id_)


def open_call(world: World) -> Call:
    """Mia opens a call for questions."""
    mia = world.person("mia")
    with transaction(world.engine) as db:
        new = NewConsultation(
            title="What should I ask about rural health?",
            summary="Ask, and I will put it to the minister.",
            kind=Kind.QUESTIONS,
            opens_at=world.at - timedelta(days=1),
            closes_at=world.at + timedelta(days=9),
        )
        made = consultations.create(db, world.council.id, new, by=mia, at=world.at, slug=SLUG)
        asked = NewQuestion(kind=QuestionKind.TEXT, title="Your question", required=True)
        consultations.add_question(db, made, asked, by=mia, at=world.at)
        consultations.open_to_public(db, made, by=mia, at=world.at)
    return Call(world)
