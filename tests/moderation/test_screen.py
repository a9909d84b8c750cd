"""What a finding tells a moderator, and that no text can trip the engine up."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.errors import Invalid
from consult.moderation.rules import Finding, Kind, screen, screen_rows


def marked(text: str, finding: Finding) -> list[str]:
    return [text[start:end] for start, end in finding.spans]


def only(text: str) -> Finding:
    (finding,) = screen(text)
    return finding


@pytest.mark.parametrize(
    "text",
    [
        "I will kill you.",
        "I will k1ll you.",
        "I will k i l l you.",
        "I will k.i.l.l you.",
        "I will k*ll you.",
        "I will kiiiill you.",
        "I will k\u200bi\u00adll you.",
        "I will kіll you.",
        "I will 𝗸𝗶𝗹𝗹 you.",
        "ⅰ will KILL you.",
    ],
)
def test_a_disguised_threat_is_seen_and_marked_in_the_words_as_written(text: str) -> None:
    finding = only(text)
    assert finding.kind is Kind.THREAT
    assert marked(text, finding)[0].endswith("you")
    assert text.endswith(marked(text, finding)[0] + ".")


def test_positions_hold_behind_letters_that_grow_when_normalised() -> None:
    text = "ﬃ ½ İ 👍🏽 ring 07700 900 123 today"
    assert marked(text, only(text)) == ["07700 900 123"]


def test_personal_data_is_never_repeated_in_the_reason() -> None:
    text = "I am Jo, 07700 900123, jo.pell@mailbox.example.net, NHS number 943 476 5919."
    findings = screen(text)
    assert {finding.rule.split(".")[1] for finding in findings} == {"phone", "email", "nhs-number"}
    for finding in findings:
        said = json.dumps({k: v for k, v in finding.as_dict().items() if k != "spans"})
        assert not any(part in said for part in ("07700", "jo.pell", "943"))


def test_every_place_is_marked_once_in_one_finding() -> None:
    text = "Call 07700 900123 or 07700 900456."
    assert marked(text, only(text)) == ["07700 900123", "07700 900456"]


def test_an_opinion_without_its_basis_scores_less_and_says_why() -> None:
    fact = only("Councillor Brian Aldous took bribes.")
    opinion = only("I think Councillor Brian Aldous took bribes.")
    assert opinion.counter_signals
    assert opinion.score < fact.score


def test_an_opinion_with_its_basis_is_left_alone() -> None:
    assert not screen(
        "In my view Councillor Brian Aldous misled us, because the minutes show he knew in May."
    )


def test_distress_is_signposted_and_not_taken_for_a_threat() -> None:
    finding = only("I want to kill myself and nobody rings back.")
    assert finding.kind is Kind.SELF_HARM_DISCLOSURE
    assert "Samaritans" in finding.next_step
    assert "Do not withhold" in finding.next_step


def test_a_hate_flag_rests_on_the_law_for_the_people_meant() -> None:
    assert only("Gypsies are vermin.").basis == "racial-hatred"
    assert only("Gays are vermin.").basis == "religion-orientation-hatred"
    assert only("Disabled people are vermin.").basis == "harassment-equality"


@pytest.mark.parametrize(
    "people", ["Muslims", "Jews", "Black people", "Travellers", "Women", "Gay men", "Polish people"]
)
@pytest.mark.parametrize(
    "sentence",
    [
        "{} use the 42 more than anyone and were not asked.",
        "I am proud to stand with {} on this street.",
        "{} are not a burden.",
        "I disagree with {} about the market, as I would with any neighbour.",
        "The man on the bus said {} are vermin and I reported him.",
    ],
)
def test_naming_a_group_is_never_a_flag(people: str, sentence: str) -> None:
    assert not screen(sentence.format(people))


@pytest.mark.parametrize("text", ["", " \n\t", "👍" * 20, "\0\0", "مرحبا بالعالم", "‮abc", "Ω≈ç√"])
def test_odd_texts_are_read_without_a_flag(text: str) -> None:
    assert not screen(text)


@given(st.text(max_size=300))
def test_any_text_is_read_and_spans_stay_within_it(text: str) -> None:
    for finding in screen(text):
        assert 0 < finding.score <= 1
        assert all(0 <= start < end <= len(text) for start, end in finding.spans)


@pytest.mark.parametrize(
    "unit", ["1.", "muslims are vermin ", "John Smith stole ", "a@b.co ", "k i l l ", "'", "A-"]
)
def test_a_very_long_text_takes_seconds_not_minutes(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    begun = time.perf_counter()
    screen(text)
    assert time.perf_counter() - begun < 20


def test_rows_of_a_file_keep_their_numbers() -> None:
    rows = [(2, "Fine by me."), (3, "I will kill you.")]
    lines = [row.as_dict() for row in screen_rows(rows)]
    assert [line["row"] for line in lines] == [2, 3]
    assert lines[0]["flags"] == []
    assert set(lines[1]["flags"][0]) == {
        *("kind", "basis", "rule", "version", "spans", "reason", "counter_signals", "score")
    }
    assert json.loads(json.dumps(lines)) == lines


def test_a_column_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(Invalid, match=r"“words”.*id, answer"):
        list(screen_rows([(1, {"id": "7", "answer": "Yes"})], "words"))


def test_an_empty_cell_is_an_empty_text() -> None:
    (row,) = screen_rows([(1, {"answer": None})], "answer")
    assert row.flags == ()
