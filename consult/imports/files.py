"""Bringing a file: what it is, which column holds what, a dry run, and the start of the import."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field
from sqlmodel import Session, col, select

from consult import audit, consultations, jobs
from consult.audit import Action
from consult.consultations import Consultation
from consult.errors import Conflict, Invalid, NotFound, require
from consult.identity import Person, roles_in
from consult.imports import rules, uploads
from consult.imports.asked import asked
from consult.imports.models import Ground, Run, RunState
from consult.imports.readers import Table, as_data, corrected, from_data, guess_mapping, open_table
from consult.imports.readers.shapes import QUESTION, Special
from consult.imports.readers.shapes import Mapping as Columns
from consult.imports.uploads import Upload

DRAFT = "Open the consultation first: while it is a draft, its questions can still change."
SAMPLE = 200  # rows that the guess of columns looks at


class Provenance(BaseModel):
    """Where a file came from, and on what ground it may be held: asked of everyone who brings one."""

    ground: Ground | None = None
    ground_words: str = Field(default="", max_length=500)
    came_from: str = Field(default="", max_length=300)


def bring(
    db: Session,
    consultation: Consultation,
    upload: Upload,
    new: Provenance,
    *,
    by: Person,
    at: datetime,
) -> Run:
    """Begin an import: look into the file and guess its columns. Nothing is taken in yet.

    Raises Invalid with a sentence where the file is no table.
    """
    _may(db, consultation, by)
    if new.ground is None and not new.ground_words.strip():
        raise Invalid("Say on what ground these responses were collected.")
    table = open_table(upload.path)
    questions = asked(consultations.questions_of(db, consultation))
    run = Run(
        consultation_id=consultation.id,
        by=by.id,
        created_at=at,
        file_name=upload.name,
        file_size=upload.size,
        file_sha256=upload.sha256,
        file_format=_format(table),
        mapping=_as_before(db, consultation, table)
        or as_data(guess_mapping(table.columns, table.sample(SAMPLE), questions)),
        **new.model_dump(),
    )
    db.add(run)
    db.flush()
    return run


def _as_before(db: Session, consultation: Consultation, table: Table) -> dict[str, Any] | None:
    """The columns chosen for the last file with the same headings: a later one of a series reads alike.

    Were one read by its references and the next by its words, people in both would count twice.
    """
    earlier = db.exec(
        select(Run)
        .where(Run.consultation_id == consultation.id)
        .where(col(Run.source_id).is_(None))
        .where(Run.taken > 0)
        .order_by(col(Run.id).desc())
        .limit(20)
    )
    for run in earlier:
        columns = columns_of(run)
        if {*columns.targets, *columns.unmapped_columns} == set(table.columns):
            note = (
                f"The columns are those chosen for “{run.file_name}”, which has the same headings."
            )
            return run.mapping | {"notes": [note]}
    return None


def _format(table: Table) -> str:
    return f"{table.format}, {table.encoding}" if table.encoding != "Excel" else table.format


def columns_of(run: Run) -> Columns:
    """Which column of the run's file holds what."""
    return from_data(run.mapping)


def correct(
    db: Session,
    consultation: Consultation,
    run: Run,
    targets: Mapping[str, str],
    *,
    day_first: bool | None = None,
    by: Person,
) -> Columns:
    """Say which column holds what; an empty target is a column not to be read. An old dry run no longer holds."""
    _may(db, consultation, by)
    _still_waiting(run)
    questions = asked(consultations.questions_of(db, consultation))
    before = columns_of(run)
    made = corrected(before, targets, questions)
    _no_question_twice_over(made)
    data = as_data(made) | {"day_first": before.day_first if day_first is None else day_first}
    if data != run.mapping:
        run.mapping, run.trial = data, {}
        db.add(run)
    return from_data(data)


