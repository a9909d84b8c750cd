from itertools import pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.lib.keyphrases import LONGEST, suggest

PARKING = ["the car park is too small", "parking spaces are full", "car parks cost a fortune"]
BUSES = ["the night bus never runs", "night buses are cancelled", "the bus shelter leaks"]
TREES = ["plant oak trees", "the trees give shade", "an oak tree cools the street"]
OPENINGS = ["Honestly", "To be fair", "As a resident", "For me", "Sadly"]
TEXTS = [
    (number, f"{opening}, {said}.")
    for number, (opening, said) in enumerate(product(OPENINGS, PARKING + BUSES + TREES))
]


def test_texts_about_three_things_make_three_kinds_of_suggestion():
    found = suggest(TEXTS, limit=3).suggestions
    assert len(found) == 3
    terms = [" ".join(each.terms) for each in found]
    for topic in ("car park", "bus", "tree"):
        assert sum(topic in each for each in terms) == 1


def test_every_span_is_one_of_the_terms_in_its_place():
    words = dict(TEXTS)
    spans = [span for each in suggest(TEXTS).suggestions for span in each.spans]
    assert spans
    assert all(
        words[s.id][s.start : s.end].strip(" ,.") == words[s.id][s.start : s.end] for s in spans
    )


def test_a_phrase_within_a_phrase_is_one_place():
    for each in suggest(TEXTS).suggestions:
        ordered = sorted(each.spans)
        pairs = pairwise(ordered)
        assert all(a.id != b.id or a.end < b.start for a, b in pairs)


def test_variants_of_a_phrase_count_as_one():
    found = suggest(
        [(n, t) for n, t in enumerate(["night bus", "Night buses", "night-bus", "the night bus!"])]
    )
    assert [each.ids for each in found.suggestions] == [[0, 1, 3]]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no text"),
        (" \n", "no text"),
        ("👍👍", "no words"),
        ("bus " * LONGEST, "longer than 50,000"),
    ],
)
def test_what_cannot_be_read_is_listed_with_the_reason(text, reason):
    found = suggest([*TEXTS, ("odd", text)])
    assert [key for key, _ in found.excepted] == ["odd"]
    assert reason in found.excepted[0][1]
    assert found.done == [key for key, _ in TEXTS]


def test_the_same_texts_give_the_same_suggestions():
    assert suggest(TEXTS) == suggest(TEXTS)


def test_copies_of_a_letter_do_not_drown_the_rest():
    letter = "Save our library! The reading room matters to pensioners."
    found = suggest([*TEXTS, *((f"copy {n}", letter) for n in range(500))], limit=3)
    names = " ".join(term for each in found.suggestions for term in each.terms)
    assert "car park" in names and "tree" in names and "library" not in names


def test_nothing_gives_nothing():
    found = suggest([])
    assert (found.suggestions, found.done, found.excepted) == ([], [], [])


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(alphabet="abus park tree. 👍\n", max_size=30), max_size=30))
def test_whatever_comes_in_is_done_or_excepted(texts):
    found = suggest(list(enumerate(texts)))
    assert sorted([*found.done, *(key for key, _ in found.excepted)]) == list(range(len(texts)))
    assert len(found.suggestions) <= 12
    assert all(each.name and each.ids for each in found.suggestions)
