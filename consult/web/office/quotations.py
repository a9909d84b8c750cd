"""Choosing the words to quote, and taking a quotation out."""

from pydantic import BaseModel
from starlette.responses import Response

from consult import contributions, decisions
from consult.decisions import Decision
from consult.errors import Invalid, NotFound, require
from consult.web import forms
from consult.web.forms import Form
from consult.web.office.bases import ids_of
from consult.web.office.decisions import found, id_in_path, may_decide, writers
from consult.web.office.desk import desk
from consult.web.page import PageRequest, page
from consult.web.render import redirect


@page(allow=writers)
def new(request: PageRequest) -> Response:
    require(may_decide(request))
    chosen = request.query_params.get("contribution", "")
    return _form(request, found(request), forms.filled({"contribution": chosen}))


@page(allow=writers, methods=["POST"])
def create(request: PageRequest) -> Response:
    decision, values = found(request), forms.values_of(request.posted)
    form: Form[BaseModel] = Form(None, values)
    chosen = ids_of(form.many("answer"))
    if not chosen:
        raise Invalid("Choose the answer that holds the words.")
    answer = decisions.answer_of(request.db, chosen[0])
    try:
        decisions.quote_words(
            request.db, decision, answer, form.value("words"), by=request.me, at=request.at
        )
    except Invalid as wrong:
        form.refuse(f"words-{answer.id}", wrong.message)
        return _form(request, decision, form, status=422)
    return redirect(
        request,
        "office.decisions.show",
        slug=request.consultation.slug,
        id=decision.id,
        say="Quotation added.",
    )


@page(allow=writers, methods=["POST"])
def delete(request: PageRequest) -> Response:
    decision = decisions.unquote(
        request.db,
        request.consultation,
        id_in_path(request, "quotation"),
        by=request.me,
        at=request.at,
    )
    return redirect(
        request,
        "office.decisions.show",
        slug=request.consultation.slug,
        id=decision.id,
        say="Quotation taken out.",
    )


def _form(
    request: PageRequest, decision: Decision, form: Form[BaseModel], status: int = 200
) -> Response:
    ids = ids_of(form.many("contribution"))
    if not ids:
        raise NotFound("Choose a response to quote from first.")
    one = contributions.by_id(request.db, request.consultation, ids[0])
    return desk(
        request,
        "office/quotations/new.html",
        status=status,
        consultation=request.consultation,
        decision=decision,
        card=contributions.cards(request.db, [one])[0],
        form=form,
    )
