"""One contribution as an analyst reads it: its answers, the marks on them, and who has read it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from consult.consultations import Consultation, Question
from consult.contributions import Answer, Contribution
from consult.errors import NotFound
from consult.identity import Person
from consult.imports.models import Post
from consult.synthesis.models import Coding, Reading, Theme


@dataclass(frozen=True)
class Mark:
    """A coding with the theme's name and the person's."""

    coding: Coding
    theme: str
    who: str

    @property
    def start(self) -> int:
        return self.coding.start

    @property
    def end(self) -> int:
        return self.coding.end

    @property
    def label(self) -> str:
        return self.theme


@dataclass(frozen=True)
class Sheet:
    """What is on the desk. Only what is published of the words: an original stays sealed here."""

    contribution: Contribution
    post: Post | None
    answers: Sequence[tuple[Answer, Question | None]]
    marks: list[Mark]
    readers: dict[UUID, str]

    def marks_of(self, answer: Answer) -> list[Mark]:
        """The marks on one answer, in the order of its words."""
        ours = (one for one in self.marks if one.coding.answer_id == answer.id)
        return sorted(ours, key=lambda one: (one.start, one.end))

    @property
    def texts(self) -> list[tuple[Answer, Question | None]]:
        """The answers that have words to mark."""
        return [(answer, question) for answer, question in self.answers if answer.text]


def sheet(db: Session, consultation: Consultation, contribution_id: UUID) -> Sheet:
    """One contribution of this consultation: four queries."""
    contribution, post = _contribution(db, consultation, contribution_id)
    readers = (
        select(Reading.person_id, Person.name)
        .join(Person, col(Person.id) == col(Reading.person_id))
        .where(Reading.contribution_id == contribution_id)
        .order_by(col(Reading.id))
    )
    return Sheet(
        contribution,
        post,
        _answers(db, contribution_id),
        _marks(db, contribution_id),
        dict(db.exec(readers).all()),
    )


def _contribution(
    db: Session, consultation: Consultation, contribution_id: UUID
) -> tuple[Contribution, Post | None]:
    found: Any = db.exec(
        select(Contribution, Post)
        .outerjoin(Post, col(Post.contribution_id) == col(Contribution.id))
        .where(Contribution.id == contribution_id)
        .where(Contribution.consultation_id == consultation.id)
    ).first()
    if found is None:
        raise NotFound("There is no such response in this consultation.")
    return found[0], found[1]


def _answers(db: Session, contribution_id: UUID) -> list[tuple[Answer, Question | None]]:
    found = db.exec(
        select(Answer, Question)
        .outerjoin(Question, col(Question.id) == col(Answer.question_id))
        .where(Answer.contribution_id == contribution_id)
        .order_by(col(Question.position), col(Answer.id))
    )
    return [(answer, question) for answer, question in found]


def _marks(db: Session, contribution_id: UUID) -> list[Mark]:
    found = db.exec(
        select(Coding, Theme.name, Person.name)
        .join(Theme, col(Theme.id) == col(Coding.theme_id))
        .outerjoin(Person, col(Person.id) == col(Coding.by))
        .where(Coding.contribution_id == contribution_id)
        .order_by(col(Coding.id).desc())
    )
    return [Mark(coding, theme, who or "") for coding, theme, who in found]
