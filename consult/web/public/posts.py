"""Posts collected under a hashtag, apart from responses and never passed off as them."""

from starlette.responses import Response

from consult import consultations, contributions, imports
from consult.consultations import Consultation
from consult.contributions import Wanted
from consult.web import cache
from consult.web.allow import anyone
from consult.web.page import PageRequest, page
from consult.web.render import render
from consult.web.wording import words_of

SIZE = 24


@page(allow=anyone)
def index(request: PageRequest) -> Response:
    found = consultations.public_by_slug(request.db, request.path_params["slug"])
    return cache.page(request, found.revision, lambda: _index(request, found))


def _index(request: PageRequest, consultation: Consultation) -> Response:
    db = request.db
    wanted = Wanted(posts=True, after=request.query_params.get("after", ""))
    found, after = contributions.public_page(db, consultation, wanted, limit=SIZE)
    return render(
        request,
        "public/posts/index.html",
        consultation=consultation,
        words=words_of(consultation),
        counts=consultations.counts(db, consultation.id),
        cards=contributions.cards(db, found),
        posts=imports.posts_of(db, [one.id for one in found]),
        wanted=wanted,
        after=after,
    )
