"""Putting the demo world (`seed/`) into an empty database, by the same verbs people use."""

from datetime import UTC, datetime

from sqlalchemy import Engine
from sqlmodel import select

from consult.db import transaction
from consult.identity import Organisation
from consult.seeding import asking, deciding, people, putting, reading, ruling
from consult.seeding.world import World, words_of

STORIES = ("school-streets", "bus-network", "dementia-care", "rural-health-call")


def is_empty(engine: Engine) -> bool:
    """Whether nobody has put anything here yet."""
    with transaction(engine, readonly=True) as db:
        return db.exec(select(Organisation.id).limit(1)).first() is None


def cast() -> list[tuple[str, str]]:
    """Who one can be in the demo, and what for."""
    return [(one["name"], one["says"]) for one in words_of("people")["cast"]]


def seed(engine: Engine) -> None:
    """Seed everything in one transaction: either the whole world is there or nothing is."""
    now = datetime.now(UTC)
    with transaction(engine) as db:
        cast = people.seed(db, now)
        for story in STORIES:
            world = World(db, now, words_of(story), cast)
            asking.seed(world)
            ruling.seed(world)
            reading.seed(world)
            deciding.seed(world)
            putting.seed(world)


__all__ = ["cast", "is_empty", "seed"]
