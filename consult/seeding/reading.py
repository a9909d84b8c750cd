"""Themes, and what Ana has read and coded so far."""

from uuid import UUID

from consult import synthesis
from consult.seeding.world import World
from consult.synthesis import NewCoding


def seed(world: World) -> None:
    """Make the codebook and mark the spans the file gives; whatever is marked has been read."""
    by = world.setter if world.words["kind"] == "questions" else world.person("ana")
    at = world.now
    for one in world.words.get("themes", []):
        made = synthesis.create_theme(
            world.db, world.consultation, one["name"], one["definition"], by=by, at=at
        )
        world.themes[one["name"]] = made.id
    marks = [_mark(world, one) for one in world.words.get("codings", [])]
    if marks:
        synthesis.code_many(world.db, world.consultation, marks, by=by, at=at)
    synthesis.mark_read(world.db, world.consultation, _read(world), by=by, at=at)


def _mark(world: World, one: dict[str, str]) -> NewCoding:
    answer = world.answers[one["contribution"], one["question"]]
    start = answer.text.index(one["quote"])
    return NewCoding(answer.id, world.themes[one["theme"]], start, start + len(one["quote"]))


def _read(world: World) -> list[UUID]:
    """Everything where all is over; elsewhere what has been coded."""
    if world.words["state"] == "published":
        return list(world.ids.values())
    coded = {one["contribution"] for one in world.words.get("codings", [])}
    return [world.ids[key] for key in sorted(coded)]
