"""About you: who speaks, what we may publish, and how to reach them. All of it but the consent may stay empty."""

import re

from pydantic import BaseModel, Field, field_validator
from starlette.responses import Response

from consult.contributions import Connection, Consent
from consult.lib import text
from consult.web import forms
from consult.web.allow import anyone
from consult.web.forms import Form
from consult.web.languages import gettext as _
from consult.web.page import PageRequest, page
from consult.web.public import journey as journeys
from consult.web.public.journey import Journey
from consult.web.render import redirect, render
from consult.web.wording import connections, consents

ADDRESS = re.compile(r"[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)+")


class AboutYou(BaseModel):
    """What somebody says about themselves."""

    connection: Connection | None = Field(default=None, title="your connection to this")
    area: str = Field(default="", max_length=120, title="where you live")
    organisation: str = Field(default="", max_length=200, title="the organisation's name")
    consent: Consent | None = Field(default=None, title="whether we may publish it")
    name: str = Field(default="", max_length=200, title="your name")
    email: str = Field(default="", max_length=320, title="your e-mail address")

    @field_validator("area", "organisation", "name", "email", mode="before")
    @classmethod
    def on_one_line(cls, typed: str) -> str:
        return " ".join(text.tidy(typed).split())

    @field_validator("email")
    @classmethod
    def reachable(cls, address: str) -> str:
        if address and not ADDRESS.fullmatch(address):
            raise ValueError("Enter an e-mail address like name@example.org, or leave it empty.")
        return address


def read(request: PageRequest) -> Form[AboutYou]:
    """What was posted, checked as far as one field needs another."""
    form = forms.read(AboutYou, request.posted)
    consent = form.value("consent")
    if not consent and not form.error("consent"):
        form.refuse("consent", _("Choose whether we may publish it."))
    if consent == Consent.NAME.value and not form.value("name").strip():
        form.refuse("name", _("Enter your name, or choose to have it published without a name."))
    order = list(AboutYou.model_fields)
    form.errors.sort(key=lambda error: order.index(error[0]) if error[0] in order else 0)
    return form


@page(allow=anyone)
def edit(request: PageRequest) -> Response:
    journey = journeys.of(request)
    return _page(request, journey, forms.filled(dict(journey.about)), status=200)


@page(allow=anyone, methods=["POST"])
def update(request: PageRequest) -> Response:
    journey = journeys.of(request)
    form = read(request)
    if form.data is None:
        return _page(request, journey, form, status=422)
    journey.about = form.data.model_dump(mode="json", exclude_none=True)
    journeys.keep(request, journey)
    response = redirect(request, "public.checks.show", slug=journey.consultation.slug)
    return journeys.with_cookie(request, journey, response)


def _page(request: PageRequest, journey: Journey, form: Form[AboutYou], *, status: int) -> Response:
    return render(
        request,
        "public/authors/edit.html",
        part="public/authors/_form.html",
        status=status,
        journey=journey,
        consultation=journey.consultation,
        words=journey.words,
        connections=[{"value": one.value, "text": says} for one, says in connections().items()],
        consents=_consents(),
        form=form,
    )


def _consents() -> list[dict[str, str]]:
    hints = {
        Consent.NAME: _("Anyone can read it, with your name beside it."),
        Consent.NO_NAME: _("Anyone can read it. Leave out of your words what would give you away."),
        Consent.COUNT_ONLY: _("Only the people who work on this read it."),
    }
    return [
        {"value": one.value, "text": says, "hint": hints[one]} for one, says in consents().items()
    ]
