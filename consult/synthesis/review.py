"""What a machine's run left for people to look at: suggestions with examples, marks, exceptions."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import exists, func, union_all
from sqlalchemy import select as rows
from sqlmodel import Session, col, select

from consult.consultations import Consultation
from consult.contributions import Answer
from consult.lib import paging
from consult.lib.paging import Page
from consult.synthesis.models import (
    Answered,
    MachineException,
    MachineRun,
    SuggestedCoding,
    Suggestion,
)
from consult.synthesis.suggestions import STEP

EXAMPLES = 3
AROUND = 90  # characters each side of the words a machine would mark


@dataclass(frozen=True)
class Example:
    """Words a machine would mark, with what stands around them."""

    id: UUID
    contribution_id: UUID
    before: str
    words: str
    after: str


def finished_run(db: Session, consultation: Consultation) -> MachineRun | None:
    """The latest run that came to its end; its suggestions are the ones shown."""
    return db.exec(
        select(MachineRun)
        .where(MachineRun.consultation_id == consultation.id, MachineRun.step == STEP)
        .where(col(MachineRun.finished_at).is_not(None))
        .order_by(col(MachineRun.id).desc())
        .limit(1)
    ).first()


def waiting(db: Session, run: MachineRun) -> Sequence[Suggestion]:
    """The suggestions of a run that nobody has answered, those found most often first."""
    return db.exec(
        select(Suggestion)
        .where(Suggestion.run_id == run.id, Suggestion.answered == Answered.WAITING)
        .order_by(col(Suggestion.found).desc(), col(Suggestion.id))
    ).all()


def to_confirm(db: Session, consultation: Consultation) -> Sequence[Suggestion]:
    """Accepted suggestions with marks that still wait for a person."""
    left = exists().where(
        col(SuggestedCoding.suggestion_id) == col(Suggestion.id),
        col(SuggestedCoding.answered) == Answered.WAITING,
    )
    return db.exec(
        select(Suggestion)
        .where(Suggestion.consultation_id == consultation.id)
        .where(Suggestion.answered == Answered.ACCEPTED, left)
        .order_by(col(Suggestion.id))
    ).all()


def examples(db: Session, suggestions: Sequence[Suggestion]) -> dict[UUID, list[Example]]:
    """A few places of each, from different contributions where there are: one query."""
    if not suggestions:
        return {}
    # Of a suggestion nobody has answered every mark waits; said so, the index gives the first few
    # without reading and sorting them all.
    waits = col(SuggestedCoding.answered) == Answered.WAITING
    some = [_columns(one.id).where(waits).limit(4 * EXAMPLES) for one in suggestions]
    parts = [rows(*few.subquery().columns) for few in some]
    found: dict[UUID, dict[UUID, Example]] = {}
    for suggestion, *place in db.execute(union_all(*parts)):
        example = _example(*place)
        found.setdefault(suggestion, {}).setdefault(example.contribution_id, example)
    return {one: list(places.values())[:EXAMPLES] for one, places in found.items()}


def marks(db: Session, suggestion: Suggestion, number: int, size: int = 25) -> Page[Example]:
    """A page of the marks that wait in a suggestion; what is confirmed leaves the list."""
    chosen = _columns(suggestion.id).where(col(SuggestedCoding.answered) == Answered.WAITING)
    total = db.execute(
        rows(func.count()).where(
            col(SuggestedCoding.suggestion_id) == suggestion.id,
            col(SuggestedCoding.answered) == Answered.WAITING,
        )
    ).scalar_one()
    page = chosen.limit(size).offset(paging.offset(number, size))
    items = [_example(*place) for _, *place in db.execute(page)]
    return Page(items, number, size, total)


def exceptions(
    db: Session, run: MachineRun, number: int, size: int = 25
) -> Page[tuple[MachineException, str]]:
    """A page of what a run could not read, with the first words; those not seen to come first."""
    found = db.exec(
        select(MachineException, func.substr(Answer.text, 1, 200))
        .join(Answer, col(Answer.id) == col(MachineException.answer_id))
        .where(MachineException.run_id == run.id)
        .order_by(col(MachineException.handled_at).is_not(None), col(MachineException.id))
        .limit(size)
        .offset(paging.offset(number, size))
    )
    return Page([(one, text) for one, text in found], number, size, run.excepted)


def unhandled(db: Session, run: MachineRun | None) -> int:
    """How many exceptions nobody has seen to."""
    if run is None:
        return 0
    return db.exec(
        select(func.count())
        .select_from(MachineException)
        .where(MachineException.run_id == run.id, col(MachineException.handled_at).is_(None))
    ).one()


def _columns(suggestion_id: UUID) -> Any:
    return (
        rows(
            col(SuggestedCoding.suggestion_id),
            col(SuggestedCoding.id),
            col(SuggestedCoding.contribution_id),
            col(SuggestedCoding.start),
            col(SuggestedCoding.end),
            col(Answer.text),
        )
        .join(Answer, col(Answer.id) == col(SuggestedCoding.answer_id))
        .where(col(SuggestedCoding.suggestion_id) == suggestion_id)
        .order_by(col(SuggestedCoding.id))
    )


def _example(id_: UUID, contribution_id: UUID, start: int, end: int, text: str) -> Example:
    first = 0 if start <= AROUND else text.rfind(" ", 0, start - AROUND) + 1
    last = end + AROUND
    cut = text.find(" ", last)
    last = len(text) if cut < 0 else cut
    return Example(
        id_,
        contribution_id,
        ("… " if first else "") + text[first:start],
        text[start:end],
        text[end:last] + (" …" if last < len(text) else ""),
    )
