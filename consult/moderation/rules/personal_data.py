"""Structured personal data, found by form, check digit and the words around it."""

import re
from collections.abc import Iterator
from itertools import islice

from consult.moderation.rules import identifiers
from consult.moderation.rules.finding import MOST, Finding, Span
from consult.moderation.rules.personal_forms import FORMS, Form
from consult.moderation.rules.reading import Reading
from consult.moderation.rules.rulebook import rule

Place = tuple[Span, tuple[str, ...]]  # where, and the counter-signals there

_WORTH_A_LOOK = re.compile(r"\d|@|\bdot\b|[\[(]at[\])]", re.I)
_SPOKEN = {
    "zero": "0",
    "oh": "0",
    "nought": "0",
    "one": "1",
    "two": "2",
    "three": "3",
    "four": "4",
    "five": "5",
    "six": "6",
    "seven": "7",
    "eight": "8",
    "nine": "9",
    "o": "0",
}
_SPOKEN_RUN = re.compile(
    rf"\b(?:(?:double |treble |triple )?(?:{'|'.join(_SPOKEN)}"
    rf"|\d)[ ,-]{{1,2}}){{8,13}}(?:double |treble |triple )?(?:{'|'.join(_SPOKEN)}|\d)\b",
    re.I,
)


def found_in(reading: Reading) -> Iterator[Finding]:
    """One finding for each form of personal data, with every place it stands."""
    text = reading.plain.text
    if not _WORTH_A_LOOK.search(text) and not _SPOKEN_RUN.search(text):
        return
    taken = bytearray(len(text))
    claimed: dict[str, list[Place]] = {}
    for form in FORMS:
        for found in islice(form.pattern.finditer(text), MOST * 10):
            signals = None if any(taken[slice(*found.span())]) else _judged(form, found, text)
            if signals is not None:
                taken[slice(*found.span())] = b"\1" * len(found.group())
                claimed.setdefault(form.rule, []).append((found.span(), signals))
    for span in _spoken_phones(text):
        claimed.setdefault("personal-data.phone", []).append((span, ()))
    for rule_id, places in claimed.items():
        spans = [reading.plain.original(*span) for span, _ in places]
        yield rule(rule_id).finding(spans, _shared(places))


def _shared(places: list[Place]) -> tuple[str, ...]:
    """What speaks against every place: one clear case is enough for the full score."""
    return tuple(s for s in places[0][1] if all(s in signals for _, signals in places))


def _judged(form: Form, found: re.Match[str], text: str) -> tuple[str, ...] | None:
    start, end = found.span()
    before = text[max(0, start - 60) : start].lower()
    return form.judge(found, before, before + " | " + text[end : end + 40].lower())


def _spoken_phones(text: str) -> Iterator[Span]:
    for found in _SPOKEN_RUN.finditer(text):
        number = _written_out(found.group().lower())
        if not found.group().replace(" ", "").isdigit() and identifiers.is_personal_phone(number):
            yield found.span()


def _written_out(words: str) -> str:
    number, times = "", 1
    for word in re.findall(r"\w+", words):
        if word in ("double", "treble", "triple"):
            times = 2 if word == "double" else 3
        else:
            number, times = number + _SPOKEN.get(word, word) * times, 1
    return number
