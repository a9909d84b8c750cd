"""Writing letters, once each, and looking after those that did not simply go."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_
from sqlmodel import Session, col, select

from consult import audit, jobs
from consult.audit import Action
from consult.db import insert, new_id
from consult.errors import Conflict, NotFound
from consult.identity import Person
from consult.letters.models import Letter, LetterState
from consult.secrecy import seal

Render = Callable[..., str]

_renderer: list[Render] = []

STUCK = (LetterState.UNSURE, LetterState.FAILED)


def render_with(function: Render) -> None:
    """Say how letters get their text: `function("mail/decided.txt", **facts)`. Told once, at start."""
    _renderer[:] = [function]


def rendered(template: str, **facts: Any) -> str:
    """The text of a letter, by the function that was given at start."""
    if not _renderer:
        raise LookupError("Nothing renders letters yet: call letters.render_with at start.")
    return _renderer[0](template, **facts)


def write(
    db: Session,
    key: str,
    to: str,
    subject: str,
    text: str,
    *,
    about: UUID | None = None,
    at: datetime,
) -> bool:
    """Have a letter sent to a sealed address, unless one with this key was ever written.

    Returns whether it is new. `key` says what it is about and to whom, without naming them.
    """
    letter_id = new_id()
    statement = insert(db, Letter).values(
        id=letter_id,
        key=key,
        about=about,
        address=to,
        subject=" ".join(subject.split())[:300],
        body=seal().seal(text),
        state=LetterState.WAITING,
        written_at=at,
        attempts=0,
        trouble="",
    )
    db.execute(statement.on_conflict_do_nothing(index_elements=["key"]))
    if db.exec(select(Letter.id).where(Letter.key == key)).one() != letter_id:
        return False
    jobs.enqueue(db, "letters.send", key=str(letter_id), letter_id=letter_id)
    return True


def known(db: Session, keys: Iterable[str]) -> set[str]:
    """Which of these letters have been written before."""
    return set(db.exec(select(Letter.key).where(col(Letter.key).in_(list(keys)))).all())


def about(
    db: Session,
    consultations: Sequence[UUID],
    *,
    and_none: bool = False,
    limit: int,
    offset: int = 0,
) -> tuple[Sequence[Letter], int]:
    """The letters about these consultations (and, if asked, about none), newest first, and how many."""
    theirs = col(Letter.about).in_(list(consultations))
    wanted = or_(theirs, col(Letter.about).is_(None)) if and_none else theirs
    total = db.exec(select(func.count()).select_from(Letter).where(wanted)).one()
    found = select(Letter).where(wanted).order_by(col(Letter.id).desc()).limit(limit).offset(offset)
    return db.exec(found).all(), total


def by_id(db: Session, letter_id: UUID) -> Letter:
    """One letter, for those who look after the outbox."""
    found = db.get(Letter, letter_id)
    if found is None:
        raise NotFound("There is no such letter.")
    return found


def contents(letter: Letter) -> tuple[str, str]:
    """To whom a letter goes and what it says, unsealed: for handing it over, and for the demo."""
    return seal().open(letter.address), seal().open(letter.body)


def send_again(db: Session, letter: Letter, *, by: Person, at: datetime) -> None:
    """Send a letter of which a person knows that it did not arrive. It may reach somebody twice if it did."""
    _refuse_unless_stuck(letter)
    letter.state, letter.trouble, letter.attempts = LetterState.WAITING, "", 0
    db.add(letter)
    audit.record(db, Action.LETTER_SENT, letter.id, at=at, by=by.id, again=True)
    jobs.enqueue(db, "letters.send", letter_id=letter.id)


def arrived(db: Session, letter: Letter, *, by: Person, at: datetime) -> None:
    """A person found out that a letter we were unsure of did arrive."""
    _refuse_unless_stuck(letter)
    letter.state, letter.sent_at, letter.trouble = LetterState.SENT, at, ""
    db.add(letter)
    audit.record(db, Action.LETTER_SENT, letter.id, at=at, by=by.id, found_arrived=True)


def _refuse_unless_stuck(letter: Letter) -> None:
    if letter.state not in STUCK:
        raise Conflict(
            "Nothing needs to be decided about this letter: it has gone or will go by itself."
        )
