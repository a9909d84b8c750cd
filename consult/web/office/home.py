"""The desk of those who work here: their consultations, and what waits for them."""

from starlette.responses import Response

from consult import consultations, identity
from consult.web.allow import any_staff
from consult.web.office.desk import desk
from consult.web.page import PageRequest, page


@page(allow=any_staff)
def show(request: PageRequest) -> Response:
    mine = identity.organisations_of(request.db, request.me)
    found = consultations.of_organisations(request.db, [one.id for one in mine])
    ids = [one.id for one in found]
    return desk(
        request,
        "office/home/show.html",
        organisations={one.id: one.name for one in mine},
        consultations=found,
        responses=consultations.counts_by(request.db, "received:response", ids),
        posts=consultations.counts_by(request.db, "received:post", ids),
        may_begin=bool(identity.organisations_of(request.db, request.me, *consultations.SETTERS)),
    )
