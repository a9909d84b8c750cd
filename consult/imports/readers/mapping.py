"""Guesses which column holds which answer, says why, and lets a person put it right."""

from collections.abc import Mapping as MappingOf
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

from consult.errors import Invalid
from consult.imports.readers import dates, door
from consult.imports.readers.guesses import LONG, Sample, average, best
from consult.imports.readers.known import FORMS, Form
from consult.imports.readers.shapes import (
    QUESTION,
    Asked,
    Dropped,
    Guess,
    Mapping,
    Special,
    answers_to,
)
from consult.imports.readers.similar import plain


def guess_mapping(
    columns: Sequence[str], sample: Sequence[Any], questions: Sequence[Asked]
) -> Mapping:
    """The best guess for each column, none where nothing speaks for one.

    `sample` are Rows or plain dicts. Every guess can be corrected with `corrected`.
    """
    rows = [getattr(row, "cells", row) for row in sample]
    dropped = door.dropped(columns, rows)
    kept = [column for column in columns if column not in {d.column for d in dropped}]
    form = _form_of(kept)
    chosen = best(kept, rows, questions, form)
    guesses = tuple(chosen[column] for column in kept if column in chosen)
    return _finished(guesses, kept, rows, questions, dropped, form)


def _form_of(columns: Sequence[str]) -> Form | None:
    names = {plain(column) for column in columns}
    whole = [form for form in FORMS if form.signature <= names]
    return max(whole, key=lambda form: len(form.signature), default=None)


def _finished(
    guesses: tuple[Guess, ...],
    columns: Sequence[str],
    rows: Sample,
    questions: Sequence[Asked],
    dropped: tuple[Dropped, ...],
    form: Form | None,
) -> Mapping:
    used = {guess.column for guess in guesses}
    found = {guess.target for guess in guesses}
    left = tuple(column for column in columns if column not in used)
    missing = tuple(q.key for q in questions if answers_to(q.key) not in found)
    mapping = Mapping(guesses, dropped, left, missing, form=form.name if form else "")
    days, note = _day_order(mapping, rows)
    notes = note + _left_over(left, rows, missing, questions)
    return replace(mapping, day_first=days, notes=notes)


def _day_order(mapping: Mapping, rows: Sample) -> tuple[bool, tuple[str, ...]]:
    values = [row.get(c, "") for c in mapping.columns_for(Special.SUBMITTED_AT) for row in rows]
    known = dates.is_day_first(values)
    if known is not None or not dates.is_ambiguous(values):
        return known is not False, ()
    return True, ("Dates such as 01/02/2025 are read with the day first. Say so if they are not.",)


def _left_over(
    left: Sequence[str], rows: Sample, missing: Sequence[str], questions: Sequence[Asked]
) -> tuple[str, ...]:
    notes = []
    titles = [q.title for q in questions if q.key in missing]
    if titles:
        notes.append(f"No column was found for: {_named(titles)}.")
    texts = [column for column in left if average(column, rows) >= LONG]
    if texts:
        notes.append(f"These columns hold longer texts and are not read: {_named(texts)}.")
    return tuple(notes)


def _named(names: Sequence[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)


def corrected(
    mapping: Mapping, targets: MappingOf[str, str], questions: Sequence[Asked]
) -> Mapping:
    """The mapping as a person set it: column → target, an empty target for “do not read”.

    A target is `question:KEY`, a question's key alone, or one of Special. Columns not named keep
    their guess. Raises Invalid for a column or target that is not there.
    """
    wanted = dict(mapping.targets)
    columns = [*wanted, *mapping.unmapped_columns]
    for column, target in targets.items():
        if column not in columns:
            raise Invalid(f"The file has no column “{column}”. It has: {_named(columns)}.")
        wanted[column] = _target(target, questions)
    by_column = {guess.column: guess for guess in mapping.guesses}
    guesses = tuple(_by_hand(c, t, by_column.get(c)) for c, t in wanted.items() if t)
    found = {guess.target for guess in guesses}
    left = tuple(column for column in columns if not wanted.get(column))
    missing = tuple(q.key for q in questions if answers_to(q.key) not in found)
    return replace(
        mapping, guesses=guesses, unmapped_columns=left, unmapped_questions=missing, notes=()
    )


def _target(text: str, questions: Sequence[Asked]) -> str:
    name = text.strip().removeprefix(QUESTION)
    keys = [q.key for q in questions]
    if name in keys:
        return answers_to(name)
    if not name or name in list(Special):
        return name
    raise Invalid(f"“{name}” is neither a question nor one of: {', '.join([*keys, *Special])}.")


def _by_hand(column: str, target: str, before: Guess | None) -> Guess:
    if before is not None and before.target == target:
        return before
    return Guess(column, target, 1.0, "Set by hand.")


def as_data(mapping: Mapping) -> dict[str, Any]:
    """Plain values for keeping a mapping under a name."""
    return asdict(mapping) | {"open": sorted(mapping.open)}


def from_data(data: MappingOf[str, Any]) -> Mapping:
    """A mapping that was kept."""
    return Mapping(
        guesses=tuple(Guess(**guess) for guess in data["guesses"]),
        dropped=tuple(Dropped(**column) for column in data["dropped"]),
        unmapped_columns=tuple(data["unmapped_columns"]),
        unmapped_questions=tuple(data["unmapped_questions"]),
        day_first=data["day_first"],
        open=frozenset(data["open"]),
        form=data["form"],
        notes=tuple(data["notes"]),
    )
