"""What tests of imports do again and again."""

from io import BytesIO
from typing import Any

from sqlmodel import col, select

from consult import consultations, imports
from consult.contributions import Answer, Contribution
from consult.db import transaction
from consult.imports import Ground, Provenance, Run
from tests.conftest import World

HEAD = "Reference,What should change?,Do you agree?\n"


def bring(world: World, content: str | bytes, name: str = "responses.csv", **why: Any) -> Run:
    """A file, brought by Olu."""
    raw = content.encode() if isinstance(content, str) else content
    with transaction(world.engine) as db:
        here = consultations.by_slug(db, world.consultation.slug)
        upload = imports.keep(name, BytesIO(raw))
        new = Provenance(**({"ground": Ground.PUBLIC_TASK} | why))
        return imports.bring(db, here, upload, new, by=world.person("olu"), at=world.at)


def start(world: World, run: Run) -> None:
    with transaction(world.engine) as db:
        here = consultations.by_slug(db, world.consultation.slug)
        mine = imports.file_run(db, here, run.id)
        imports.start(db, here, mine, by=world.person("olu"), at=world.at)


def run_of(world: World, run: Run) -> Run:
    with transaction(world.engine, readonly=True) as db:
        return db.get_one(Run, run.id)


def numbers(run: Run) -> tuple[int, int, int]:
    """(taken, known, skipped)"""
    return run.taken, run.known, run.skipped


def reasons(world: World, run: Run) -> list[tuple[int, str]]:
    with transaction(world.engine, readonly=True) as db:
        return [(one.row, one.reason) for one in imports.skipped_rows(db, run)]


def kept(world: World) -> list[Contribution]:
    with transaction(world.engine, readonly=True) as db:
        return list(db.exec(select(Contribution).order_by(col(Contribution.id))).all())


def words(world: World) -> list[str]:
    with transaction(world.engine, readonly=True) as db:
        return list(db.exec(select(Answer.text).where(Answer.text != "").order_by(Answer.id)).all())


def counts(world: World) -> dict[str, int]:
    with transaction(world.engine, readonly=True) as db:
        return consultations.counts(db, world.consultation.id)
