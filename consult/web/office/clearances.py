"""Publishing everything in which nothing was found: a page that names the number, then a job."""

from uuid import UUID

from pydantic import BaseModel
from starlette.responses import Response

from consult import consultations, moderation
from consult.web import forms
from consult.web.languages import gettext as _
from consult.web.languages import ngettext
from consult.web.office.desk import desk
from consult.web.office.queue import moderators
from consult.web.page import PageRequest, page
from consult.web.render import number, redirect


class Yes(BaseModel):
    """The newest case there was when the number was named."""

    upto: UUID


@page(allow=moderators)
def new(request: PageRequest) -> Response:
    """Ask before so many are published."""
    here = request.consultation
    counts = consultations.counts(request.db, here.id)
    return desk(
        request,
        "office/clearances/new.html",
        waiting=max(0, counts.get("queue:clear", 0)),
        upto=moderation.newest_clear(request.db, here),
        running=moderation.running(request.db, here),
    )


@page(allow=moderators, methods=["POST"])
def create(request: PageRequest) -> Response:
    """Publish them: a few at once, many by a job."""
    here = request.consultation
    form = forms.read(Yes, request.posted)
    if form.data is None:
        return redirect(request, "office.clearances.new", slug=here.slug)
    made = moderation.publish_clear(
        request.db, here, upto=form.data.upto, by=request.me, at=request.at
    )
    if made.finished_at:
        said = ngettext("%(n)s is published.", "%(n)s are published.", made.done)
        say = said % {"n": number(made.done)}
        return redirect(request, "office.queue.index", slug=here.slug, say=say)
    return redirect(request, "office.clearances.show", slug=here.slug, id=made.id)


@page(allow=moderators)
def show(request: PageRequest) -> Response:
    """How far it is."""
    here = request.consultation
    made = moderation.clearance(request.db, here, request.path_params["id"])
    return desk(
        request,
        "office/clearances/show.html",
        part="office/clearances/_progress.html",
        clearance=made,
        title=_("Publishing all in which nothing was found"),
    )
