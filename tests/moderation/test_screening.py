"""What happens to a contribution on arrival, and when a moderator has ruled."""

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlmodel import col, select

from consult import consultations, contributions, moderation
from consult.consultations import Consultation, Moderation
from consult.contributions import Contribution, Standing
from consult.db import transaction
from consult.errors import Conflict, NotAllowed
from consult.moderation import (
    Case,
    CaseState,
    Flag,
    NewRuling,
    Redaction,
    ReportReason,
    Ruled,
    rules,
)
from tests.conftest import Contribute, World

PHONE = "Ring my neighbour Jean on 07700 900123, she will tell you how it was."


def counts(world: World) -> dict[str, int]:
    with transaction(world.engine, readonly=True) as db:
        return consultations.counts(db, world.consultation.id)


def standing(world: World, contribution_id: UUID) -> Standing:
    with transaction(world.engine, readonly=True) as db:
        return db.get_one(Contribution, contribution_id).standing


def after_publication(world: World) -> None:
    with transaction(world.engine) as db:
        here = db.get_one(Consultation, world.consultation.id)
        here.moderation = Moderation.AFTER
        db.add(here)


def test_what_arrives_waits_for_a_moderator(
    world: World, contribute: Contribute, drain: Callable[[], int]
) -> None:
    sent = contribute("The day centre should open at weekends.").contribution
    drain()
    assert standing(world, sent.id) == Standing.WAITING
    assert counts(world)["queue:clear"] == 1


def test_it_is_shown_at_once_where_moderation_comes_after(
    world: World, contribute: Contribute, drain: Callable[[], int]
) -> None:
    after_publication(world)
    good = contribute("The day centre should open at weekends.").contribution
    flagged = contribute(PHONE).contribution
    drain()
    assert standing(world, good.id) == Standing.SHOWN
    assert standing(world, flagged.id) == Standing.HELD
    assert counts(world)["queue:flagged"] == 1


def test_telling_of_ones_own_distress_is_shown_and_brought_to_a_person(
    world: World, contribute: Contribute, drain: Callable[[], int]
) -> None:
    after_publication(world)
    sent = contribute("Some nights I want to end my life and nobody answers the line.").contribution
    drain()
    assert standing(world, sent.id) == Standing.SHOWN
    assert counts(world)["queue:flagged"] == 1


def test_a_flag_explains_itself(
    world: World, contribute: Contribute, drain: Callable[[], int]
) -> None:
    sent = contribute(PHONE).contribution
    drain()
    with transaction(world.engine, readonly=True) as db:
        flag = moderation.flags_of(db, sent)[0]
        answer = contributions.answers_of(db, sent)[0]
    start, end = flag.spans[0]
    assert "07700 900123" in answer.text[start:end]
    assert flag.basis and flag.reason and flag.next_step
    assert "900123" not in flag.reason


def test_screening_twice_changes_nothing(world: World, contribute: Contribute) -> None:
    sent = contribute(PHONE).contribution
    at = datetime.now(UTC)
    for expected in (1, 0):
        with transaction(world.engine) as db:
            here = db.get_one(Consultation, world.consultation.id)
            assert moderation.screen(db, here, sent.id, sent.id, at=at) == expected
    with transaction(world.engine, readonly=True) as db:
        assert len(db.exec(select(Flag)).all()) == 1


