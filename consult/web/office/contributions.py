"""The reading room: contributions to find, read and mark."""

from typing import Any
from uuid import UUID

from starlette.responses import Response

from consult import consultations, moderation, synthesis
from consult.web.allow import any_staff
from consult.web.office import filters
from consult.web.office.desk import desk
from consult.web.page import PageRequest, page

SHEET = "office/contributions/_sheet.html"


@page(allow=any_staff)
def index(request: PageRequest) -> Response:
    """What came in, newest first, filtered and searched."""
    here, db = request.consultation, request.db
    wanted, refused = filters.read(request.query_params)
    shown = synthesis.stretch(
        db,
        here,
        wanted,
        before=request.query_params.get("before", ""),
        after=request.query_params.get("after", ""),
    )
    counts = consultations.counts(db, here.id)
    known = synthesis.known_count(wanted, counts)
    themes = synthesis.themes(db, here, retired=True)
    questions = consultations.questions_of(db, here)
    return desk(
        request,
        "office/contributions/index.html",
        shown=shown,
        wanted=wanted,
        typed=request.query_params.get("words", "")[:200],
        refused=refused,
        keep=filters.as_query,
        counts=counts,
        coverage=synthesis.coverage_from(counts),
        total=synthesis.counted(db, here, wanted) if known is None else known,
        exact=known is not None,
        theme_names={one.id: one.name for one in themes},
        theme_options=[{"value": one.id, "text": one.name} for one in themes],
        question_options=[{"value": one.id, "text": one.title} for one in questions],
    )


@page(allow=any_staff)
def show(request: PageRequest) -> Response:
    """One contribution, to read and to mark."""
    return sheet(request, request.path_params["id"])


def sheet(
    request: PageRequest,
    contribution_id: UUID,
    *,
    say: str = "",
    errors: list[tuple[str, str]] | None = None,
    typed: dict[str, str] | None = None,
    status: int = 200,
) -> Response:
    """The page of one contribution, or the part that changes when somebody marks it."""
    here, db = request.consultation, request.db
    wanted, _ = filters.read(request.query_params)
    one = synthesis.sheet(db, here, contribution_id)
    at = request.query_params.get("at", "")
    context: dict[str, Any] = {
        "sheet": one,
        "flags": moderation.flags_of(db, one.contribution),
        "themes": synthesis.themes(db, here),
        "beside": synthesis.beside(db, here, wanted, contribution_id, at),
        "keep": filters.as_query(wanted),
        "at": at,
        "may_code": synthesis.may_code(request.roles, here),
        "say": say,
        "errors": errors or [],
        "typed": typed or {},
    }
    template = "office/contributions/show.html"
    return desk(request, template, part=SHEET, status=status, **context)
