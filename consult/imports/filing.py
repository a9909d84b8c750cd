"""Reading a file to its end, in batches that are kept whole: what was taken is never taken twice."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from uuid import UUID

from sqlmodel import Session

from consult import audit, consultations, contributions
from consult.audit import Action
from consult.consultations import Consultation, QuestionKind
from consult.contributions import Channel, Incoming
from consult.db import insert_rows, new_id
from consult.errors import Problem
from consult.imports import uploads
from consult.imports.asked import asked
from consult.imports.files import columns_of
from consult.imports.judging import Judged, judged_rows, look_up
from consult.imports.models import FileRow, Run, RunState, SkippedRow
from consult.imports.readers import Meter, RowReader, open_table
from consult.imports.seen import Seen
from consult.imports.wording import incoming
from consult.jobs import OpenDb

BATCH = 1_000  # rows kept in one transaction
KEPT = 10_000  # rows skipped that are listed with their reason; the count is always exact
SHOWN = 50  # of them that a dry run shows
GONE = "The file is no longer kept here. Bring it again: rows that were taken in stay known."
FAULT = "Something went wrong on our side. What was taken in stays; it is tried again by itself."


class NotOurs(Exception):  # noqa: N818 - not an error: somebody else reads on
    """Another worker reads this file."""


@dataclass
class Plan:
    """All that is needed to read on where the run stands."""

    run_id: UUID
    consultation_id: UUID
    sha256: str
    reader: RowReader
    single: frozenset[str]
    done: int


def read_file(open_db: OpenDb, run_id: UUID, *, now: Callable[[], datetime]) -> None:
    """Take a file in, batch by batch, going on where an earlier reading was cut short."""
    with open_db() as db:
        run = db.get(Run, run_id)
        if run is None or run.state not in (RunState.RUNNING, RunState.FAILED):
            return
        plan = plan_of(db, run)
    try:
        _read(open_db, plan, now)
    except NotOurs:
        return
    except Exception as error:
        _fail(open_db, run_id, error, now())
        if not isinstance(error, Problem):
            raise
    else:
        with open_db() as db:
            _finish(db, db.get_one(Run, run_id), at=now())


def plan_of(db: Session, run: Run) -> Plan:
    """What to read, by the columns chosen."""
    consultation = db.get_one(Consultation, run.consultation_id)
    questions = consultations.questions_of(db, consultation)
    single = frozenset(str(one.id) for one in questions if one.kind == QuestionKind.ONE)
    reader = RowReader(columns_of(run), asked(questions))
    return Plan(run.id, consultation.id, run.file_sha256, reader, single, run.done)


def batches(plan: Plan, meter: Meter) -> Iterator[list[Judged]]:
    """The rows not yet dealt with. Those before are read again, to know which rows have had a twin."""
    path = uploads.path_of(plan.sha256)
    if not path.exists():
        raise Problem(GONE)
    rows = judged_rows(open_table(path).rows(meter=meter), plan.reader, Seen())
    for _ in islice(rows, plan.done):
        pass
    while batch := list(islice(rows, BATCH)):
        yield batch


def _read(open_db: OpenDb, plan: Plan, now: Callable[[], datetime]) -> None:
    meter = Meter()
    for batch in batches(plan, meter):
        with open_db() as db:
            keep_batch(db, plan, batch, share=meter.fraction(), at=now())
        plan.done += len(batch)


def keep_batch(
    db: Session, plan: Plan, batch: Sequence[Judged], *, share: float, at: datetime
) -> None:
    """A batch's rows, their provenance, the reasons of those skipped, and the counts: all or nothing."""
    run = db.get_one(Run, plan.run_id, with_for_update=True)
    if run.done != plan.done or run.state not in (RunState.RUNNING, RunState.FAILED):
        raise NotOurs
    look_up(db, plan.consultation_id, batch)
    taken = _take(db, plan, batch, at)
    skipped = [one for one in batch if one.reason]
    _list_skipped(db, run, skipped)
    run.done += len(batch)
    run.taken += taken
    run.skipped += len(skipped)
    run.known += len(batch) - taken - len(skipped)
    run.share, run.state, run.trouble = share, RunState.RUNNING, ""
    db.add(run)


def _take(db: Session, plan: Plan, batch: Sequence[Judged], at: datetime) -> int:
    pairs = [
        (incoming(one.taken, one.key, at, single=plan.single), one)
        for one in batch
        if one.taken is not None and not one.known
    ]
    if not pairs:
        return 0
    consultation = db.get_one(Consultation, plan.consultation_id)
    new = contributions.take(db, consultation, [made for made, _ in pairs], channel=Channel.FILE)
    fresh = set(new)
    rows = [_provenance(plan.run_id, made, one) for made, one in pairs if made.id in fresh]
    insert_rows(db, FileRow, rows)
    return len(rows)


def _provenance(run_id: UUID, made: Incoming, one: Judged) -> dict[str, object]:
    assert one.taken is not None
    return {
        "id": new_id(),
        "contribution_id": made.id,
        "run_id": run_id,
        "row": one.row,
        "reference": one.taken.reference[:200],
        "digest": one.taken.digest,
    }


def _list_skipped(db: Session, run: Run, skipped: Sequence[Judged]) -> None:
    listed = skipped[: max(0, KEPT - run.skipped)]
    rows = [
        {"id": new_id(), "run_id": run.id, "row": one.row, "reason": one.reason[:500]}
        for one in listed
    ]
    insert_rows(db, SkippedRow, rows, unless=["run_id", "row"])


def _finish(db: Session, run: Run, *, at: datetime) -> None:
    run.state, run.finished_at, run.total, run.share = RunState.DONE, at, run.done, 1.0
    db.add(run)
    counts = {"taken": run.taken, "known": run.known, "skipped": run.skipped}
    audit.record(db, Action.IMPORT_FINISHED, run.id, at=at, by=run.by, **counts)


def _fail(open_db: OpenDb, run_id: UUID, error: Exception, at: datetime) -> None:
    with open_db() as db:
        run = db.get_one(Run, run_id)
        run.state, run.finished_at = RunState.FAILED, at
        run.trouble = error.message if isinstance(error, Problem) else FAULT
        db.add(run)
