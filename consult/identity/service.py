"""Making people and organisations known, giving roles, signing in and out."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session, col, select

from consult import audit
from consult.audit import Action
from consult.errors import NotFound
from consult.identity.models import (
    Membership,
    OperatorType,
    Organisation,
    OrganisationKind,
    Person,
    Role,
    SignIn,
)
from consult.identity.queries import OPERATOR, by_email, hashed
from consult.lib import codes

SIGNED_IN_FOR = timedelta(days=14)


def create_organisation(
    db: Session,
    slug: str,
    name: str,
    kind: OrganisationKind = OrganisationKind.COUNCIL,
    operator_type: OperatorType = OperatorType.PUBLIC_AUTHORITY,
) -> Organisation:
    """Make an organisation known."""
    made = Organisation(slug=slug, name=name, kind=kind, operator_type=operator_type)
    db.add(made)
    db.flush()
    return made


def create_person(db: Session, email: str, name: str, *, at: datetime) -> Person:
    """Make a person known, or find the one with this address."""
    person = by_email(db, email)
    if person is None:
        person = Person(email=email.strip().lower(), name=name, created_at=at)
        db.add(person)
        db.flush()
    return person


def grant(
    db: Session,
    person: Person,
    organisation_id: UUID,
    role: Role,
    *,
    at: datetime,
    by: Person | None = None,
    claimed_from: str = "",
) -> None:
    """Give a person a role in an organisation; a second time changes nothing.

    `claimed_from` is the issuer whose claim gives it; where it is empty, a person does.
    """
    held = select(Membership).where(
        col(Membership.organisation_id) == organisation_id,
        col(Membership.person_id) == person.id,
        col(Membership.role) == role,
    )
    if db.exec(held).first():
        return
    db.add(
        Membership(
            organisation_id=organisation_id,
            person_id=person.id,
            role=role,
            claimed_from=claimed_from,
        )
    )
    audit.record(
        db,
        Action.MEMBERSHIP_GRANTED,
        person.id,
        at=at,
        by=by.id if by else None,
        role=role.value,
        organisation=str(organisation_id),
        claimed=bool(claimed_from),
    )
    db.flush()


def operator(db: Session, organisation_id: UUID, *, at: datetime) -> Person:
    """Whoever runs commands on the machine itself: an owner whose doings are written down as theirs."""
    person = create_person(db, OPERATOR, "Operator of this installation", at=at)
    grant(db, person, organisation_id, Role.OWNER, at=at)
    return person


def sign_in(
    db: Session, person: Person, *, provider: str, device: str, at: datetime, id_token: str = ""
) -> str:
    """Sign a browser in; returns the token for its cookie, which is kept only as a hash."""
    token = codes.new_token()
    db.add(
        SignIn(
            token_hash=hashed(token),
            person_id=person.id,
            provider=provider,
            device=device[:200],
            id_token=id_token,
            created_at=at,
            seen_at=at,
            expires_at=at + SIGNED_IN_FOR,
        )
    )
    audit.record(db, Action.SIGNED_IN, person.id, at=at, by=person.id, provider=provider)
    return token


def end_sign_in(db: Session, sign_in_id: UUID, *, by: Person, at: datetime) -> None:
    """End one of one's own sign-ins; that browser is signed out at its next click."""
    found = db.get(SignIn, sign_in_id)
    if found is None or found.person_id != by.id:
        raise NotFound("There is no such sign-in of yours.")
    found.ended_at = found.ended_at or at
    db.add(found)
    audit.record(db, Action.SIGN_IN_ENDED, by.id, at=at, by=by.id)


def end_token(db: Session, token: str, *, by: Person, at: datetime) -> SignIn | None:
    """Sign out the browser that holds this token; returns the sign-in that was ended."""
    found = db.exec(select(SignIn).where(SignIn.token_hash == hashed(token))).first()
    if found is not None:
        end_sign_in(db, found.id, by=by, at=at)
    return found
