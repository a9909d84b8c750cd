"""Files and hashtags of a consultation: what is followed, what was brought, and how it went."""

from dataclasses import dataclass
from datetime import datetime

from starlette.responses import Response

from consult import consultations, imports
from consult.identity import Role
from consult.imports import RunState, Source, SourceState
from consult.lib import dates, paging
from consult.web.allow import staff
from consult.web.languages import gettext as _
from consult.web.office import grounds
from consult.web.office.desk import desk
from consult.web.page import PageRequest, page

importers = staff(Role.OFFICIAL, Role.ANALYST, Role.MODERATOR, Role.MEMBER)
SIZE = 20


@dataclass(frozen=True)
class Health:
    """How a hashtag does: a word with its colour, and a sentence."""

    word: str
    kind: str
    says: str


@page(allow=importers)
def index(request: PageRequest) -> Response:
    """Every hashtag followed and every file brought."""
    here = request.consultation
    number = paging.page_number(request.query_params.get("page"))
    # One more than is shown tells whether there are older ones, without counting them all.
    found = imports.file_runs(request.db, here, limit=SIZE + 1, offset=paging.offset(number, SIZE))
    sources = imports.sources_of(request.db, here)
    return desk(
        request,
        "office/imports/index.html",
        sources=[(one, health(one, request.at)) for one in sources],
        readings=imports.source_runs(request.db, here, limit=10),
        names={one.id: f"#{one.hashtag}" for one in sources},
        files=found[:SIZE],
        number=number,
        older=len(found) > SIZE,
        states=STATES,
        ground=grounds.named,
        counts=consultations.counts(request.db, here.id),
        can_take=imports.can_take(here),
    )


STATES: dict[RunState, tuple[str, str]] = {
    RunState.WAITING: ("not started", "warn"),
    RunState.RUNNING: ("being read", "strong"),
    RunState.DONE: ("done", "good"),
    RunState.FAILED: ("stopped", "bad"),
}


def health(source: Source, at: datetime) -> Health:
    """In plain words: whether it is read, how far, and what is wrong."""
    if source.state == SourceState.PAUSED:
        why = source.trouble or _("Somebody paused it. What came in stays.")
        return Health(_("paused"), "bad" if source.trouble else "plain", why)
    if source.trouble:
        return Health(_("in trouble"), "warn", f"{source.trouble} {_again(source, at)}")
    if source.last_run_at is None:
        return Health(_("new"), "plain", _("It is read for the first time in a moment."))
    if source.forward_cursor is not None and not source.walked_back:
        return Health(_("reading back"), "strong", _("Older posts are still coming in."))
    when = dates.moment(source.last_run_at)
    return Health(_("up to date"), "good", _("Last read on %(when)s.") % {"when": when})


def _again(source: Source, at: datetime) -> str:
    if source.next_run_at is None or source.next_run_at <= at:
        return _("It is tried again soon.")
    return _("It is tried again on %(when)s.") % {"when": dates.moment(source.next_run_at)}
