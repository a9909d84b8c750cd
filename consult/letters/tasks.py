"""Sending one letter. It is marked before it is handed over: after a crash we know that we do not know."""

from datetime import UTC, datetime
from uuid import UUID

from sqlmodel import Session, col, select

from consult import audit
from consult.audit import Action
from consult.jobs import OpenDb, task
from consult.letters import transports
from consult.letters.models import Letter, LetterState
from consult.letters.outbox import contents
from consult.letters.transports import Handed, NotNow, Refused, Unknown
from consult.settings import settings

RETRY = (5.0, 60.0, 600.0, 3600.0)
CUT_OFF = (
    "We were cut off while handing it over, so it may have arrived or not. It is not sent again "
    "until somebody has looked."
)


@task("letters.send", transaction=False, retry=RETRY)
def send(open_db: OpenDb, letter_id: UUID) -> None:
    """Hand a letter over once. One found half handed over is left for a person to look at."""
    with open_db() as db:
        handed = _begin(db, letter_id)
    if handed is None:
        return
    try:
        state = _hand_over(handed)
    except NotNow as wrong:
        with open_db() as db:
            _put_back(db, letter_id, str(wrong))
        raise
    except (Refused, Unknown) as wrong:
        state = LetterState.FAILED if isinstance(wrong, Refused) else LetterState.UNSURE
        with open_db() as db:
            _end(db, letter_id, state, str(wrong))
        return
    with open_db() as db:
        _end(db, letter_id, state, "")


def _begin(db: Session, letter_id: UUID) -> Handed | None:
    letter = _locked(db, letter_id)
    if letter is None or letter.state not in (LetterState.WAITING, LetterState.SENDING):
        return None
    if letter.state == LetterState.SENDING and settings().smtp_url:
        letter.state, letter.trouble = LetterState.UNSURE, CUT_OFF
        db.add(letter)
        return None
    letter.state, letter.attempts = LetterState.SENDING, letter.attempts + 1
    db.add(letter)
    to, text = contents(letter)
    return Handed(str(letter.id), settings().mail_from, to, letter.subject, text, letter.written_at)


def _hand_over(letter: Handed) -> LetterState:
    if settings().smtp_url:
        transports.send(letter, settings().smtp_url)
        return LetterState.SENT
    transports.keep(letter, settings().data / "outbox")
    return LetterState.KEPT


def _put_back(db: Session, letter_id: UUID, trouble: str) -> None:
    """Let it be tried again, or, when every try has failed, leave it to a person."""
    letter = _locked(db, letter_id)
    if letter is not None:
        last = letter.attempts > len(RETRY)
        letter.state = LetterState.FAILED if last else LetterState.WAITING
        letter.trouble = trouble
        db.add(letter)


def _end(db: Session, letter_id: UUID, state: LetterState, trouble: str) -> None:
    letter = _locked(db, letter_id)
    if letter is None:
        return
    letter.state, letter.trouble = state, trouble
    if state in (LetterState.SENT, LetterState.KEPT):
        letter.sent_at = datetime.now(UTC)
        audit.record(db, Action.LETTER_SENT, letter.id, at=letter.sent_at)
    db.add(letter)


def _locked(db: Session, letter_id: UUID) -> Letter | None:
    return db.exec(select(Letter).where(col(Letter.id) == letter_id).with_for_update()).first()
