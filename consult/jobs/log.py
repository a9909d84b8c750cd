"""One JSON line for each thing that happens to a job: names, ids and times, never what people wrote."""

import json
import logging
import traceback
from typing import Any

from consult.jobs.registry import JobError

log = logging.getLogger("consult.jobs")


def say(event: str, *, level: int = logging.INFO, **facts: Any) -> None:
    """Write one line. Facts are names, ids and numbers only."""
    if log.isEnabledFor(level):
        log.log(level, json.dumps({"event": event, **facts}, default=str))


def whereabouts(error: BaseException) -> list[str]:
    """Where an error came from, without its message, which may quote a person."""
    frames = traceback.extract_tb(error.__traceback__)
    return [
        f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in frames[-4:]
    ]


def quiet() -> None:
    """Let the engine's warnings go where ours go, instead of its own lines on the console."""
    engine = logging.getLogger("dbos")
    if not engine.handlers:  # it adds a console handler only when it finds none
        engine.addHandler(logging.NullHandler())
    engine.setLevel(logging.WARNING)
    engine.addFilter(_news)  # the same function again adds nothing


def _news(record: logging.LogRecord) -> bool:
    """Not what `job.given_up` has said already."""
    return not (record.exc_info and record.exc_info[0] is JobError)
