"""What waits for a moderator: over all consultations, and pile by pile in one."""

from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from consult import consultations, identity, moderation
from consult.consultations import Consultation
from consult.identity import Role
from consult.lib import paging
from consult.lib.paging import Page
from consult.moderation import PILES
from consult.web.allow import staff
from consult.web.office import flagwords
from consult.web.office.desk import desk
from consult.web.page import PageRequest, page
from consult.web.render import address

SIZE = 25
moderators = staff(Role.MODERATOR)


@dataclass(frozen=True)
class Waiting:
    """What waits in one consultation, by pile."""

    consultation: Consultation
    piles: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.piles.values())

    @property
    def begin(self) -> str:
        """The pile to begin with: the first that has anything on it."""
        return next((name for name in PILES if self.piles[name]), "flagged")


@page(allow=moderators)
def all(request: PageRequest) -> Response:
    """Every consultation one moderates, with what waits in each; the most urgent pile first."""
    mine = identity.organisations_of(request.db, request.me, Role.MODERATOR)
    found = consultations.of_organisations(request.db, [one.id for one in mine])
    sizes = {
        pile: consultations.counts_by(request.db, f"queue:{pile}", [one.id for one in found])
        for pile in PILES
    }
    waiting = [Waiting(one, {pile: sizes[pile].get(one.id, 0) for pile in PILES}) for one in found]
    owed = sorted((one for one in waiting if one.total), key=_urgency)
    return desk(
        request,
        "office/queue/all.html",
        listed=_paged(request, owed),
        begin=owed[0] if owed else None,
        piles=flagwords.piles(),
    )


@page(allow=moderators)
def index(request: PageRequest) -> Response:
    """One pile of one consultation."""
    here = request.consultation
    counts = consultations.counts(request.db, here.id)
    waiting = Waiting(here, {pile: max(0, counts.get(f"queue:{pile}", 0)) for pile in PILES})
    asked = request.query_params.get("pile", "")
    pile = asked if asked in PILES else waiting.begin
    number = paging.page_number(request.query_params.get("page"))
    offset = paging.offset(number, SIZE)
    cases = moderation.queue(request.db, here, pile, limit=SIZE, offset=offset)
    return desk(
        request,
        "office/queue/index.html",
        tabs_of=_tabs(request, waiting, pile),
        pile=pile,
        waiting=waiting,
        about=flagwords.about_pile(pile),
        listed=Page(cases, number, SIZE, waiting.piles[pile]),
        running=moderation.running(request.db, here) if pile == "clear" else None,
        latest=latest(request),
        words=flagwords,
    )


def latest(request: PageRequest) -> Any:
    """What this moderator has just ruled and may still take back."""
    since = request.at - moderation.UNDO_WITHIN
    return moderation.latest_by(request.db, request.consultation, request.me, since=since)


def _urgency(one: Waiting) -> tuple[int, int]:
    return PILES.index(one.begin), -one.piles[one.begin]


def _paged(request: PageRequest, owed: list[Waiting]) -> Page[Waiting]:
    number = paging.page_number(request.query_params.get("page"))
    start = paging.offset(number, SIZE)
    return Page(owed[start : start + SIZE], number, SIZE, len(owed))


def _tabs(request: PageRequest, waiting: Waiting, current: str) -> list[dict[str, Any]]:
    slug = request.consultation.slug
    return [
        {
            "text": text,
            "href": address(request, "office.queue.index", slug=slug, pile=pile),
            "number": waiting.piles[pile],
            "current": pile == current,
        }
        for pile, text in flagwords.piles().items()
    ]
