"""What a machine could not read: a list that people see to."""

from starlette.responses import Response

from consult import synthesis
from consult.lib import paging
from consult.web.allow import any_staff, staff
from consult.web.office.desk import desk
from consult.web.page import PageRequest, page
from consult.web.render import redirect

coders = staff(*synthesis.CODERS)


@page(allow=any_staff)
def index(request: PageRequest) -> Response:
    """Everything the last run left out, with the reason."""
    here, db = request.consultation, request.db
    run = synthesis.finished_run(db, here)
    number = paging.page_number(request.query_params.get("page"))
    return desk(
        request,
        "office/exceptions/index.html",
        run=run,
        shown=synthesis.exceptions(db, run, number) if run else None,
        unhandled=synthesis.unhandled(db, run),
        may_code=synthesis.may_code(request.roles, here),
    )


@page(allow=coders, methods=["POST"])
def handle(request: PageRequest) -> Response:
    """Note that a person has seen to it."""
    here = request.consultation
    synthesis.handle(request.db, here, request.path_params["id"], by=request.me, at=request.at)
    return redirect(
        request,
        "office.exceptions.index",
        slug=here.slug,
        page=str(request.posted.get("page", "")),
        say="Noted: a person has seen to it.",
    )
