"""Every rule finds what it says it finds, spares what it says it spares, and rests on a basis."""

import pytest

from consult.moderation.rules import Kind, Rule, basis, catalogue, grounds, rules, screen

RULES = list(rules().values())
MATCHES = [(rule, text) for rule in RULES for text in rule.matches]
SPARES = [(rule, text) for rule in RULES for text in rule.spares]


@pytest.mark.parametrize(("rule", "text"), MATCHES, ids=lambda value: getattr(value, "id", None))
def test_a_rule_finds_its_own_examples(rule: Rule, text: str) -> None:
    assert rule.id in {finding.rule for finding in screen(text)}


@pytest.mark.parametrize(("rule", "text"), SPARES, ids=lambda value: getattr(value, "id", None))
def test_no_rule_of_the_kind_finds_what_is_to_be_spared(rule: Rule, text: str) -> None:
    assert not [finding for finding in screen(text) if finding.kind is rule.kind]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_has_examples_a_basis_a_reason_and_a_next_step(rule: Rule) -> None:
    assert rule.matches
    assert rule.spares
    assert basis(rule.basis)
    assert rule.reason.endswith(".")
    assert rule.next_step.endswith(".")
    assert 0 < rule.score <= 1


def test_every_kind_has_a_rule() -> None:
    assert {rule.kind for rule in RULES} == set(Kind)


def test_every_basis_says_what_it_asks_and_when_the_law_was_read() -> None:
    for entry in catalogue():
        assert entry.title
        assert entry.test
        assert entry.next_step
        assert entry.public_sentence
        assert entry.law_as_at >= "2026-01-01"
        assert entry.checked in {"statute", "secondary", "memory"}


def test_off_topic_duplicates_campaigns_and_distress_are_no_grounds_to_withhold() -> None:
    withheld_on = {entry.id for entry in grounds()}
    assert not withheld_on & {"off-topic", "duplicate", "campaign", "safeguarding"}
    assert {"defamation", "threat", "personal-data"} <= withheld_on


def test_distress_rests_on_care_and_never_on_a_ground() -> None:
    withheld_on = {entry.id for entry in grounds()}
    own = [rule for rule in RULES if rule.kind is Kind.SELF_HARM_DISCLOSURE]
    assert own
    assert all(rule.basis not in withheld_on for rule in own)
