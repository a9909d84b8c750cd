"""Marking words with themes, and taking marks off."""

from uuid import UUID

from starlette.responses import Response

from consult import contributions, synthesis
from consult.contributions import Answer
from consult.errors import Invalid, Problem
from consult.lib import text
from consult.synthesis import Theme
from consult.web import forms
from consult.web.allow import staff
from consult.web.office import filters
from consult.web.office.contributions import sheet
from consult.web.page import PageRequest, page
from consult.web.render import redirect

coders = staff(*synthesis.CODERS)


@page(allow=coders, methods=["POST"])
def create(request: PageRequest) -> Response:
    """Mark the words selected or typed, or the whole answer, with the theme pressed."""
    typed = {name: values[0] for name, values in forms.values_of(request.posted).items()}
    here = request.path_params["id"]
    try:
        say = _mark(request, here, typed)
    except Invalid as wrong:
        field = "new_theme" if typed.get("theme") == "new" else "words"
        return sheet(request, here, errors=[(field, wrong.message)], typed=typed, status=422)
    return back(request, here, say)


@page(allow=coders, methods=["POST"])
def delete(request: PageRequest) -> Response:
    """Take a mark off."""
    here = request.consultation
    one = synthesis.coding_by_id(request.db, here, request.path_params["id"])
    theme = synthesis.theme_by_id(request.db, here, one.theme_id)
    synthesis.uncode(request.db, here, one, by=request.me, at=request.at)
    return back(request, one.contribution_id, f"Took “{theme.name}” off.")


def back(request: PageRequest, contribution_id: UUID, say: str) -> Response:
    """The same contribution again: its changed part for htmx, else the page."""
    if request.htmx:
        request.db.flush()
        return sheet(request, contribution_id, say=say)
    kept = filters.as_query(filters.read(request.query_params)[0])
    at = request.query_params.get("at", "")
    slug = request.consultation.slug
    name = "office.contributions.show"
    return redirect(request, name, slug=slug, id=contribution_id, say=say, at=at, **kept)


def _mark(request: PageRequest, contribution_id: UUID, typed: dict[str, str]) -> str:
    answer = _answer(request, contribution_id, typed.get("answer", ""))
    start, end = _span(answer, typed)
    theme = _theme(request, typed)
    here = request.consultation
    added = synthesis.code(
        request.db, here, answer, theme, start, end, by=request.me, at=request.at
    )
    words = text.snippet(answer.text[start:end], 60)
    return f"“{words}”: {theme.name}." if added else f"That was marked “{theme.name}” already."


def _answer(request: PageRequest, contribution_id: UUID, typed: str) -> Answer:
    one = contributions.by_id(request.db, request.consultation, contribution_id)
    texts = [answer for answer in contributions.answers_of(request.db, one) if answer.text]
    for answer in texts:
        if str(answer.id) == typed or len(texts) == 1:
            return answer
    raise Invalid("Choose which answer the words stand in.")


def _span(answer: Answer, typed: dict[str, str]) -> tuple[int, int]:
    """What was selected, else where the words typed stand, else all of it."""
    start, end = typed.get("start", ""), typed.get("end", "")
    if start.isdecimal() and end.isdecimal() and len(start + end) < 16:
        if int(start) < int(end) <= len(answer.text):
            return int(start), int(end)
        raise Invalid("That selection lies outside the answer. Select the words again.")
    return synthesis.find(answer.text, typed.get("words", ""))


def _theme(request: PageRequest, typed: dict[str, str]) -> Theme:
    here, chosen = request.consultation, typed.get("theme", "")
    if chosen == "new":
        name = typed.get("new_theme", "")
        try:
            return synthesis.create_theme(request.db, here, name, by=request.me, at=request.at)
        except Problem as wrong:
            raise Invalid(wrong.message) from None
    try:
        return synthesis.theme_by_id(request.db, here, UUID(chosen))
    except ValueError:
        raise Invalid("Choose a theme to mark the words with.") from None
