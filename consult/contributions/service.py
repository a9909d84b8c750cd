"""What can happen to a contribution once it is kept."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, update
from sqlalchemy import select as select_rows
from sqlmodel import Session, col, select

from consult import audit, consultations, jobs
from consult.audit import Action
from consult.consultations import Consultation
from consult.contributions.models import (
    Answer,
    Channel,
    Connection,
    Consent,
    Contribution,
    Contributor,
    SealedAnswer,
    Standing,
)
from consult.db import new_id
from consult.errors import Conflict
from consult.identity import Person
from consult.lib import text
from consult.secrecy import seal


def group(channel: Channel) -> str:
    """Posts are counted apart from responses, everywhere."""
    return "post" if channel == Channel.POST else "response"


def is_public(consent: Consent, standing: Standing) -> bool:
    """Whether anyone may read the words: shown by us, and not only to be counted by their author."""
    return standing == Standing.SHOWN and consent != Consent.COUNT_ONLY


def stand(db: Session, contribution: Contribution, standing: Standing) -> None:
    """Change whether the public may read it, and the counts with it. The ledger is not touched."""
    if contribution.standing == standing:
        return
    one = contribution
    changes = _moved(one.channel, one.consent, one.connection, one.standing, standing, 1)
    consultations.count(db, one.consultation_id, changes)
    contribution.standing = standing
    contribution.version += 1
    db.add(contribution)
    consultations.touch(db, db.get_one(Consultation, contribution.consultation_id))


def stand_many(
    db: Session, consultation: Consultation, ids: Sequence[UUID], standing: Standing
) -> int:
    """The same for many at once, none of them yet there; returns how many changed."""
    moving = col(Contribution.id).in_(ids), col(Contribution.standing) != standing
    alike = (
        col(Contribution.channel),
        col(Contribution.consent),
        col(Contribution.connection),
        col(Contribution.standing),
    )
    before = db.execute(select_rows(*alike, func.count()).where(*moving).group_by(*alike)).all()
    changes: Counter[str] = Counter()
    for channel, consent, connection, old, n in before:
        changes.update(_moved(channel, consent, connection, old, standing, n))
    version = col(Contribution.version) + 1
    db.execute(update(Contribution).where(*moving).values(standing=standing, version=version))
    consultations.count(db, consultation.id, changes)
    consultations.touch(db, consultation)
    return sum(row[-1] for row in before)


def _moved(
    channel: Channel,
    consent: Consent,
    connection: Connection | None,
    old: Standing,
    new: Standing,
    n: int,
) -> Counter[str]:
    """How the counts change when `n` contributions that are alike go from one standing to another."""
    which, said = group(channel), connection.value if connection else "not_said"
    changes = Counter({f"standing:{which}:{old.value}": -n, f"standing:{which}:{new.value}": n})
    by = n * (is_public(consent, new) - is_public(consent, old))
    changes.update({f"public:{which}": by, f"public:{which}:{said}": by})
    return changes


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
    _summarise(db, contribution)


def unredact(db: Session, contribution: Contribution) -> None:
    """Give back every word that was blacked out, and destroy the sealed copies."""
    found = db.exec(
        select(Answer, SealedAnswer)
        .join(SealedAnswer, col(SealedAnswer.answer_id) == col(Answer.id))
        .where(Answer.contribution_id == contribution.id)
    ).all()
    for answer, sealed in found:
        answer.text, answer.redacted = seal().open(sealed.sealed), False
        db.add(answer)
        db.delete(sealed)
    db.flush()
    _summarise(db, contribution)


def _summarise(db: Session, contribution: Contribution) -> None:
    mine = select(Answer).where(Answer.contribution_id == contribution.id)
    answers = db.exec(mine.order_by(col(Answer.id))).all()
    words = "\n".join(answer.text for answer in answers if answer.text)
    contribution.summary = text.snippet(words, 160) or contribution.summary
    db.add(contribution)


def reword(db: Session, contribution: Contribution, words: str) -> None:
    """The author changed a post: the new words take the place of the old and wait for a moderator."""
    answer = db.exec(select(Answer).where(Answer.contribution_id == contribution.id)).first()
    if answer is None:
        answer = Answer(contribution_id=contribution.id)
    if answer.text == words:
        return
    db.execute(delete(SealedAnswer).where(col(SealedAnswer.answer_id) == answer.id))
    answer.text, answer.redacted = words, False
    contribution.fingerprint = text.fingerprint(words) if words else ""
    contribution.summary = text.snippet(words, 160)
    db.add(answer)
    db.add(contribution)
    stand(db, contribution, Standing.WAITING)
    jobs.enqueue(db, "moderation.screen_again", contribution_id=contribution.id)


def ask_again(db: Session, contribution: Contribution, consent: Consent) -> None:
    """The author has changed what may be published."""
    contribution.consent = consent
    contribution.version += 1
    db.add(contribution)
    consultations.touch(db, db.get_one(Consultation, contribution.consultation_id))


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
