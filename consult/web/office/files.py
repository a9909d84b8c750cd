"""A file of responses: brought, its columns set right, tried out, taken in, and reported on."""

from collections.abc import Iterator, Sequence
from typing import Any

from starlette.datastructures import UploadFile
from starlette.responses import Response, StreamingResponse

from consult import consultations, imports
from consult.consultations import Question
from consult.errors import Conflict, Invalid
from consult.identity import Role
from consult.imports import Provenance, Run, RunState
from consult.imports.readers import Table, open_table
from consult.imports.readers.shapes import QUESTION, Guess, Special
from consult.lib import csv, paging, text
from consult.web import forms
from consult.web.allow import staff
from consult.web.forms import Form
from consult.web.languages import gettext as _
from consult.web.office import grounds
from consult.web.office.desk import desk
from consult.web.office.imports import STATES
from consult.web.page import PageRequest, page
from consult.web.render import address, redirect, redirect_to, render

importers = staff(Role.OFFICIAL, Role.ANALYST, Role.MODERATOR, Role.MEMBER)
SIZE = 50  # skipped rows on a page
SPECIALS = {
    Special.REFERENCE: "The file's own reference",
    Special.SUBMITTED_AT: "When it was sent",
    Special.NAME: "Name (kept apart from the words)",
    Special.EMAIL: "E-mail address (kept apart, sealed)",
    Special.CONSENT: "Consent to publish",
    Special.CONNECTION: "Connection to the subject",
    Special.AREA: "Area",
    Special.LANGUAGE: "Language",
}


@page(allow=importers)
def new(request: PageRequest) -> Response:
    """Choose a file, and say where it comes from and on what ground you hold it."""
    return _new(request, Form())


@page(allow=importers, methods=["POST"])
def create(request: PageRequest) -> Response:
    """Keep the file and look into it; one that is no table is refused with what it is."""
    form = forms.read(Provenance, request.posted)
    file = request.posted.get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        form.refuse("file", _("Choose a file."))
    if form.data is not None and form.data.ground is None:
        form.refuse("ground", _("Choose on what ground you hold these responses."))
    if form.data is None or not isinstance(file, UploadFile):
        return _new(request, form, status=422)
    try:
        run = _bring(request, file, form.data)
    except Invalid as wrong:
        form.refuse("file", wrong.message)
        return _new(request, form, status=422)
    return redirect(request, "office.files.show", slug=request.consultation.slug, id=run.id)


def _bring(request: PageRequest, file: UploadFile, why: Provenance) -> Run:
    upload = imports.keep(file.filename or "", file.file)
    try:
        return imports.bring(
            request.db, request.consultation, upload, why, by=request.me, at=request.at
        )
    except Invalid:
        if not imports.is_needed(request.db, upload.sha256):
            imports.forget(upload.sha256)
        raise


@page(allow=importers)
def show(request: PageRequest) -> Response:
    """Where the file stands: its columns, its progress, or its report."""
    run = _run(request)
    if run.state == RunState.WAITING:
        return _waiting(request, run, Form())
    if request.htmx and run.state != RunState.RUNNING:
        return redirect_to(request, _here(request, run))
    if run.state == RunState.RUNNING:
        return desk(
            request, "office/files/running.html", part="office/files/_progress.html", run=run
        )
    return _report(request, run)


@page(allow=importers, methods=["POST"])
def update(request: PageRequest) -> Response:
    """Save which column holds what, and go on to the dry run or the import itself."""
    run, here, me = _run(request), request.consultation, request.me
    form: Form[Any] = Form(values=forms.values_of(request.posted))
    try:
        day_first = form.value("dates") != "month" if form.value("dates") else None
        targets = _chosen(run, form)
        imports.correct(request.db, here, run, targets, day_first=day_first, by=me)
        said = _go_on(request, run, form.value("then"))
    except (Invalid, Conflict) as wrong:
        form.refuse("columns", wrong.message)
        return _waiting(request, run, form, status=wrong.status)
    return redirect_to(request, _here(request, run), say=said)


def _go_on(request: PageRequest, run: Run, then: str) -> str:
    if then == "try":
        imports.try_out(request.db, request.consultation, run, by=request.me)
        return ""
    if then == "start":
        imports.start(request.db, request.consultation, run, by=request.me, at=request.at)
        return ""
    return _("Columns saved.")


@page(allow=importers, methods=["POST"])
def start(request: PageRequest) -> Response:
    """Go on with a file whose reading stopped."""
    run = _run(request)
    imports.start(request.db, request.consultation, run, by=request.me, at=request.at)
    return redirect_to(request, _here(request, run))


