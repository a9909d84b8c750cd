"""The worker with the real engine: running, retrying, keeping time, and being killed."""

import json
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlmodel import Session

from consult import jobs
from consult.db import make_engine, transaction
from consult.errors import Conflict, Unavailable
from consult.jobs import tables, worker
from consult.jobs.alive import PostgresLife, someone_works
from tests.jobs.crashing import BATCHES
from tests.jobs.marks import leave, runs, until

HERE = Path(__file__).parent


@contextmanager
def process(url: str) -> Iterator["subprocess.Popen[str]"]:
    """A worker process, ready to work; killed at the end if it still lives."""
    path = os.pathsep.join([str(HERE), str(HERE.parents[1])])
    worker = subprocess.Popen(
        [sys.executable, HERE / "crashing.py", url],
        env={**os.environ, "PYTHONPATH": path},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "started\n"
        yield worker
    finally:
        worker.kill()
        worker.communicate()


def kill(worker: "subprocess.Popen[str]") -> None:
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()


def mark(db: Session, name: str) -> None:
    leave(db, name)


@pytest.fixture(autouse=True)
def tasks(tasks: dict[str, jobs.Task], monkeypatch: pytest.MonkeyPatch) -> dict[str, jobs.Task]:
    jobs.task("tests.mark")(mark)
    monkeypatch.setattr(worker, "POLL", 0.1)
    return tasks


def start(engine: Engine, task: str, /, **ids: str) -> None:
    with transaction(engine) as db:
        jobs.enqueue(db, task, **ids)


def test_a_worker_runs_what_waited_and_what_comes_and_is_seen_to_work(
    url: str, engine: Engine
) -> None:
    start(engine, "tests.mark", name="before")
    assert jobs.health(engine)["state"] == "no worker"
    with jobs.Worker().start(url):
        assert jobs.health(engine)["state"] == "running"
        start(engine, "tests.mark", name="after")
        assert until(lambda: len(runs(engine)) == 2)
    assert runs(engine) == {"before": 1, "after": 1}
    assert jobs.health(engine) == {"state": "no worker", "waiting": 0, "failed": 0}


def test_a_delayed_job_runs_when_its_time_has_come(url: str, engine: Engine) -> None:
    with transaction(engine) as db:
        jobs.enqueue(db, "tests.mark", delay=1, name="later")
    with jobs.Worker().start(url):
        assert until(lambda: runs(engine) == {"later": 1})


def test_a_failing_job_is_tried_again_then_given_up_and_reported_without_words(
    url: str, engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    tried: list[float] = []

    @jobs.task("tests.fails", retry=(0.1, 0.1))
    def fails(db: Session, name: str) -> None:
        tried.append(time.monotonic())
        raise Unavailable("Pat's secret words")

    caplog.set_level(logging.INFO, "consult.jobs")
    start(engine, "tests.fails", name="id-1")
    with jobs.Worker().start(url):
        assert until(lambda: jobs.health(engine)["failed"] == 1)
        assert len(tried) == 3
    (given_up,) = jobs.failed(engine)
    assert (given_up.task, given_up.error, given_up.ids) == (
        "tests.fails",
        "Unavailable",
        {"name": "id-1"},
    )
    assert "secret" not in caplog.text
    events = [json.loads(line.message) for line in caplog.records if line.name == "consult.jobs"]
    assert [one["attempt"] for one in events if one["event"] == "job.failed"] == [1, 2, 3]


def test_a_job_that_fails_once_is_done_the_second_time(url: str, engine: Engine) -> None:
    @jobs.task("tests.flaky", retry=(0.1,))
    def flaky(db: Session, name: str) -> None:
        leave(db, "undone by the failure")
        if tries.pop():
            raise Unavailable("The mail server is away.")
        leave(db, name)

    tries = [False, True]
    start(engine, "tests.flaky", name="done")
    with jobs.Worker().start(url):
        assert until(lambda: "done" in runs(engine))
    assert runs(engine) == {"undone by the failure": 1, "done": 1}
    assert jobs.failed(engine) == []


def test_a_job_that_was_given_up_can_be_tried_again(url: str, engine: Engine) -> None:
    @jobs.task("tests.broken", retry=())
    def broken(db: Session, name: str) -> None:
        if not mended:
            raise ZeroDivisionError
        leave(db, name)

    mended: list[bool] = []
    start(engine, "tests.broken", name="mended")
    with jobs.Worker().start(url):
        assert until(lambda: jobs.health(engine)["failed"] == 1)
        mended.append(True)
        jobs.try_again(engine, jobs.failed(engine)[0].job)
        assert until(lambda: runs(engine) == {"mended": 1})
    assert jobs.health(engine)["failed"] == 0


def test_trying_again_what_did_not_fail_is_refused_in_a_sentence(engine: Engine) -> None:
    with pytest.raises(Conflict, match="not among those that failed"):
        jobs.try_again(engine, "no such job")


def test_a_job_no_task_answers_to_fails_where_it_is_seen(url: str, engine: Engine) -> None:
    start(engine, "tests.gone", name="x")
    with jobs.Worker().start(url):
        assert until(lambda: jobs.health(engine)["failed"] == 1)
    assert jobs.failed(engine)[0].task == "tests.gone"


def test_a_task_runs_by_the_clock(url: str, engine: Engine) -> None:
    @jobs.task("tests.tick", every=1)
    def tick(db: Session) -> None:
        leave(db, "tick")

    with jobs.Worker().start(url):
        assert until(lambda: runs(engine).get("tick", 0) >= 2)


def test_a_worker_that_stops_leaves_a_long_job_to_the_next(url: str, engine: Engine) -> None:
    begun, done = threading.Event(), threading.Event()

    @jobs.task("tests.long", transaction=False)
    def long(open_db: Callable[[], AbstractContextManager[Session]]) -> None:
        begun.set()
        while not done.is_set():
            with open_db() as db:
                leave(db, "batch")
            time.sleep(0.02)

    start(engine, "tests.long")
    with jobs.Worker().start(url):
        assert begun.wait(20)
    assert jobs.health(engine) == {"state": "no worker", "waiting": 1, "failed": 0}
    done.set()
    with jobs.Worker().start(url, sweep=0.5):
        assert until(lambda: jobs.health(engine)["waiting"] == 0)
    assert jobs.health(engine)["failed"] == 0


def test_after_kill_9_a_long_job_goes_on_where_it_was(url: str, engine: Engine) -> None:
    with process(url) as killed:
        start(engine, "tests.batches", name="row")
        assert until(lambda: len(runs(engine)) >= 2)
        kill(killed)
    left = len(runs(engine))
    assert 2 <= left < BATCHES
    with process(url):
        assert until(lambda: jobs.health(engine)["waiting"] == 0)
    assert runs(engine) == {f"row {number}": 1 for number in range(BATCHES)}


def test_after_kill_9_a_transaction_cut_short_is_done_once(url: str, engine: Engine) -> None:
    with process(url) as killed:
        start(engine, "tests.whole", name="row")
        assert killed.stdout is not None
        assert killed.stdout.readline() == "written row\n"
        kill(killed)
    assert runs(engine) == {}
    with process(url):
        assert until(lambda: jobs.health(engine)["waiting"] == 0)
    assert runs(engine) == {"row": 1}
    assert jobs.health(engine)["failed"] == 0


def test_on_sqlite_a_second_worker_is_refused_until_the_first_is_gone(
    tmp_path: Path, sqlite_template: Path
) -> None:
    path = tmp_path / "one.db"
    path.write_bytes(sqlite_template.read_bytes())
    url = f"sqlite:///{path}"
    with process(url) as first:
        with pytest.raises(Conflict, match="Another process already works"):
            jobs.Worker().start(url)
        kill(first)
        with jobs.Worker().start(url):
            pass


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_on_postgresql_a_living_worker_takes_up_what_a_killed_one_left(
    url: str, engine: Engine
) -> None:
    with process(url) as one, process(url) as other:
        start(engine, "tests.batches", name="row")
        assert until(lambda: len(runs(engine)) >= 2)
        kill(one if f"-{one.pid}-" in executor(engine) else other)
        assert len(runs(engine)) < BATCHES
        assert until(lambda: jobs.health(engine)["waiting"] == 0)
    assert runs(engine) == {f"row {number}": 1 for number in range(BATCHES)}


def executor(engine: Engine) -> str:
    """Which worker has the one job."""
    with engine.connect() as connection:
        return str(
            connection.execute(select(tables.statuses(connection).c.executor_id)).scalar_one()
        )


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_on_postgresql_a_living_workers_jobs_are_left_alone(url: str, engine: Engine) -> None:
    one, other = PostgresLife(engine, "one"), PostgresLife(engine, "other")
    one.hold()
    with other.dead("one") as dead:
        assert dead is False
    one.release()
    with other.dead("one") as dead:
        assert dead is True
    assert someone_works(engine) is False


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_on_postgresql_a_lost_lock_is_noticed_and_taken_again(url: str, engine: Engine) -> None:
    life = PostgresLife(engine, "one")
    life.hold()
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE objsubid = 2"
        )
    assert life.still() is False
    assert life.still() is True
    assert someone_works(engine) is True
    life.release()


def test_one_process_has_one_worker(url: str) -> None:
    with jobs.Worker().start(url), pytest.raises(RuntimeError, match="a worker already"):
        jobs.Worker().start(url)


def test_the_work_command_ends_when_it_is_told_to(url: str, engine: Engine) -> None:
    command = f"from consult.work import work; work({url!r})"
    path = {**os.environ, "PYTHONPATH": str(HERE.parents[1])}
    told = subprocess.Popen([sys.executable, "-W", "error", "-c", command], env=path)
    assert until(lambda: jobs.health(engine)["state"] == "running")
    time.sleep(0.5)
    told.send_signal(signal.SIGTERM)
    assert told.wait(15) == 0
    assert jobs.health(engine)["state"] == "no worker"


def test_health_of_a_database_without_the_engines_tables_says_so(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path / 'bare.db'}")
    assert jobs.health(engine)["state"] == "not set up"
    engine.dispose()
