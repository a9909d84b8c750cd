"""Marking spans of answers with themes, taking marks off, and the counts that follow in the same breath."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func
from sqlmodel import Session, col, select

from consult import audit, consultations
from consult.audit import Action
from consult.consultations import Consultation
from consult.contributions import Answer, Channel, Contribution, group
from consult.db import insert, new_id
from consult.errors import Conflict, Invalid, NotFound
from consult.identity import Person
from consult.synthesis.models import Coding, Theme
from consult.synthesis.themes import require_coder

AT_ONCE = 1_000
"""Marks in one statement: what the parameters of both databases allow, with room."""

Marked = tuple[UUID, UUID]
"""A contribution and a theme it is coded with."""


@dataclass(frozen=True)
class NewCoding:
    """A span of an answer's text, in characters from 0, the end not included, and the theme for it."""

    answer_id: UUID
    theme_id: UUID
    start: int
    end: int


@dataclass(frozen=True)
class _Place:
    contribution_id: UUID
    channel: Channel
    length: int


def code(
    db: Session,
    consultation: Consultation,
    answer: Answer,
    theme: Theme,
    start: int,
    end: int,
    *,
    by: Person,
    at: datetime,
) -> int:
    """Mark a span of an answer with a theme; returns 0 where it was so marked already."""
    return code_many(db, consultation, [NewCoding(answer.id, theme.id, start, end)], by=by, at=at)


def code_many(
    db: Session, consultation: Consultation, marks: Iterable[NewCoding], *, by: Person, at: datetime
) -> int:
    """Mark many spans; returns how many were not marked before. All of them, or none and a reason."""
    require_coder(db, consultation, by)
    themes = _themes(db, consultation)
    added = 0
    for batch in _batches(marks):
        places = _places(db, consultation, {one.answer_id for one in batch})
        for one in batch:
            _check(one, places.get(one.answer_id), themes.get(one.theme_id))
        before = _marked(db, {places[one.answer_id].contribution_id for one in batch})
        fresh = _insert(db, batch, places, by, at)
        _count_added(db, consultation, fresh, before, places)
        added += len(fresh)
    if added:
        audit.record(db, Action.CODING_CHANGED, consultation.id, at=at, by=by.id, added=added)
    return added


def uncode(
    db: Session, consultation: Consultation, coding: Coding, *, by: Person, at: datetime
) -> None:
    """Take a mark off again."""
    require_coder(db, consultation, by)
    here = _lock(db, coding.contribution_id)
    before = _marked(db, {here.id})
    db.execute(delete(Coding).where(col(Coding.id) == coding.id))
    left = _marked(db, {here.id})
    changes: Counter[str] = Counter()
    for _, theme_id in before - left:
        changes.subtract(_of_theme(theme_id, group(here.channel)))
    if before and not left:
        changes[f"coded:{group(here.channel)}"] -= 1
    consultations.count(db, consultation.id, changes)
    audit.record(
        db, Action.CODING_CHANGED, here.id, at=at, by=by.id, removed=1, theme=str(coding.theme_id)
    )


def coding_by_id(db: Session, consultation: Consultation, coding_id: UUID) -> Coding:
    """One mark in this consultation."""
    found = db.exec(
        select(Coding)
        .join(Theme, col(Theme.id) == col(Coding.theme_id))
        .where(Coding.id == coding_id, Theme.consultation_id == consultation.id)
    ).first()
    if found is None:
        raise NotFound("That mark is no longer there.")
    return found


def _batches(marks: Iterable[NewCoding]) -> Iterator[list[NewCoding]]:
    distinct = list(dict.fromkeys(marks))
    # By answer, so that two who mark the same contributions lock them in the same order.
    distinct.sort(key=lambda one: (one.answer_id, one.start))
    for first in range(0, len(distinct), AT_ONCE):
        yield distinct[first : first + AT_ONCE]


def _themes(db: Session, consultation: Consultation) -> dict[UUID, Theme]:
    found = db.exec(select(Theme).where(Theme.consultation_id == consultation.id))
    return {one.id: one for one in found}


def _places(db: Session, consultation: Consultation, answers: set[UUID]) -> dict[UUID, _Place]:
    """Where these answers stand; their contributions are held until the end of the transaction."""
    found = db.exec(
        select(
            col(Answer.id),
            col(Contribution.id),
            col(Contribution.channel),
            func.length(Answer.text),
        )
        .join(Contribution, col(Contribution.id) == col(Answer.contribution_id))
        .where(col(Answer.id).in_(answers), Contribution.consultation_id == consultation.id)
        .order_by(col(Contribution.id))
        .with_for_update(of=Contribution)
    )
    return {answer: _Place(*rest) for answer, *rest in found}


def _check(one: NewCoding, place: _Place | None, theme: Theme | None) -> None:
    if place is None:
        raise NotFound("Those words are no longer here: the author may have taken them back.")
    if theme is None:
        raise NotFound("There is no such theme in this consultation.")
    if theme.retired_at is not None:
        raise Conflict(f"“{theme.name}” is retired. Bring it back before you mark with it.")
    if not 0 <= one.start < one.end <= place.length:
        raise Invalid("That span lies outside the answer. Load the page again and mark it anew.")


def _marked(db: Session, contributions: set[UUID]) -> set[Marked]:
    return set(
        db.exec(
            select(Coding.contribution_id, Coding.theme_id)
            .where(col(Coding.contribution_id).in_(contributions))
            .distinct()
        ).all()
    )


def _insert(
    db: Session, batch: list[NewCoding], places: dict[UUID, _Place], by: Person, at: datetime
) -> list[Any]:
    new = [
        {
            "id": new_id(),
            "contribution_id": places[one.answer_id].contribution_id,
            "answer_id": one.answer_id,
            "theme_id": one.theme_id,
            "start": one.start,
            "end": one.end,
            "by": by.id,
            "at": at,
        }
        for one in batch
    ]
    kept = insert(db, Coding).values(new).on_conflict_do_nothing()
    return list(
        db.execute(kept.returning(Coding.contribution_id, Coding.theme_id, Coding.answer_id))
    )


def _count_added(
    db: Session,
    consultation: Consultation,
    fresh: list[Any],
    before: set[Marked],
    places: dict[UUID, _Place],
) -> None:
    coded, known = {contribution for contribution, _ in before}, set(before)
    changes: Counter[str] = Counter()
    for one in fresh:
        which = group(places[one.answer_id].channel)
        if one.contribution_id not in coded:
            changes[f"coded:{which}"] += 1
        if (one.contribution_id, one.theme_id) not in known:
            changes += _of_theme(one.theme_id, which)
        coded.add(one.contribution_id)
        known.add((one.contribution_id, one.theme_id))
    consultations.count(db, consultation.id, changes)


def _of_theme(theme_id: UUID, which: str) -> Counter[str]:
    return Counter({f"theme:{theme_id}": 1, f"theme:{which}:{theme_id}": 1})


def _lock(db: Session, contribution_id: UUID) -> Contribution:
    """Hold it until the end of the transaction, so that the marks of two people are counted right."""
    wanted = select(Contribution).where(Contribution.id == contribution_id)
    return db.exec(wanted.with_for_update()).one()
