"""The organisations and the cast."""

from datetime import datetime

from sqlmodel import Session

from consult import identity
from consult.identity import OperatorType, OrganisationKind, Role
from consult.seeding.world import Cast, words_of


def seed(db: Session, at: datetime) -> Cast:
    """Make everybody known, with their roles."""
    words = words_of("people")
    organisations = {
        one["slug"]: identity.create_organisation(
            db,
            one["slug"],
            one["name"],
            OrganisationKind(one["kind"]),
            OperatorType(one["operator_type"]),
        )
        for one in words["organisations"]
    }
    people = {
        one["key"]: identity.create_person(db, one["email"], one["name"], at=at)
        for one in words["cast"]
    }
    for one in words["cast"]:
        for held in one["memberships"]:
            where = organisations[held["organisation"]].id
            identity.grant(db, people[one["key"]], where, Role(held["role"]), at=at)
    return Cast(people, organisations)
