"""The front page: what this is for, what is open, what was just decided."""

from starlette.responses import Response

from consult import consultations
from consult.web.allow import anyone
from consult.web.page import PageRequest, page
from consult.web.render import render


@page(allow=anyone)
def show(request: PageRequest) -> Response:
    open_now = consultations.open_now(request.db, request.at, limit=6)
    decided = consultations.decided(request.db, limit=3)
    ids = [one.id for one in (*open_now, *decided)]
    return render(
        request,
        "public/home/show.html",
        open_now=open_now,
        decided=decided,
        responses=consultations.counts_by(request.db, "received:response", ids),
    )
