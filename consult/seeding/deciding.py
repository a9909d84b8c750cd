"""Decisions, outcomes and publication, where the file has them."""

from collections import defaultdict
from typing import Any

from sqlmodel import Session

from consult import decisions
from consult.decisions import Decision, NewDecision, OutcomeKind, Verdict
from consult.seeding.world import World


def seed(world: World) -> None:
    """Write what was decided, account for everyone else, and publish."""
    if world.words["state"] != "published":
        return
    for one in world.words["decisions"]:
        _decision(world, one)
    _outcomes(world)
    at = world.moment("published_in_days")
    decisions.publish(world.db, world.consultation, by=world.person("olu"), at=at)


def _decision(world: World, one: dict[str, Any]) -> None:
    db, by, at = world.db, world.person("olu"), world.moment("published_in_days")
    new = NewDecision(
        title=one["title"],
        heard=one["heard"],
        verdict=Verdict(one["verdict"]),
        decided=one["decided"],
        why=one["why"],
    )
    made = decisions.write(db, world.consultation, new, by=by, at=at)
    for name in one["bases"]["themes"]:
        decisions.link_theme(db, made, world.themes[name], by=by, at=at)
    linked = [world.ids[key] for key in one["bases"]["contributions"]]
    if linked:
        decisions.link(db, made, linked, by=by, at=at)
    for quoted in one["quotations"]:
        _quote(db, world, made, quoted)


def _quote(db: Session, world: World, decision: Decision, quoted: dict[str, str]) -> None:
    answer = world.answers[quoted["contribution"], quoted["question"]]
    by, at = world.person("olu"), world.moment("published_in_days")
    decisions.quote_words(db, decision, answer, quoted["quote"], by=by, at=at)


def _outcomes(world: World) -> None:
    alike: dict[tuple[str, str, str | None], list[str]] = defaultdict(list)
    for one in world.words["outcomes"]:
        if one["kind"] != "withheld":
            alike[one["kind"], one["reason"] or "", one["of"]].append(one["contribution"])
    by, at = world.person("olu"), world.moment("published_in_days")
    for (kind, reason, other), keys in alike.items():
        decisions.give_outcome(
            world.db,
            world.consultation,
            [world.ids[key] for key in keys],
            OutcomeKind(kind),
            reason=reason,
            other_id=world.ids[other] if other else None,
            by=by,
            at=at,
        )
