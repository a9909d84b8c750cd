"""The worker: runs the job engine inside this process, and takes up what a dead worker left."""

import logging
import os
import socket
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from threading import BoundedSemaphore, Event, Lock, Thread
from typing import TYPE_CHECKING, Any, Self
from uuid import uuid4

from sqlalchemy import Engine, select

from consult.db import make_engine
from consult.jobs import door, tables
from consult.jobs.alive import life
from consult.jobs.log import quiet, say
from consult.jobs.perform import attempt
from consult.jobs.registry import ABREAST, TASKS, JobError, Stopping, Task

if TYPE_CHECKING:
    from dbos import DBOSConfig

VERSION = "1"
"""What the engine calls the program's version. Constant: it holds back the jobs of any other."""

CLAIMED = {"short": 64, "long": 2}
"""How many it takes from a line at one look: short jobs end long before the next look."""

POLL = 0.5
"""Seconds between two looks at a line."""

DEATHS = 20
"""A job that was cut short so often is taken for what kills its worker, and set aside as failed."""


_ONE = Lock()


class Worker:
    """Runs jobs until stopped. One in a process; on SQLite one for a data folder."""

    def __init__(self) -> None:
        self.halt = Event()
        self.running = 0
        self.counting = Lock()
        self.room = {line: BoundedSemaphore(abreast) for line, abreast in ABREAST.items()}

    def start(
        self, url: str, tasks: Mapping[str, Task] | None = None, *, sweep: float = 5.0
    ) -> Self:
        """Take the lock, launch the engine, take up what was left, and keep time. Returns itself.

        Raises Conflict when another process already works on this SQLite file.
        """
        self.tasks = dict(TASKS if tasks is None else tasks)
        self.engine = make_engine(url)
        self.executor = f"{socket.gethostname()}-{os.getpid()}-{uuid4().hex[:8]}"
        self.life = life(self.engine, self.executor)
        if not _ONE.acquire(blocking=False):
            raise RuntimeError("This process has a worker already: the engine allows one.")
        try:
            self.life.hold()
            self._launch()
        except BaseException:
            self._leave()
            raise
        self.sweeper = Thread(target=self._sweep, args=(sweep,), name="jobs-sweeper", daemon=True)
        self.sweeper.start()
        say("worker.started", executor=self.executor, tasks=len(self.tasks))
        return self

    def stop(self, patience: float = 10.0) -> None:
        """Take no more jobs, let those running end (long ones at their next transaction), and leave.

        What does not end in time stays unfinished and is resumed by the next worker.
        """
        self.halt.set()
        until = time.monotonic() + patience
        while self.running and time.monotonic() < until:
            time.sleep(0.02)
        self.sweeper.join()
        self._leave()
        say("worker.stopped", executor=self.executor, unfinished=self.running)

    def _leave(self) -> None:
        from dbos import DBOS

        DBOS.destroy(destroy_registry=True)
        if not self.running:  # else the lock must outlive the job, and goes with the process
            self.life.release()
            self.engine.dispose()
        _ONE.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _launch(self) -> None:
        from dbos import DBOS

        quiet()
        DBOS(config=_config(self.engine, self.executor))
        workflows = {name: self._workflow(one) for name, one in self.tasks.items()}
        DBOS.launch()
        for name in self._unknown():
            self._workflow(Task(name, _nobody, True, (), None))
        for line, claimed in CLAIMED.items():
            DBOS.register_queue(line, worker_concurrency=claimed, polling_interval_sec=POLL)
        self._keep_time(workflows)

    def _workflow(self, task: Task) -> Callable[..., None]:
        from dbos import DBOS

        @DBOS.workflow(name=task.name, max_recovery_attempts=DEATHS)
        def workflow(*_when: Any, ids: dict[str, Any] | None = None, attempt: int = 1) -> None:
            self._attempt(task, str(DBOS.workflow_id), ids or {}, attempt)

        return workflow

    def _attempt(self, task: Task, job: str, ids: Mapping[str, Any], number: int) -> None:
        with self._counted(), self.room[task.queue]:
            if self.halt.is_set():
                raise Stopping
            attempt(task, self.engine, job, ids, number, self.halt)

    @contextmanager
    def _counted(self) -> Iterator[None]:
        with self.counting:
            self.running += 1
        try:
            yield
        finally:
            with self.counting:
                self.running -= 1

    def _keep_time(self, workflows: Mapping[str, Callable[..., None]]) -> None:
        from dbos import DBOS, ScheduleInput

        timed = {name: task for name, task in self.tasks.items() if task.schedule}
        for known in DBOS.list_schedules():
            if known["schedule_name"] not in timed:
                DBOS.delete_schedule(known["schedule_name"])
        DBOS.apply_schedules(
            [
                ScheduleInput(
                    schedule_name=name,
                    workflow_fn=workflows[name],
                    schedule=task.schedule or "",
                    cron_timezone="Europe/London",
                    queue_name=task.queue,
                )
                for name, task in timed.items()
            ]
        )

    def _unknown(self) -> list[str]:
        """Jobs enqueued for a task this version no longer has; they must fail where it can be seen."""
        jobs = tables.statuses(self.engine)
        with self.engine.connect() as connection:
            names = connection.execute(
                select(jobs.c.name)
                .where(jobs.c.status.in_(["ENQUEUED", "DELAYED", "PENDING"]))
                .distinct()
            ).scalars()
            return sorted(set(names) - set(self.tasks))

    def _sweep(self, every: float) -> None:
        while True:
            try:
                self._take_up()
            except (
                Exception
            ) as error:  # a database that is away for a while must not end the sweeping
                say("worker.sweep_failed", level=logging.WARNING, error=type(error).__name__)
            if self.halt.wait(every):
                return

    def _take_up(self) -> None:
        from dbos import DBOS

        self.life.still()
        for executor in self._others():
            with self.life.dead(executor) as dead:
                if dead:
                    # Not `resume_workflow`: that forgets how often the job was cut short.
                    taken = DBOS._recover_pending_workflows([executor])
                    say("worker.took_up", executor=executor, jobs=len(taken))

    def _others(self) -> list[str]:
        jobs = tables.statuses(self.engine)
        with self.engine.connect() as connection:
            found = connection.execute(
                select(jobs.c.executor_id).where(jobs.c.status == "PENDING").distinct()
            ).scalars()
            return sorted(set(found) - {self.executor, None})


def _nobody(_: object, **__: object) -> None:
    raise JobError("No task answers to this job's name.")


def _config(engine: Engine, executor: str) -> "DBOSConfig":
    from dbos import DBOSConfig, DBOSPortableJSONSerializer

    return DBOSConfig(
        name=door.APPLICATION,
        system_database_url=tables.address(engine),
        dbos_system_schema=tables.SCHEMA,
        sys_db_pool_size=8,
        application_version=VERSION,
        executor_id=executor,
        serializer=DBOSPortableJSONSerializer(),
        log_level="WARNING",
        enable_otlp=False,
        notification_listener_polling_interval_sec=0.2,  # how long stopping has to wait for it
    )
