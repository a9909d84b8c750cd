"""A contribution as the public may see it: its words, and only so much of the author as they allow."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col, select

from consult.consultations import Question
from consult.contributions.models import Answer, Connection, Consent, Contribution, Contributor
from consult.contributions.queries import of_page
from consult.secrecy import seal


@dataclass(frozen=True)
class Shown:
    """One answer with the question it replies to; posts reply to none."""

    answer: Answer
    question: Question | None


@dataclass(frozen=True)
class Card:
    """A contribution ready for a page. `who` is empty where the author did not say or allow."""

    contribution: Contribution
    who: str
    answers: list[Shown]

    @property
    def id(self) -> UUID:
        return self.contribution.id

    @property
    def connection(self) -> Connection | None:
        return self.contribution.connection


def cards(db: Session, page: Sequence[Contribution]) -> list[Card]:
    """The cards of one page, in its order: three queries, whatever the page."""
    answers, people = of_page(db, [one.id for one in page])
    wanted = {one.question_id for given in answers.values() for one in given if one.question_id}
    asked = db.exec(select(Question).where(col(Question.id).in_(wanted))).all() if wanted else []
    questions = {question.id: question for question in asked}
    return [_card(one, answers.get(one.id, []), people.get(one.id), questions) for one in page]


def _card(
    one: Contribution,
    given: Sequence[Answer],
    person: Contributor | None,
    questions: dict[UUID, Question],
) -> Card:
    shown = [
        Shown(answer, questions.get(answer.question_id) if answer.question_id else None)
        for answer in given
    ]
    shown.sort(key=lambda item: item.question.position if item.question else 0)
    return Card(one, _who(one, person), shown)


def _who(one: Contribution, person: Contributor | None) -> str:
    """The name the author lets us show: their own, or the body they speak for."""
    if one.consent != Consent.NAME:
        return ""
    name = seal().open(person.name) if person and person.name else ""
    return ", ".join(part for part in (name, one.organisation) if part)
