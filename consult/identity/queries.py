"""Who somebody is and what they may do where."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from consult.identity.models import Membership, Organisation, Person, Role, SignIn

ALL = frozenset(Role)
OPERATOR = "operator@localhost"
"""The account that commands on the machine itself act as."""


def hashed(token: str) -> str:
    """How a token is kept. It is random and long, so a plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def person_of(db: Session, token: str, *, at: datetime) -> Person | None:
    """The person signed in with this browser's token, if the sign-in still holds."""
    return db.exec(
        select(Person)
        .join(SignIn, col(SignIn.person_id) == col(Person.id))
        .where(SignIn.token_hash == hashed(token))
        .where(col(SignIn.ended_at).is_(None))
        .where(SignIn.expires_at > at)
    ).first()


def sign_ins(db: Session, person: Person, *, at: datetime) -> Sequence[SignIn]:
    """The browsers a person is signed in with, newest first."""
    return db.exec(
        select(SignIn)
        .where(SignIn.person_id == person.id)
        .where(col(SignIn.ended_at).is_(None))
        .where(SignIn.expires_at > at)
        .order_by(col(SignIn.created_at).desc())
    ).all()


def by_email(db: Session, email: str) -> Person | None:
    """The person with this address, whatever its capitals."""
    return db.exec(select(Person).where(Person.email == email.strip().lower())).first()


def roles_in(db: Session, person: Person | None, organisation_id: UUID) -> frozenset[Role]:
    """The roles of a person in an organisation; an owner has them all."""
    if person is None:
        return frozenset()
    held = db.exec(
        select(col(Membership.role))
        .where(Membership.organisation_id == organisation_id)
        .where(Membership.person_id == person.id)
    ).all()
    return ALL if Role.OWNER in held else frozenset(held)


def memberships(db: Session, person: Person) -> dict[UUID, frozenset[Role]]:
    """The roles of a person by organisation."""
    found: dict[UUID, set[Role]] = {}
    for one in db.exec(select(Membership).where(Membership.person_id == person.id)):
        found.setdefault(one.organisation_id, set()).add(one.role)
    return {where: ALL if Role.OWNER in held else frozenset(held) for where, held in found.items()}


def organisations_of(db: Session, person: Person, *roles: Role) -> list[Organisation]:
    """The organisations in which a person holds one of these roles (any role, when none is named)."""
    wanted = frozenset(roles) or ALL
    ids = [where for where, held in memberships(db, person).items() if held & wanted]
    chosen = select(Organisation).where(col(Organisation.id).in_(ids)).order_by(Organisation.name)
    return list(db.exec(chosen))


def organisation(db: Session, slug: str) -> Organisation | None:
    """The organisation with this short name."""
    return db.exec(select(Organisation).where(Organisation.slug == slug)).first()


def organisation_names(db: Session, ids: Iterable[UUID]) -> dict[UUID, str]:
    """The names of these organisations: one query for a page of them."""
    wanted = select(Organisation.id, Organisation.name).where(col(Organisation.id).in_(set(ids)))
    return dict(db.exec(wanted).all())


@dataclass(frozen=True)
class CastMember:
    """One of the people of the demo, with what they are and where."""

    name: str
    email: str
    roles: tuple[Role, ...]
    places: tuple[str, ...]


def cast(db: Session) -> list[CastMember]:
    """The people one can be in the demo: everybody there is, but whoever runs the machine."""
    rows = db.exec(
        select(col(Membership.person_id), col(Membership.role), col(Organisation.name))
        .join(Organisation, col(Organisation.id) == col(Membership.organisation_id))
        .order_by(col(Membership.id))
    ).all()
    people = db.exec(
        select(Person)
        .where(Person.email != OPERATOR)
        .order_by(col(Person.created_at), col(Person.id))
    )
    return [
        CastMember(
            one.name,
            one.email,
            tuple(dict.fromkeys(role for who, role, _ in rows if who == one.id)),
            tuple(dict.fromkeys(place for who, _, place in rows if who == one.id)),
        )
        for one in people
    ]
