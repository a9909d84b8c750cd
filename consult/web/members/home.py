"""The desk of MPs and their staff: their calls for questions, and what waits in each."""

from starlette.responses import Response

from consult import consultations, identity, questions
from consult.identity import Role
from consult.lib import paging
from consult.web.allow import staff
from consult.web.office.desk import desk
from consult.web.page import PageRequest, page


@page(allow=staff(Role.MEMBER, Role.OFFICIAL))
def show(request: PageRequest) -> Response:
    mine = identity.organisations_of(request.db, request.me, *consultations.SETTERS)
    number = paging.page_number(request.query_params.get("page"))
    calls = questions.calls_of(request.db, [one.id for one in mine], number)
    counts = consultations.counts_of(request.db, [one.id for one in calls.items])
    return desk(
        request,
        "members/home/show.html",
        calls=calls,
        organisations={one.id: one.name for one in mine},
        counts=counts,
        totals={one.id: questions.totals(counts.get(one.id, {})) for one in calls.items},
        Which=questions.Which,
    )
