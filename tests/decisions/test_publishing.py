"""Publishing: refused until everyone is accounted for; then numbered, signed, provable and for good."""

import csv
import json
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import select

from consult import contributions, decisions
from consult.consultations import State
from consult.contributions import Answer, Consent, Contribution, Standing
from consult.decisions import (
    COLUMNS,
    LedgerEntry,
    NewDecision,
    OutcomeKind,
    Publication,
    proofs,
)
from consult.errors import Conflict
from consult.lib import check_proof, merkle
from consult.lib import csv as tables
from tests.decisions.conftest import WRITTEN, Desk, Said


def proof(desk: Desk, publication: Publication, contribution_id: UUID) -> dict[str, Any]:
    with desk.open() as (db, _):
        made = db.get_one(Publication, publication.id)
        found = decisions.proof_document(db, made, db.get_one(Contribution, contribution_id))
    return json.loads(json.dumps(found))  # type: ignore[no-any-return]


def test_publishing_is_refused_with_everything_that_stands_in_the_way(
    desk: Desk, said: Said
) -> None:
    said()
    desk.write(NewDecision(title="Half a decision", heard="Something."))
    with pytest.raises(Conflict) as refused, desk.open() as (db, here):
        decisions.publish(db, here, by=desk.olu, at=desk.at)
    for sentence in ("still open", "what was decided or why", "1 contribution has no outcome"):
        assert sentence in refused.value.message


def test_an_open_consultation_without_decisions_is_not_published(desk: Desk) -> None:
    desk.close()
    with pytest.raises(Conflict, match="no decision yet"):
        desk.publish()


