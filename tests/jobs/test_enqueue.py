"""Starting jobs and running them in line: what the caller's transaction decides."""

from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from consult import jobs
from consult.db import transaction
from consult.jobs import registry
from tests.jobs.marks import leave, runs


@pytest.fixture(autouse=True)
def mark(tasks: dict[str, jobs.Task]) -> None:
    @jobs.task("tests.mark")
    def mark(db: Session, name: str) -> None:
        leave(db, name)


def test_what_a_rolled_back_transaction_enqueued_never_runs(engine: Engine) -> None:
    with suppress(ZeroDivisionError), transaction(engine) as db:
        jobs.enqueue(db, "tests.mark", name="undone")
        raise ZeroDivisionError
    assert jobs.drain(engine) == 0
    assert runs(engine) == {}


def test_what_a_kept_transaction_enqueued_runs_once(engine: Engine) -> None:
    with transaction(engine) as db:
        jobs.enqueue(db, "tests.mark", name="kept")
    assert jobs.drain(engine) == 1
    assert jobs.drain(engine) == 0
    assert runs(engine) == {"kept": 1}


def test_the_same_key_is_the_same_job_before_and_after_it_ran(engine: Engine) -> None:
    for _ in range(2):
        with transaction(engine) as db:
            jobs.enqueue(db, "tests.mark", key="#BusNetwork", name="keyed")
            jobs.enqueue(db, "tests.mark", key="#BusNetwork", name="keyed")
        jobs.drain(engine)
    assert runs(engine) == {"keyed": 1}


def test_one_key_under_two_names_is_two_jobs(engine: Engine) -> None:
    @jobs.task("tests.other")
    def other(db: Session, name: str) -> None:
        leave(db, name)

    with transaction(engine) as db:
        jobs.enqueue(db, "tests.mark", key="one", name="a")
        jobs.enqueue(db, "tests.other", key="one", name="b")
    assert jobs.drain(engine) == 2


def test_a_task_gets_its_ids_as_it_asks_for_them(engine: Engine) -> None:
    seen: list[object] = []

    @jobs.task("tests.see")
    def see(
        db: Session, one: UUID, two: UUID | None, three: str, four: int, five: UUID | None = None
    ) -> None:
        seen.extend([one, two, three, four, five])

    number = uuid4()
    with transaction(engine) as db:
        jobs.enqueue(db, "tests.see", one=number, two=None, three=str(number), four=4, five=number)
    jobs.drain(engine)
    assert seen == [number, None, str(number), 4, number]


def test_a_job_may_enqueue_another_and_drain_runs_both(engine: Engine) -> None:
    @jobs.task("tests.first")
    def first(db: Session) -> None:
        jobs.enqueue(db, "tests.mark", name="second")

    with transaction(engine) as db:
        jobs.enqueue(db, "tests.first")
    assert jobs.drain(engine) == 2
    assert runs(engine) == {"second": 1}


def test_a_delayed_job_waits_unless_drain_is_told_not_to(engine: Engine) -> None:
    with transaction(engine) as db:
        jobs.enqueue(db, "tests.mark", delay=3600, name="later")
    assert jobs.drain(engine) == 0
    assert jobs.health(engine)["waiting"] == 1
    assert jobs.drain(engine, delayed=True) == 1


def test_a_long_task_keeps_what_it_finished_before_it_failed(engine: Engine) -> None:
    @jobs.task("tests.long", transaction=False)
    def long(open_db: Callable[[], AbstractContextManager[Session]]) -> None:
        for batch in range(3):
            with open_db() as db:
                leave(db, f"batch {batch}")
                if batch == 2:
                    raise ZeroDivisionError

    with transaction(engine) as db:
        jobs.enqueue(db, "tests.long")
    with pytest.raises(ZeroDivisionError):
        jobs.drain(engine)
    assert runs(engine) == {"batch 0": 1, "batch 1": 1}
    assert jobs.health(engine) == {"state": "no worker", "waiting": 0, "failed": 1}


def test_many_jobs_are_enqueued_in_one_transaction(engine: Engine) -> None:
    with transaction(engine) as db:
        for number in range(300):
            jobs.enqueue(db, "tests.mark", name=f"n{number}")
    assert jobs.drain(engine, limit=10) == 10
    assert jobs.health(engine)["waiting"] == 290


def test_a_command_runs_a_task_at_once_without_the_queue(engine: Engine) -> None:
    jobs.run_now(engine, "tests.mark", name="now")
    assert runs(engine) == {"now": 1}
    assert jobs.health(engine)["waiting"] == 0


def test_a_misspelt_job_name_is_refused_once_all_tasks_are_known(engine: Engine) -> None:
    registry.seal()
    with transaction(engine) as db, pytest.raises(LookupError, match=r"tests\.mark"):
        jobs.enqueue(db, "tests.marc", name="x")


def test_two_functions_may_not_answer_to_one_name() -> None:
    with pytest.raises(ValueError, match="Two functions"):

        @jobs.task("tests.mark")
        def another(db: Session) -> None: ...


@pytest.mark.parametrize(
    ("seconds", "expression"),
    [(1, "*/1 * * * * *"), (30, "*/30 * * * * *"), (60, "*/1 * * * *"), (900, "*/15 * * * *")],
)
def test_every_so_many_seconds_is_a_cron_expression(seconds: int, expression: str) -> None:
    assert registry.cron(seconds) == expression


@pytest.mark.parametrize("seconds", [0, -5, 7, 90, 7200])
def test_seconds_that_divide_nothing_are_refused(seconds: int) -> None:
    with pytest.raises(ValueError, match="cron expression"):
        registry.cron(seconds)
