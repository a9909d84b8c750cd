"""The door to the job engine: work that must happen after a commit, survives a crash, and is seen to fail.

    jobs.enqueue(db, "moderation.screen", contribution_id=contribution.id)   # where something happened
    @task("moderation.screen")                                              # where it is followed up
    def screen(db: Session, contribution_id: UUID) -> None: ...

A job may run more than once (a machine that dies in the middle of one starts it again), so a task
looks at what is there before it writes. For many things, enqueue one job per batch, not per thing.
"""

from consult.jobs.door import enqueue, run_now
from consult.jobs.drain import drain
from consult.jobs.registry import TASKS, JobError, OpenDb, Stopping, Task, seal, task
from consult.jobs.state import Failed, failed, health, try_again
from consult.jobs.tables import ENGINE_TABLES, prepare
from consult.jobs.tidy import tidy
from consult.jobs.worker import Worker

__all__ = [
    "ENGINE_TABLES",
    "TASKS",
    "Failed",
    "JobError",
    "OpenDb",
    "Stopping",
    "Task",
    "Worker",
    "drain",
    "enqueue",
    "failed",
    "health",
    "prepare",
    "run_now",
    "seal",
    "task",
    "tidy",
    "try_again",
]
