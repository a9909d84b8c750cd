"""How fast thousands of outcomes, links and ledger lines are written, and a search among them counted."""

import time
from datetime import UTC, datetime

from consult import consultations, contributions, decisions, synthesis
from consult.consultations import Consultation
from consult.contributions import Channel, Incoming, NewContribution
from consult.db import transaction
from consult.decisions import OutcomeKind
from consult.synthesis import Filters
from tests.conftest import World

MANY = 5_000
LEAST = 1_000  # outcomes a second; some 10,000 on a quiet machine
SLOWEST = 1.0  # seconds to count what a search finds; hundredths on a quiet machine


def fill(world: World) -> None:
    with transaction(world.engine) as db:
        here = db.get_one(Consultation, world.consultation.id)
        asked = consultations.questions_of(db, here)[0]
        batch = [
            Incoming(
                f"bench-{number}",
                NewContribution(
                    answers=[contributions.read_answer(asked, [f"More parking, said {number}."])],
                    consent="no_name",
                ),
                datetime.now(UTC),
            )
            for number in range(MANY)
        ]
        contributions.take(db, here, batch, channel=Channel.FILE)


def test_thousands_are_accounted_for_and_counted_in_seconds(world: World) -> None:
    fill(world)
    at, olu = datetime.now(UTC), world.person("olu")
    with transaction(world.engine) as db:
        here = db.get_one(Consultation, world.consultation.id)
        begun = time.perf_counter()
        given = decisions.give_outcome(
            db,
            here,
            decisions.everyone(here),
            OutcomeKind.CONSIDERED,
            reason="Read.",
            by=olu,
            at=at,
        )
        took = time.perf_counter() - begun
    assert given == MANY
    assert MANY / took > LEAST, f"{MANY / took:.0f} outcomes a second"
    with transaction(world.engine, readonly=True) as db:
        begun = time.perf_counter()
        assert synthesis.counted(db, here, Filters(words="parking")) == 1_001
        took = time.perf_counter() - begun
    assert took < SLOWEST, f"{took:.2f} s to count what a search finds"
