"""What can happen to a contribution once it is kept."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, update
from sqlmodel import Session, col, select

from consult import audit, consultations, jobs
from consult.audit import Action
from consult.consultations import Consultation
from consult.contributions.models import (
    Answer,
    Channel,
    Contribution,
    Contributor,
    SealedAnswer,
    Standing,
)
from consult.contributions.secrecy import seal
from consult.db import new_id
from consult.errors import Conflict
from consult.identity import Person


def group(channel: Channel) -> str:
    """Posts are counted apart from responses, everywhere."""
    return "post" if channel == Channel.POST else "response"


def stand(db: Session, contribution: Contribution, standing: Standing) -> None:
    """Change whether the public may read it, and the counts with it. The ledger is not touched."""
    if contribution.standing == standing:
        return
    which = group(contribution.channel)
    consultations.count(
        db,
        contribution.consultation_id,
        {
            f"standing:{which}:{contribution.standing.value}": -1,
            f"standing:{which}:{standing.value}": 1,
        },
    )
    contribution.standing = standing
    contribution.version += 1
    db.add(contribution)
    consultations.touch(db, db.get_one(Consultation, contribution.consultation_id))


def stand_many(
    db: Session, consultation: Consultation, ids: Sequence[UUID], standing: Standing
) -> int:
    """The same for many at once, none of them yet there; returns how many changed."""
    moving = col(Contribution.id).in_(ids), col(Contribution.standing) != standing
    before = db.execute(
        select(col(Contribution.channel), col(Contribution.standing), func.count())
        .where(*moving)
        .group_by(col(Contribution.channel), col(Contribution.standing))
    ).all()
    changes: Counter[str] = Counter()
    for channel, old, n in before:
        changes[f"standing:{group(channel)}:{old.value}"] -= n
        changes[f"standing:{group(channel)}:{standing.value}"] += n
    version = col(Contribution.version) + 1
    db.execute(update(Contribution).where(*moving).values(standing=standing, version=version))
    consultations.count(db, consultation.id, changes)
    consultations.touch(db, consultation)
    return sum(n for *_, n in before)


def redact(
    db: Session,
    contribution: Contribution,
    spans: Mapping[UUID, list[tuple[int, int]]],
    *,
    at: datetime,
) -> None:
    """Black out spans of answers, by answer; the originals are sealed. Lengths stay, so positions hold."""
    for answer_id, marked in spans.items():
        answer = db.get_one(Answer, answer_id)
        if answer.contribution_id != contribution.id:
            raise Conflict("That answer belongs to another response. Load the page again.")
        _keep_original(db, answer, at)
        answer.text = _blacked(answer.text, marked)
        answer.redacted = True
        db.add(answer)
    answers = db.exec(select(Answer).where(Answer.contribution_id == contribution.id)).all()
    contribution.summary = " ".join(answer.text for answer in answers if answer.text)[:160]
    db.add(contribution)


def unseal_answer(db: Session, answer: Answer, *, by: Person, at: datetime) -> str:
    """The words before they were redacted. Reading them is written down."""
    sealed = db.exec(select(SealedAnswer).where(SealedAnswer.answer_id == answer.id)).first()
    audit.record(db, Action.ORIGINAL_READ, answer.id, at=at, by=by.id)
    return seal().open(sealed.sealed) if sealed else answer.text


def withdraw(db: Session, contribution: Contribution, *, at: datetime) -> None:
    """The author takes it back: words, name and address are erased for good; the count stays true."""
    if contribution.standing == Standing.WITHDRAWN:
        return
    db.execute(delete(Contributor).where(col(Contributor.contribution_id) == contribution.id))
    db.execute(delete(Answer).where(col(Answer.contribution_id) == contribution.id))
    contribution.summary = contribution.organisation = contribution.area = (
        contribution.fingerprint
    ) = ""
    stand(db, contribution, Standing.WITHDRAWN)
    audit.record(db, Action.CONTRIBUTION_WITHDRAWN, contribution.id, at=at)
    jobs.enqueue(db, "synthesis.account_for_withdrawal", contribution_id=contribution.id)
    jobs.enqueue(db, "decisions.account_for_withdrawal", contribution_id=contribution.id)


def _keep_original(db: Session, answer: Answer, at: datetime) -> None:
    if not answer.redacted:
        db.add(
            SealedAnswer(id=new_id(), answer_id=answer.id, sealed=seal().seal(answer.text), at=at)
        )


def _blacked(words: str, spans: list[tuple[int, int]]) -> str:
    letters = list(words)
    for start, end in spans:
        for at in range(max(0, start), min(end, len(letters))):
            letters[at] = "█" if not letters[at].isspace() else letters[at]
    return "".join(letters)
