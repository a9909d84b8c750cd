"""Organisations, people with accounts, their roles, and the ways they sign in."""

from datetime import datetime
from enum import Enum
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from consult.db import Choice, Moment, Record, choices


class OrganisationKind(Enum):
    """What sort of body asks."""

    DEPARTMENT = "department"
    COUNCIL = "council"
    COMMITTEE = "committee"
    CHARITY = "charity"
    MP_OFFICE = "mp_office"


class OperatorType(Enum):
    """Who runs the service in the eyes of the law; it changes copy, records and complaint kinds."""

    CROWN = "crown"
    PUBLIC_AUTHORITY = "public_authority"
    OTHER = "other"


class Role(Enum):
    """What a membership lets a person do in an organisation."""

    OWNER = "owner"
    OFFICIAL = "official"
    ANALYST = "analyst"
    MODERATOR = "moderator"
    MEMBER = "member"
    OBSERVER = "observer"


class Organisation(Record, table=True):
    """A department, council, committee, charity or MP's office that asks."""

    __table_args__ = (choices("kind", OrganisationKind), choices("operator_type", OperatorType))

    slug: str = Field(max_length=80, unique=True)
    name: str = Field(max_length=200)
    kind: OrganisationKind = Field(sa_type=Choice(OrganisationKind))
    operator_type: OperatorType = Field(
        default=OperatorType.PUBLIC_AUTHORITY, sa_type=Choice(OperatorType)
    )


class Person(Record, table=True):
    """Someone with an account."""

    email: str = Field(max_length=320, unique=True)
    name: str = Field(max_length=200)
    created_at: datetime = Field(sa_type=Moment)


class Membership(Record, table=True):
    """A role of a person in an organisation; one person may hold several."""

    __table_args__ = (
        choices("role", Role),
        UniqueConstraint("organisation_id", "person_id", "role"),
    )

    organisation_id: UUID = Field(foreign_key="organisation.id", ondelete="CASCADE")
    person_id: UUID = Field(foreign_key="person.id", ondelete="CASCADE", index=True)
    role: Role = Field(sa_type=Choice(Role))
    claimed_from: str = Field(
        default="", max_length=300, description="Issuer whose claim gives it; empty: a person did."
    )

    @property
    def granted_by_claim(self) -> bool:
        """Whether a sign-in at a provider gave this, and the next one may take it away."""
        return bool(self.claimed_from)


class SignInLink(Record, table=True):
    """A link sent by e-mail, good once and for a short time. Only a hash of its token is kept."""

    token_hash: str = Field(max_length=64, unique=True)
    email: str = Field(max_length=320)
    next: str = Field(default="/", max_length=500)
    created_at: datetime = Field(sa_type=Moment)
    expires_at: datetime = Field(sa_type=Moment)
    used_at: datetime | None = Field(default=None, sa_type=Moment)


class SignIn(Record, table=True):
    """A browser that is signed in. It lives here and can be ended here; the cookie is only its name."""

    token_hash: str = Field(max_length=64, unique=True)
    person_id: UUID = Field(foreign_key="person.id", ondelete="CASCADE", index=True)
    provider: str = Field(max_length=80)
    device: str = Field(default="", max_length=200)
    id_token: str = Field(default="", description="Sealed; needed to sign out at the provider.")
    created_at: datetime = Field(sa_type=Moment)
    seen_at: datetime = Field(sa_type=Moment)
    expires_at: datetime = Field(sa_type=Moment)
    ended_at: datetime | None = Field(default=None, sa_type=Moment)


class LinkedAccount(Record, table=True):
    """An account at an OpenID Connect provider that signs a person in."""

    __table_args__ = (UniqueConstraint("issuer", "subject"),)

    person_id: UUID = Field(foreign_key="person.id", ondelete="CASCADE", index=True)
    issuer: str = Field(max_length=300)
    subject: str = Field(max_length=300)
    linked_at: datetime = Field(sa_type=Moment)


class SignInAttempt(Record, table=True):
    """One trip to a provider and back: state, nonce and verifier, usable once."""

    state_hash: str = Field(max_length=64, unique=True)
    provider: str = Field(max_length=80)
    nonce: str = Field(max_length=100)
    verifier: str = Field(max_length=128)
    next: str = Field(default="/", max_length=500)
    created_at: datetime = Field(sa_type=Moment)
    used_at: datetime | None = Field(default=None, sa_type=Moment)
