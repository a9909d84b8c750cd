"""Preparing a publication, publishing, and watching it being made."""

from starlette.responses import Response

from consult import decisions
from consult.errors import Conflict, NotFound
from consult.lib import paging
from consult.web.allow import any_staff
from consult.web.office.decisions import may_decide, writers
from consult.web.office.desk import desk
from consult.web.page import PageRequest, page
from consult.web.render import redirect


@page(allow=any_staff)
def index(request: PageRequest) -> Response:
    here = request.consultation
    made = decisions.publications(request.db, here)
    return desk(
        request,
        "office/publications/index.html",
        consultation=here,
        publications=made,
        obstacles=decisions.obstacles(request.db, here),
        decisions=decisions.of_consultation(request.db, here),
        counts=decisions.basis_counts(request.db, here),
        verdicts=decisions.VERDICTS,
        sums=decisions.sums(request.db, here),
        number=made[0].number + 1 if made else 1,
        may=may_decide(request),
    )


@page(allow=writers, methods=["POST"])
def create(request: PageRequest) -> Response:
    here = request.consultation
    number = paging.page_number(str(request.posted.get("number", "")))
    if request.posted.get("sure") != "yes":
        raise Conflict("Tick the box to say that you are sure: a publication cannot be undone.")
    standing = decisions.obstacles(request.db, here)
    if standing:
        sentences = " ".join(one.sentence for one in standing)
        raise Conflict(f"This cannot be published yet. {sentences}")
    decisions.ask_to_publish(request.db, here, number, by=request.me, at=request.at)
    return redirect(request, "office.publications.show", slug=here.slug, number=number)


@page(allow=any_staff)
def show(request: PageRequest) -> Response:
    here, number = request.consultation, paging.page_number(request.path_params["number"])
    made = next(
        (one for one in decisions.publications(request.db, here) if one.number == number), None
    )
    if made is None and number != decisions.next_number(request.db, here):
        raise NotFound("There is no publication with this number.")
    return desk(
        request,
        "office/publications/show.html",
        part="office/publications/_state.html",
        consultation=here,
        number=number,
        publication=made,
        obstacles=[] if made else decisions.obstacles(request.db, here),
    )
