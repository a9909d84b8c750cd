"""Taking a ruling back, and publishing many at once, as the domain keeps them."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlmodel import col, select

from consult import consultations, contributions, moderation
from consult.audit import Action, Entry
from consult.consultations import Consultation
from consult.contributions import Contribution, Standing
from consult.db import transaction
from consult.errors import Conflict, NotAllowed
from consult.moderation import (
    CaseState,
    NewRuling,
    Redaction,
    ReportReason,
    Ruled,
    Ruling,
    clearances,
)
from tests.conftest import Contribute, World

PHONE = "Ring my neighbour Jean on 07700 900123, she will tell you how it was."
Drain = Callable[[], int]


@pytest.fixture
def sent(contribute: Contribute, drain: Drain) -> UUID:
    made = contribute(PHONE).contribution.id
    drain()
    return made


def ruled(world: World, sent: UUID, new: NewRuling, name: str = "mo") -> None:
    with transaction(world.engine) as db:
        here = db.get_one(Contribution, sent)
        by = world.person(name)
        moderation.rule(db, here, new, version=here.version, by=by, at=datetime.now(UTC))


def undone(world: World, sent: UUID, name: str = "mo", later: int = 0) -> None:
    at = datetime.now(UTC) + timedelta(minutes=later)
    with transaction(world.engine) as db:
        moderation.undo(db, db.get_one(Contribution, sent), by=world.person(name), at=at)


def text(world: World, sent: UUID) -> str:
    with transaction(world.engine, readonly=True) as db:
        return contributions.answers_of(db, db.get_one(Contribution, sent))[0].text


def state(world: World, sent: UUID) -> tuple[Standing, str | None]:
    """How it stands, and on which pile it lies."""
    with transaction(world.engine, readonly=True) as db:
        here = db.get_one(Contribution, sent)
        case = moderation.case_of(db, here)
        return here.standing, case.pile if case and case.state == CaseState.OPEN else None


def counts(world: World) -> dict[str, int]:
    with transaction(world.engine, readonly=True) as db:
        return consultations.counts(db, world.consultation.id)


def black(world: World, sent: UUID, words: str) -> NewRuling:
    with transaction(world.engine, readonly=True) as db:
        answer = contributions.answers_of(db, db.get_one(Contribution, sent))[0]
    start = answer.text.index(words)
    cut = Redaction(answer_id=answer.id, start=start, end=start + len(words))
    return NewRuling(ruled=Ruled.REDACT, ground="personal-data", reason="Hers.", redactions=[cut])


WITHHOLD = NewRuling(ruled=Ruled.WITHHOLD, ground="personal-data", reason="It names Jean.")
HOLD = NewRuling(ruled=Ruled.HOLD, reason="We ask Jean.")


@pytest.mark.parametrize("new", [NewRuling(ruled=Ruled.PUBLISH), HOLD, WITHHOLD])
def test_what_is_undone_is_as_it_was(world: World, sent: UUID, new: NewRuling) -> None:
    before = counts(world)
    ruled(world, sent, new)
    undone(world, sent)
    assert state(world, sent) == (Standing.WAITING, "flagged")
    assert {name: n for name, n in counts(world).items() if n} == {
        name: n for name, n in before.items() if n
    }


def test_the_log_keeps_both_and_the_author_reads_what_holds(world: World, sent: UUID) -> None:
    ruled(world, sent, WITHHOLD)
    undone(world, sent)
    with transaction(world.engine, readonly=True) as db:
        here = db.get_one(Contribution, sent)
        assert moderation.rulings_of(db, here) == []
        ((kept, name),) = moderation.log_of(db, here)
        written = db.exec(select(Entry.details).where(Entry.action == Action.CONTRIBUTION_RULED))
        assert [one["ruled"] for one in written] == ["withhold", "undone"]
    assert kept.undone_at and kept.reason == "It names Jean." and name == "Mo"


def test_undoing_the_second_redaction_leaves_the_first(world: World, sent: UUID) -> None:
    ruled(world, sent, black(world, sent, "07700 900123"))
    ruled(world, sent, black(world, sent, "Jean"))
    assert "Jean" not in text(world, sent)
    undone(world, sent)
    assert text(world, sent) == PHONE.replace("07700 900123", "█████ ██████")
    with transaction(world.engine) as db:
        answer = contributions.answers_of(db, db.get_one(Contribution, sent))[0]
        by = world.person("mo")
        assert contributions.unseal_answer(db, answer, by=by, at=datetime.now(UTC)) == PHONE


def test_undoing_on_what_was_held_holds_it_again(world: World, sent: UUID) -> None:
    ruled(world, sent, HOLD)
    ruled(world, sent, WITHHOLD)
    undone(world, sent)
    assert state(world, sent) == (Standing.HELD, "held")


def test_only_ones_own_ruling_and_only_for_ten_minutes(world: World, sent: UUID) -> None:
    with pytest.raises(Conflict, match="no ruling to undo"):
        undone(world, sent)
    ruled(world, sent, WITHHOLD)
    with pytest.raises(Conflict, match="Mo has decided"):
        undone(world, sent, name="una")
    with pytest.raises(Conflict, match="ten minutes"):
        undone(world, sent, later=11)
    with pytest.raises(NotAllowed):
        undone(world, sent, name="olu")
    assert state(world, sent) == (Standing.WITHHELD, None)


def test_an_undone_withholding_is_no_longer_its_outcome(
    world: World, sent: UUID, drain: Drain
) -> None:
    ruled(world, sent, WITHHOLD)
    drain()
    assert counts(world)["outcome:response:withheld"] == 1
    undone(world, sent)
    drain()
    assert counts(world)["outcome:response:withheld"] == 0


def test_nothing_is_decided_on_what_was_withdrawn(world: World, sent: UUID) -> None:
    ruled(world, sent, WITHHOLD)
    with transaction(world.engine) as db:
        contributions.withdraw(db, db.get_one(Contribution, sent), at=datetime.now(UTC))
    with pytest.raises(Conflict, match="withdrawn"):
        undone(world, sent)


def test_blacking_out_what_is_shown_already_makes_kept_pages_old(world: World, sent: UUID) -> None:
    ruled(world, sent, NewRuling(ruled=Ruled.PUBLISH))
    with transaction(world.engine, readonly=True) as db:
        before = db.get_one(Consultation, world.consultation.id).revision
    ruled(world, sent, black(world, sent, "Jean"))
    with transaction(world.engine, readonly=True) as db:
        assert db.get_one(Consultation, world.consultation.id).revision > before


def test_a_report_on_what_is_held_lies_with_the_reports(world: World, sent: UUID) -> None:
    ruled(world, sent, HOLD)
    with transaction(world.engine) as db:
        moderation.report(
            db,
            db.get_one(Contribution, sent),
            reason=ReportReason.THREAT,
            words="",
            reporter="one",
            at=datetime.now(UTC),
        )
    assert state(world, sent) == (Standing.HELD, "reported")
    assert counts(world)["queue:held"] == 0 and counts(world)["queue:reported"] == 1


def test_a_clearance_that_was_stopped_goes_on_and_does_nothing_twice(
    world: World, contribute: Contribute, drain: Drain, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clearances, "BATCH", 2)
    for n in range(5):
        contribute(f"Good point number {n}, said plainly.")
    drain()
    at = datetime.now(UTC)
    with transaction(world.engine) as db:
        here = db.get_one(Consultation, world.consultation.id)
        upto = moderation.newest_clear(db, here)
        assert upto
        made = moderation.publish_clear(db, here, upto=upto, by=world.person("mo"), at=at)
        # The first batch is kept, and then the worker dies.
        assert clearances.go_on(db, made, at=at)
    drain()
    with transaction(world.engine, readonly=True) as db:
        rulings = db.exec(select(Ruling).where(col(Ruling.clearance_id) == made.id)).all()
        done = moderation.clearance(db, world.consultation, made.id)
    assert len({one.contribution_id for one in rulings}) == len(rulings) == 5
    assert done.done == done.total == 5 and done.finished_at
    assert counts(world)["queue:clear"] == 0 and counts(world)["standing:response:shown"] == 5
