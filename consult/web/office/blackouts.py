"""Which words to black out: those chosen among the words found, and those a moderator has listed."""

import re
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from consult.contributions import Answer
from consult.lib import text
from consult.moderation import Redaction
from consult.web.languages import gettext as _


def chosen(values: Iterable[str]) -> list[Redaction]:
    """The ticked words, whose places the page wrote itself; what is no place is left out."""
    found = (re.fullmatch(r"([0-9a-f-]{36}):(\d{1,9}):(\d{1,9})", value) for value in values)
    return [
        Redaction(answer_id=UUID(one[1]), start=int(one[2]), end=int(one[3]))
        for one in found
        if one
    ]


def field_of(answer: Answer) -> str:
    """The name of the field that lists the words of one answer."""
    return f"words-{answer.id}"


def listed(
    answers: Iterable[Answer], values: Mapping[str, Sequence[str]]
) -> tuple[list[Redaction], list[tuple[str, str]]]:
    """The words typed line by line, wherever they stand; and a sentence for each that stands nowhere."""
    redactions: list[Redaction] = []
    missing: list[tuple[str, str]] = []
    for answer in answers:
        name = field_of(answer)
        for line in text.tidy("\n".join(values.get(name, []))).splitlines():
            places = _places(answer.text, line.strip()) if line.strip() else []
            redactions += [Redaction(answer_id=answer.id, start=a, end=b) for a, b in places]
            if line.strip() and not places:
                missing.append((name, _not_there(line)))
    return redactions, missing


def _places(words: str, line: str) -> list[tuple[int, int]]:
    """Everywhere a line stands as whole words; where it does not, as part of words."""
    exact = re.sub(r"(?:\\\s|\s)+", lambda _: r"\s+", re.escape(line))
    whole = [found.span() for found in re.finditer(rf"(?<!\w){exact}(?!\w)", words)]
    return whole or [found.span() for found in re.finditer(exact, words)]


def _not_there(line: str) -> str:
    said = _("“%(words)s” is not in this answer. Copy the words exactly as they stand there.")
    return said % {"words": text.snippet(line, 60)}
