"""The questions of a draft: written, reworded, moved and taken out."""

from pydantic import Field, field_validator
from starlette.responses import Response

from consult import consultations
from consult.consultations import NewQuestion, Question, QuestionKind
from consult.errors import NotFound
from consult.identity import Role
from consult.web import forms
from consult.web.allow import staff
from consult.web.forms import Form
from consult.web.office.desk import desk
from consult.web.page import PageRequest, page
from consult.web.render import redirect

setters = staff(Role.OFFICIAL, Role.MEMBER)


class QuestionForm(NewQuestion):
    """The same, with the sentences of a form; options come one a line."""

    kind: QuestionKind = Field(title="how it is answered")
    title: str = Field(title="the question", min_length=1, max_length=500)

    @field_validator("options", mode="before")
    @classmethod
    def a_line_each(cls, given: list[str]) -> list[str]:
        lines = "\n".join(given).splitlines()
        return list(dict.fromkeys(line.strip() for line in lines if line.strip()))


@page(allow=setters)
def new(request: PageRequest) -> Response:
    """An empty question."""
    return _form(request, forms.filled({"kind": "text", "points": 5, "max_length": 10_000}))


@page(allow=setters, methods=["POST"])
def create(request: PageRequest) -> Response:
    """Add it at the end."""
    form = _read(request)
    if form.data is None:
        return _form(request, form, status=422)
    consultations.add_question(
        request.db, request.consultation, form.data, by=request.me, at=request.at
    )
    return _back(request, "Question added.")


@page(allow=setters)
def edit(request: PageRequest) -> Response:
    """A question to reword."""
    question = _question(request)
    values = question.model_dump(include=set(NewQuestion.model_fields))
    values["options"] = "\n".join(question.options)
    return _form(request, forms.filled(values), question)


@page(allow=setters, methods=["POST"])
def update(request: PageRequest) -> Response:
    """Save its new words."""
    question = _question(request)
    form = _read(request)
    if form.data is None:
        return _form(request, form, question, status=422)
    consultations.change_question(
        request.db, request.consultation, question, form.data, by=request.me, at=request.at
    )
    return _back(request, "Question saved.")


@page(allow=setters, methods=["POST"])
def delete(request: PageRequest) -> Response:
    """Take it out."""
    here = _question(request).id
    consultations.remove_question(
        request.db, request.consultation, here, by=request.me, at=request.at
    )
    return _back(request, "Question taken out.")


@page(allow=setters, methods=["POST"])
def move(request: PageRequest) -> Response:
    """Swap it with the one before or after."""
    up = request.posted.get("way") == "up"
    here = _question(request).id
    consultations.move_question(
        request.db, request.consultation, here, up, by=request.me, at=request.at
    )
    return _back(request, "Moved.")


def _question(request: PageRequest) -> Question:
    wanted = request.path_params["id"]
    for one in consultations.questions_of(request.db, request.consultation):
        if one.id == wanted:
            return one
    raise NotFound("That question is no longer here.")


def _read(request: PageRequest) -> Form[QuestionForm]:
    form = forms.read(QuestionForm, request.posted)
    # A rule over several fields has no place of its own; people look for it at the options.
    form.errors = [(at or "options", say) for at, say in form.errors]
    return form


def _form(
    request: PageRequest,
    form: Form[QuestionForm],
    question: Question | None = None,
    status: int = 200,
) -> Response:
    template = "office/questions/edit.html" if question else "office/questions/new.html"
    return desk(request, template, form=form, question=question, status=status)


def _back(request: PageRequest, say: str) -> Response:
    return redirect(request, "office.consultations.show", slug=request.consultation.slug, say=say)
