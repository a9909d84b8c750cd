"""What is done and what comes next in a consultation: the steps of the work, by its state and counts."""

from collections.abc import Mapping
from typing import Any

from consult import decisions, moderation
from consult.consultations import Consultation, Kind, State
from consult.web.languages import gettext as _
from consult.web.office.desk import entries
from consult.web.page import PageRequest
from consult.web.render import number

GROUPS = ("response", "post")
Step = dict[str, Any]


def steps(request: PageRequest, counts: Mapping[str, int]) -> list[Step]:
    """The steps in the order of the work, each with how far it is; a link only where the reader may go."""
    here = request.consultation
    if here.state == State.DRAFT:
        return []
    received = _sum(counts, "received")
    made = [_gather(counts), _moderate(counts, received), _read(counts, received)]
    made += [_code(counts, received), *_answer(request, here), *_account(request, here)]
    may_go = {one["name"]: one["href"] for one in entries(request)}
    return [{**one, "href": may_go.get(one["name"], "")} for one in made]


def _gather(counts: Mapping[str, int]) -> Step:
    brought = counts.get("channel:file", 0) + counts.get("channel:post", 0)
    return {
        "name": "office.imports.index",
        "title": _("Bring in what came by other ways"),
        "hint": _(
            "Files that another form collected, and hashtags. Leave it out if there are none."
        ),
        "state": "now",
        "status": _("%(n)s brought") % {"n": number(brought)} if brought else _("Nothing yet"),
    }


def _moderate(counts: Mapping[str, int], received: int) -> Step:
    waiting = sum(max(0, counts.get(f"queue:{pile}", 0)) for pile in moderation.PILES)
    return {
        "name": "office.queue.index",
        "title": _("Moderate what waits"),
        "hint": _("Hiding something keeps it from view, never from the count."),
        **_progress(
            _("%(n)s wait") % {"n": number(waiting)} if received else _("Nothing yet"),
            bool(received) and not waiting,
        ),
    }


def _read(counts: Mapping[str, int], received: int) -> Step:
    read = _sum(counts, "read")
    return {
        "name": "office.contributions.index",
        "title": _("Read what people say"),
        **_progress(_of(read, received), 0 < received <= read),
    }


def _code(counts: Mapping[str, int], received: int) -> Step:
    coded = _sum(counts, "coded")
    return {
        "name": "office.themes.index",
        "title": _("Find the themes, and mark who speaks of them"),
        "hint": _("A machine can suggest where to begin; a person confirms."),
        **_progress(_of(coded, received), 0 < received <= coded),
    }


def _answer(request: PageRequest, here: Consultation) -> list[Step]:
    if here.kind == Kind.QUESTIONS:
        name, title = "members.questions.index", _("Put the questions, and bring back the answers")
        return [{"name": name, "title": title, "state": "todo", "status": _("To do")}]
    written = len(decisions.of_consultation(request.db, here))
    status = _("%(n)s written") % {"n": number(written)}
    title = _("Write the decisions, and link each to what it rests on")
    return [{"name": "office.decisions.index", "title": title, **_progress(status, False, written)}]


def _account(request: PageRequest, here: Consultation) -> list[Step]:
    """The account of everyone, and its publication, which waits for the account and the closing day."""
    sums, owed = decisions.sums(request.db, here), _("%(n)s without an outcome")
    accounted = bool(sums.received) and not sums.without
    status = owed % {"n": number(sums.without)} if sums.received else _("Nothing yet")
    ledger = _progress(status, accounted)
    publish: Step = {"state": "todo"} if accounted else {"state": "cannot"}
    if here.state == State.OPEN:
        publish = {"state": "cannot", "status": _("After it has closed")}
    if here.state == State.PUBLISHED:
        publish = {"state": "done", "status": _("Published")}
    hint = _("The page lists what still stands in the way.")
    return [
        {"name": "office.ledger.show", "title": _("Account for everyone"), **ledger},
        {"name": "office.publications.index", "title": _("Publish"), "hint": hint, **publish},
    ]


def _progress(status: str, is_done: bool, begun: int = 1) -> Step:
    if is_done:
        return {"state": "done", "status": _("Done")}
    return {"state": "now" if begun else "todo", "status": status}


def _of(part: int, whole: int) -> str:
    if not whole:
        return _("Nothing yet")
    return _("%(n)s of %(all)s") % {"n": number(part), "all": number(whole)}


def _sum(counts: Mapping[str, int], what: str) -> int:
    """Responses and posts together: what is to be worked through."""
    return sum(counts.get(f"{what}:{group}", 0) for group in GROUPS)
