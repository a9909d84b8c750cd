"""What was published of a call: each question with its answer or the reason, and those joined with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from consult import contributions
from consult.contributions import Card, Consent, Contribution, Standing
from consult.decisions import LedgerEntry, Outcome, OutcomeKind, Publication
from consult.lib import paging
from consult.lib.paging import Page
from consult.questions.models import Hearing, Put
from consult.questions.queries import KINDS, Which
from consult.questions.telling import Told, read

SIZE = 20
FIRST = 10


@dataclass(frozen=True)
class Answer:
    """One question as published. `card` is missing where its author does not want it read."""

    id: UUID
    told: Told
    card: Card | None
    hearing: Hearing | None
    joined: list[Card | None]
    """The first of those joined with it; nothing in place of those not to be read."""
    joined_in_all: int
    supports: int


def published_totals(publication: Publication) -> dict[Which, int]:
    """How many questions were put, not put and joined, by a publication."""
    sums = publication.sums
    return {
        which: sum(sums.get(f"response:{kind.value}", 0) for kind in kinds)
        for which, kinds in KINDS.items()
    }


def answered(
    db: Session,
    publication: Publication,
    which: Which = Which.PUT,
    page: int = 1,
) -> Page[Answer]:
    """One page of what was put (or not put), the most supported first, each with those joined with it."""
    rows = db.execute(
        columns(LedgerEntry, Contribution)
        .join(Contribution, col(Contribution.id) == col(LedgerEntry.contribution_id))
        .where(col(LedgerEntry.publication_id) == publication.id)
        .where(col(LedgerEntry.kind).in_(KINDS[which]))
        .order_by(col(Contribution.supports).desc(), col(Contribution.id))
        .limit(SIZE)
        .offset(paging.offset(page, SIZE))
    ).all()
    entries = [(row[0], row[1]) for row in rows]
    found = _answers(db, publication, entries)
    return Page(found, page, SIZE, published_totals(publication)[which])


def _answers(
    db: Session, publication: Publication, entries: Sequence[tuple[LedgerEntry, Contribution]]
) -> list[Answer]:
    joined = _joined(db, publication, [one.id for _, one in entries])
    cards = _cards(db, [*(one for _, one in entries), *_first(joined)])
    hearings = _hearings(db, [one.id for _, one in entries])
    found = []
    for entry, one in entries:
        told, others = read(entry.kind, entry.reason, publication.at), joined.get(one.id, [])
        if told is not None:
            made = Answer(
                id=one.id,
                told=told,
                card=cards.get(one.id),
                hearing=hearings.get(one.id),
                joined=[cards.get(other.id) for other in others[:FIRST]],
                joined_in_all=len(others),
                supports=one.supports + sum(other.supports for other in others),
            )
            found.append(made)
    return found


def _first(joined: Mapping[UUID, Sequence[Contribution]]) -> list[Contribution]:
    return [one for many in joined.values() for one in many[:FIRST]]


def _joined(
    db: Session, publication: Publication, ids: Sequence[UUID]
) -> dict[UUID, list[Contribution]]:
    rows = db.execute(
        columns(col(Outcome.other_id), Contribution)
        .join(Contribution, col(Contribution.id) == col(Outcome.contribution_id))
        .join(LedgerEntry, col(LedgerEntry.contribution_id) == col(Contribution.id))
        .where(col(LedgerEntry.publication_id) == publication.id)
        .where(col(LedgerEntry.kind) == OutcomeKind.DUPLICATE)
        .where(col(Outcome.other_id).in_(ids))
        .order_by(col(Contribution.id))
    )
    found: dict[UUID, list[Contribution]] = {}
    for lead, one in rows:
        found.setdefault(lead, []).append(one)
    return found


def _cards(db: Session, everyone: Sequence[Contribution]) -> dict[UUID, Card]:
    shown = [
        one
        for one in everyone
        if one.standing == Standing.SHOWN and one.consent != Consent.COUNT_ONLY
    ]
    return {card.id: card for card in contributions.cards(db, shown)}


def _hearings(db: Session, ids: Sequence[UUID]) -> dict[UUID, Hearing]:
    rows = db.exec(
        select(Put.contribution_id, Hearing)
        .join(Hearing, col(Hearing.id) == col(Put.hearing_id))
        .where(col(Put.contribution_id).in_(ids))
    )
    return dict(rows.all())
