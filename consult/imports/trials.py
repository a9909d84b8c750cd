"""Dry runs: what would come of a file, without taking anything in."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from uuid import UUID

from sqlmodel import Session

from consult.errors import Problem
from consult.imports.filing import SHOWN, Plan, batches, plan_of
from consult.imports.judging import Judged, look_up
from consult.imports.models import Run, RunState
from consult.imports.readers import Meter
from consult.jobs import OpenDb


@dataclass
class Trial:
    """What a dry run has found so far. `reasons` are the first rows skipped, (row, reason)."""

    state: str = "running"
    rows: int = 0
    taken: int = 0
    known: int = 0
    skipped: int = 0
    share: float = 0.0
    trouble: str = ""
    reasons: list[tuple[int, str]] = field(default_factory=list)

    def add(self, batch: Sequence[Judged], most: int) -> None:
        skipped = [(one.row, one.reason) for one in batch if one.reason]
        self.rows += len(batch)
        self.skipped += len(skipped)
        self.known += sum(one.known for one in batch)
        self.taken = self.rows - self.skipped - self.known
        self.reasons += skipped[: max(0, most - len(self.reasons))]


def try_file(open_db: OpenDb, run_id: UUID) -> None:
    """Read the whole file and keep only what was found. Tried again from the start when cut short."""
    with open_db() as db:
        run = db.get(Run, run_id)
        if run is None or run.state != RunState.WAITING or not run.trial:
            return
        plan, mapping = plan_of(db, run), run.mapping
    trial = Trial()
    try:
        for _ in found(open_db, plan, trial, most=SHOWN):
            if not _note(open_db, run_id, mapping, trial):
                return  # the columns were changed meanwhile, so this would say what no longer holds
        trial.state, trial.share = "done", 1.0
    except Problem as problem:
        trial.state, trial.trouble = "failed", problem.message
    _note(open_db, run_id, mapping, trial)


def found(open_db: OpenDb, plan: Plan, trial: Trial, *, most: int) -> Iterator[Trial]:
    """Read on batch by batch, adding to the trial; yields after each."""
    meter = Meter()
    for batch in batches(plan, meter):
        with open_db() as db:
            look_up(db, plan.consultation_id, batch)
        trial.add(batch, most)
        trial.share = meter.fraction()
        yield trial


def _note(open_db: OpenDb, run_id: UUID, mapping: object, trial: Trial) -> bool:
    with open_db() as db:
        run = _locked(db, run_id)
        if run is None or run.state != RunState.WAITING or run.mapping != mapping:
            return False
        run.trial = asdict(trial)
        db.add(run)
        return True


def _locked(db: Session, run_id: UUID) -> Run | None:
    return db.get(Run, run_id, with_for_update=True)
