"""Adding what a decision rests on, by theme, by search or by hand; and taking it away."""

from uuid import UUID

from sqlmodel import col, select
from starlette.responses import Response

from consult import contributions, decisions, synthesis
from consult.decisions import Decision, How
from consult.errors import Invalid, require
from consult.lib import paging
from consult.synthesis import Theme
from consult.web import forms
from consult.web.office.decisions import found, may_decide, writers
from consult.web.office.desk import desk
from consult.web.page import PageRequest, page
from consult.web.render import redirect

LIST = 25


@page(allow=writers)
def new(request: PageRequest) -> Response:
    require(may_decide(request))
    decision, words = found(request), request.query_params.get("words", "").strip()
    number = paging.page_number(request.query_params.get("page"))
    here = request.consultation
    ids = synthesis.search_ids(request.db, here, words) if words else decisions.everyone(here)
    offset = paging.offset(number, LIST)
    rows = decisions.candidates(request.db, decision, ids, limit=LIST + 1, offset=offset)
    return desk(
        request,
        "office/bases/new.html",
        consultation=here,
        decision=decision,
        words=words,
        themes=_themes(request),
        rows=contributions.cards(request.db, rows[:LIST]),
        number=number,
        holding=decisions.how_many_candidates(request.db, decision, ids) if words else 0,
        more=len(rows) > LIST,
    )


@page(allow=writers, methods=["POST"])
def create(request: PageRequest) -> Response:
    decision, values = found(request), forms.values_of(request.posted)
    way = {"theme": _by_theme, "search": _by_search, "selection": _selected}.get(
        values.get("how", [""])[0]
    )
    if way is None:
        raise Invalid("Choose how to find the responses: by theme, by search or from the list.")
    linked = way(request, decision, values)
    return redirect(
        request,
        "office.decisions.show",
        slug=request.consultation.slug,
        id=decision.id,
        say=f"{linked:,} linked." if linked else "All of these were linked already.",
    )


@page(allow=writers, methods=["POST"])
def delete(request: PageRequest) -> Response:
    decision = found(request)
    ids = ids_of(forms.values_of(request.posted).get("contribution", []))
    gone = decisions.unlink(request.db, decision, ids, by=request.me, at=request.at)
    return redirect(
        request,
        "office.decisions.show",
        slug=request.consultation.slug,
        id=decision.id,
        say=f"{gone:,} taken away." if gone else "Nothing was selected.",
    )


def ids_of(typed: list[str]) -> list[UUID]:
    """The ids in a form. A box that was tampered with is left out."""
    ids = []
    for one in typed:
        try:
            ids.append(UUID(one))
        except ValueError:
            continue
    return ids


def _by_theme(request: PageRequest, decision: Decision, values: dict[str, list[str]]) -> int:
    themes = ids_of(values.get("theme", []))
    if not themes:
        raise Invalid("Choose a theme.")
    return decisions.link_theme(request.db, decision, themes[0], by=request.me, at=request.at)


def _by_search(request: PageRequest, decision: Decision, values: dict[str, list[str]]) -> int:
    words = values.get("words", [""])[0].strip()
    if not words:
        raise Invalid("Enter a word to search for.")
    ids = synthesis.search_ids(request.db, request.consultation, words)
    return decisions.link_search(request.db, decision, words, ids, by=request.me, at=request.at)


def _selected(request: PageRequest, decision: Decision, values: dict[str, list[str]]) -> int:
    ids = ids_of(values.get("contribution", []))
    if not ids:
        raise Invalid("Tick at least one response to link.")
    how = How.SELECTION if len(ids) > 1 else How.SINGLE
    return decisions.link(request.db, decision, ids, how=how, by=request.me, at=request.at)


def _themes(request: PageRequest) -> list[Theme]:
    kept = select(Theme).where(Theme.consultation_id == request.consultation.id)
    return list(request.db.exec(kept.where(col(Theme.retired_at).is_(None)).order_by(Theme.name)))
