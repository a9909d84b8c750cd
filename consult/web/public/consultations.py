"""Lists of consultations, and one consultation."""

from starlette.responses import Response

from consult.web.allow import anyone
from consult.web.page import PageRequest, page
from consult.web.render import render


@page(allow=anyone)
def index(request: PageRequest) -> Response:
    return render(request, "public/consultations/index.html")
