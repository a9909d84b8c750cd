"""kill -9 in the middle of an import: the next worker goes on, and nothing is lost or doubled."""

import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlmodel import col, func, select

from consult.contributions import Contribution
from consult.db import transaction
from consult.imports import FileRow, Post, RunState
from consult.settings import Settings
from tests.conftest import World
from tests.imports.crashing import BATCH
from tests.imports.servers import MastodonServer
from tests.imports.test_following_hashtags import follow, source_of
from tests.imports.world import bring, counts, numbers, run_of, start

ROOT = Path(__file__).parents[2]
POSTS, ROWS = 35, 600


@contextmanager
def worker(settings: Settings) -> Iterator[None]:
    """A worker that ends by kill -9."""
    command = [sys.executable, "-m", "tests.imports.crashing", str(settings.data)]
    made = subprocess.Popen(
        [*command, settings.database_url],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert made.stdout is not None
        assert made.stdout.readline() == "started\n"
        yield
    finally:
        made.kill()
        made.communicate()


def until(condition: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "It did not come to that in time."
        time.sleep(0.05)


def how_many(world: World, table: type) -> int:
    with transaction(world.engine, readonly=True) as db:
        return db.exec(select(func.count()).select_from(table)).one()


def test_a_file_is_read_on_between_two_batches(world: World, settings: Settings) -> None:
    lines = [f"Idea {n % 400}" for n in range(ROWS)]  # so 200 of them come twice
    run = bring(world, "What should change?\n" + "\n".join(lines) + "\n")
    start(world, run)
    for most in (BATCH, 5 * BATCH):
        with worker(settings):
            until(lambda most=most: run_of(world, run).done >= most)  # type: ignore[misc]
    assert run_of(world, run).state == RunState.RUNNING
    with worker(settings):
        until(lambda: run_of(world, run).state == RunState.DONE)
    assert numbers(run_of(world, run)) == (ROWS, 0, 0)
    with transaction(world.engine, readonly=True) as db:
        said = Counter(db.exec(select(Contribution.summary)).all())
        rows = list(db.exec(select(FileRow.row).order_by(col(FileRow.row))).all())
    assert said == Counter(lines)
    assert rows == list(range(2, ROWS + 2))
    assert counts(world)["received:response"] == ROWS


def test_a_hashtag_is_read_on_between_two_pages(
    world: World, settings: Settings, mastodon: MastodonServer
) -> None:
    tag = f"Killed{settings.url[:6].title()}Tag".replace(":", "").replace("+", "")
    written = {mastodon.post(f"Post {n} #{tag}")["uri"] for n in range(POSTS)}
    source = follow(world, mastodon.url, tag)
    for most in (5, 15):
        with worker(settings):
            until(lambda most=most: how_many(world, Post) >= most)  # type: ignore[misc]
    assert how_many(world, Post) < POSTS
    with worker(settings):
        until(lambda: source_of(world, source).walked_back)
    with transaction(world.engine, readonly=True) as db:
        uids = list(db.exec(select(Post.uid)).all())
    assert len(uids) == POSTS
    assert set(uids) == written
    assert how_many(world, Contribution) == counts(world)["received:post"] == POSTS
