"""The sittings at which questions are put: named beforehand, corrected afterwards."""

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, Field
from starlette.responses import Response

from consult import questions
from consult.lib import dates
from consult.questions import Hearing, NewHearing
from consult.web import forms
from consult.web.forms import Form
from consult.web.members.questions import call, putters
from consult.web.office.desk import desk
from consult.web.page import PageRequest, page
from consult.web.render import redirect


class HearingForm(BaseModel):
    """A sitting as typed; its day is a day in London."""

    title: str = Field(title="what the sitting is called", min_length=1, max_length=200)
    place: str = Field(default="", title="the place", max_length=200)
    held_on: datetime = Field(title="the day of the sitting")

    @property
    def new(self) -> NewHearing:
        day: date = dates.london(self.held_on).date()
        return NewHearing(title=self.title, place=self.place, held_on=day)


@page(allow=putters)
def index(request: PageRequest) -> Response:
    return _listing(request, forms.filled({}))


@page(allow=putters, methods=["POST"])
def create(request: PageRequest) -> Response:
    """Name a sitting."""
    here, form = call(request), forms.read(HearingForm, request.posted)
    if form.data is None:
        return _listing(request, form, status=422)
    questions.add_hearing(request.db, here, form.data.new, by=request.me, at=request.at)
    return _back(request, "Hearing added. You can now choose it when you record an answer.")


@page(allow=putters)
def edit(request: PageRequest) -> Response:
    """A sitting to correct."""
    one = _hearing(request)
    day = {"day": one.held_on.day, "month": one.held_on.month, "year": one.held_on.year}
    parts = {f"held_on-{part}": str(n) for part, n in day.items()}
    return _form(request, one, forms.filled({"title": one.title, "place": one.place, **parts}))


@page(allow=putters, methods=["POST"])
def update(request: PageRequest) -> Response:
    """Save what was corrected."""
    one, form = _hearing(request), forms.read(HearingForm, request.posted)
    if form.data is None:
        return _form(request, one, form, status=422)
    questions.change_hearing(
        request.db, request.consultation, one, form.data.new, by=request.me, at=request.at
    )
    return _back(request, "Saved.")


def _listing(request: PageRequest, form: Form[Any], status: int = 200) -> Response:
    here = call(request)
    return desk(
        request,
        "members/hearings/index.html",
        hearings=questions.hearings_of(request.db, here),
        may_put=questions.may_put(request.roles, here),
        form=form,
        status=status,
    )


def _form(request: PageRequest, one: Hearing, form: Form[Any], status: int = 200) -> Response:
    return desk(request, "members/hearings/edit.html", hearing=one, form=form, status=status)


def _hearing(request: PageRequest) -> Hearing:
    return questions.hearing(request.db, call(request), request.path_params["id"])


def _back(request: PageRequest, say: str) -> Response:
    return redirect(request, "members.hearings.index", slug=request.consultation.slug, say=say)
