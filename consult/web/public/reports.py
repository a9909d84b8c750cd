"""Telling a moderator that something published may be wrong; no account is needed."""

from pydantic import BaseModel, Field, field_validator
from starlette.responses import Response

from consult import contributions, moderation
from consult.consultations import Consultation
from consult.contributions import Channel, Contribution
from consult.lib import text
from consult.moderation import ReportReason
from consult.web import forms, limits
from consult.web.allow import anyone
from consult.web.forms import Form
from consult.web.languages import gettext as _
from consult.web.page import PageRequest, page
from consult.web.public.responses import public
from consult.web.render import redirect, render
from consult.web.wording import author_of, words_of


class NewReport(BaseModel):
    """What a reader says is wrong."""

    reason: ReportReason = Field(title="what is wrong")
    words: str = Field(default="", max_length=1000, title="what you write")

    @field_validator("words")
    @classmethod
    def tidied(cls, words: str) -> str:
        return text.tidy(words)


@page(allow=anyone)
def new(request: PageRequest) -> Response:
    consultation, found = public(request)
    return _form(request, consultation, found, Form(), status=200)


@page(allow=anyone, methods=["POST"])
def create(request: PageRequest) -> Response:
    consultation, found = public(request)
    form = forms.read(NewReport, request.posted)
    if form.data is None:
        return _form(request, consultation, found, form, status=422)
    limits.check(request, "reports", "10/hour")
    moderation.report(
        request.db,
        found,
        reason=form.data.reason,
        words=form.data.words,
        reporter=limits.key(request),
        at=request.at,
    )
    back = "public.posts.index" if found.channel == Channel.POST else "public.responses.index"
    said = _(
        "Thank you. A moderator will look at it, and decides by the rules and never by the view."
    )
    return redirect(request, back, say=said, slug=consultation.slug)


def _form(
    request: PageRequest,
    consultation: Consultation,
    found: Contribution,
    form: Form[NewReport],
    *,
    status: int,
) -> Response:
    return render(
        request,
        "public/reports/new.html",
        part="public/reports/_form.html",
        status=status,
        consultation=consultation,
        words=words_of(consultation),
        card=contributions.cards(request.db, [found])[0],
        is_post=found.channel == Channel.POST,
        author_of=author_of,
        form=form,
        reasons=reasons(),
    )


def reasons() -> list[dict[str, str]]:
    """The reasons as radios, in the words of somebody who has just read it."""
    named = {
        ReportReason.PERSONAL_DATA: _("It gives away private details of somebody"),
        ReportReason.DEFAMATION: _("It accuses somebody who can be identified"),
        ReportReason.THREAT: _("It threatens somebody, or calls for harm"),
        ReportReason.DISCRIMINATION: _("It shows contempt for people for what they are"),
        ReportReason.IMPERSONATION: _("It pretends to come from somebody else"),
        ReportReason.FRAUD_SPAM: _("It is an advertisement or a fraud"),
        ReportReason.OTHER: _("Something else"),
    }
    return [{"value": one.value, "text": says} for one, says in named.items()]
