"""One case: reading it, and going from case to case."""

from starlette.responses import Response

from consult import moderation
from consult.moderation import Case
from consult.web.forms import Form
from consult.web.languages import gettext as _
from consult.web.office.casework import sheet, show_case
from consult.web.office.queue import moderators
from consult.web.page import PageRequest, page
from consult.web.render import redirect


@page(allow=moderators)
def show(request: PageRequest) -> Response:
    """The words, what was found in them, and what can be decided."""
    return show_case(request, sheet(request), Form())


@page(allow=moderators)
def following(request: PageRequest) -> Response:
    """The next case of the pile."""
    case = _case(request)
    found = moderation.after(request.db, request.consultation, case, case.pile) if case else None
    return _go(request, found, _("That was the only one on this pile."))


@page(allow=moderators)
def previous(request: PageRequest) -> Response:
    """The case before."""
    case = _case(request)
    found = moderation.before(request.db, request.consultation, case, case.pile) if case else None
    return _go(request, found, _("There is none before that on this pile."))


def _case(request: PageRequest) -> Case | None:
    return moderation.with_case(request.db, request.consultation, request.path_params["id"])[1]


def _go(request: PageRequest, found: Case | None, say: str) -> Response:
    slug = request.consultation.slug
    if found is None:
        return redirect(request, "office.queue.index", slug=slug, say=say)
    return redirect(request, "office.cases.show", slug=slug, id=found.contribution_id)
