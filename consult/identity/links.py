"""Sign-in links sent by e-mail: good once, for a short time, and kept only as a hash."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, select, update

from consult.errors import NotFound
from consult.identity.models import Person, SignInLink
from consult.identity.queries import by_email, hashed
from consult.lib import codes

GOOD_FOR = timedelta(minutes=20)
REMEMBERED_FOR = timedelta(days=7)
GONE = "This link has been used, has run out, or was cut short on its way. Ask for a new one."


def new_link(
    db: Session, email: str, *, next_: str = "/", lasts: timedelta = GOOD_FOR, at: datetime
) -> str | None:
    """The token of a new link for whoever has this address; nothing if nobody does. Old ones are forgotten."""
    db.execute(delete(SignInLink).where(col(SignInLink.expires_at) < at - REMEMBERED_FOR))
    person = by_email(db, email)
    if person is None:
        return None
    token = codes.new_token()
    db.add(
        SignInLink(
            token_hash=hashed(token),
            email=person.email,
            next=next_,
            created_at=at,
            expires_at=at + lasts,
        )
    )
    return token


def link_holder(db: Session, token: str, *, at: datetime) -> Person | None:
    """Whom a link would sign in, if it is still good. Looking does not use it."""
    found = _good(db, token, at)
    return by_email(db, found.email) if found else None


def use_link(db: Session, token: str, *, at: datetime) -> tuple[Person, str]:
    """Use a link up: whom to sign in, and where they wanted to be."""
    found = _good(db, token, at)
    person = by_email(db, found.email) if found else None
    if found is None or person is None:
        raise NotFound(GONE)
    used = db.execute(
        update(SignInLink)
        .where(col(SignInLink.id) == found.id, col(SignInLink.used_at).is_(None))
        .values(used_at=at)
    )
    if used.rowcount != 1:  # type: ignore[attr-defined]
        raise NotFound(GONE)
    return person, found.next


def _good(db: Session, token: str, at: datetime) -> SignInLink | None:
    return db.exec(
        select(SignInLink)
        .where(SignInLink.token_hash == hashed(token))
        .where(col(SignInLink.used_at).is_(None))
        .where(SignInLink.expires_at > at)
    ).first()
