"""What became of a contribution, for its author and for the public; and the voices behind a decision."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from consult import contributions
from consult.consultations import Consultation, Kind
from consult.contributions import Card, Connection, Consent, Contribution, Standing
from consult.decisions.labels import VERDICTS, label
from consult.decisions.models import LedgerEntry, Outcome, Publication, Verdict


@dataclass(frozen=True)
class Published:
    """A decision in the words of one publication."""

    id: str
    number: int
    title: str
    heard: str
    verdict: Verdict
    decided: str
    why: str
    bases: dict[str, int]
    quotations: list[dict[str, Any]] = field(default_factory=list)

    @property
    def verdict_label(self) -> str:
        return VERDICTS[self.verdict]

    @property
    def responses(self) -> int:
        """How many responses it rests on."""
        return self.bases.get("response", 0)

    @property
    def posts(self) -> int:
        """How many posts it rests on."""
        return self.bases.get("post", 0)


@dataclass(frozen=True)
class Voice:
    """Somebody's words behind a decision, with only so much of who they are as they allow."""

    words: str
    who: str
    connection: Connection | None
    contribution: Contribution


@dataclass(frozen=True)
class Led:
    """Where a contribution led: one decision of the newest publication."""

    decision: Published
    publication: Publication


@dataclass(frozen=True)
class Fate:
    """What became of one contribution, as published; `present` is how it is accounted for now, in the office."""

    present: Outcome | None
    entry: LedgerEntry | None
    decisions: list[Published]
    publication: Publication | None
    kind: Kind

    @property
    def outcome(self) -> LedgerEntry | None:
        """The published outcome, with its kind and reason. What is not published yet is told to nobody."""
        return self.entry

    @property
    def label(self) -> str:
        """The published outcome in words; empty before publication."""
        return label(self.entry.kind, self.kind) if self.entry else ""

    @property
    def reason(self) -> str:
        """Why, as published."""
        return self.entry.reason if self.entry else ""


def fate_of(db: Session, contribution: Contribution) -> Fate:
    """What became of a contribution by the newest publication that has it in its ledger."""
    consultation = db.get_one(Consultation, contribution.consultation_id)
    present = db.exec(
        select(Outcome)
        .where(Outcome.contribution_id == contribution.id)
        .execution_options(populate_existing=True)
    ).first()
    found = db.exec(
        select(LedgerEntry, Publication)
        .join(Publication, col(Publication.id) == col(LedgerEntry.publication_id))
        .where(LedgerEntry.contribution_id == contribution.id)
        .order_by(col(Publication.number).desc())
        .limit(1)
    ).first()
    if found is None:
        return Fate(present, None, [], None, consultation.kind)
    entry, publication = found
    return Fate(present, entry, reached(publication, entry), publication, consultation.kind)


def published(publication: Publication) -> list[Published]:
    """The decisions of a publication, in its words."""
    return [
        Published(**{**one, "verdict": Verdict(one["verdict"])}, number=number)
        for number, one in enumerate(publication.decisions, start=1)
    ]


def reached(publication: Publication, entry: LedgerEntry) -> list[Published]:
    """The decisions that a contribution informed, by a publication's ledger."""
    return [one for one in published(publication) if one.id in entry.decisions]


def led_to(db: Session, ids: Sequence[UUID]) -> dict[UUID, list[Led]]:
    """Where contributions led, by each one's newest publication; those that led nowhere are left out."""
    rows = db.exec(
        select(LedgerEntry, Publication)
        .join(Publication, col(Publication.id) == col(LedgerEntry.publication_id))
        .where(col(LedgerEntry.contribution_id).in_(list(ids)))
        .order_by(col(Publication.number))
    ).all()
    latest = {entry.contribution_id: (entry, publication) for entry, publication in rows}
    found = {
        contribution_id: [Led(one, publication) for one in reached(publication, entry)]
        for contribution_id, (entry, publication) in latest.items()
    }
    return {contribution_id: led for contribution_id, led in found.items() if led}


def voices(db: Session, decisions: Sequence[Published]) -> dict[str, list[Voice]]:
    """The words quoted in decisions, by decision: a few queries, whatever their number.

    Only what may be read today: whoever withdrew, or whose words are hidden or blacked out since, is
    no longer quoted, in any version.
    """
    wanted = {UUID(place["contribution"]) for one in decisions for place in one.quotations}
    cards = _public_cards(db, wanted)
    found: dict[str, list[Voice]] = {}
    for one in decisions:
        spoken = (_voice(cards.get(UUID(at["contribution"])), at) for at in one.quotations)
        found[one.id] = [voice for voice in spoken if voice is not None]
    return found


def _public_cards(db: Session, ids: set[UUID]) -> dict[UUID, Card]:
    if not ids:
        return {}
    shown = db.exec(
        select(Contribution)
        .where(col(Contribution.id).in_(ids))
        .where(Contribution.standing == Standing.SHOWN)
        .where(col(Contribution.consent) != Consent.COUNT_ONLY)
    ).all()
    return {card.id: card for card in contributions.cards(db, shown)}


def _voice(card: Card | None, at: dict[str, Any]) -> Voice | None:
    if card is None:
        return None
    words = [
        shown.answer.text[at["start"] : at["end"]]
        for shown in card.answers
        if str(shown.answer.id) == at["answer"]
    ]
    if not words or "█" in words[0]:
        return None
    return Voice(words[0], card.who, card.connection, card.contribution)
