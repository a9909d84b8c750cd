"""What you said, what we decided, why: a consultation's newest publication, and every older one."""

from collections.abc import Sequence
from typing import Any

from starlette.responses import Response

from consult import consultations, decisions
from consult.consultations import Consultation
from consult.decisions import Publication
from consult.errors import NotFound
from consult.lib import paging
from consult.web import cache
from consult.web.allow import anyone
from consult.web.page import PageRequest, page
from consult.web.render import render
from consult.web.wording import authors, words_of


@page(allow=anyone)
def show(request: PageRequest) -> Response:
    here = consultations.public_by_slug(request.db, request.path_params["slug"])
    every = decisions.publications(request.db, here)
    if not every:
        return render(
            request, "public/outcomes/waiting.html", consultation=here, **_around(request, here)
        )
    return cache.page(request, here.revision, lambda: _shown(request, here, every[0], every))


@page(allow=anyone)
def version(request: PageRequest) -> Response:
    here = consultations.public_by_slug(request.db, request.path_params["slug"])
    every = decisions.publications(request.db, here)
    number = paging.page_number(request.path_params["number"])
    chosen = next((one for one in every if one.number == number), None)
    if chosen is None:
        raise NotFound("There is no publication with this number.")
    return cache.page(request, here.revision, lambda: _shown(request, here, chosen, every))


def _shown(
    request: PageRequest,
    here: Consultation,
    publication: Publication,
    every: Sequence[Publication],
) -> Response:
    decided = decisions.published(publication)
    return render(
        request,
        "public/outcomes/show.html",
        consultation=here,
        publication=publication,
        publications=every,
        decisions=decided,
        voices=decisions.voices(request.db, decided),
        sums=decisions.published_sums(publication.sums),
        label=lambda kind: decisions.label(kind, here.kind),
        authors=authors(),
        **_around(request, here),
    )


def _around(request: PageRequest, here: Consultation) -> dict[str, Any]:
    """What the tabs above every page of a consultation need."""
    counts = consultations.counts(request.db, here.id)
    return {"counts": counts, "words": words_of(here)}
