"""Trips to a provider and back: each begun in one browser, good once, and for ten minutes."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, select, update

from consult.identity.models import SignInAttempt
from consult.identity.queries import hashed
from consult.identity.refusals import SignInRefused, Why
from consult.lib import codes
from consult.settings import OidcProvider

GOOD_FOR = timedelta(minutes=10)
REMEMBERED_FOR = timedelta(days=1)


@dataclass(frozen=True)
class Trip:
    """What goes along to the provider, and where the person wanted to be."""

    state: str
    nonce: str
    verifier: str
    next: str


def begin_trip(
    db: Session, config: OidcProvider, *, browser: str, next_: str, at: datetime
) -> Trip:
    """Begin a sign-in in this browser, known by a secret in its cookie. Old ones are forgotten."""
    db.execute(delete(SignInAttempt).where(col(SignInAttempt.created_at) < at - REMEMBERED_FOR))
    trip = Trip(codes.new_token(), codes.new_token(), codes.new_token(), next_)
    db.add(
        SignInAttempt(
            state_hash=_bound(trip.state, browser),
            provider=config.name,
            nonce=trip.nonce,
            verifier=trip.verifier,
            next=next_,
            created_at=at,
        )
    )
    return trip


def end_trip(db: Session, config: OidcProvider, *, state: str, browser: str, at: datetime) -> Trip:
    """The trip this browser began, which is thereby used up, whatever comes of it."""
    bound = _bound(state, browser)
    found = db.exec(
        select(SignInAttempt)
        .where(SignInAttempt.state_hash == bound)
        .where(SignInAttempt.provider == config.name)
    ).first()
    if found is None:
        raise SignInRefused(Why.OTHER_BROWSER, config.label)
    used = db.execute(
        update(SignInAttempt)
        .where(col(SignInAttempt.id) == found.id, col(SignInAttempt.used_at).is_(None))
        .values(used_at=at)
    )
    if used.rowcount != 1:  # type: ignore[attr-defined]
        raise SignInRefused(Why.USED, config.label)
    if at > found.created_at + GOOD_FOR:
        raise SignInRefused(Why.TOO_LATE, config.label)
    return Trip(state, found.nonce, found.verifier, found.next)


def _bound(state: str, browser: str) -> str:
    """One hash of both, so that a state carried into another browser finds nothing."""
    return hashed(f"{state} {browser}")
