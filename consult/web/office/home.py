"""The desk of those who work here."""

from starlette.responses import Response

from consult.web.allow import any_staff
from consult.web.page import PageRequest, page
from consult.web.render import render


@page(allow=any_staff)
def show(request: PageRequest) -> Response:
    return render(request, "office/home/show.html")
