"""One answer to one question, checked the same way whether typed, imported or copied from a letter."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import BaseModel, Field

from consult.consultations import Question, QuestionKind
from consult.lib import text


class NewAnswer(BaseModel):
    """An answer that may be kept: tidied, and within what the question allows."""

    question_id: UUID | None = None
    text: str = ""
    choices: list[str] = Field(default_factory=list)
    scale: int | None = None

    def is_blank(self) -> bool:
        """Whether nothing was said."""
        return not (self.text or self.choices or self.scale is not None)


def read_answer(question: Question, values: Sequence[str]) -> NewAnswer:
    """What was answered to one question. Raises ValueError with a sentence for the person."""
    given = [one for one in (text.tidy(value) for value in values) if one]
    if question.required and not given:
        raise ValueError(_missing(question))
    return _READERS[question.kind](question, given)


def _missing(question: Question) -> str:
    if question.kind == QuestionKind.TEXT:
        return "Enter an answer."
    return (
        "Choose an answer." if question.kind != QuestionKind.MANY else "Choose at least one answer."
    )


def _text(question: Question, given: list[str]) -> NewAnswer:
    words = text.tidy("\n".join(given), question.max_length)
    if words and not text.has_words(words):
        raise ValueError(
            "Use some words as well: an answer of symbols only cannot be read out or searched."
        )
    return NewAnswer(question_id=question.id, text=words)


def _one(question: Question, given: list[str]) -> NewAnswer:
    if len(given) > 1:
        raise ValueError("Choose one answer only.")
    return _many(question, given)


def _many(question: Question, given: list[str]) -> NewAnswer:
    offered = {option.casefold(): option for option in question.options}
    unknown = [one for one in given if one.casefold() not in offered]
    if unknown:
        raise ValueError(f"“{text.snippet(unknown[0], 60)}” is not one of the answers offered.")
    chosen = list(dict.fromkeys(offered[one.casefold()] for one in given))
    return NewAnswer(question_id=question.id, choices=chosen)


def _scale(question: Question, given: list[str]) -> NewAnswer:
    if not given:
        return NewAnswer(question_id=question.id)
    if len(given) > 1 or not given[0].isdecimal() or not 1 <= int(given[0]) <= question.points:
        raise ValueError(f"Choose a number from 1 to {question.points}.")
    return NewAnswer(question_id=question.id, scale=int(given[0]))


_READERS = {
    QuestionKind.TEXT: _text,
    QuestionKind.ONE: _one,
    QuestionKind.MANY: _many,
    QuestionKind.SCALE: _scale,
}
