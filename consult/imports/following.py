"""Reading a hashtag page by page: a page's posts and its cursors are kept in one transaction."""

import random
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session, col, select

from consult import jobs
from consult.consultations import Consultation
from consult.imports.models import Run, RunState, Source, SourceState
from consult.imports.posts import keep_posts
from consult.imports.readers import Hashtag, Trouble
from consult.imports.readers.shapes import Cursors, Page
from consult.imports.sources import fetcher
from consult.jobs import OpenDb
from consult.secrecy import seal

PAGE = 40  # posts asked for at a time, the most that servers give
PAUSE = 0.5  # seconds between two pages of one server
EVERY = timedelta(minutes=5)  # between two readings of a hashtag
JITTER = 20  # seconds over which readings that fall due together are spread
LEASE = timedelta(minutes=15)  # after which a reading that was cut short is due again


class NotOurs(Exception):  # noqa: N818 - not an error: somebody else reads on
    """Another worker reads this hashtag, or a person has paused it."""


def enqueue_due(db: Session, *, at: datetime) -> int:
    """Have every hashtag read that is due; returns how many."""
    due = db.exec(
        select(Source)
        .where(Source.state == SourceState.ON)
        .where(col(Source.next_run_at) <= at)
        .order_by(col(Source.next_run_at))
        .limit(200)
        .with_for_update(skip_locked=True)
    ).all()
    for source in due:
        source.next_run_at = at + LEASE
        db.add(source)
        delay = random.uniform(0, JITTER)
        jobs.enqueue(db, "imports.read_source", delay=delay, source_id=source.id)
    return len(due)


def read_source(open_db: OpenDb, source_id: UUID, *, now: Callable[[], datetime]) -> None:
    """Read on where the kept cursors stand, until nothing more waits or the server asks for patience."""
    with open_db() as db:
        source = db.get(Source, source_id)
        if source is None or source.state == SourceState.PAUSED:
            return
        server, tag, since = source.server, source.hashtag, source.from_date
        token = seal().open(source.token) if source.token else ""
        cursors = cursors_of(source)
    with fetcher() as asking:
        reader = Hashtag(asking, server, tag, token=token, since=since, limit=PAGE)
        try:
            _walk(open_db, source_id, reader, cursors, now)
        except Trouble as trouble:
            _note_trouble(open_db, source_id, trouble, now())
        except NotOurs:
            return


def cursors_of(source: Source) -> Cursors:
    """Where reading stands. Nothing is kept before the first page that has posts."""
    return Cursors(
        forward=source.forward_cursor or "",
        back=source.backward_cursor or "",
        started=source.forward_cursor is not None,
    )


def _walk(
    open_db: OpenDb,
    source_id: UUID,
    reader: Hashtag,
    cursors: Cursors,
    now: Callable[[], datetime],
) -> None:
    while True:
        page = reader.pages(cursors)
        with open_db() as db:
            keep_page(db, source_id, cursors, page, at=now())
        cursors = page.cursors
        if not page.more or page.come_back_at:
            return
        time.sleep(PAUSE)


def keep_page(db: Session, source_id: UUID, before: Cursors, page: Page, *, at: datetime) -> None:
    """One page: its posts, what came of them, and the way on. A reading that was overtaken keeps nothing."""
    source = db.get_one(Source, source_id, with_for_update=True)
    if source.state == SourceState.PAUSED or cursors_of(source) != before:
        raise NotOurs
    run = _run_of(db, source, at) if page.items or page.left_out else None
    if run is not None:
        consultation = db.get_one(Consultation, source.consultation_id)
        kept = keep_posts(db, consultation, source, page.items, run_id=run.id, at=at)
        run.taken += kept.taken
        run.known += kept.known
        run.skipped += len(page.left_out)
        run.done += len(page.items) + len(page.left_out)
    _move(source, page, at)
    if not page.more:
        _end_run(db, source, at)
    db.add(source)


def _move(source: Source, page: Page, at: datetime) -> None:
    if page.cursors.started:
        source.forward_cursor = page.cursors.forward
        source.backward_cursor = page.cursors.back or None
        source.walked_back = not page.cursors.back
    source.last_run_at, source.trouble = at, ""
    if page.come_back_at:
        source.next_run_at = page.come_back_at
    elif not page.more:
        source.next_run_at = at + EVERY
    else:
        source.next_run_at = at + LEASE


def _run_of(db: Session, source: Source, at: datetime) -> Run:
    """The run that is on, or a new one: readings that find nothing leave none behind."""
    run = _open_run(db, source)
    if run is None:
        run = Run(
            consultation_id=source.consultation_id,
            source_id=source.id,
            state=RunState.RUNNING,
            ground=source.ground,
            created_at=at,
            started_at=at,
        )
        db.add(run)
        db.flush()
    return run


def _open_run(db: Session, source: Source) -> Run | None:
    return db.exec(
        select(Run)
        .where(Run.source_id == source.id)
        .where(Run.state == RunState.RUNNING)
        .order_by(col(Run.id).desc())
        .limit(1)
    ).first()


def _end_run(db: Session, source: Source, at: datetime) -> None:
    run = _open_run(db, source)
    if run is None:
        return
    run.state, run.finished_at = RunState.DONE, at
    if run.taken == 0 and run.skipped == 0:
        db.delete(run)  # a page met again on the way forward is no news
    else:
        db.add(run)


def _note_trouble(open_db: OpenDb, source_id: UUID, trouble: Trouble, at: datetime) -> None:
    """Say it where people see it; what waiting does not mend waits for a person."""
    with open_db() as db:
        source = db.get_one(Source, source_id)
        source.trouble, source.last_run_at = trouble.message, at
        source.next_run_at = None if trouble.final else trouble.retry_at or at + EVERY
        if trouble.final:
            source.state = SourceState.PAUSED
        db.add(source)
