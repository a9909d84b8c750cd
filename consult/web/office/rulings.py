"""Deciding on a case, and taking a decision back at once."""

from typing import Literal

from pydantic import BaseModel, Field
from starlette.responses import Response

from consult import moderation
from consult.errors import Conflict
from consult.moderation import LegalTest, NewRuling, Redaction, Ruled
from consult.web import forms
from consult.web.forms import Form
from consult.web.languages import gettext as _
from consult.web.office import blackouts
from consult.web.office.casework import Sheet, sheet, show_case
from consult.web.office.queue import moderators
from consult.web.page import PageRequest, page
from consult.web.render import redirect

Said = Literal["", "yes", "no"]


class RulingForm(BaseModel):
    """The form as it is sent; `version` is that of the contribution the moderator saw."""

    ruled: Ruled = Field(default="", validate_default=True, title="what should happen")
    ground: str = ""
    reason: str = Field(default="", max_length=2000, title="the reason")
    version: int = 0
    elements: Said = ""
    defence: Said = ""


@page(allow=moderators, methods=["POST"])
def create(request: PageRequest) -> Response:
    """Rule, and go on to the next of the same pile; a refusal keeps every word."""
    laid = sheet(request)
    form = forms.read(RulingForm, request.posted)
    new = _new(form, laid)
    if form.data is None or new is None:
        return show_case(request, laid, form, status=422)
    pile = laid.case.pile if laid.case and laid.is_owed else ""
    try:
        moderation.rule(
            request.db,
            laid.contribution,
            new,
            version=form.data.version,
            by=request.me,
            at=request.at,
        )
    except Conflict as raised:
        return show_case(request, sheet(request), form, trouble=raised.message, status=409)
    return _onwards(request, laid, pile)


@page(allow=moderators, methods=["POST"])
def undo(request: PageRequest) -> Response:
    """Take one's own last ruling back."""
    here = request.consultation
    found, _case = moderation.with_case(request.db, here, request.path_params["id"])
    moderation.undo(request.db, found, by=request.me, at=request.at)
    return redirect(
        request,
        "office.cases.show",
        slug=here.slug,
        id=found.id,
        say=_("Undone. It is as it was before, and the log says so."),
    )


def _new(form: Form[RulingForm], laid: Sheet) -> NewRuling | None:
    """The ruling as the domain knows it; what is missing is said at its field."""
    data = form.data
    if data is None:
        return None
    words, missing = blackouts.listed(laid.answers.values(), form.values)
    is_redaction = data.ruled == Ruled.REDACT
    new = NewRuling.model_construct(
        ruled=data.ruled,
        ground=data.ground,
        reason=data.reason,
        redactions=blackouts.chosen(form.many("spans")) + words if is_redaction else [],
        test=_test(data),
    )
    wrong = moderation.faults(new) + (missing if is_redaction else _idle(data, words))
    for field, sentence in wrong:
        form.refuse(_at(field, laid), sentence)
    return None if wrong else new


def _idle(data: RulingForm, words: list[Redaction]) -> list[tuple[str, str]]:
    """Words listed and then published with the rest would be a slip nobody sees."""
    if not words or data.ruled != Ruled.PUBLISH:
        return []
    said = _("You listed words to black out: publish it with words blacked out, or empty the list.")
    return [("ruled", said)]


def _at(field: str, laid: Sheet) -> str:
    """Where a sentence is shown: without words found there is only the list of others."""
    texts = [one for one in laid.answers.values() if one.text]
    return blackouts.field_of(texts[0]) if field == "spans" and not laid.spans and texts else field


def _test(data: RulingForm) -> LegalTest | None:
    if not (data.elements and data.defence):
        return None
    return LegalTest(elements=data.elements == "yes", defence=data.defence == "yes")


def _onwards(request: PageRequest, laid: Sheet, pile: str) -> Response:
    here = request.consultation
    if not pile or laid.case is None:
        return redirect(request, "office.cases.show", slug=here.slug, id=laid.contribution.id)
    found = moderation.after(request.db, here, laid.case, pile)
    if found is None:
        say = _("That was the last of this pile.")
        return redirect(request, "office.queue.index", slug=here.slug, say=say)
    return redirect(request, "office.cases.show", slug=here.slug, id=found.contribution_id)