def test_a_screener_that_fails_holds_the_contribution(
    world: World,
    contribute: Contribute,
    drain: Callable[[], int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    after_publication(world)

    def broken(text: str) -> list[rules.Finding]:
        raise ZeroDivisionError(text)

    monkeypatch.setattr(rules, "screen", broken)
    sent = contribute("Anything at all.").contribution
    drain()
    assert standing(world, sent.id) == Standing.HELD
    assert counts(world)["queue:broken"] == 1


def ruled(
    world: World, sent: Contribution, new: NewRuling, name: str = "mo", version: int = 0
) -> None:
    with transaction(world.engine) as db:
        here = db.get_one(Contribution, sent.id)
        by, at = world.person(name), datetime.now(UTC)
        moderation.rule(db, here, new, version=version or here.version, by=by, at=at)


def test_a_withheld_contribution_stays_in_the_counts(
    world: World, contribute: Contribute, drain: Callable[[], int]
) -> None:
    sent = contribute(PHONE).contribution
    drain()
    ground = rules.grounds()[0].id
    ruled(world, sent, NewRuling(ruled=Ruled.WITHHOLD, ground=ground, reason="It names somebody."))
    assert standing(world, sent.id) == Standing.WITHHELD
    kept = counts(world)
    assert kept["received:response"] == 1
    assert kept["standing:response:withheld"] == 1
    assert kept["queue:flagged"] == 0


def test_a_redaction_blacks_out_and_seals_the_original(
    world: World, contribute: Contribute, drain: Callable[[], int]
) -> None:
    sent = contribute(PHONE).contribution
    drain()
    with transaction(world.engine, readonly=True) as db:
        answer = contributions.answers_of(db, sent)[0]
        start, end = moderation.flags_of(db, sent)[0].spans[0]
    cut = Redaction(answer_id=answer.id, start=start, end=end)
    new = NewRuling(
        ruled=Ruled.REDACT, ground="personal-data", reason="A telephone number.", redactions=[cut]
    )
    ruled(world, sent, new)
    with transaction(world.engine) as db:
        now = contributions.answers_of(db, sent)[0]
        assert "900123" not in now.text
        assert len(now.text) == len(PHONE)
        original = contributions.unseal_answer(db, now, by=world.person("mo"), at=datetime.now(UTC))
    assert original == PHONE


def test_a_ruling_on_what_has_changed_says_who_decided(
    world: World, contribute: Contribute, drain: Callable[[], int]
) -> None:
    sent = contribute("Fine.").contribution
    drain()
    ruled(world, sent, NewRuling(ruled=Ruled.PUBLISH))
    with pytest.raises(Conflict, match="Mo has decided"):
        ruled(world, sent, NewRuling(ruled=Ruled.PUBLISH), version=sent.version)


def test_only_moderators_rule(
    world: World, contribute: Contribute, drain: Callable[[], int]
) -> None:
    sent = contribute("Fine.").contribution
    drain()
    with pytest.raises(NotAllowed):
        ruled(world, sent, NewRuling(ruled=Ruled.PUBLISH), name="olu")


@pytest.mark.parametrize(
    "given",
    [
        {"ruled": "withhold", "reason": "No."},
        {"ruled": "withhold", "ground": "personal-data"},
        {"ruled": "hold"},
        {"ruled": "redact", "ground": "personal-data", "reason": "A number."},
        {"ruled": "withhold", "ground": "i-do-not-like-it", "reason": "No."},
    ],
)
def test_a_ruling_without_ground_or_reason_is_refused(given: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"Choose|Write"):
        NewRuling.model_validate(given)


def test_a_report_brings_a_shown_contribution_back_to_the_queue(
    world: World, contribute: Contribute, drain: Callable[[], int]
) -> None:
    sent = contribute("Fine.").contribution
    drain()
    ruled(world, sent, NewRuling(ruled=Ruled.PUBLISH))
    for _ in range(2):
        with transaction(world.engine) as db:
            here = db.get_one(Contribution, sent.id)
            moderation.report(
                db,
                here,
                reason=ReportReason.DEFAMATION,
                words="It is about my brother.",
                reporter="one reader",
                at=datetime.now(UTC),
            )
    assert counts(world)["queue:reported"] == 1
    with transaction(world.engine, readonly=True) as db:
        case = db.exec(select(Case).where(col(Case.state) == CaseState.OPEN)).one()
    assert case.reports == 1


def test_publishing_the_clear_pile_gives_each_a_ruling(
    world: World, contribute: Contribute, drain: Callable[[], int]
) -> None:
    sent = [contribute(f"Good point number {n}, said plainly.").contribution for n in range(3)]
    contribute(PHONE)
    drain()
    with transaction(world.engine) as db:
        here = db.get_one(Consultation, world.consultation.id)
        upto = moderation.newest_clear(db, here)
        assert upto is not None
        made = moderation.publish_clear(
            db, here, upto=upto, by=world.person("mo"), at=datetime.now(UTC)
        )
    assert made.done == 3 and made.finished_at
    assert {standing(world, one.id) for one in sent} == {Standing.SHOWN}
    with transaction(world.engine, readonly=True) as db:
        here = db.get_one(Consultation, world.consultation.id)
        kept = consultations.counts(db, here.id)
        truth = contributions.true_counts(db, here)
    assert truth == {name: kept[name] for name in truth}
    assert kept["queue:clear"] == 0 and kept["queue:flagged"] == 1


def test_a_batch_longer_than_a_slice_is_screened_to_its_end(
    world: World,
    contribute: Contribute,
    drain: Callable[[], int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("consult.moderation.screening.SLICE", 2)
    for number in range(5):
        contribute(f"The day centre should open on day {number}.")
    drain()
    with transaction(world.engine, readonly=True) as db:
        waiting = set(db.exec(select(Contribution.id)).all())
        assert set(db.exec(select(Case.contribution_id)).all()) == waiting
