"""What one has read."""

from starlette.responses import Response

from consult import contributions, synthesis
from consult.web.allow import staff
from consult.web.office.codings import back
from consult.web.page import PageRequest, page

coders = staff(*synthesis.CODERS)


@page(allow=coders, methods=["POST"])
def create(request: PageRequest) -> Response:
    """Note that one has read it."""
    here = request.consultation
    one = contributions.by_id(request.db, here, request.path_params["id"])
    synthesis.mark_read(request.db, here, [one.id], by=request.me, at=request.at)
    return back(request, one.id, "Marked as read.")


@page(allow=coders, methods=["POST"])
def delete(request: PageRequest) -> Response:
    """Take that back."""
    here = request.consultation
    one = contributions.by_id(request.db, here, request.path_params["id"])
    synthesis.mark_unread(request.db, here, [one.id], by=request.me, at=request.at)
    return back(request, one.id, "Marked as not read.")
