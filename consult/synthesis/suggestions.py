"""What people say to a machine's suggestions: ask for them, accept, merge, refuse, confirm one by one."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import update
from sqlmodel import Session, col, select

from consult import audit, jobs
from consult.audit import Action
from consult.consultations import Consultation
from consult.errors import Conflict, NotFound
from consult.identity import Person
from consult.lib import keyphrases
from consult.synthesis.coding import NewCoding, code_many
from consult.synthesis.models import (
    Answered,
    MachineException,
    MachineRun,
    SuggestedCoding,
    Suggestion,
    Theme,
)
from consult.synthesis.themes import create_theme, require_coder

STEP = "suggest themes"
VERSION = "1"
AT_ONCE = 1_000
"""Marks confirmed in one transaction; more than that go to a job."""


def ask(db: Session, consultation: Consultation, *, by: Person, at: datetime) -> MachineRun:
    """Have a machine look for themes. It marks nothing: it only suggests, and people decide."""
    require_coder(db, consultation, by)
    last = latest_run(db, consultation)
    if last is not None and last.finished_at is None and not last.trouble:
        raise Conflict("Themes are being looked for already. Wait until that has finished.")
    run = MachineRun(
        consultation_id=consultation.id,
        step=STEP,
        version=VERSION,
        settings={"distinct_texts_read_for_phrases": keyphrases.READ, "most_suggestions": 12},
        asked_by=by.id,
        asked_at=at,
    )
    db.add(run)
    db.flush()
    jobs.enqueue(db, "synthesis.suggest", run_id=run.id)
    return run


def latest_run(db: Session, consultation: Consultation) -> MachineRun | None:
    """The last time a machine was asked, finished or not."""
    return db.exec(
        select(MachineRun)
        .where(MachineRun.consultation_id == consultation.id, MachineRun.step == STEP)
        .order_by(col(MachineRun.id).desc())
        .limit(1)
    ).first()


def accept(
    db: Session,
    consultation: Consultation,
    suggestion: Suggestion,
    name: str = "",
    *,
    by: Person,
    at: datetime,
) -> Theme:
    """Make a theme of it, under a name of the person's choice. Its marks still wait to be confirmed."""
    require_coder(db, consultation, by)
    _still_waiting(suggestion)
    theme = create_theme(db, consultation, name or suggestion.name, by=by, at=at)
    _answer(db, suggestion, Answered.ACCEPTED, theme, by, at)
    return theme


def merge(
    db: Session,
    consultation: Consultation,
    suggestion: Suggestion,
    theme: Theme,
    *,
    by: Person,
    at: datetime,
) -> None:
    """Say that it is a theme we have already. Its marks wait to be confirmed for that one."""
    require_coder(db, consultation, by)
    _still_waiting(suggestion)
    if theme.consultation_id != consultation.id or theme.retired_at is not None:
        raise Conflict("That theme is not in use in this consultation. Choose another.")
    _answer(db, suggestion, Answered.ACCEPTED, theme, by, at)


def refuse(
    db: Session, consultation: Consultation, suggestion: Suggestion, *, by: Person, at: datetime
) -> None:
    """Say no. It stays on record, and the same is not suggested again."""
    require_coder(db, consultation, by)
    _still_waiting(suggestion)
    _answer(db, suggestion, Answered.REFUSED, None, by, at)


def confirm(
    db: Session,
    consultation: Consultation,
    suggestion: Suggestion,
    ids: Sequence[UUID],
    *,
    by: Person,
    at: datetime,
) -> int:
    """Mark the words of these suggested codings as one's own; returns how many were marked."""
    theme_id = _accepted(db, consultation, suggestion, by)
    found = db.exec(_waiting(suggestion).where(col(SuggestedCoding.id).in_(ids))).all()
    marks = [NewCoding(one.answer_id, theme_id, one.start, one.end) for one in found]
    added = code_many(db, consultation, marks, by=by, at=at)
    _answer_codings(db, [one.id for one in found], Answered.ACCEPTED, by, at)
    return added


def dismiss(
    db: Session,
    consultation: Consultation,
    suggestion: Suggestion,
    ids: Sequence[UUID],
    *,
    by: Person,
    at: datetime,
) -> None:
    """Say that these words are not about the theme."""
    _accepted(db, consultation, suggestion, by)
    found = db.exec(_waiting(suggestion).where(col(SuggestedCoding.id).in_(ids))).all()
    _answer_codings(db, [one.id for one in found], Answered.REFUSED, by, at)


def confirm_all(
    db: Session, consultation: Consultation, suggestion: Suggestion, *, by: Person, at: datetime
) -> None:
    """Mark all that still waits as one's own: a job, since it may be a great many."""
    _accepted(db, consultation, suggestion, by)
    jobs.enqueue(
        db, "synthesis.confirm_all", suggestion_id=suggestion.id, by=by.id, at=at.isoformat()
    )


def next_waiting(db: Session, suggestion: Suggestion, limit: int = AT_ONCE) -> list[UUID]:
    """The next suggested codings nobody has answered."""
    waiting = _waiting(suggestion).order_by(col(SuggestedCoding.id)).limit(limit)
    return [one.id for one in db.exec(waiting)]


def handle(
    db: Session, consultation: Consultation, exception_id: UUID, *, by: Person, at: datetime
) -> None:
    """Note that a person has seen to what the machine could not read."""
    require_coder(db, consultation, by)
    one = db.exec(
        select(MachineException)
        .join(MachineRun, col(MachineRun.id) == col(MachineException.run_id))
        .where(MachineException.id == exception_id)
        .where(MachineRun.consultation_id == consultation.id)
    ).first()
    if one is None:
        raise NotFound("That exception is no longer in the list.")
    if one.handled_at is None:
        one.handled_at, one.handled_by = at, by.id
        db.add(one)


def suggestion_by_id(db: Session, consultation: Consultation, suggestion_id: UUID) -> Suggestion:
    """One suggestion in this consultation."""
    found = db.get(Suggestion, suggestion_id)
    if found is None or found.consultation_id != consultation.id:
        raise NotFound("That suggestion is no longer here: a later run has replaced it.")
    return found


def _still_waiting(suggestion: Suggestion) -> None:
    if suggestion.answered != Answered.WAITING:
        raise Conflict(f"This suggestion was {suggestion.answered.value} already.")


def _accepted(db: Session, consultation: Consultation, suggestion: Suggestion, by: Person) -> UUID:
    require_coder(db, consultation, by)
    if suggestion.theme_id is None:
        raise Conflict("Accept the suggestion first, or merge it into a theme.")
    return suggestion.theme_id


def _waiting(suggestion: Suggestion) -> Any:
    return select(SuggestedCoding).where(
        SuggestedCoding.suggestion_id == suggestion.id,
        SuggestedCoding.answered == Answered.WAITING,
    )


def _answer(
    db: Session,
    suggestion: Suggestion,
    said: Answered,
    theme: Theme | None,
    by: Person,
    at: datetime,
) -> None:
    suggestion.answered, suggestion.answered_by, suggestion.answered_at = said, by.id, at
    suggestion.theme_id = theme.id if theme else None
    db.add(suggestion)
    audit.record(
        db, Action.SUGGESTION_ANSWERED, suggestion.id, at=at, by=by.id, answered=said.value
    )


def _answer_codings(
    db: Session, ids: Sequence[UUID], said: Answered, by: Person, at: datetime
) -> None:
    db.execute(
        update(SuggestedCoding)
        .where(col(SuggestedCoding.id).in_(ids))
        .values(answered=said, answered_by=by.id, answered_at=at)
    )
