"""Writing decisions: what was heard, what is decided, and why."""

from uuid import UUID

from starlette.responses import Response

from consult import decisions
from consult.decisions import Decision, NewDecision
from consult.errors import Conflict, NotFound, require
from consult.identity import Role
from consult.lib import paging
from consult.web import forms
from consult.web.allow import any_staff, staff
from consult.web.office.desk import desk
from consult.web.page import PageRequest, page
from consult.web.render import redirect

BASES = 25
writers = staff(Role.OFFICIAL, Role.MEMBER)


def may_decide(request: PageRequest) -> bool:
    """Whether to show what changes something."""
    return decisions.may_decide(request.roles, request.consultation)


def id_in_path(request: PageRequest, name: str = "id") -> UUID:
    """The id in the address; what is none leads nowhere."""
    try:
        return UUID(str(request.path_params[name]))
    except ValueError:
        raise NotFound("There is nothing at this address.") from None


def found(request: PageRequest) -> Decision:
    """The decision in the address."""
    return decisions.by_id(request.db, request.consultation, id_in_path(request))


@page(allow=any_staff)
def index(request: PageRequest) -> Response:
    here = request.consultation
    return desk(
        request,
        "office/decisions/index.html",
        consultation=here,
        decisions=decisions.of_consultation(request.db, here),
        counts=decisions.basis_counts(request.db, here),
        verdicts=decisions.VERDICTS,
        may=may_decide(request),
    )


@page(allow=writers)
def new(request: PageRequest) -> Response:
    require(may_decide(request))
    return _form(request, "office/decisions/new.html", forms.filled({"verdict": "noted"}))


@page(allow=writers, methods=["POST"])
def create(request: PageRequest) -> Response:
    form = forms.read(NewDecision, request.posted)
    if form.data is None:
        return _form(request, "office/decisions/new.html", form, status=422)
    made = decisions.write(
        request.db, request.consultation, form.data, by=request.me, at=request.at
    )
    slug = request.consultation.slug
    return redirect(request, "office.decisions.show", slug=slug, id=made.id, say="Decision saved.")


@page(allow=any_staff)
def show(request: PageRequest) -> Response:
    decision, number = found(request), paging.page_number(request.query_params.get("page"))
    counts = decisions.basis_counts(request.db, request.consultation).get(decision.id, {})
    rows = decisions.bases(request.db, decision, limit=BASES, offset=paging.offset(number, BASES))
    return desk(
        request,
        "office/decisions/show.html",
        consultation=request.consultation,
        decision=decision,
        verdicts=decisions.VERDICTS,
        ways=decisions.WAYS,
        counts=counts,
        bases=paging.Page(rows, number, BASES, sum(counts.values())),
        quotations=decisions.quotations(request.db, decision),
        may=may_decide(request),
    )


@page(allow=writers)
def edit(request: PageRequest) -> Response:
    require(may_decide(request))
    decision = found(request)
    return _form(
        request,
        "office/decisions/edit.html",
        forms.filled(decision.model_dump()),
        decision=decision,
    )


@page(allow=writers, methods=["POST"])
def update(request: PageRequest) -> Response:
    decision = found(request)
    form = forms.read(NewDecision, request.posted)
    if form.data is None:
        return _form(request, "office/decisions/edit.html", form, status=422, decision=decision)
    version = paging.page_number(form.value("version"))
    try:
        decisions.change(
            request.db, decision, form.data, version=version, by=request.me, at=request.at
        )
    except Conflict as overtaken:
        # Their words stay in the form, and saving once more is then a choice made knowingly.
        form.refuse("title", overtaken.message)
        form.values["version"] = [str(decision.version)]
        return _form(request, "office/decisions/edit.html", form, status=409, decision=decision)
    return redirect(
        request,
        "office.decisions.show",
        slug=request.consultation.slug,
        id=decision.id,
        say="Decision saved.",
    )


@page(allow=writers, methods=["POST"])
def move(request: PageRequest) -> Response:
    up = request.posted.get("to") == "up"
    decisions.move(request.db, found(request), up, by=request.me, at=request.at)
    return redirect(request, "office.decisions.index", slug=request.consultation.slug)


@page(allow=writers, methods=["POST"])
def delete(request: PageRequest) -> Response:
    decisions.remove(request.db, found(request), by=request.me, at=request.at)
    return redirect(
        request,
        "office.decisions.index",
        slug=request.consultation.slug,
        say="Decision removed. What it alone rested on needs an outcome again.",
    )


def _form(
    request: PageRequest,
    template: str,
    form: object,
    *,
    status: int = 200,
    decision: Decision | None = None,
) -> Response:
    return desk(
        request,
        template,
        status=status,
        consultation=request.consultation,
        form=form,
        decision=decision,
        verdicts=decisions.VERDICTS,
    )
