"""The accessibility statement."""

from starlette.responses import Response

from consult.web.allow import anyone
from consult.web.page import PageRequest, page
from consult.web.render import render


@page(allow=anyone)
def show(request: PageRequest) -> Response:
    return render(request, "public/accessibility/show.html")
