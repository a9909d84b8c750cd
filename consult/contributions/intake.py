"""Taking contributions in: one at a time from people, many at a time from files and networks."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, Field
from sqlmodel import Session, col, select

from consult import audit, consultations, jobs
from consult.audit import Action
from consult.consultations import Consultation
from consult.contributions.answers import NewAnswer
from consult.contributions.models import (
    Answer,
    Channel,
    Connection,
    Consent,
    Contribution,
    Contributor,
    Standing,
)
from consult.contributions.queries import by_submission
from consult.contributions.receipts import new_receipt
from consult.contributions.service import group
from consult.db import insert_rows, new_id
from consult.errors import Conflict
from consult.lib import codes, text
from consult.secrecy import seal
from consult.settings import settings


class NewContribution(BaseModel):
    """What one person sends: their answers, what we may publish, and how to reach them."""

    answers: list[NewAnswer]
    consent: Consent = Consent.COUNT_ONLY
    connection: Connection | None = None
    area: str = Field(default="", max_length=120)
    organisation: str = Field(default="", max_length=200)
    name: str = Field(default="", max_length=200)
    email: str = Field(default="", max_length=320)


@dataclass(frozen=True)
class Received:
    """A contribution that is now kept, and the code that leads back to it."""

    contribution: Contribution
    code: str


@dataclass(frozen=True)
class Incoming:
    """One contribution from a file or a network; `submission` is what makes it known a second time."""

    submission: str
    new: NewContribution
    received_at: datetime
    id: UUID = field(default_factory=new_id)


def receive(
    db: Session,
    consultation: Consultation,
    new: NewContribution,
    *,
    submission: str,
    at: datetime,
    channel: Channel = Channel.WEB,
) -> Received:
    """Keep what a person sent, for good, and give them a receipt.

    The same submission sent twice (a double click, a reload after a broken connection) is kept once
    and gives the same receipt.
    """
    known = by_submission(db, consultation, submission)
    if known is not None:
        return Received(known, codes.code_from(submission, settings().key))
    if not consultation.is_open(at):
        raise Conflict("This consultation has closed, so it can take no more responses.")
    one = Incoming(submission, new, at)
    if not take(db, consultation, [one], channel=channel):
        # The same submission was kept by another request between the look above and the insert.
        return receive(db, consultation, new, submission=submission, at=at, channel=channel)
    kept = db.get_one(Contribution, one.id)
    code = new_receipt(db, kept, at=at, seed=submission)
    audit.record(db, Action.CONTRIBUTION_RECEIVED, kept.id, at=at, channel=channel.value)
    return Received(kept, code)


def take(
    db: Session, consultation: Consultation, batch: Sequence[Incoming], *, channel: Channel
) -> list[UUID]:
    """Keep a batch in one go and have it screened; returns the ids of those not known before, in order."""
    fresh = _insert_contributions(db, consultation, batch, channel)
    kept = [one for one in batch if one.id in fresh]
    _insert_answers(db, kept)
    _insert_contributors(db, kept)
    _count(db, consultation, kept, channel)
    if kept:
        consultations.touch(db, consultation)
        jobs.enqueue(
            db,
            "moderation.screen",
            consultation_id=consultation.id,
            first=min(one.id for one in kept),
            last=max(one.id for one in kept),
        )
    return [one.id for one in kept]


def _insert_contributions(
    db: Session, consultation: Consultation, batch: Sequence[Incoming], channel: Channel
) -> set[UUID]:
    if not batch:
        return set()
    rows = [_row(consultation, one, channel) for one in batch]
    insert_rows(db, Contribution, rows, unless=["consultation_id", "submission"])
    ids = [one.id for one in batch]
    return set(db.exec(select(Contribution.id).where(col(Contribution.id).in_(ids))).all())


def _row(consultation: Consultation, one: Incoming, channel: Channel) -> dict[str, object]:
    words = "\n".join(answer.text for answer in one.new.answers if answer.text)
    return {
        "id": one.id,
        "consultation_id": consultation.id,
        "channel": channel,
        "received_at": one.received_at,
        "standing": Standing.WAITING,
        "consent": one.new.consent,
        "connection": one.new.connection,
        "area": one.new.area,
        "organisation": one.new.organisation,
        "submission": one.submission,
        "fingerprint": text.fingerprint(words) if words else "",
        "summary": text.snippet(words, 160) or _choices(one.new.answers),
        "supports": 0,
        "version": 1,
    }


def _choices(answers: Sequence[NewAnswer]) -> str:
    chosen = [
        ", ".join(answer.choices) or str(answer.scale)
        for answer in answers
        if not answer.is_blank()
    ]
    return text.snippet(" · ".join(chosen), 160)


def _insert_answers(db: Session, kept: Sequence[Incoming]) -> None:
    rows = [
        {
            "id": new_id(),
            "contribution_id": one.id,
            "question_id": answer.question_id,
            "text": answer.text,
            "choices": answer.choices,
            "scale": answer.scale,
            "redacted": False,
        }
        for one in kept
        for answer in one.new.answers
        if not answer.is_blank()
    ]
    insert_rows(db, Answer, rows)


def _insert_contributors(db: Session, kept: Sequence[Incoming]) -> None:
    rows = [_contributor(one) for one in kept if one.new.name or one.new.email]
    insert_rows(db, Contributor, rows)


def _contributor(one: Incoming) -> dict[str, object]:
    return {
        "id": new_id(),
        "contribution_id": one.id,
        "name": seal().seal(one.new.name) if one.new.name else "",
        "email": seal().seal(one.new.email) if one.new.email else "",
        "email_blind": seal().blind(one.new.email) if one.new.email else "",
        "letters": bool(one.new.email),
    }


def _count(
    db: Session, consultation: Consultation, kept: Sequence[Incoming], channel: Channel
) -> None:
    which = group(channel)
    changes = Counter(
        {
            f"received:{which}": len(kept),
            f"channel:{channel.value}": len(kept),
            f"standing:{which}:{Standing.WAITING.value}": len(kept),
        }
    )
    for one in kept:
        said = one.new.connection.value if one.new.connection else "not_said"
        changes[f"connection:{which}:{said}"] += 1
    consultations.count(db, consultation.id, changes)