def _no_question_twice_over(columns: Columns) -> None:
    for special in (Special.CONSENT, Special.SUBMITTED_AT, Special.REFERENCE):
        given = columns.columns_for(special)
        if len(given) > 1 and special != Special.REFERENCE:
            named = ", ".join(f"“{name}”" for name in given)
            raise Invalid(f"Only one column can hold {_SPOKEN[special]}; you chose {named}.")


_SPOKEN = {Special.CONSENT: "the consent", Special.SUBMITTED_AT: "the time of sending"}


def try_out(db: Session, consultation: Consultation, run: Run, *, by: Person) -> None:
    """Have the whole file read without taking anything in, to see what would come of it."""
    _may(db, consultation, by)
    _still_waiting(run)
    _reads_something(run)
    run.trial = {"state": "running", "rows": 0, "share": 0.0}
    db.add(run)
    jobs.enqueue(db, "imports.try_file", run_id=run.id)


def start(
    db: Session,
    consultation: Consultation,
    run: Run,
    *,
    by: Person,
    at: datetime,
    queue: bool = True,
) -> None:
    """Take the file in. What has been taken in stays; the file itself is kept beside it."""
    _may(db, consultation, by)
    if not rules.can_take(consultation):
        raise Conflict(DRAFT)
    if run.state not in (RunState.WAITING, RunState.FAILED):
        raise Conflict("This file is being read already, or has been.")
    _reads_something(run)
    _same_columns_as_before(db, run)
    run.state, run.started_at, run.trouble = RunState.RUNNING, run.started_at or at, ""
    db.add(run)
    audit.record(
        db, Action.IMPORT_STARTED, run.id, at=at, by=by.id, file=run.file_sha256, size=run.file_size
    )
    if queue:
        jobs.enqueue(db, "imports.read_file", run_id=run.id)


def discard(db: Session, consultation: Consultation, run: Run, *, by: Person) -> None:
    """Throw away a file of which nothing was taken in."""
    _may(db, consultation, by)
    _still_waiting(run)
    db.delete(run)
    db.flush()
    if not is_needed(db, run.file_sha256):
        uploads.forget(run.file_sha256)


def is_needed(db: Session, sha256: str) -> bool:
    """Whether a run still has to do with this file."""
    return db.exec(select(Run.id).where(Run.file_sha256 == sha256).limit(1)).first() is not None


def file_run(db: Session, consultation: Consultation, run_id: UUID) -> Run:
    """A run of a file in this consultation."""
    run = db.get(Run, run_id)
    if run is None or run.consultation_id != consultation.id or run.source_id is not None:
        raise NotFound("There is no such file here. It may have been thrown away.")
    return run


def _may(db: Session, consultation: Consultation, by: Person) -> None:
    require(rules.may_import(roles_in(db, by, consultation.organisation_id)))


def _still_waiting(run: Run) -> None:
    if run.state != RunState.WAITING:
        raise Conflict("This file is being read already, or has been, so nothing of it can change.")


def _reads_something(run: Run) -> None:
    if not any(guess.target.startswith(QUESTION) for guess in columns_of(run).guesses):
        raise Invalid("Choose at least one column that answers a question: nothing would be read.")


def _same_columns_as_before(db: Session, run: Run) -> None:
    """The key of a row without a reference is made of what is read of it, so other columns, other keys."""
    before = db.exec(
        select(Run)
        .where(Run.consultation_id == run.consultation_id)
        .where(Run.file_sha256 == run.file_sha256)
        .where(Run.id != run.id)
        .where(Run.taken > 0)
        .order_by(col(Run.created_at))
    ).first()
    if before is None or _keys(before.mapping) == _keys(run.mapping):
        return
    raise Conflict(
        "This very file was taken in before with other columns. Reading it again in another way "
        "would count everyone twice, so choose the same columns, or leave it."
    )


def _keys(mapping: Mapping[str, Any]) -> dict[str, str]:
    """What makes rows known again."""
    return from_data(mapping).targets
