"""Check your answers: everything on one page, each with a way to change it, before it is sent."""

from starlette.responses import Response

from consult import consultations
from consult.web.allow import anyone
from consult.web.page import PageRequest, page
from consult.web.public import journey as journeys
from consult.web.public.journey import Journey
from consult.web.render import render
from consult.web.wording import connections, consents


@page(allow=anyone)
def show(request: PageRequest) -> Response:
    """Also after closing: who was still writing can at least copy what they wrote."""
    consultation = consultations.public_by_slug(request.db, request.path_params["slug"])
    journey = journeys.resume(request, consultation)
    if not journey.is_begun:
        journey = journeys.of(request)
    return check_page(request, journey, status=200)


def check_page(request: PageRequest, journey: Journey, *, status: int) -> Response:
    """The page, which says what stands in the way of sending, and has no way to send until nothing does."""
    return render(
        request,
        "public/checks/show.html",
        status=status,
        journey=journey,
        consultation=journey.consultation,
        words=journey.words,
        connections={one.value: says for one, says in connections().items()},
        consents={one.value: says for one, says in consents().items()},
        wrong=journey.read()[1],
        blank=not any(one for given in journey.answers.values() for one in given),
        is_open=journey.consultation.is_open(request.at),
    )
