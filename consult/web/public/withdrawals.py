"""Taking one's own response back, by its receipt."""

from starlette.responses import Response

from consult import consultations, contributions
from consult.contributions import Standing
from consult.web.allow import anyone
from consult.web.languages import gettext as _
from consult.web.page import PageRequest, page
from consult.web.public.receipts import PRIVATE, opened
from consult.web.render import redirect, render
from consult.web.wording import words_of


@page(allow=anyone)
def new(request: PageRequest) -> Response:
    code = request.path_params["code"]
    found = opened(request, code)
    if found.standing == Standing.WITHDRAWN:
        return redirect(request, "public.receipts.show", code=code)
    consultation = consultations.by_id(request.db, found.consultation_id)
    response = render(
        request,
        "public/withdrawals/new.html",
        code=code,
        consultation=consultation,
        words=words_of(consultation),
        card=contributions.cards(request.db, [found])[0],
    )
    response.headers.update(PRIVATE)
    return response


@page(allow=anyone, methods=["POST"])
def create(request: PageRequest) -> Response:
    """Erase the words and the person for good; the count stays true. A second time changes nothing."""
    code = request.path_params["code"]
    contributions.withdraw(request.db, opened(request, code), at=request.at)
    said = _("It is withdrawn. Your words, your name and your address are erased.")
    return redirect(request, "public.receipts.show", say=said, code=code)
