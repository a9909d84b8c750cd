"""The codebook: themes with their counts, and what becomes of each."""

from pydantic import BaseModel, Field
from starlette.responses import Response

from consult import consultations, synthesis
from consult.errors import Conflict, Invalid
from consult.synthesis import Filters, Theme
from consult.web import forms
from consult.web.allow import any_staff, staff
from consult.web.forms import Form
from consult.web.office import filters
from consult.web.office.desk import desk
from consult.web.page import PageRequest, page
from consult.web.render import redirect

coders = staff(*synthesis.CODERS)


class ThemeForm(BaseModel):
    """A theme as typed."""

    name: str = Field(title="a name for the theme", min_length=1, max_length=120)
    definition: str = Field(default="", title="the definition", max_length=1000)


@page(allow=any_staff)
def index(request: PageRequest) -> Response:
    """The codebook, how far the reading is, and what a machine suggested."""
    return _index(request, None)


@page(allow=coders, methods=["POST"])
def create(request: PageRequest) -> Response:
    """Add a theme."""
    form = forms.read(ThemeForm, request.posted)
    if form.data is not None:
        try:
            synthesis.create_theme(
                request.db,
                request.consultation,
                form.data.name,
                form.data.definition,
                by=request.me,
                at=request.at,
            )
        except (Invalid, Conflict) as wrong:
            form.refuse("name", wrong.message)
    if form.data is None:
        return _index(request, form, 422)
    return redirect(
        request, "office.themes.index", slug=request.consultation.slug, say="Theme added."
    )


@page(allow=any_staff)
def show(request: PageRequest) -> Response:
    """One theme: what it takes in, and the contributions coded with it."""
    return _show(request, _theme(request), None)


@page(allow=coders, methods=["POST"])
def update(request: PageRequest) -> Response:
    """Rename and define it."""
    theme, here = _theme(request), request.consultation
    form = forms.read(ThemeForm, request.posted)
    if form.data is not None:
        try:
            synthesis.rename(request.db, here, theme, form.data.name, by=request.me, at=request.at)
            synthesis.define(
                request.db, here, theme, form.data.definition, by=request.me, at=request.at
            )
        except (Invalid, Conflict) as wrong:
            form.refuse("name", wrong.message)
    if form.data is None:
        return _show(request, theme, form, 422)
    return _back(request, theme, "Saved.")


@page(allow=coders, methods=["POST"])
def retire(request: PageRequest) -> Response:
    """Use it no more."""
    theme, here = _theme(request), request.consultation
    synthesis.retire(request.db, here, theme, by=request.me, at=request.at)
    return _back(request, theme, "Retired. What was coded with it stays coded.")


@page(allow=coders, methods=["POST"])
def restore(request: PageRequest) -> Response:
    """Use it again."""
    theme, here = _theme(request), request.consultation
    synthesis.restore(request.db, here, theme, by=request.me, at=request.at)
    return _back(request, theme, "Back in use.")


def _theme(request: PageRequest) -> Theme:
    return synthesis.theme_by_id(request.db, request.consultation, request.path_params["id"])


def _index(request: PageRequest, form: Form[ThemeForm] | None, status: int = 200) -> Response:
    here, db = request.consultation, request.db
    counts = consultations.counts(db, here.id)
    run = synthesis.finished_run(db, here)
    return desk(
        request,
        "office/themes/index.html",
        themes=synthesis.themes(db, here, retired=True),
        counts=counts,
        coverage=synthesis.coverage_from(counts),
        run=run,
        waiting=len(synthesis.waiting(db, run)) if run else 0,
        unhandled=synthesis.unhandled(db, run),
        may_code=synthesis.may_code(request.roles, here),
        form=form,
        status=status,
    )


def _show(
    request: PageRequest, theme: Theme, form: Form[ThemeForm] | None, status: int = 200
) -> Response:
    here, db = request.consultation, request.db
    wanted = Filters(theme=theme.id)
    counts = consultations.counts(db, here.id)
    return desk(
        request,
        "office/themes/show.html",
        theme=theme,
        counts=counts,
        coverage=synthesis.coverage_from(counts),
        shown=synthesis.stretch(
            db,
            here,
            wanted,
            before=request.query_params.get("before", ""),
            after=request.query_params.get("after", ""),
        ),
        theme_names={one.id: one.name for one in synthesis.themes(db, here, retired=True)},
        wanted=wanted,
        keep=filters.as_query,
        may_code=synthesis.may_code(request.roles, here),
        form=form,
        values=form or forms.filled({"name": theme.name, "definition": theme.definition}),
        status=status,
    )


def _back(request: PageRequest, theme: Theme, say: str) -> Response:
    slug = request.consultation.slug
    return redirect(request, "office.themes.show", slug=slug, id=theme.id, say=say)
