"""What came of a call for questions: those put with their answers, those not put with the reason."""

from starlette.responses import Response

from consult import consultations, decisions, questions
from consult.consultations import Consultation, Kind
from consult.errors import NotFound
from consult.lib import paging
from consult.questions import Which
from consult.web import cache
from consult.web.allow import anyone
from consult.web.page import PageRequest, page
from consult.web.render import render
from consult.web.wording import author_of, words_of

NOT_A_CALL = "This consultation ends in decisions. Look for what was decided on its own page."


@page(allow=anyone)
def index(request: PageRequest) -> Response:
    found = consultations.public_by_slug(request.db, request.path_params["slug"])
    if found.kind != Kind.QUESTIONS:
        raise NotFound(NOT_A_CALL)
    version = (found.revision, found.is_open(request.at))
    return cache.page(request, version, lambda: _index(request, found))


def _index(request: PageRequest, consultation: Consultation) -> Response:
    db = request.db
    publication = decisions.newest(db, consultation)
    which = Which.NOT_PUT if request.query_params.get("which") == "not_put" else Which.PUT
    number = paging.page_number(request.query_params.get("page"))
    return render(
        request,
        "public/answers/index.html",
        consultation=consultation,
        words=words_of(consultation),
        counts=consultations.counts(db, consultation.id),
        publication=publication,
        which=which,
        Which=Which,
        totals=questions.published_totals(publication) if publication else {},
        answers=questions.answered(db, publication, which, number) if publication else None,
        author_of=author_of,
    )
