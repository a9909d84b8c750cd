"""One structured line for each request: what was asked for, never by whom or with what words."""

import json
import logging
import sys
import time
from datetime import UTC, datetime

from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = logging.getLogger("consult.web")
_USUAL = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class JsonLines(logging.Formatter):
    """A log line as one JSON object; `extra` fields become its keys."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "part": record.name,
            "what": record.getMessage(),
        }
        if (
            record.name == "consult.jobs"
        ):  # its message is an object of names, ids and times already
            line |= json.loads(line.pop("what"))
        line.update({key: value for key, value in vars(record).items() if key not in _USUAL})
        return json.dumps(line, default=str)


def begin(level: str) -> None:
    """Send our log lines to standard error as JSON."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    ours = logging.getLogger("consult")
    ours.handlers = [handler]
    ours.setLevel(level)
    ours.propagate = False


class AccessLog:
    """Writes the route's name instead of the path: a path can hold a receipt code."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started, status = time.perf_counter(), 500

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, answer)
        finally:
            spent = round((time.perf_counter() - started) * 1000)
            log.info(
                "answered",
                extra={
                    "method": scope["method"],
                    "page": _name(scope),
                    "status": status,
                    "ms": spent,
                },
            )


def _name(scope: Scope) -> str:
    endpoint = scope.get("endpoint")
    module = getattr(endpoint, "__module__", "").removeprefix("consult.web.")
    return f"{module}.{getattr(endpoint, '__name__', 'none')}"
