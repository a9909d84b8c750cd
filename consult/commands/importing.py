"""Taking responses in from a file."""

import json
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import Progress
from sqlalchemy import Engine

from consult import consultations, identity, imports, jobs, work
from consult.commands.place import Data, database, settle
from consult.db import transaction
from consult.errors import Problem
from consult.imports import Ground, Provenance, Run, RunState, Trial

Pairs = Annotated[
    list[str] | None,
    typer.Option(
        "--map",
        help="COLUMN=QUESTION, as often as needed. QUESTION is a question's number, title or id, or one of "
        "received_at, reference, name, email, consent, connection, area, language; nothing for a column "
        "that is not to be read. Columns not named keep their guess.",
    ),
]


@dataclass
class Result:
    """What came of a file, as the last line of `--json` says it."""

    taken: int
    known: int
    skipped: list[dict[str, Any]]
    total_skipped: int

    def as_dict(self) -> dict[str, Any]:
        return {"taken": self.taken, "known": self.known, "skipped": self.skipped}


def import_(
    file: Annotated[
        Path, typer.Argument(help="CSV, TSV, JSON lines or XLSX, told by its content.")
    ],
    consultation: Annotated[str, typer.Option("--consultation", help="The consultation's slug.")],
    ground: Annotated[
        str,
        typer.Option(
            "--ground",
            help="On what ground the responses are held: "
            + ", ".join(one.value for one in Ground)
            + ", or your own words.",
        ),
    ],
    pairs: Pairs = None,
    came_from: Annotated[str, typer.Option("--came-from", help="Where the file comes from.")] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would come of it; take nothing in.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="The result as JSON, on the last line.")
    ] = False,
    data: Data = None,
) -> None:
    """Take responses in from a file. The same file twice changes nothing."""
    engine = database(settle(data))
    work.load_tasks()
    try:
        result = _import(engine, file, consultation, _why(ground, came_from), pairs, dry_run)
    except Problem as problem:
        typer.echo(problem.message, err=True)
        raise typer.Exit(1) from None
    finally:
        engine.dispose()
    _tell(result, dry_run=dry_run, as_json=as_json)


def _why(ground: str, came_from: str) -> Provenance:
    """One of the four grounds where it is meant, else the words as they were given."""
    said = ground.strip()
    level = said.casefold().replace(" ", "_").replace("-", "_")
    known = next((one for one in Ground if one.value == level), None)
    words = "" if known else said
    return Provenance(ground=known, ground_words=words[:500], came_from=came_from[:300])


def _import(
    engine: Engine,
    file: Path,
    slug: str,
    why: Provenance,
    pairs: list[str] | None,
    dry_run: bool,
) -> Result:
    upload = _kept(file)
    try:
        run = _prepared(engine, upload, slug, why, _pairs(pairs or []), dry_run)
        return _tried(engine, run) if dry_run else _taken(engine, run)
    finally:
        _forget_unless_needed(engine, upload)


def _kept(file: Path) -> imports.Upload:
    try:
        with file.open("rb") as content:
            return imports.keep(file.name, content)
    except OSError as wrong:
        raise Problem(f"{file} cannot be read: {wrong.strerror}.") from wrong


def _pairs(given: list[str]) -> dict[str, str]:
    """Split at the last `=`, for headings may hold one."""
    for one in given:
        if "=" not in one:
            raise Problem(f"--map “{one}” has no =. Write it as COLUMN=QUESTION.")
    return {column: target for column, _, target in (one.rpartition("=") for one in given)}


def _prepared(
    engine: Engine,
    upload: imports.Upload,
    slug: str,
    why: Provenance,
    pairs: dict[str, str],
    dry_run: bool,
) -> Run:
    """The run, ready to be read; nothing of a dry run is kept."""
    at = datetime.now(UTC)
    run: Run | None = None
    try:
        with transaction(engine) as db:
            here = consultations.by_slug(db, slug)
            by = identity.operator(db, here.organisation_id, at=at)
            run = imports.bring(db, here, upload, why, by=by, at=at)
            targets = imports.targets_by_name(pairs, consultations.questions_of(db, here))
            imports.correct(db, here, run, targets, by=by)
            _stop_if(dry_run)
            imports.start(db, here, run, by=by, at=at, queue=False)
    except _DryRun:
        pass
    assert run is not None
    return run


class _DryRun(Exception):  # noqa: N818 - not an error: it undoes what a dry run needed to look at
    """Nothing is to be kept."""


def _stop_if(dry_run: bool) -> None:
    if dry_run:
        raise _DryRun


def _tried(engine: Engine, run: Run) -> Result:
    readonly = partial(transaction, engine, readonly=True)
    with readonly() as db:
        plan = imports.plan_of(db, run)
    trial = Trial()
    with _bar("Trying out") as bar:
        for now in imports.found(readonly, plan, trial, most=10_000):
            bar(now.share)
    return Result(trial.taken, trial.known, _rows(trial.reasons), trial.skipped)


def _taken(engine: Engine, run: Run) -> Result:
    with _watched(engine, run):
        jobs.run_now(engine, "imports.read_file", run_id=run.id)
    with transaction(engine, readonly=True) as db:
        kept = db.get_one(Run, run.id)
        if kept.state == RunState.FAILED:
            raise Problem(f"{kept.trouble} Taken in before that: {kept.taken:,}.")
        reasons = [(one.row, one.reason) for one in imports.skipped_rows(db, kept)]
        return Result(kept.taken, kept.known, _rows(reasons), kept.skipped)


def _rows(reasons: list[tuple[int, str]]) -> list[dict[str, Any]]:
    return [{"row": row, "reason": reason} for row, reason in reasons]


@contextmanager
def _bar(what: str) -> Iterator[Any]:
    """A progress bar on a terminal; nothing where the output is read by a program."""
    console = Console(stderr=True)
    with Progress(console=console, disable=not sys.stderr.isatty(), transient=True) as progress:
        task = progress.add_task(what, total=1.0)
        yield lambda share: progress.update(task, completed=share)


@contextmanager
def _watched(engine: Engine, run: Run) -> Iterator[None]:
    """A bar that looks at how far the run is, as the page does."""
    over = threading.Event()

    def look() -> None:
        while not over.wait(0.3):
            with transaction(engine, readonly=True) as db:
                bar(db.get_one(Run, run.id).share)

    with _bar("Taking in") as bar:
        looking = threading.Thread(target=look, daemon=True)
        if sys.stderr.isatty():
            looking.start()
        try:
            yield
        finally:
            over.set()
            if looking.ident:
                looking.join()


def _forget_unless_needed(engine: Engine, upload: imports.Upload) -> None:
    with transaction(engine, readonly=True) as db:
        needed = imports.is_needed(db, upload.sha256)
    if not needed:
        imports.forget(upload.sha256)


def _tell(result: Result, *, dry_run: bool, as_json: bool) -> None:
    would = "would be " if dry_run else ""
    taken = f"{result.taken:,} {would}taken in"
    line = f"{taken}, {result.known:,} known already, {result.total_skipped:,} {would}skipped."
    if as_json:
        typer.echo(line, err=True)
        typer.echo(json.dumps(result.as_dict(), ensure_ascii=False))
        return
    typer.echo(line)
    for one in result.skipped[:20]:
        typer.echo(f"  row {one['row']}: {one['reason']}")
    if result.total_skipped > 20:
        typer.echo(f"  … and {result.total_skipped - 20:,} more; --json lists them.")
