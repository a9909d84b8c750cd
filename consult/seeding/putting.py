"""The call for questions: support, the sitting, and what was put, not put or joined."""

import hashlib
from collections.abc import Iterator

from consult import questions
from consult.contributions import Contribution, Support
from consult.db import insert, new_id
from consult.questions import Answered, NewHearing
from consult.seeding.world import World


def seed(world: World) -> None:
    """Do what Mia's office has done so far; the rest of the questions still wait for her."""
    if world.words["kind"] != "questions":
        return
    _supports(world)
    _hearing(world)


def _hearing(world: World) -> None:
    db, by, words = world.db, world.setter, world.words["hearing"]
    at = world.ago(-words["held_in_days"])
    held = NewHearing(title=words["title"], place=words["place"], held_on=at.date())
    hearing = questions.add_hearing(db, world.consultation, held, by=by, at=at)
    for one in world.words["put"]:
        answered = Answered(answer=one["answer"], link=one["link"])
        questions.put(db, _question(world, one["contribution"]), hearing, answered, by=by, at=at)
    for one in world.words["not_put"]:
        questions.not_put(db, _question(world, one["contribution"]), one["reason"], by=by, at=at)
    for one in world.words["joined"]:
        alike, into = _question(world, one["contribution"]), _question(world, one["into"])
        questions.join(db, [alike], into, by=by, at=at)


def _question(world: World, key: str) -> Contribution:
    return world.db.get_one(Contribution, world.ids[key])


def _supports(world: World) -> None:
    """One row for each invented supporter; thousands, so not by the verb that takes one at a time."""
    rows = list(_supporters(world))
    world.db.execute(insert(world.db, Support), rows)
    for key, n in world.words["supports"].items():
        question = _question(world, key)
        question.supports = n
        world.db.add(question)
    world.db.flush()


def _supporters(world: World) -> Iterator[dict[str, object]]:
    at = world.consultation.closes_at
    for key, n in world.words["supports"].items():
        for number in range(n):
            supporter = hashlib.sha256(f"seed:{key}:{number}".encode()).hexdigest()
            yield {
                "id": new_id(),
                "contribution_id": world.ids[key],
                "supporter": supporter,
                "at": at,
            }
