import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.lib import text

ANYTHING = st.text(
    alphabet=st.one_of(st.characters(), st.characters(categories=["Cs", "Cc", "Cf"])), max_size=80
)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("nul\x00 and bell\x07", "nul and bell"),
        ("a\ttab stays", "a\ttab stays"),
        ("page\x0cbreak", "page\nbreak"),
        ("  ends  \n\n next \n", "ends\n\n next"),
        ("cafe\u0301", "café"),
        ("safe \u202egnp.exe", "safe gnp.exe"),
        ("\ufeffmarked", "marked"),
        ("half \ud83d emoji", "half  emoji"),
        ("أريد حافلة", "أريد حافلة"),
        ("👩‍👧 می‌خواهم", "👩‍👧 می‌خواهم"),
    ],
)
def test_text_is_tidied_and_its_words_kept(typed, kept):
    assert text.tidy(typed) == kept


@given(ANYTHING)
def test_tidy_text_can_be_stored_and_is_tidy(typed):
    once = text.tidy(typed)
    assert text.tidy(once) == once
    assert once.encode("utf-8").decode("utf-8") == once
    assert not [c for c in once if unicodedata.category(c) == "Cc" and c not in "\n\t"]


def test_text_that_is_too_long_is_refused_with_what_to_do():
    assert text.tidy("x" * 10, 10) == "x" * 10
    with pytest.raises(
        ValueError, match=r"1,010 characters.*most we can take is 10\. Shorten it by 1,000"
    ):
        text.tidy("x" * 1010, 10)


@pytest.mark.parametrize(
    "other",
    [
        "dont cut the 42 bus",
        "DON’T  CUT\nthe 42 bus!!!",
        "“Don't cut” - the 42 bus",
        "don't cut the ４２ bus",
    ],
)
def test_a_copy_has_the_same_fingerprint(other):
    assert text.fingerprint(other) == text.fingerprint("Don't cut the 42 bus.")


@pytest.mark.parametrize("other", ["Don't cut the 43 bus.", "Do cut the 42 bus.", "", "👍"])
def test_other_words_have_another_fingerprint(other):
    assert text.fingerprint(other) != text.fingerprint("Don't cut the 42 bus.")


def test_two_emoji_are_not_copies_of_each_other():
    assert text.fingerprint("👍") != text.fingerprint("👎")


def test_a_snippet_ends_at_a_word():
    assert text.snippet("The bus, when it comes, is full", 14) == "The bus, when…"
    assert text.snippet("The  bus\nis full", 40) == "The bus is full"
    assert text.snippet("Llanfairpwllgwyngyll", 6) == "Llanf…"


@given(st.text(max_size=60), st.integers(1, 30))
def test_a_snippet_is_never_longer_than_asked(words, length):
    assert len(text.snippet(words, length)) <= length


@pytest.mark.parametrize(
    ("words", "count"),
    [("", 0), ("👍👍", 0), ("Don’t cut well-being – ever", 4), ("ŵyr a nain", 3), ("_ - '", 0)],
)
def test_words_are_counted(words, count):
    assert text.word_count(words) == count


@pytest.mark.parametrize("typed", ["", "   ", "👍", "👩‍👧❤️", "1️⃣", "ℹ️", "?!…", "🏴󠁧󠁢󠁷󠁬󠁳󠁿", "🇬🇧", "__"])
def test_no_words_here(typed):
    assert not text.has_words(typed)


@pytest.mark.parametrize("typed", ["no", "5", "👍 yes", "نعم", "是", "i"])
def test_words_in_any_script_are_words(typed):
    assert text.has_words(typed)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("A plan for dementia care", "a-plan-for-dementia-care"),
        ("Children’s play & parks: 2026–27", "childrens-play-and-parks-2026-27"),
        ("Tŷ Gŵyr", "ty-gwyr"),
        ("مرحبا", "untitled"),
        ("", "untitled"),
    ],
)
def test_a_title_makes_a_readable_address(title, name):
    assert text.slug(title) == name


def test_a_taken_address_is_numbered():
    assert text.slug("Bus plan", {"bus-plan", "bus-plan-2"}) == "bus-plan-3"


def test_a_long_address_ends_at_a_word():
    assert text.slug("school streets scheme", limit=14) == "school-streets"
    assert text.slug("school streets scheme", limit=12) == "school"
    assert text.slug("x" * 100, limit=12) == "x" * 12
