"""Writing a consultation, and taking it from draft to open to closed."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from pydantic import BaseModel, Field
from starlette.responses import Response

from consult import consultations, identity
from consult.consultations import Consultation, NewConsultation
from consult.errors import NotFound
from consult.identity import Organisation, Role
from consult.lib import dates
from consult.web import forms
from consult.web.allow import any_staff, staff
from consult.web.forms import Form
from consult.web.office.desk import desk
from consult.web.office.steps import steps
from consult.web.page import PageRequest, page
from consult.web.render import redirect

setters = staff(Role.OFFICIAL, Role.MEMBER)


class ConsultationForm(NewConsultation):
    """The same, with the sentences of a form; dates are days in London."""

    title: str = Field(title="a title", min_length=1, max_length=200)
    summary: str = Field(title="a summary", min_length=1, max_length=1000)
    opens_at: datetime = Field(title="the opening date")
    closes_at: datetime = Field(title="the closing date")


class Until(BaseModel):
    """A new last day."""

    until: datetime = Field(title="the new closing date")


@page(allow=any_staff)
def show(request: PageRequest) -> Response:
    """Where a consultation stands, and what can be done next."""
    return _overview(request, None)


@page(allow=setters)
def new(request: PageRequest) -> Response:
    """An empty form, opening today and closing in twelve weeks."""
    start = request.at
    values = {
        "kind": _kind(request),
        "layout": "one_per_page",
        "moderation": "before",
        **_day_fields("opens_at", start),
        **_day_fields("closes_at", start + timedelta(weeks=12)),
    }
    return _form(request, forms.filled(values))


@page(allow=setters, methods=["POST"])
def create(request: PageRequest) -> Response:
    """Begin a draft."""
    form = _read(request)
    organisation = _organisation(request)
    if form.data is None or organisation is None:
        if organisation is None:
            form.refuse("organisation", "Choose the organisation that asks.")
        return _form(request, form, status=422)
    made = consultations.create(
        request.db, organisation.id, form.data, by=request.me, at=request.at
    )
    return redirect(
        request, "office.questions.new", slug=made.slug, say="Draft saved. Now add a question."
    )


@page(allow=setters)
def edit(request: PageRequest) -> Response:
    """The same form, filled."""
    here = request.consultation
    values: dict[str, Any] = here.model_dump(include=set(NewConsultation.model_fields))
    values["hashtags"] = " ".join(here.hashtags)
    values |= _day_fields("opens_at", here.opens_at) | _day_fields("closes_at", here.closes_at)
    return _form(request, forms.filled(values), here)


@page(allow=setters, methods=["POST"])
def update(request: PageRequest) -> Response:
    """Save what was rewritten."""
    form = _read(request)
    if form.data is None:
        return _form(request, form, request.consultation, status=422)
    consultations.change(request.db, request.consultation, form.data, by=request.me, at=request.at)
    return _back(request, "Saved.")


@page(allow=setters, methods=["POST"])
def open_(request: PageRequest) -> Response:
    """Open it to the public."""
    consultations.open_to_public(request.db, request.consultation, by=request.me, at=request.at)
    return _back(request, "It is open: anyone can now take part.")


@page(allow=setters, methods=["POST"])
def close(request: PageRequest) -> Response:
    """Close it now."""
    consultations.close(request.db, request.consultation, by=request.me, at=request.at)
    return _back(request, "It is closed. Next: read, find the themes, decide.")


@page(allow=setters, methods=["POST"])
def extend(request: PageRequest) -> Response:
    """Give people until a later day."""
    return _until(request, consultations.extend, "Extended.")


@page(allow=setters, methods=["POST"])
def reopen(request: PageRequest) -> Response:
    """Open it again until a later day."""
    return _until(request, consultations.reopen, "It is open again.")


def _until(request: PageRequest, verb: Callable[..., None], say: str) -> Response:
    form = forms.read(Until, request.posted)
    if form.data is None:
        return _overview(request, form, status=422)
    last = dates.end_of(dates.london(form.data.until).date())
    verb(request.db, request.consultation, last, by=request.me, at=request.at)
    return _back(request, say)


def _overview(request: PageRequest, form: Form[Until] | None, status: int = 200) -> Response:
    here = request.consultation
    counts = consultations.counts(request.db, here.id)
    return desk(
        request,
        "office/consultations/show.html",
        status=status,
        questions=consultations.questions_of(request.db, here),
        counts=counts,
        steps=steps(request, counts),
        may_change=consultations.may_change(request.roles, here),
        may_open=consultations.may_open(request.roles),
        form=form,
    )


def _kind(request: PageRequest) -> str:
    """A call for questions where an MP's page leads here; else proposals."""
    asked = request.query_params.get("kind") == "questions"
    return "questions" if asked else "proposals"


def _read(request: PageRequest) -> Form[ConsultationForm]:
    tags = str(request.posted.get("hashtags", "")).replace(",", " ").split()
    form = forms.read(ConsultationForm, request.posted, hashtags=tags)
    if form.data:
        # People mean the whole of the closing day.
        form.data.closes_at = dates.end_of(dates.london(form.data.closes_at).date())
    return form


def _organisation(request: PageRequest) -> Organisation | None:
    mine = _may_ask_for(request)
    chosen = str(request.posted.get("organisation", ""))
    return next((one for one in mine if str(one.id) == chosen), mine[0] if len(mine) == 1 else None)


def _may_ask_for(request: PageRequest) -> list[Organisation]:
    mine = identity.organisations_of(request.db, request.me, Role.OFFICIAL, Role.MEMBER)
    if not mine:
        raise NotFound("You have no organisation to ask for.")
    return mine


def _form(
    request: PageRequest, form: Form[Any], here: Consultation | None = None, status: int = 200
) -> Response:
    return desk(
        request,
        "office/consultations/edit.html" if here else "office/consultations/new.html",
        form=form,
        here=here,
        organisations=[]
        if here
        else [{"value": str(one.id), "text": one.name} for one in _may_ask_for(request)],
        status=status,
    )


def _back(request: PageRequest, say: str) -> Response:
    return redirect(request, "office.consultations.show", slug=request.consultation.slug, say=say)


def _day_fields(name: str, when: datetime) -> dict[str, str]:
    local = dates.london(when)
    return {
        f"{name}-day": str(local.day),
        f"{name}-month": str(local.month),
        f"{name}-year": str(local.year),
    }
