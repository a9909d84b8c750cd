"""Joining questions that ask the same, by hand, and taking one out again."""

from starlette.responses import Response

from consult import questions
from consult.web.forms import filled
from consult.web.members.questions import listing, putters, question, ticked
from consult.web.page import PageRequest, page
from consult.web.render import redirect

TWO = "Tick at least two questions that ask the same."


@page(allow=putters, methods=["POST"])
def create(request: PageRequest) -> Response:
    """Those ticked ask the same: the most supported of them stands for all."""
    chosen = sorted(ticked(request), key=lambda one: (-one.supports, one.id))
    if len(chosen) < 2:
        form = filled({"question": [str(one.id) for one in chosen]})
        form.refuse("question", TWO)
        return listing(request, form, status=422)
    first, *others = chosen
    n = questions.join(request.db, others, first, by=request.me, at=request.at)
    return _to(request, first.id, f"Joined {n:,} with this one. Each keeps its asker and support.")


@page(allow=putters, methods=["POST"])
def create_into(request: PageRequest) -> Response:
    """Those ticked ask the same as this one."""
    into = question(request)
    n = questions.join(request.db, ticked(request), into, by=request.me, at=request.at)
    return _to(request, into.id, f"Joined {n:,} with this one. Each keeps its asker and support.")


@page(allow=putters, methods=["POST"])
def delete(request: PageRequest) -> Response:
    """This one asks something else after all."""
    one = question(request)
    lead = questions.lead_id_of(request.db, one)
    questions.undo(request.db, one, by=request.me, at=request.at)
    return _to(request, lead or one.id, "Taken out. It waits to be decided by itself.")


def _to(request: PageRequest, one: object, say: str) -> Response:
    slug = request.consultation.slug
    return redirect(request, "members.questions.show", slug=slug, id=one, say=say)
