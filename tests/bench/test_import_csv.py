"""How fast a file of 100,000 rows comes in, with what makes rows known and where they come from."""

import csv
import random
import resource
import time
from pathlib import Path

from consult import imports, jobs
from consult.consultations import Consultation
from consult.db import transaction
from consult.imports import Ground, Provenance, Run, RunState
from tests.conftest import World

ROWS = 100_000
LEAST = 5_000  # rows a second of one core on SQLite, aimed at; less than a fifth of it is a fault
WORDS = [
    "the",
    "bus",
    "nurse",
    "came",
    "late",
    "and",
    "nobody",
    "told",
    "us",
    "why",
    "so",
    "mother",
    "waited",
    "in",
    "cold",
    "rain",
    "for",
    "an",
    "hour",
    "please",
    "keep",
    "weekend",
    "visits",
    "because",
    "carers",
    "need",
    "rest",
    "too",
    "and",
    "thank",
    "you",
]


def write(path: Path, rows: int) -> None:
    chance = random.Random(7)
    with path.open("w", newline="", encoding="utf-8") as file:
        lines = csv.writer(file)
        lines.writerow(["Reference", "Submitted at", "What should change?", "Do you agree?"])
        for number in range(rows):
            words = " ".join(chance.choices(WORDS, k=chance.randint(5, 60)))
            lines.writerow([f"R{number}", "2026-01-05 10:00", words, chance.choice(["Yes", "No"])])


def test_import_csv(world: World, tmp_path: Path) -> None:
    path = tmp_path / "responses.csv"
    write(path, ROWS)
    by = world.person("olu")
    with transaction(world.engine) as db:
        here = db.get_one(Consultation, world.consultation.id)
        with path.open("rb") as file:
            upload = imports.keep("responses.csv", file)
        why = Provenance(ground=Ground.CONSENT)
        run = imports.bring(db, here, upload, why, by=by, at=world.at)
        imports.start(db, here, run, by=by, at=world.at, queue=False)
    for what in ("first", "again"):
        seconds, busy = read(world, run, again=what == "again")
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        database = world.engine.dialect.name
        say = f"{ROWS / seconds:,.0f} rows/s, {ROWS / busy:,.0f} a second of one core"
        print(f"\n{database}, {what}: {say}, {most:.0f} MB at most")
        assert database != "sqlite" or ROWS / busy >= LEAST / 5


def read(world: World, run: Run, *, again: bool) -> tuple[float, float]:
    """(seconds by the clock, seconds of one core)"""
    if again:
        with transaction(world.engine) as db:
            kept = db.get_one(Run, run.id)
            kept.state, kept.done, kept.taken, kept.known = RunState.RUNNING, 0, 0, 0
            db.add(kept)
    start, cpu = time.perf_counter(), time.process_time()
    jobs.run_now(world.engine, "imports.read_file", run_id=run.id)
    seconds = time.perf_counter() - start
    busy = time.process_time() - cpu
    with transaction(world.engine, readonly=True) as db:
        kept = db.get_one(Run, run.id)
        assert (kept.taken, kept.known, kept.skipped) == ((0, ROWS, 0) if again else (ROWS, 0, 0))
    return seconds, busy
