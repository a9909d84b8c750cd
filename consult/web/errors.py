"""Every problem as a page in plain words; what we did wrong is logged, without anybody's data."""

import logging
import traceback
from collections.abc import Callable

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from consult.errors import Problem
from consult.web.forms import values_of
from consult.web.page import PageRequest
from consult.web.render import render

WORTH_KEEPING = 40
"""Characters from which on a field holds words rather than a choice or an id."""
log = logging.getLogger("consult.web")

TITLES = {
    400: "That did not work",
    403: "You may not do this",
    404: "Page not found",
    405: "That did not work",
    409: "Something has changed in the meantime",
    413: "That is too large",
    422: "Check what you sent",
    429: "Too many tries",
    503: "Not available just now",
}
NOT_FOUND = (
    "If you typed the address, check that it is correct. If you followed a link, the page may "
    "have been moved or was never public."
)
OURS = (
    "Something went wrong on our side and has been written down for us to mend. What you had "
    "already sent is safe; what you were just sending may not have been kept, so look before "
    "you send it again."
)


def problem(request: Request, raised: Exception) -> Response:
    """A problem the domain tells people of."""
    assert isinstance(raised, Problem)
    return _shown(request, raised.status, raised.message)


def http(request: Request, raised: Exception) -> Response:
    """No such address, or not in this way."""
    assert isinstance(raised, HTTPException)
    message = (
        NOT_FOUND if raised.status_code == 404 else "This page cannot be asked for in this way."
    )
    return _shown(request, raised.status_code, message)


def fault(request: Request, raised: Exception) -> Response:
    """A fault of the program: logged by kind and place, never with what people wrote."""
    place = traceback.extract_tb(raised.__traceback__)[-1]
    log.error(
        "fault",
        extra={"kind": type(raised).__name__, "place": f"{place.filename}:{place.lineno}"},
    )
    return _shown(request, 500, OURS)


def _shown(request: Request, status: int, message: str) -> Response:
    title = TITLES.get(status, "Sorry, there is a problem")
    return render(
        PageRequest(request.scope),
        "public/errors/show.html",
        status=status,
        title=title,
        message=message,
        code=status,
        kept=_words(request) if status in (409, 429, 503) else [],
    )


def _words(request: Request) -> list[str]:
    """What the person had written, to be copied: a problem in the way of keeping it must not lose it."""
    posted = request.scope.get("posted")
    values = values_of(posted) if posted else {}
    return [one for many in values.values() for one in many if len(one) > WORTH_KEEPING]


HANDLERS: dict[int | type[Exception], Callable[[Request, Exception], Response]] = {
    Problem: problem,
    HTTPException: http,
    Exception: fault,
}