@page(allow=importers, methods=["POST"])
def delete(request: PageRequest) -> Response:
    """Throw away a file of which nothing was taken in."""
    imports.discard(request.db, request.consultation, _run(request), by=request.me)
    slug = request.consultation.slug
    return redirect(request, "office.imports.index", slug=slug, say=_("The file was thrown away."))


@page(allow=importers)
def report(request: PageRequest) -> Response:
    """The rows that were not taken, as CSV."""
    run = _run(request)
    rows = [(one.row, one.reason) for one in imports.skipped_rows(request.db, run)]
    lines: Iterator[str] = csv.write(rows, ["row", "reason"], for_excel=True)
    name = f"skipped-{run.file_sha256[:8]}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(lines, media_type="text/csv; charset=utf-8", headers=headers)


def _run(request: PageRequest) -> Run:
    return imports.file_run(request.db, request.consultation, request.path_params["id"])


def _here(request: PageRequest, run: Run) -> str:
    return address(request, "office.files.show", slug=request.consultation.slug, id=run.id)


def _new(request: PageRequest, form: Form[Any], status: int = 200) -> Response:
    return desk(
        request,
        "office/files/new.html",
        form=form,
        grounds=grounds.options(),
        most=request.app.state.settings.max_upload_mb,
        status=status,
    )


def _waiting(request: PageRequest, run: Run, form: Form[Any], status: int = 200) -> Response:
    if request.htmx and run.trial.get("state") == "running":
        return render(request, "office/files/_trial.html", part="office/files/_trial.html", run=run)
    if request.htmx and not form.errors:
        return redirect_to(request, _here(request, run))
    questions = consultations.questions_of(request.db, request.consultation)
    table = _table(run)
    columns = imports.columns_of(run)
    return desk(
        request,
        "office/files/edit.html",
        form=form,
        run=run,
        columns=columns,
        rows=_rows(run, questions, form),
        sample=table.sample(5) if table else [],
        table=table,
        unmapped=[one.title for one in questions if str(one.id) in columns.unmapped_questions],
        ground=grounds.named(run.ground, run.ground_words),
        dated=bool(columns.columns_for(Special.SUBMITTED_AT)),
        can_take=imports.can_take(request.consultation),
        status=status,
    )


def _table(run: Run) -> Table | None:
    try:
        return open_table(imports.path_of(run.file_sha256))
    except (OSError, Invalid):
        return None


def _rows(run: Run, questions: Sequence[Question], form: Form[Any]) -> list[dict[str, Any]]:
    """A line for each column: its name, what it is taken for, why, and what else it could be."""
    guesses = {guess.column: guess for guess in imports.columns_of(run).guesses}
    options = _options(questions)
    return [
        {
            "name": f"column-{number}",
            "column": column,
            "value": form.value(f"column-{number}", _target(guesses.get(column))),
            "options": options,
            "why": _why(guesses.get(column)),
        }
        for number, column in enumerate(_all_columns(run))
    ]


def _all_columns(run: Run) -> list[str]:
    """In an order that stays, whatever is corrected; as the file has them where it can be read."""
    table = _table(run)
    columns = imports.columns_of(run)
    return table.columns if table else [*columns.targets, *columns.unmapped_columns]


def _chosen(run: Run, form: Form[Any]) -> dict[str, str]:
    named = {f"column-{number}": column for number, column in enumerate(_all_columns(run))}
    return {column: form.value(name) for name, column in named.items() if name in form.values}


def _options(questions: Sequence[Question]) -> list[dict[str, str]]:
    asked = [
        {"value": f"{QUESTION}{one.id}", "text": f"{number}. {text.snippet(one.title, 70)}"}
        for number, one in enumerate(questions, start=1)
    ]
    specials = [{"value": kind.value, "text": _(said)} for kind, said in SPECIALS.items()]
    return [{"value": "", "text": _("Do not read")}, *asked, *specials]


def _target(guess: Guess | None) -> str:
    return guess.target if guess else ""


def _why(guess: Guess | None) -> str:
    if guess is None:
        return _("Nothing says what it holds.")
    sure = _("Sure") if guess.confidence >= 0.9 else _("Likely")
    return f"{sure if guess.confidence >= 0.7 else _('A guess')}: {guess.why}"


def _report(request: PageRequest, run: Run) -> Response:
    number = paging.page_number(request.query_params.get("page"))
    listed = imports.skipped_rows(request.db, run, limit=SIZE, offset=paging.offset(number, SIZE))
    return desk(
        request,
        "office/files/show.html",
        run=run,
        skipped=paging.Page(listed, number, SIZE, min(run.skipped, 10_000)),
        ground=grounds.named(run.ground, run.ground_words),
        states=STATES,
        asks_consent=bool(imports.columns_of(run).columns_for(Special.CONSENT)),
        may_moderate=Role.MODERATOR in request.roles,
    )
