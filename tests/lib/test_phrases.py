import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.lib.phrases import phrases, stem

PIECES = ["The", "waiting", "room,", "was", "and;", "ŵyr", "don’t", "42", "staff-room"]
WORDS = st.lists(st.sampled_from(PIECES))


@pytest.mark.parametrize(
    "variants",
    [
        ["wait", "waits", "waiting", "waited", "Waiting"],
        ["nurse", "nurses", "nursing", "Nurse’s"],
        ["company", "companies"],
        ["plan", "planned", "planning"],
        ["bus", "buses"],
        ["service", "services"],
        ["house", "houses", "housing"],
        ["crossing", "crossings", "cross", "crosses", "crossed"],
    ],
)
def test_variants_of_a_word_share_a_stem(variants):
    assert len({stem(word) for word in variants}) == 1


@pytest.mark.parametrize(
    "pair", [("speed", "spe"), ("bus", "bu"), ("thing", "th"), ("caring", "car")]
)
def test_words_that_only_look_like_variants_do_not(pair):
    assert stem(pair[0]) != stem(pair[1])


def said(text):
    return {text[phrase.start : phrase.end] for phrase in phrases(text)}


def test_phrases_begin_and_end_with_a_word_of_weight():
    assert said("The length of the stay") == {"length", "stay"}
    assert said("lack of night buses") == {"night", "buses", "night buses"}
    assert said("length of stay") == {"length", "stay", "length of stay"}


def test_a_phrase_does_not_cross_the_end_of_a_sentence():
    assert said("More buses. Trams, parks") == {"buses", "Trams", "parks"}


def test_some_words_say_something_only_in_company():
    assert said("waiting time") == {"waiting", "waiting time"}


def test_what_is_left_of_a_name_taken_out_is_no_phrase():
    assert said("Xxxx was patient") == {"patient"}


@given(WORDS)
def test_every_phrase_stands_where_it_says(words):
    text = " ".join(words)
    for form, start, end in phrases(text):
        assert form == " ".join(stem(word) for word in text[start:end].split())
