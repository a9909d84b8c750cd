"""Putting the demo world (`seed/`) into an empty database, by the same verbs people use."""

import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, select

from consult import identity
from consult.db import transaction
from consult.identity import OperatorType, Organisation, OrganisationKind, Role
from consult.lib import paths


def is_empty(engine: Engine) -> bool:
    """Whether nobody has put anything here yet."""
    with transaction(engine, readonly=True) as db:
        return db.exec(select(Organisation.id).limit(1)).first() is None


def cast() -> list[tuple[str, str]]:
    """Who one can be in the demo, and what for."""
    return [(one["name"], one["says"]) for one in _read("people")["cast"]]


def seed(engine: Engine) -> None:
    """Seed everything in one transaction: either the whole world is there or nothing is."""
    at = datetime.now(UTC)
    with transaction(engine) as db:
        _people(db, at)


def _people(db: Session, at: datetime) -> None:
    words = _read("people")
    made = {
        one["slug"]: identity.create_organisation(
            db,
            one["slug"],
            one["name"],
            OrganisationKind(one["kind"]),
            OperatorType(one["operator_type"]),
        )
        for one in words["organisations"]
    }
    for one in words["cast"]:
        person = identity.create_person(db, one["email"], one["name"], at=at)
        for held in one["memberships"]:
            organisation = made[held["organisation"]]
            identity.grant(db, person, organisation.id, Role(held["role"]), at=at)


def _read(name: str) -> dict[str, Any]:
    words: dict[str, Any] = json.loads((paths.root() / "seed" / f"{name}.json").read_text("utf-8"))
    return words
