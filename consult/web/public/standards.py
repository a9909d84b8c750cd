"""What is not published, on which law or house rule; and what is never a reason."""

from datetime import date

from starlette.responses import Response

from consult.moderation.rules import catalogue
from consult.web.allow import anyone
from consult.web.page import PageRequest, page
from consult.web.render import render


@page(allow=anyone)
def show(request: PageRequest) -> Response:
    bases = catalogue()
    return render(
        request,
        "public/standards/show.html",
        grounds=[one for one in bases if one.is_ground],
        never=[one for one in bases if not one.is_ground],
        law_as_at=date.fromisoformat(max(one.law_as_at for one in bases)),
    )
