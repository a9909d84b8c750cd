"""Screening, and what Mo has ruled so far."""

from collections.abc import Iterator
from datetime import timedelta

from sqlmodel import col, select

from consult import decisions, moderation
from consult.contributions import Contribution, Standing
from consult.moderation import Case, CaseState, LegalTest, NewRuling, Ruled, rules
from consult.moderation.rules import Basis
from consult.seeding.world import World

UNREAD_FOR = timedelta(days=2)
WITHHELD = {
    "personal_data": "It tells where somebody who is not the author lives.",
    "threat": "It threatens somebody, and could frighten the person it is about.",
}


def seed(world: World) -> None:
    """Screen everything. Where all is over Mo has ruled on all of it; elsewhere, on what is older and plain."""
    ids = select(Contribution.id).where(Contribution.consultation_id == world.consultation.id)
    every = sorted(world.db.exec(ids).all())
    moderation.screen(world.db, world.consultation, every[0], every[-1], at=world.now)
    for case, contribution in _owed(world):
        new = _ruling(world, case, contribution)
        if new is not None:
            _rule(world, contribution, new)


def _owed(world: World) -> Iterator[tuple[Case, Contribution]]:
    yield from world.db.exec(
        select(Case, Contribution)
        .join(Contribution, col(Contribution.id) == col(Case.contribution_id))
        .where(Case.consultation_id == world.consultation.id)
        .where(Case.state == CaseState.OPEN)
        .order_by(col(Case.id))
    ).all()


def _ruling(world: World, case: Case, contribution: Contribution) -> NewRuling | None:
    withheld = _withheld(world).get(str(contribution.id))
    if withheld:
        ground = _ground(withheld)
        test = LegalTest(elements=True, defence=False) if ground.is_criminal else None
        reason = WITHHELD[withheld]
        return NewRuling(ruled=Ruled.WITHHOLD, ground=ground.id, reason=reason, test=test)
    if world.words["state"] == "published":
        return NewRuling(ruled=Ruled.PUBLISH)
    fresh = contribution.received_at > world.now - UNREAD_FOR
    return None if case.kinds or fresh else NewRuling(ruled=Ruled.PUBLISH)


def _withheld(world: World) -> dict[str, str]:
    given = world.words.get("outcomes", [])
    return {
        str(world.ids[one["contribution"]]): one["ground"]
        for one in given
        if one["kind"] == "withheld"
    }


def _ground(kind: str) -> Basis:
    wanted = kind.replace("_", "-")
    return next(one for one in rules.grounds() if one.id.startswith(wanted))


def _rule(world: World, contribution: Contribution, new: NewRuling) -> None:
    at = contribution.received_at + timedelta(hours=5)
    version, by = contribution.version, world.person("mo")
    made = moderation.rule(world.db, contribution, new, version=version, by=by, at=at)
    if contribution.standing == Standing.WITHHELD:
        # The job would do it in a moment; the publication that follows here cannot wait for it.
        decisions.account_for_ruling(world.db, contribution.id, made.ground, at=at)
