"""The outbox: which letters went, which did not, and what to do about those we are not sure of."""

from uuid import UUID

from starlette.responses import Response

from consult import consultations, identity, letters
from consult.errors import NotFound
from consult.identity import Role
from consult.lib import paging
from consult.web.allow import any_staff, staff
from consult.web.office.decisions import id_in_path
from consult.web.office.desk import desk
from consult.web.page import PageRequest, page
from consult.web.render import redirect

LIST = 25


@page(allow=any_staff)
def index(request: PageRequest) -> Response:
    mine = _consultations(request)
    demo = request.app.state.settings.demo
    number = paging.page_number(request.query_params.get("page"))
    found, total = letters.about(
        request.db,
        list(mine),
        and_none=demo,
        limit=LIST,
        offset=paging.offset(number, LIST),
    )
    return desk(
        request,
        "office/outbox/index.html",
        letters=paging.Page(found, number, LIST, total),
        # Outside the demo nobody reads other people's letters: they hold addresses and receipts.
        contents={one.id: letters.contents(one) for one in found} if demo else {},
        mine=mine,
    )


@page(allow=staff(Role.OFFICIAL, Role.MEMBER), methods=["POST"])
def update(request: PageRequest) -> Response:
    letter = letters.by_id(request.db, id_in_path(request))
    if letter.about not in _consultations(request, Role.OFFICIAL, Role.MEMBER):
        raise NotFound("There is no such letter.")
    if request.posted.get("do") == "again":
        letters.send_again(request.db, letter, by=request.me, at=request.at)
        return redirect(request, "office.outbox.index", say="The letter will be sent again.")
    letters.arrived(request.db, letter, by=request.me, at=request.at)
    return redirect(request, "office.outbox.index", say="Noted that the letter arrived.")


def _consultations(request: PageRequest, *roles: Role) -> dict[UUID, str]:
    """The consultations of the organisations in which one holds a role, by id."""
    where = [one.id for one in identity.organisations_of(request.db, request.me, *roles)]
    return {one.id: one.title for one in consultations.of_organisations(request.db, where)}
