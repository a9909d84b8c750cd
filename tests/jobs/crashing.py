"""A worker in a process of its own, to be killed: `python crashing.py ADDRESS`."""

import logging
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager

from sqlmodel import Session

from consult import jobs
from consult.jobs import worker
from tests.jobs.marks import leave, runs

BATCHES = 6


@jobs.task("tests.batches", transaction=False)
def batches(open_db: Callable[[], AbstractContextManager[Session]], name: str) -> None:
    """Goes on after the last batch it finds."""
    for number in range(BATCHES):
        with open_db() as db:
            if f"{name} {number}" not in runs(db.get_bind().engine):
                leave(db, f"{name} {number}")
        time.sleep(0.15)


@jobs.task("tests.whole")
def whole(db: Session, name: str) -> None:
    """One transaction, killed in its middle."""
    leave(db, name)
    print(f"written {name}", flush=True)  # noqa: T201 - the test listens
    time.sleep(1.0)


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, stream=sys.stderr, format="%(message)s")
    worker.POLL = 0.1
    with jobs.Worker().start(sys.argv[1], sweep=0.5):
        print("started", flush=True)  # noqa: T201 - the test listens
        sys.stdin.read()
