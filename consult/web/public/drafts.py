"""Answering: one question on a page, or all of them on one. What is typed is kept as a draft."""

from typing import Any

from starlette.responses import Response

from consult import contributions
from consult.consultations import Question
from consult.contributions import read_answer
from consult.errors import NotFound
from consult.web.allow import anyone
from consult.web.forms import Form, values_of
from consult.web.languages import gettext as _
from consult.web.page import PageRequest, page
from consult.web.public import journey as journeys
from consult.web.public.journey import Journey
from consult.web.render import redirect, render

NO_STEP = "There is no such question here. Begin at the consultation's own page."


@page(allow=anyone, methods=["POST"])
def create(request: PageRequest) -> Response:
    """Begin, or send all answers at once where all questions are on one page."""
    journey = journeys.of(request)
    if journey.is_one_per_page:
        journeys.keep(request, journey)
        return _go(request, journey, "1")
    numbered = list(enumerate(journey.questions, start=1))
    form = _take(request, journey, numbered)
    if form.errors:
        return _page(request, journey, numbered, form, status=422)
    journeys.keep(request, journey)
    return _go(request, journey, _after(request, journey, len(numbered)))


@page(allow=anyone)
def edit(request: PageRequest) -> Response:
    journey = journeys.of(request)
    return _page(request, journey, _asked(request, journey), Form(), status=200)


@page(allow=anyone, methods=["POST"])
def update(request: PageRequest) -> Response:
    journey = journeys.of(request)
    numbered = _asked(request, journey)
    form = _take(request, journey, numbered)
    if form.errors:
        return _page(request, journey, numbered, form, status=422)
    journeys.keep(request, journey)
    return _go(request, journey, _after(request, journey, numbered[-1][0]))


@page(allow=anyone, methods=["POST"])
def delete(request: PageRequest) -> Response:
    """Forget what this browser has begun here."""
    journey = journeys.of(request)
    contributions.drop_draft(request.db, journey.consultation, journey.token)
    said = _("What you had begun is forgotten.")
    return redirect(request, "public.consultations.show", say=said, slug=journey.consultation.slug)


def questions_page(request: PageRequest, journey: Journey, *, status: int = 200) -> Response:
    """All questions on one page."""
    numbered = list(enumerate(journey.questions, start=1))
    return _page(request, journey, numbered, Form(), status=status)


def _asked(request: PageRequest, journey: Journey) -> list[tuple[int, Question]]:
    step = request.path_params["step"]
    number = int(step) if step.isdecimal() and len(step) < 4 else 0
    if not 1 <= number <= len(journey.questions):
        raise NotFound(NO_STEP)
    return [(number, journey.questions[number - 1])]


def _take(
    request: PageRequest, journey: Journey, numbered: list[tuple[int, Question]]
) -> Form[Any]:
    """Check what was posted; what is good goes into the draft, what is not is shown again as typed."""
    form: Form[Any] = Form(values=values_of(request.posted))
    for number, question in numbered:
        values = form.many(f"q{number}")
        try:
            read_answer(question, values)
        except ValueError as wrong:
            form.refuse(f"q{number}", str(wrong))
        else:
            journey.answers[str(question.id)] = values
    return form


def _after(request: PageRequest, journey: Journey, number: int) -> str:
    if request.posted.get("then") == "check":
        return "check"
    return str(number + 1) if number < len(journey.questions) else "about"


def _go(request: PageRequest, journey: Journey, step: str) -> Response:
    names = {"about": "public.authors.edit", "check": "public.checks.show"}
    more = {} if step in names else {"step": step}
    response = redirect(
        request, names.get(step, "public.drafts.edit"), slug=journey.consultation.slug, **more
    )
    return journeys.with_cookie(request, journey, response)


def _page(
    request: PageRequest,
    journey: Journey,
    numbered: list[tuple[int, Question]],
    form: Form[Any],
    *,
    status: int,
) -> Response:
    given = {
        number: form.many(f"q{number}") if form.values else journey.given(question)
        for number, question in numbered
    }
    return render(
        request,
        "public/drafts/edit.html",
        part="public/drafts/_form.html",
        status=status,
        journey=journey,
        consultation=journey.consultation,
        words=journey.words,
        numbered=numbered,
        given=given,
        form=form,
        then=request.query_params.get("then", "") or request.posted.get("then", ""),
    )
