"""What was decided, everywhere: every publication, newest first."""

from starlette.responses import Response

from consult import decisions
from consult.lib import paging
from consult.web.allow import anyone
from consult.web.page import PageRequest, page
from consult.web.render import render

LIST = 20


@page(allow=anyone)
def index(request: PageRequest) -> Response:
    number = paging.page_number(request.query_params.get("page"))
    found = decisions.all_publications(request.db, limit=LIST, offset=paging.offset(number, LIST))
    rows = [
        (one, here, decisions.published(one), decisions.published_sums(one.sums))
        for one, here in found
    ]
    total = decisions.how_many_publications(request.db)
    return render(
        request, "public/decisions/index.html", rows=paging.Page(rows, number, LIST, total)
    )