def test_every_line_of_a_publication_is_proved_by_the_checker_that_strangers_use(
    desk: Desk, said: Said
) -> None:
    ids = [said(f"Words {n}") for n in range(9)]
    decision = desk.write()
    desk.link(decision, *ids[:4])
    desk.give(*ids[4:])
    desk.withdraw(ids[8])
    made = desk.publish()
    assert made.sums == {
        "response:informed": 4,
        "response:considered": 4,
        "response:withdrawn": 1,
    }
    for one in ids:
        document = proof(desk, made, one)
        assert check_proof.check(document, root=made.root).wrong == []
        document["leaf"]["outcome"] = "out_of_scope"
        assert check_proof.check(document).wrong


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 9, 13])
def test_a_proof_over_blocks_is_the_proof_over_the_whole_tree(
    size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proofs, "BLOCK_HEIGHT", 2)
    leaves = [bytes([n]) for n in range(size)]
    whole = merkle.Tree(leaves)
    above = merkle.Tree.over(bytes.fromhex(one) for one in proofs.branches(whole))
    for n in range(size):
        below = merkle.Tree(leaves[n // 4 * 4 : n // 4 * 4 + 4])
        assert below.proof(n % 4) + above.proof(n // 4) == whole.proof(n)


def test_a_ledger_longer_than_one_block_is_proved_too(
    desk: Desk, said: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proofs, "BLOCK_HEIGHT", 1)
    monkeypatch.setattr(proofs, "BLOCK", 2)
    ids = [said(f"Words {n}") for n in range(7)]
    desk.link(desk.write(), *ids)
    made = desk.publish()
    assert len(made.branches) == 4
    for one in ids:
        assert check_proof.check(proof(desk, made, one)).wrong == []


def test_the_ledger_as_a_table_recomputes_the_root_and_names_nobody(desk: Desk, said: Said) -> None:
    ids = [said("Pat says more nurses.", name="Pat Doe", email="pat@example.org") for _ in range(5)]
    desk.link(desk.write(), *ids)
    made = desk.publish()
    with desk.open() as (db, _):
        text = "".join(tables.write(decisions.ledger_rows(db, made), COLUMNS))
    rows = list(csv.DictReader(text.splitlines()))
    hashes = [bytes.fromhex(row["leaf hash"]) for row in rows]
    assert merkle.Tree.over(hashes).root.hex() == made.root
    assert [row["outcome"] for row in rows] == ["informed"] * 5
    assert [row["decisions"] for row in rows] == ["1"] * 5
    assert not any(word in text for word in ("Pat", "nurses", "@", *map(str, ids)))


def test_a_publication_never_changes(desk: Desk, said: Said) -> None:
    desk.link(desk.write(), said())
    made = desk.publish()
    with desk.open() as (db, _):
        db.get_one(Publication, made.id).received = 7
        with pytest.raises(Conflict, match="never changes"):
            db.flush()
        db.rollback()
    with desk.open() as (db, _):
        db.delete(db.exec(select(LedgerEntry)).one())
        with pytest.raises(Conflict, match="never changes"):
            db.flush()
        db.rollback()


def test_a_further_publication_leaves_the_first_as_it_was(desk: Desk, said: Said) -> None:
    one, other = said("First"), said("Second")
    decision = desk.write()
    desk.link(decision, one)
    desk.give(other)
    first = desk.publish()
    with desk.open() as (db, here):
        found = decisions.by_id(db, here, decision.id)
        new = WRITTEN.model_copy(update={"decided": "Two nurses."})
        decisions.change(db, found, new, version=1, by=desk.olu, at=desk.at)
    desk.link(decision, other)
    second = desk.publish()
    with desk.open() as (db, here):
        kept = decisions.publication(db, here, 1)
        assert kept.decisions == first.decisions
        assert kept.sums == {"response:informed": 1, "response:considered": 1}
        assert here.state == State.PUBLISHED
        fate = decisions.fate_of(db, db.get_one(Contribution, other))
    assert (second.number, fate.label) == (2, "Informed a decision")
    assert fate.decisions[0].decided == "Two nurses."
    assert check_proof.check(proof(desk, first, other)).wrong == []


def test_a_redaction_that_touches_a_quotation_stops_publication(desk: Desk, said: Said) -> None:
    one = said("My sister Ann waited nine weeks.")
    decision = desk.write()
    desk.quote(decision, one, "waited nine weeks")
    with desk.open() as (db, _):
        found = db.get_one(Contribution, one)
        answer = contributions.answers_of(db, found)[0]
        contributions.redact(db, found, {answer.id: [(14, 20)]}, at=desk.at)
    with pytest.raises(Conflict, match="were blacked out or withheld"):
        desk.publish()


def test_words_withdrawn_after_publication_are_quoted_no_more_and_the_sums_hold(
    desk: Desk, said: Said
) -> None:
    one, other = said("More nurses who stay."), said("A garden to walk in.")
    decision = desk.write()
    desk.quote(decision, one, "nurses who stay")
    desk.quote(decision, other, "A garden")
    for each in (one, other):
        desk.stand(each, Standing.SHOWN)
    made = desk.publish()
    with desk.open() as (db, _):
        spoken = decisions.voices(db, decisions.published(made))
    assert [voice.words for voice in spoken[str(decision.id)]] == ["nurses who stay", "A garden"]
    desk.withdraw(one)
    with desk.open() as (db, _):
        spoken = decisions.voices(db, decisions.published(made))
    assert [voice.words for voice in spoken[str(decision.id)]] == ["A garden"]
    assert check_proof.check(proof(desk, made, one)).wrong == []


def test_a_name_stands_beside_a_quotation_only_where_its_author_lets_it(
    desk: Desk, said: Said
) -> None:
    named = said("Keep the clinic.", consent=Consent.NAME, name="Pat Doe", email="p@example.org")
    nameless = said("Keep the bus.", consent=Consent.NO_NAME, name="Sam Roe", email="s@example.org")
    decision = desk.write()
    for one, words in ((named, "the clinic"), (nameless, "the bus")):
        desk.stand(one, Standing.SHOWN)
        desk.quote(decision, one, words)
    made = desk.publish()
    with desk.open() as (db, _):
        spoken = decisions.voices(db, decisions.published(made))[str(decision.id)]
    assert [voice.who for voice in spoken] == ["Pat Doe", ""]


def test_words_that_may_only_be_counted_are_not_quoted_but_may_inform(
    desk: Desk, said: Said
) -> None:
    one = said("A secret worry.", consent=Consent.COUNT_ONLY)
    decision = desk.write()
    with pytest.raises(Conflict, match="count them only"):
        desk.quote(decision, one, "secret")
    assert desk.link(decision, one) == 1


@settings(max_examples=30, deadline=None, database=None)
@given(reason=st.text(max_size=20), kind=st.sampled_from(OutcomeKind))
def test_two_different_lines_are_never_hashed_alike(reason: str, kind: OutcomeKind) -> None:
    one = proofs.leaf(UUID(int=1), kind, reason, ["a"], "s")
    assert one != proofs.leaf(UUID(int=1), kind, reason + "x", ["a"], "s")
    assert one != proofs.leaf(UUID(int=2), kind, reason, ["a"], "s")


def test_contributions_lead_to_the_decisions_they_informed(desk: Desk, said: Said) -> None:
    one, other = said(), said()
    desk.link(desk.write(), one)
    desk.give(other)
    desk.publish()
    with desk.open() as (db, _):
        led = decisions.led_to(db, [one, other])
    assert [here.decision.title for here in led[one]] == ["Nurses who stay"]
    assert other not in led


def test_an_answer_is_quoted_only_in_its_exact_words(desk: Desk, said: Said) -> None:
    one, decision = said("Nurses stay, nurses go."), desk.write()
    for words, wrong in (("nurses leave", "exactly so"), ("urses", "2 times"), (" ", "Enter")):
        with pytest.raises(Exception, match=wrong):
            desk.quote(decision, one, words)
    with desk.open() as (db, _):
        answer = db.exec(select(Answer)).one()
        found = db.get_one(decisions.Decision, decision.id)
        with pytest.raises(Exception, match="at least one word"):
            decisions.quote(db, found, answer, 5, 500, by=desk.olu, at=desk.at)
