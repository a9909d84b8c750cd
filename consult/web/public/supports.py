"""Supporting somebody's question, and taking that back: one voice for each browser."""

from collections.abc import Sequence
from uuid import UUID

from starlette.responses import Response

from consult import consultations, contributions
from consult.consultations import Consultation
from consult.contributions import Contribution
from consult.lib import codes
from consult.web import limits
from consult.web.allow import anyone
from consult.web.page import PageRequest, page
from consult.web.render import redirect_to, render

COOKIE = "consult_supporter"
KEPT_FOR = 365 * 24 * 3600


def supporter(request: PageRequest, token: str) -> str:
    """How a browser's voice is kept: a hash that names nobody."""
    return codes.digest_token(f"supporter:{token}", request.app.state.settings.key)


def mine(request: PageRequest, page_of: Sequence[Contribution]) -> set[UUID]:
    """Which of these this browser supports."""
    token = request.cookies.get(COOKIE, "")
    if not token:
        return set()
    return contributions.supported_by(
        request.db, supporter(request, token), [one.id for one in page_of]
    )


@page(allow=anyone, methods=["POST"])
def create(request: PageRequest) -> Response:
    limits.check(request, "supports", "60/minute")
    consultation, found = _asked(request)
    token = request.cookies.get(COOKIE, "") or codes.new_token()
    contributions.support(request.db, found, supporter=supporter(request, token), at=request.at)
    response = _answer(request, consultation, found, is_mine=True)
    response.set_cookie(
        COOKIE,
        token,
        max_age=KEPT_FOR,
        path="/consultations",
        httponly=True,
        samesite="lax",
        secure=request.app.state.settings.secure_cookies,
    )
    return response


@page(allow=anyone, methods=["POST"])
def delete(request: PageRequest) -> Response:
    limits.check(request, "supports", "60/minute")
    consultation, found = _asked(request)
    token = request.cookies.get(COOKIE, "")
    contributions.withdraw_support(
        request.db, found, supporter=supporter(request, token), at=request.at
    )
    return _answer(request, consultation, found, is_mine=False)


def _asked(request: PageRequest) -> tuple[Consultation, Contribution]:
    consultation = consultations.public_by_slug(request.db, request.path_params["slug"])
    wanted = contributions.id_of(request.path_params["id"])
    return consultation, contributions.shown_by_id(request.db, consultation, wanted)


def _answer(
    request: PageRequest, consultation: Consultation, found: Contribution, *, is_mine: bool
) -> Response:
    if not request.htmx:
        list_of = f"/consultations/{consultation.slug}/responses"
        return redirect_to(request, f"{list_of}#r-{found.id}")
    return render(
        request,
        "public/supports/_button.html",
        slug=consultation.slug,
        card=contributions.cards(request.db, [found])[0],
        mine=is_mine,
    )
