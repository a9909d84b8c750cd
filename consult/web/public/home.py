"""The front page: what this is for, what is open, what was just decided."""

from starlette.responses import Response

from consult import consultations, identity
from consult.consultations import Stage
from consult.web import cache
from consult.web.allow import anyone
from consult.web.page import PageRequest, page
from consult.web.render import render


@page(allow=anyone)
def show(request: PageRequest) -> Response:
    version = consultations.pulse(request.db, request.at)
    return cache.page(request, version, lambda: _show(request))


def _show(request: PageRequest) -> Response:
    db, at = request.db, request.at
    open_now = consultations.at_stage(db, Stage.OPEN, at, limit=6, offset=0)
    decided = consultations.at_stage(db, Stage.DECIDED, at, limit=4, offset=0)
    listed = (*open_now, *decided)
    return render(
        request,
        "public/home/show.html",
        open_now=open_now,
        decided=decided,
        received=consultations.counts_by(db, "received:response", [one.id for one in listed]),
        names=identity.organisation_names(db, [one.organisation_id for one in listed]),
        now=at,
    )
