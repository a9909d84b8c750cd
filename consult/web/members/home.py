"""The desk of MPs and their staff."""

from starlette.responses import Response

from consult.web.allow import any_staff
from consult.web.page import PageRequest, page
from consult.web.render import render


@page(allow=any_staff)
def show(request: PageRequest) -> Response:
    return render(request, "members/home/show.html")
