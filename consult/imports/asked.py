"""The questions of a consultation as readers need them, and what a person may call them."""

from collections.abc import Iterable, Mapping, Sequence

from consult.consultations import Question
from consult.errors import Invalid
from consult.imports.readers.shapes import QUESTION, Asked, Kind, Special
from consult.lib import text


def asked(questions: Iterable[Question]) -> list[Asked]:
    """In the order asked; the key is the question's id."""
    return [
        Asked(
            key=str(one.id),
            title=one.title,
            kind=Kind(one.kind.value),
            options=tuple(one.options),
            most=one.points,
        )
        for one in questions
    ]


def targets_by_name(pairs: Mapping[str, str], questions: Sequence[Question]) -> dict[str, str]:
    """Column → target from names people use: a question's number, id or title, a special, or nothing."""
    names = _names(questions)
    found = {}
    for column, said in pairs.items():
        target = names.get(_level(said.removeprefix(QUESTION)))
        if target is None:
            raise Invalid(_unknown(said, questions))
        found[column] = target
    return found


def _names(questions: Sequence[Question]) -> dict[str, str]:
    names = {"": "", "-": "", "received_at": Special.SUBMITTED_AT.value}
    names |= {special.value: special.value for special in Special}
    for number, one in enumerate(questions, start=1):
        target = f"{QUESTION}{one.id}"
        names |= {str(number): target, f"q{number}": target, str(one.id): target}
        names[_level(one.title)] = target
    return names


def _level(said: str) -> str:
    return " ".join(said.casefold().split())


def _unknown(said: str, questions: Sequence[Question]) -> str:
    asked = "; ".join(
        f"{number} “{text.snippet(one.title, 60)}”" for number, one in enumerate(questions, start=1)
    )
    specials = ", ".join(special.value for special in Special)
    return f"“{said}” is neither a question ({asked}) nor one of: received_at, {specials}."
