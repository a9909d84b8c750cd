"""The words as they came, before anything was blacked out: read by those who must, and written down."""

from starlette.responses import Response

from consult import contributions
from consult.errors import Conflict
from consult.web.languages import gettext as _
from consult.web.office.casework import sheet
from consult.web.office.desk import desk
from consult.web.office.queue import moderators
from consult.web.page import PageRequest, page


@page(allow=moderators, methods=["POST"])
def show(request: PageRequest) -> Response:
    """Unseal each answer that has words blacked out. A POST, because reading is recorded."""
    laid = sheet(request)
    sealed = [shown for shown in laid.card.answers if shown.answer.redacted]
    if not sealed:
        raise Conflict(_("Nothing in it is blacked out: what you see is how it came."))
    words = [
        (
            shown.question.title if shown.question else "",
            contributions.unseal_answer(request.db, shown.answer, by=request.me, at=request.at),
        )
        for shown in sealed
    ]
    answer = desk(request, "office/originals/show.html", sheet=laid, originals=words)
    answer.headers["Cache-Control"] = "no-store"
    return answer
