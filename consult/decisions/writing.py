"""The letters of a publication: one for each person, about their own points, only when these changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from consult import contributions, letters
from consult.consultations import Consultation, Kind
from consult.contributions import Contribution, Contributor
from consult.decisions.fates import Published, reached
from consult.decisions.labels import label
from consult.decisions.models import LedgerEntry, Publication
from consult.identity import Organisation
from consult.lib import text
from consult.settings import settings

PEOPLE = 200


@dataclass(frozen=True)
class Point:
    """One of a person's contributions, as their letter tells of it."""

    words: str
    label: str
    reason: str
    decisions: list[Published]
    link: str


def write_batch(db: Session, publication_id: UUID, after: str, *, at: datetime) -> str | None:
    """Write to the next people in the order of their blinded addresses; returns the last, or None at the end."""
    publication = db.get_one(Publication, publication_id)
    people = _people(db, publication, after)
    if not people:
        return None
    written = letters.known(db, [key_of(publication, blind) for blind in people])
    waiting = [blind for blind in people if key_of(publication, blind) not in written]
    rows = _rows(db, publication, waiting)
    before = _before(db, publication, [entry.contribution_id for _, _, entry in rows])
    for blind, mine in groupby(rows, key=lambda row: row[1].email_blind):
        own = list(mine)
        if any(_concerns(publication, entry, before) for _, _, entry in own):
            _write(db, publication, blind, own, at)
    return people[-1]


def key_of(publication: Publication, blind: str) -> str:
    """What makes a letter the only one: this publication, this person."""
    return f"publication:{publication.id}:{blind}"


Row = tuple[Contribution, Contributor, LedgerEntry]
Told = dict[UUID, tuple[Any, ...]]


def _people(db: Session, publication: Publication, after: str) -> Sequence[str]:
    return db.exec(
        select(Contributor.email_blind)
        .join(Contribution, col(Contribution.id) == col(Contributor.contribution_id))
        .where(Contribution.consultation_id == publication.consultation_id)
        .where(col(Contributor.letters))
        .where(col(Contributor.email_blind) > after)
        .distinct()
        .order_by(col(Contributor.email_blind))
        .limit(PEOPLE)
    ).all()


def _rows(db: Session, publication: Publication, blinds: Sequence[str]) -> Sequence[Row]:
    found = (
        select(Contribution, Contributor, LedgerEntry)
        .join(Contributor, col(Contributor.contribution_id) == col(Contribution.id))
        .join(LedgerEntry, col(LedgerEntry.contribution_id) == col(Contribution.id))
        .where(LedgerEntry.publication_id == publication.id)
        .where(col(Contributor.letters))
        .where(col(Contributor.email_blind).in_(blinds))
        .order_by(col(Contributor.email_blind), col(Contribution.id))
    )
    return list(db.exec(found).all())


def _before(db: Session, publication: Publication, ids: Sequence[UUID]) -> Told:
    """What the publication before this one said of these contributions."""
    last = db.exec(
        select(Publication)
        .where(Publication.consultation_id == publication.consultation_id)
        .where(Publication.number == publication.number - 1)
    ).first()
    if last is None or not ids:
        return {}
    entries = (
        select(LedgerEntry)
        .where(LedgerEntry.publication_id == last.id)
        .where(col(LedgerEntry.contribution_id).in_(ids))
    )
    return {one.contribution_id: _told(last, one) for one in db.exec(entries)}


def _concerns(publication: Publication, entry: LedgerEntry, before: Told) -> bool:
    """Whether this publication says anything of a contribution that the one before did not."""
    return before.get(entry.contribution_id) != _told(publication, entry)


def _told(publication: Publication, entry: LedgerEntry) -> tuple[Any, ...]:
    decided = tuple(
        (one.id, one.title, one.verdict, one.decided, one.why)
        for one in reached(publication, entry)
    )
    return entry.kind, entry.reason, decided


def _write(
    db: Session, publication: Publication, blind: str, own: Sequence[Row], at: datetime
) -> None:
    consultation = db.get_one(Consultation, publication.consultation_id)
    points = [_point(db, consultation, publication, one, entry, at) for one, _, entry in own]
    where = "answers" if consultation.kind == Kind.QUESTIONS else "outcome"
    body = letters.rendered(
        "mail/decided.txt",
        consultation=consultation,
        organisation=db.get_one(Organisation, consultation.organisation_id),
        publication=publication,
        points=points,
        outcome=f"{settings().base_url}/consultations/{consultation.slug}/{where}",
        site=settings().site_name,
        contact=settings().contact,
    )
    letters.write(
        db,
        key_of(publication, blind),
        own[0][1].email,
        f"What became of what you said: {consultation.title}",
        body,
        about=consultation.id,
        at=at,
    )


def _point(
    db: Session,
    consultation: Consultation,
    publication: Publication,
    one: Contribution,
    entry: LedgerEntry,
    at: datetime,
) -> Point:
    code = contributions.new_receipt(db, one, at=at)
    return Point(
        words=text.snippet(one.summary, 160),
        label=label(entry.kind, consultation.kind),
        reason=entry.reason,
        decisions=reached(publication, entry),
        link=f"{settings().base_url}/receipts/{code}",
    )
