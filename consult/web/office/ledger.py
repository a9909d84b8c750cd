"""The ledger: received = the sum of outcomes + those still owed one; and giving outcomes, one or all at once."""

import re
from uuid import UUID

from sqlmodel import col, select
from starlette.responses import Response

from consult import contributions, decisions
from consult.decisions import OutcomeKind, Which
from consult.errors import Invalid
from consult.lib import paging
from consult.synthesis import Theme
from consult.web import forms
from consult.web.allow import any_staff
from consult.web.office.bases import ids_of
from consult.web.office.decisions import may_decide, writers
from consult.web.office.desk import desk
from consult.web.page import PageRequest, page
from consult.web.render import redirect

BY_HAND = (
    OutcomeKind.CONSIDERED,
    OutcomeKind.CAMPAIGN,
    OutcomeKind.OUT_OF_SCOPE,
    OutcomeKind.DUPLICATE,
    OutcomeKind.WITHHELD,
)
LIST = 50
AN_ID = re.compile(r"[0-9a-fA-F]{8}-?(?:[0-9a-fA-F]{4}-?){3}[0-9a-fA-F]{12}")


@page(allow=any_staff)
def show(request: PageRequest) -> Response:
    here, asked = request.consultation, request.query_params
    which, words = asked.get("which", ""), asked.get("words", "").strip()
    theme, number = asked.get("theme", ""), paging.page_number(asked.get("page"))
    owed = decisions.without_outcome(
        request.db, here, number, which=which, words=words, theme=_theme(theme)
    )
    return desk(
        request,
        "office/ledger/show.html",
        consultation=here,
        sums=decisions.sums(request.db, here),
        label=lambda kind: decisions.label(kind, here.kind),
        kinds=BY_HAND,
        owed=owed,
        cards=contributions.cards(request.db, owed.items),
        themes=_themes(request),
        which=which,
        words=words,
        theme=theme,
        may=may_decide(request),
    )


@page(allow=writers, methods=["POST"])
def create(request: PageRequest) -> Response:
    values = forms.values_of(request.posted)
    given = decisions.give_outcome(
        request.db,
        request.consultation,
        _chosen(request, values),
        _kind(values.get("kind", [""])[0]),
        reason=values.get("reason", [""])[0],
        ground=values.get("ground", [""])[0].strip(),
        other_id=_other(values.get("other", [""])[0]),
        by=request.me,
        at=request.at,
    )
    return redirect(
        request,
        "office.ledger.show",
        slug=request.consultation.slug,
        say=f"Outcome given to {given:,}." if given else "None of these was owed an outcome.",
    )


@page(allow=any_staff)
def given(request: PageRequest) -> Response:
    here, kind = request.consultation, _kind(request.path_params["kind"])
    number = paging.page_number(request.query_params.get("page"))
    offset = paging.offset(number, LIST)
    rows = decisions.with_outcome(request.db, here, kind, limit=LIST, offset=offset)
    now = decisions.sums(request.db, here)
    total = sum(part.outcomes.get(kind, 0) for part in now.parts)
    return desk(
        request,
        "office/ledger/given.html",
        consultation=here,
        kind=kind,
        title=decisions.label(kind, here.kind),
        rows=paging.Page(rows, number, LIST, total),
        may=may_decide(request) and kind in BY_HAND,
    )


@page(allow=writers, methods=["POST"])
def delete(request: PageRequest) -> Response:
    ids = ids_of(forms.values_of(request.posted).get("contribution", []))
    undone = decisions.undo_outcome(
        request.db, request.consultation, ids, by=request.me, at=request.at
    )
    return redirect(
        request,
        "office.ledger.show",
        slug=request.consultation.slug,
        say=f"Outcome taken back from {undone:,}." if undone else "Nothing was taken back.",
    )


def _chosen(request: PageRequest, values: dict[str, list[str]]) -> Which:
    """The ticked ones, or all that the filter finds, on every page of it."""
    if values.get("scope") == ["all"]:
        return decisions.owed(
            request.db,
            request.consultation,
            which=values.get("which", [""])[0],
            words=values.get("words", [""])[0],
            theme=_theme(values.get("theme", [""])[0]),
        )
    ids = ids_of(values.get("contribution", []))
    if not ids:
        raise Invalid("Tick at least one response, or choose all that the list holds.")
    return ids


def _kind(typed: str) -> OutcomeKind:
    try:
        return OutcomeKind(typed)
    except ValueError:
        raise Invalid("Choose what became of these responses.") from None


def _other(typed: str) -> UUID | None:
    """The response that is repeated, by its address or id as pasted."""
    found = AN_ID.search(typed)
    return UUID(found.group()) if found else None


def _theme(typed: str) -> UUID | None:
    return next(iter(ids_of([typed])), None)


def _themes(request: PageRequest) -> list[Theme]:
    kept = select(Theme).where(Theme.consultation_id == request.consultation.id)
    return list(request.db.exec(kept.where(col(Theme.retired_at).is_(None)).order_by(Theme.name)))
