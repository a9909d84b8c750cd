"""What a machine suggests, and what people say to it."""

from uuid import UUID

from starlette.responses import Response

from consult import synthesis
from consult.errors import Conflict, Invalid
from consult.lib import paging
from consult.synthesis import Suggestion
from consult.web.allow import any_staff, staff
from consult.web.office.desk import desk
from consult.web.page import PageRequest, page
from consult.web.render import redirect

coders = staff(*synthesis.CODERS)


@page(allow=any_staff)
def index(request: PageRequest) -> Response:
    """Suggestions with examples; while a machine is at work, how far it is."""
    here, db = request.consultation, request.db
    latest = synthesis.latest_run(db, here)
    if request.htmx and latest is not None and latest.finished_at is not None:
        return Response(headers={"HX-Refresh": "true"})
    return _index(request)


@page(allow=coders, methods=["POST"])
def create(request: PageRequest) -> Response:
    """Ask a machine to look for themes."""
    synthesis.ask(request.db, request.consultation, by=request.me, at=request.at)
    return _back(request, "Asked. Suggestions appear here when it has read everything.")


@page(allow=any_staff)
def show(request: PageRequest) -> Response:
    """One suggestion: the places where a machine would mark its theme, to confirm or not."""
    here, db = request.consultation, request.db
    one = _suggestion(request)
    number = paging.page_number(request.query_params.get("page"))
    return desk(
        request,
        "office/suggestions/show.html",
        suggestion=one,
        theme=synthesis.theme_by_id(db, here, one.theme_id) if one.theme_id else None,
        shown=synthesis.marks(db, one, number),
        may_code=synthesis.may_code(request.roles, here),
    )


@page(allow=coders, methods=["POST"])
def accept(request: PageRequest) -> Response:
    """Make a theme of it."""
    one, name = _suggestion(request), str(request.posted.get("name", ""))
    try:
        theme = synthesis.accept(
            request.db, request.consultation, one, name, by=request.me, at=request.at
        )
    except (Invalid, Conflict) as wrong:
        return _index(request, errors=[(f"name-{one.id}", wrong.message)], status=422)
    return _there(request, one, f"“{theme.name}” is a theme. Now confirm where it is meant.")


@page(allow=coders, methods=["POST"])
def merge(request: PageRequest) -> Response:
    """Join it to a theme there is."""
    one, here = _suggestion(request), request.consultation
    try:
        chosen = UUID(str(request.posted.get("theme", "")))
    except ValueError:
        message = "Choose the theme it belongs to."
        return _index(request, errors=[(f"theme-{one.id}", message)], status=422)
    theme = synthesis.theme_by_id(request.db, here, chosen)
    synthesis.merge(request.db, here, one, theme, by=request.me, at=request.at)
    return _there(request, one, f"Joined to “{theme.name}”. Now confirm where it is meant.")


@page(allow=coders, methods=["POST"])
def refuse(request: PageRequest) -> Response:
    """Say no to it."""
    one = _suggestion(request)
    synthesis.refuse(request.db, request.consultation, one, by=request.me, at=request.at)
    return _back(request, f"Refused “{one.name}”. It will not be suggested again.")


@page(allow=coders, methods=["POST"])
def confirm(request: PageRequest) -> Response:
    """Mark the chosen words as one's own."""
    one, ids = _suggestion(request), _chosen(request)
    added = synthesis.confirm(
        request.db, request.consultation, one, ids, by=request.me, at=request.at
    )
    return _there(request, one, f"Marked {added} as yours.")


@page(allow=coders, methods=["POST"])
def dismiss(request: PageRequest) -> Response:
    """Say that the chosen words are not about it."""
    one, ids = _suggestion(request), _chosen(request)
    synthesis.dismiss(request.db, request.consultation, one, ids, by=request.me, at=request.at)
    return _there(request, one, f"Left {len(ids)} out.")


@page(allow=coders, methods=["POST"])
def confirm_all(request: PageRequest) -> Response:
    """Mark all that wait as one's own."""
    one = _suggestion(request)
    synthesis.confirm_all(request.db, request.consultation, one, by=request.me, at=request.at)
    return _there(request, one, "They are being marked as yours; a great many take a minute.")


def _suggestion(request: PageRequest) -> Suggestion:
    return synthesis.suggestion_by_id(request.db, request.consultation, request.path_params["id"])


def _chosen(request: PageRequest) -> list[UUID]:
    try:
        ids = [UUID(str(one)) for one in request.posted.getlist("mark")]
    except ValueError:
        ids = []
    if not ids:
        raise Invalid("Choose at least one of the marks, then press the button again.")
    return ids


def _index(
    request: PageRequest, errors: list[tuple[str, str]] | None = None, status: int = 200
) -> Response:
    here, db = request.consultation, request.db
    latest = synthesis.latest_run(db, here)
    run = latest if latest and latest.finished_at else synthesis.finished_run(db, here)
    found = synthesis.waiting(db, run) if run else []
    return desk(
        request,
        "office/suggestions/index.html",
        part="office/suggestions/_run.html",
        latest=latest,
        run=run,
        suggestions=found,
        examples=synthesis.examples(db, found),
        to_confirm=synthesis.to_confirm(db, here),
        unhandled=synthesis.unhandled(db, run),
        themes=synthesis.themes(db, here),
        may_code=synthesis.may_code(request.roles, here),
        errors=errors or [],
        status=status,
    )


def _back(request: PageRequest, say: str) -> Response:
    return redirect(request, "office.suggestions.index", slug=request.consultation.slug, say=say)


def _there(request: PageRequest, one: Suggestion, say: str) -> Response:
    slug = request.consultation.slug
    return redirect(request, "office.suggestions.show", slug=slug, id=one.id, say=say)
