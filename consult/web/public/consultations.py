"""Lists of consultations, and one consultation."""

from starlette.responses import Response

from consult import consultations, contributions, identity
from consult.consultations import Consultation, Stage, State
from consult.contributions import Wanted
from consult.lib import paging
from consult.lib.paging import Page
from consult.web import cache
from consult.web.allow import anyone
from consult.web.page import PageRequest, page
from consult.web.public import journey, timelines
from consult.web.render import render
from consult.web.wording import author_of, words_of

SIZE = 12
FIRST = 3
"""How many published responses a consultation's own page shows."""


@page(allow=anyone)
def index(request: PageRequest) -> Response:
    version = consultations.pulse(request.db, request.at)
    return cache.page(request, version, lambda: _index(request))


def _index(request: PageRequest) -> Response:
    db, at = request.db, request.at
    totals = consultations.stages(db, at)
    stage = _stage(request.query_params.get("show", ""), totals)
    number = paging.page_number(request.query_params.get("page"))
    found = consultations.at_stage(db, stage, at, limit=SIZE, offset=paging.offset(number, SIZE))
    return render(
        request,
        "public/consultations/index.html",
        listed=Page(found, number, SIZE, totals[stage]),
        stage=stage,
        totals=totals,
        received=consultations.counts_by(db, "received:response", [one.id for one in found]),
        names=identity.organisation_names(db, [one.organisation_id for one in found]),
        now=at,
    )


def _stage(asked: str, totals: dict[Stage, int]) -> Stage:
    """The stage asked for; else the first at which there is something to see."""
    known = {one.value: one for one in Stage}
    return known.get(asked) or next((one for one in Stage if totals[one]), Stage.OPEN)


@page(allow=anyone)
def show(request: PageRequest) -> Response:
    found = consultations.public_by_slug(request.db, request.path_params["slug"])
    version = (found.revision, found.is_open(request.at))
    return cache.page(request, version, lambda: consultation_page(request, found))


def consultation_page(
    request: PageRequest,
    consultation: Consultation,
    template: str = "public/consultations/show.html",
) -> Response:
    """The page of a consultation; the office shows a draft's by a template of its own."""
    db, at = request.db, request.at
    newest, _ = contributions.public_page(db, consultation, Wanted(), limit=FIRST)
    names = identity.organisation_names(db, [consultation.organisation_id])
    return render(
        request,
        template,
        consultation=consultation,
        words=words_of(consultation),
        organisation=names.get(consultation.organisation_id, ""),
        questions=consultations.questions_of(db, consultation),
        counts=consultations.counts(db, consultation.id),
        cards=contributions.cards(db, newest),
        author_of=author_of,
        is_open=consultation.is_open(at),
        is_published=consultation.state == State.PUBLISHED,
        begun=journey.resume(request, consultation).is_begun,
        steps=timelines.of_consultation(consultation, at),
        elapsed=_elapsed(consultation, request),
        now=at,
    )


def _elapsed(consultation: Consultation, request: PageRequest) -> int:
    """How much of the time is gone, in per cent."""
    whole = (consultation.closes_at - consultation.opens_at).total_seconds()
    gone = (request.at - consultation.opens_at).total_seconds()
    return round(100 * min(max(gone / whole, 0), 1)) if whole > 0 else 100
