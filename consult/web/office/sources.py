"""Hashtags: looked at before they are added, then started, paused and read at once."""

from datetime import timedelta
from typing import Any

from starlette.responses import Response

from consult import imports
from consult.errors import Conflict, Unavailable
from consult.identity import Role
from consult.imports import Feed, NewSource, Source
from consult.imports.readers.shapes import SocialPost
from consult.lib import dates
from consult.web import forms
from consult.web.allow import staff
from consult.web.forms import Form
from consult.web.languages import gettext as _
from consult.web.office import grounds
from consult.web.office.desk import desk
from consult.web.page import PageRequest, page
from consult.web.render import redirect

importers = staff(Role.OFFICIAL, Role.ANALYST, Role.MODERATOR, Role.MEMBER)
BACK = timedelta(days=30)  # how far a first reading goes back unless somebody says otherwise


@page(allow=importers)
def new(request: PageRequest) -> Response:
    """An empty form, with the consultation's own hashtag in it."""
    tags = request.consultation.hashtags
    start = dates.london(request.at - BACK)
    day = {"from_date-day": start.day, "from_date-month": start.month, "from_date-year": start.year}
    return _form(request, forms.filled({"hashtag": tags[0] if tags else "", **day}))


@page(allow=importers, methods=["POST"], readonly=True)
def preview(request: PageRequest) -> Response:
    """Show the last ten posts as they would come in. Nothing is kept."""
    looked = forms.read(Feed, request.posted)
    if looked.data is None:
        return _form(request, looked, status=422)
    try:
        posts = list(imports.preview(looked.data))
    except Unavailable as trouble:
        looked.refuse("server", trouble.message)
        return _form(request, looked, status=422)
    return _form(request, looked, posts=posts)


@page(allow=importers, methods=["POST"])
def create(request: PageRequest) -> Response:
    """Follow it from now on."""
    form = forms.read(NewSource, request.posted)
    if form.data is None:
        return _form(request, form, status=422)
    here = request.consultation
    try:
        imports.add_source(request.db, here, form.data, by=request.me, at=request.at)
    except Conflict as wrong:
        form.refuse("hashtag", wrong.message)
        return _form(request, form, status=409)
    return _back(request, _("It is followed from now on; its posts wait for a moderator."))


@page(allow=importers, methods=["POST"])
def start(request: PageRequest) -> Response:
    """Follow it again."""
    source = _source(request)
    imports.start_source(request.db, request.consultation, source, by=request.me, at=request.at)
    return _back(request, _("It is followed again, from where it was left."))


@page(allow=importers, methods=["POST"])
def pause(request: PageRequest) -> Response:
    """Stop reading it."""
    imports.pause(request.db, request.consultation, _source(request), by=request.me, at=request.at)
    return _back(request, _("Paused. What came in stays."))


@page(allow=importers, methods=["POST"])
def read(request: PageRequest) -> Response:
    """Look for new posts at once."""
    imports.read_now(
        request.db, request.consultation, _source(request), by=request.me, at=request.at
    )
    return _back(request, _("It is read now; load the page again in a moment."))


def _source(request: PageRequest) -> Source:
    return imports.source_in(request.db, request.consultation, request.path_params["id"])


def _form(
    request: PageRequest,
    form: Form[Any],
    posts: list[SocialPost] | None = None,
    status: int = 200,
) -> Response:
    return desk(
        request,
        "office/sources/new.html",
        form=form,
        posts=posts,
        grounds=grounds.options(),
        status=status,
    )


def _back(request: PageRequest, say: str) -> Response:
    return redirect(request, "office.imports.index", slug=request.consultation.slug, say=say)
