"""The ledger: received = the sum of the outcomes + those still owed one. Read from running counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from consult import consultations, synthesis
from consult.consultations import Consultation
from consult.contributions import Channel, Contribution, group
from consult.decisions.models import Basis, Outcome, OutcomeKind
from consult.lib import paging
from consult.lib.paging import Page
from consult.synthesis import Coding

GROUPS = ("response", "post")
PAGE = 50


@dataclass(frozen=True)
class Part:
    """One side of the account: responses, or posts, which are never mixed."""

    group: str
    received: int
    outcomes: Mapping[OutcomeKind, int]
    linked: int = 0

    @property
    def without(self) -> int:
        """How many are still owed an outcome."""
        return self.received - sum(self.outcomes.values())


@dataclass(frozen=True)
class Sums:
    """The whole account of a consultation, or of a publication."""

    response: Part
    post: Part

    @property
    def parts(self) -> list[Part]:
        """Responses, and posts where there are any."""
        return [self.response, self.post] if self.post.received else [self.response]

    @property
    def received(self) -> int:
        return self.response.received + self.post.received

    @property
    def without(self) -> int:
        return self.response.without + self.post.without


def sums(db: Session, consultation: Consultation) -> Sums:
    """The account as it stands now."""
    counts = consultations.counts(db, consultation.id)
    return Sums(*(_part(one, counts, counts.get(f"received:{one}", 0)) for one in GROUPS))


def published_sums(kept: Mapping[str, int]) -> Sums:
    """The account as a publication keeps it: every contribution has an outcome there."""
    counts = {f"outcome:{name}": n for name, n in kept.items()}
    return Sums(*(_part(one, counts, None) for one in GROUPS))


def _part(which: str, counts: Mapping[str, int], received: int | None) -> Part:
    named = ((kind, counts.get(f"outcome:{which}:{kind.value}", 0)) for kind in OutcomeKind)
    outcomes = {kind: n for kind, n in named if n}
    total = sum(outcomes.values()) if received is None else received
    return Part(which, total, outcomes, counts.get(f"linked:{which}", 0))


def owed(
    db: Session,
    consultation: Consultation,
    *,
    which: str = "",
    words: str = "",
    theme: UUID | None = None,
) -> SelectOfScalar[UUID]:
    """A query for the contributions that have no outcome yet, perhaps only those of a kind."""
    found = (
        select(Contribution.id)
        .join(Outcome, col(Outcome.contribution_id) == col(Contribution.id), isouter=True)
        .where(Contribution.consultation_id == consultation.id)
        .where(col(Outcome.id).is_(None))
    )
    if which in GROUPS:
        is_post = col(Contribution.channel) == Channel.POST
        found = found.where(is_post if which == "post" else ~is_post)
    if theme is not None:
        marked = select(Coding.contribution_id).where(Coding.theme_id == theme)
        found = found.where(col(Contribution.id).in_(marked))
    if words.strip():
        said = synthesis.search_ids(db, consultation, words)
        found = found.where(col(Contribution.id).in_(said))
    return found


def without_outcome(
    db: Session,
    consultation: Consultation,
    page: int = 1,
    *,
    which: str = "",
    words: str = "",
    theme: UUID | None = None,
) -> Page[Contribution]:
    """Those still owed an outcome, oldest first, one page of them. Their number is counted when filtered."""
    ids = owed(db, consultation, which=which, words=words, theme=theme)
    now = sums(db, consultation)
    total = now.without if not which else getattr(now, which).without
    if words or theme:
        total = db.exec(select(func.count()).select_from(ids.subquery())).one()
    here = ids.order_by(col(Contribution.id)).limit(PAGE).offset(paging.offset(page, PAGE))
    wanted = select(Contribution).where(col(Contribution.id).in_(db.exec(here).all()))
    return Page(db.exec(wanted.order_by(col(Contribution.id))).all(), page, PAGE, total)


def true_counts(db: Session, consultation: Consultation) -> dict[str, int]:
    """What the running counts of outcomes and links ought to be, by counting."""
    found: dict[str, int] = {}
    outcomes = (
        select(col(Contribution.channel), col(Outcome.kind), func.count())
        .join(Outcome, col(Outcome.contribution_id) == col(Contribution.id))
        .where(Contribution.consultation_id == consultation.id)
        .group_by(col(Contribution.channel), col(Outcome.kind))
    )
    for channel, kind, n in db.exec(outcomes):
        what = f"outcome:{group(channel)}:{kind.value}"
        found[what] = found.get(what, 0) + n
    linked = (
        select(col(Contribution.channel), func.count())
        .where(Contribution.consultation_id == consultation.id)
        .where(col(Contribution.id).in_(select(Basis.contribution_id)))
        .group_by(col(Contribution.channel))
    )
    for channel, n in db.exec(linked):
        what = f"linked:{group(channel)}"
        found[what] = found.get(what, 0) + n
    return found
