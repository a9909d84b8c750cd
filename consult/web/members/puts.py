"""Saying what came of a question: put and answered, or not put and why; and taking that back."""

from uuid import UUID

from pydantic import BaseModel, Field
from starlette.responses import Response

from consult import questions
from consult.questions import Answered, Hearing
from consult.web import forms
from consult.web.members.questions import listing, putters, question, single, ticked
from consult.web.page import PageRequest, page
from consult.web.render import redirect

SAVED = "Saved. Those who asked it are told when you publish."


class AnsweredForm(Answered):
    """The same, with the sentences of a form."""

    answer: str = Field(title="the answer", min_length=1, max_length=1500)
    link: str = Field(default="", title="the link", max_length=300)


class ReasonForm(BaseModel):
    """Why a question was not put."""

    reason: str = Field(title="why it was not put", min_length=1, max_length=questions.MOST)


@page(allow=putters, methods=["POST"])
def create(request: PageRequest) -> Response:
    """It was put, and this is the answer."""
    one = question(request)
    form = forms.read(AnsweredForm, request.posted)
    if form.data is None:
        return single(request, one, form, status=422)
    questions.put(request.db, one, _hearing(request), form.data, by=request.me, at=request.at)
    return _back(request, SAVED)


@page(allow=putters, methods=["POST"])
def refuse(request: PageRequest) -> Response:
    """It was not put, because."""
    one = question(request)
    form = forms.read(ReasonForm, request.posted)
    if form.data is None:
        return single(request, one, form, status=422)
    questions.not_put(request.db, one, form.data.reason, by=request.me, at=request.at)
    return _back(request, SAVED)


@page(allow=putters, methods=["POST"])
def refuse_many(request: PageRequest) -> Response:
    """Several were not put, for the same reason."""
    form = forms.read(ReasonForm, request.posted)
    chosen = ticked(request)
    if not chosen:
        form.refuse("question", "Tick the questions that were not put.")
    if form.data is None:
        return listing(request, form, status=422)
    for one in chosen:
        questions.not_put(request.db, one, form.data.reason, by=request.me, at=request.at)
    return redirect(request, "members.questions.index", slug=request.consultation.slug, say=SAVED)


@page(allow=putters, methods=["POST"])
def delete(request: PageRequest) -> Response:
    """Nothing is said of it any more: it waits again."""
    questions.undo(request.db, question(request), by=request.me, at=request.at)
    return _back(request, "Taken back. It waits to be decided again.")


def _hearing(request: PageRequest) -> Hearing | None:
    chosen = str(request.posted.get("hearing", ""))
    if not chosen:
        return None
    try:
        wanted = UUID(chosen)
    except ValueError:
        wanted = UUID(int=0)
    return questions.hearing(request.db, request.consultation, wanted)


def _back(request: PageRequest, say: str) -> Response:
    here, one = request.consultation, request.path_params["id"]
    return redirect(request, "members.questions.show", slug=here.slug, id=one, say=say)
