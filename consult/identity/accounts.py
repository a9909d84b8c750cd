"""Whose account a provider's account is, and the roles its claims give and take away."""

import logging
from datetime import datetime

from sqlmodel import Session, col, select

from consult import audit
from consult.audit import Action
from consult.identity.claims import Claimed, Held
from consult.identity.models import LinkedAccount, Membership, Organisation, Person
from consult.identity.queries import by_email
from consult.identity.refusals import SignInRefused, Why
from consult.identity.service import create_person, grant

log = logging.getLogger("consult.identity")


def arrive(db: Session, claimed: Claimed, label: str, *, at: datetime) -> Person:
    """The person a provider vouches for, known from now on by issuer and subject, with their roles.

    The first time they are found by their e-mail address, and only by one the provider has verified:
    an address that is merely claimed would open somebody else's account, now or once they are invited.
    """
    linked = db.exec(
        select(Person)
        .join(LinkedAccount, col(LinkedAccount.person_id) == col(Person.id))
        .where(LinkedAccount.issuer == claimed.issuer, LinkedAccount.subject == claimed.subject)
    ).first()
    person = linked or _link(db, claimed, label, at=at)
    follow_claims(db, person, claimed.issuer, claimed.roles, at=at)
    return person


def _link(db: Session, claimed: Claimed, label: str, *, at: datetime) -> Person:
    if not claimed.email:
        raise SignInRefused(Why.NO_EMAIL, label)
    if not claimed.verified:
        raise SignInRefused(Why.UNVERIFIED, label)
    known = by_email(db, claimed.email)
    # Addresses are given to new people when the old ones leave; their accounts here are not.
    if known and _has_account_at(db, known, claimed.issuer):
        raise SignInRefused(Why.TAKEN, label)
    person = known or create_person(db, claimed.email, claimed.name, at=at)
    db.add(
        LinkedAccount(
            person_id=person.id, issuer=claimed.issuer, subject=claimed.subject, linked_at=at
        )
    )
    audit.record(db, Action.ACCOUNT_LINKED, person.id, at=at, by=person.id, issuer=claimed.issuer)
    db.flush()
    return person


def _has_account_at(db: Session, person: Person, issuer: str) -> bool:
    held = select(LinkedAccount.id).where(
        LinkedAccount.person_id == person.id, LinkedAccount.issuer == issuer
    )
    return db.exec(held.limit(1)).first() is not None


def follow_claims(db: Session, person: Person, issuer: str, roles: Held, *, at: datetime) -> None:
    """Give the roles this issuer claims for somebody, and take back those it no longer does.

    Roles given by a person, or claimed by another issuer, stay as they are.
    """
    slugs = {slug for slug, _ in roles}
    found = db.exec(select(Organisation).where(col(Organisation.slug).in_(slugs))).all()
    places = {one.slug: one.id for one in found}
    for slug in slugs - places.keys():
        log.warning("a claim maps to an organisation that is not there", extra={"slug": slug})
    wanted = {(places[slug], role) for slug, role in roles if slug in places}
    for held in _claimed(db, person, issuer):
        if (held.organisation_id, held.role) not in wanted:
            _withdraw(db, held, at=at)
    for organisation_id, role in wanted:
        grant(db, person, organisation_id, role, claimed_from=issuer, at=at)


def _claimed(db: Session, person: Person, issuer: str) -> list[Membership]:
    held = select(Membership).where(
        Membership.person_id == person.id, Membership.claimed_from == issuer
    )
    return list(db.exec(held))


def _withdraw(db: Session, held: Membership, *, at: datetime) -> None:
    db.delete(held)
    audit.record(
        db,
        Action.MEMBERSHIP_WITHDRAWN,
        held.person_id,
        at=at,
        role=held.role.value,
        organisation=str(held.organisation_id),
        claimed=True,
    )
    db.flush()
