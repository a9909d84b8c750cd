"""Taking contributions in: kept once, receipts that lead back, and counts that are true."""

from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from consult import consultations, contributions
from consult.consultations import Consultation
from consult.contributions import (
    Channel,
    Connection,
    Consent,
    Contribution,
    Contributor,
    Incoming,
    NewAnswer,
    NewContribution,
    Received,
)
from consult.db import transaction
from consult.errors import Conflict, NotFound
from consult.secrecy import seal
from tests.conftest import Contribute, World

NOW = datetime.now(UTC)


def test_a_receipt_leads_back_to_what_was_sent(engine: Engine, contribute: Contribute) -> None:
    received = contribute("A bus on Sundays.")
    with transaction(engine, readonly=True) as db:
        assert contributions.by_code(db, received.code).id == received.contribution.id


def test_the_same_submission_is_kept_once_with_the_same_code(world: World) -> None:
    with transaction(world.engine) as db:
        first, second = _receive(db, world, "one"), _receive(db, world, "one")
        assert first.code == second.code
        assert first.contribution.id == second.contribution.id
        assert len(db.exec(select(Contribution)).all()) == 1


def test_two_sendings_at_the_same_moment_are_one_contribution(world: World) -> None:
    codes: list[str] = []
    ready = Barrier(4)

    def send() -> None:
        ready.wait()
        with transaction(world.engine) as db:
            codes.append(_receive(db, world, "pressed four times").code)

    pressed = [Thread(target=send) for _ in range(4)]
    for one in pressed:
        one.start()
    for one in pressed:
        one.join()
    with transaction(world.engine, readonly=True) as db:
        assert len(db.exec(select(Contribution)).all()) == 1
        assert len(codes) == 4
        assert {contributions.by_code(db, code).submission for code in codes} == {
            "pressed four times"
        }


def test_a_closed_consultation_takes_no_more_contributions(world: World) -> None:
    with transaction(world.engine) as db:
        here = _here(db, world)
        with pytest.raises(Conflict, match="has closed"):
            contributions.receive(
                db,
                here,
                NewContribution(answers=[]),
                submission="late",
                at=here.closes_at + timedelta(seconds=1),
            )


def test_names_and_addresses_are_sealed_and_apart(engine: Engine, contribute: Contribute) -> None:
    contribute("Words.", name="Pat Whitlow", email="Pat@Example.org", consent="name")
    with transaction(engine, readonly=True) as db:
        kept = db.exec(select(Contributor)).one()
        assert "Pat" not in kept.name + kept.email
        assert seal().open(kept.name) == "Pat Whitlow"
        assert kept.email_blind == seal().blind("pat@example.org")
        assert kept.letters


def test_a_batch_takes_only_what_is_new(world: World) -> None:
    rows = [Incoming(f"row {n}", _said(f"Voice {n}."), NOW) for n in range(50)]
    again = [Incoming(f"row {n}", _said(f"Voice {n}."), NOW) for n in range(40, 60)]
    with transaction(world.engine) as db:
        here = _here(db, world)
        assert len(contributions.take(db, here, rows, channel=Channel.FILE)) == 50
        assert len(contributions.take(db, here, again, channel=Channel.FILE)) == 10
        assert contributions.take(db, here, [], channel=Channel.FILE) == []
        assert consultations.counts(db, here.id)["received:response"] == 60


def test_withdrawing_erases_words_and_person_and_keeps_the_count(
    world: World, contribute: Contribute
) -> None:
    received = contribute("A secret.", name="Pat", email="pat@example.org", area="Otley")
    with transaction(world.engine) as db:
        one = db.get_one(Contribution, received.contribution.id)
        for _ in range(2):
            contributions.withdraw(db, one, at=NOW)
        assert contributions.answers_of(db, one) == []
        assert contributions.contributor_of(db, one) is None
        assert (one.summary, one.area, one.fingerprint) == ("", "", "")
        counts = consultations.counts(db, one.consultation_id)
        assert counts["received:response"] == 1
        assert counts["standing:response:withdrawn"] == 1


def test_redacting_blacks_out_the_words_and_seals_the_original(
    world: World, contribute: Contribute
) -> None:
    received = contribute("Ring 07700 900123 now.")
    with transaction(world.engine) as db:
        one = db.get_one(Contribution, received.contribution.id)
        [answer] = contributions.answers_of(db, one)
        contributions.redact(db, one, {answer.id: [(5, 17)]}, at=NOW)
        assert answer.text == "Ring █████ ██████ now."
        assert one.summary == answer.text
        contributions.redact(db, one, {answer.id: [(0, 4)]}, at=NOW)
        original = contributions.unseal_answer(db, answer, by=world.person("mo"), at=NOW)
        assert original == "Ring 07700 900123 now."


def test_redacting_another_responses_answer_is_refused(
    world: World, contribute: Contribute
) -> None:
    one, other = contribute("One."), contribute("Other.")
    with transaction(world.engine) as db:
        [answer] = contributions.answers_of(db, other.contribution)
        mine = db.get_one(Contribution, one.contribution.id)
        with pytest.raises(Conflict):
            contributions.redact(db, mine, {answer.id: [(0, 3)]}, at=NOW)


def test_drafts_are_sealed_found_by_token_and_forgotten(world: World) -> None:
    said = {"answers": {"q": ["Words nobody may read."]}}
    with transaction(world.engine) as db:
        here = _here(db, world)
        contributions.keep_draft(db, here, "token", {"answers": {}}, at=NOW)
        contributions.keep_draft(db, here, "token", said, at=NOW)
        assert contributions.draft_of(db, here, "token") == said
        assert contributions.draft_of(db, here, "other") == {}
        assert contributions.draft_of(db, here, "") == {}
        kept = db.exec(select(contributions.Draft)).one()
        assert "nobody" not in kept.sealed
        assert "token" not in kept.token_hash
        contributions.drop_draft(db, here, "token")
        assert contributions.draft_of(db, here, "token") == {}


def test_drafts_nobody_touched_for_a_month_are_forgotten(world: World) -> None:
    with transaction(world.engine) as db:
        here = _here(db, world)
        contributions.keep_draft(db, here, "old", {}, at=NOW - timedelta(days=31))
        contributions.keep_draft(db, here, "new", {"a": 1}, at=NOW - timedelta(days=29))
        assert contributions.sweep_drafts(db, at=NOW) == 1
        assert contributions.draft_of(db, here, "new") == {"a": 1}


@pytest.mark.parametrize("code", ["HJ4K-9WXR-TC3M-3", "", "x", "\x00", "é" * 13])
def test_a_code_nobody_was_given_opens_nothing(world: World, code: str) -> None:
    with transaction(world.engine, readonly=True) as db, pytest.raises(NotFound):
        contributions.by_code(db, code)


def _here(db: Session, world: World) -> Consultation:
    return consultations.by_slug(db, world.consultation.slug)


def _said(words: str) -> NewContribution:
    return NewContribution(
        answers=[NewAnswer(text=words)], consent=Consent.NO_NAME, connection=Connection.CARER
    )


def _receive(db: Session, world: World, submission: str) -> Received:
    return contributions.receive(
        db, _here(db, world), _said("Words."), submission=submission, at=datetime.now(UTC)
    )
