import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.lib import codes

KEY = b"a key for tests"
DRAWN = st.text(alphabet=codes.ALPHABET, min_size=12, max_size=12)


def test_a_code_is_three_groups_of_four_and_a_check():
    assert re.fullmatch(r"([34679A-Z]{4}-){3}[34679A-Z]", codes.new_code())


def test_no_two_characters_of_a_code_look_alike():
    assert not set(codes.ALPHABET) & set("0O1IL5S2Z8BUV")
    assert len(set(codes.ALPHABET)) == 23


def test_no_code_spells_a_word():
    made = [codes.new_code().replace("-", "") for _ in range(2000)]
    assert not [code for code in made if re.search("[A-Z][AE][A-Z]", code)]
    assert len(set(made)) == 2000


@pytest.mark.parametrize(
    "change", [str.lower, lambda c: c.replace("-", ""), lambda c: f" {c.replace('-', ' – ')}\n"]
)
def test_a_code_may_be_typed_in_any_case_with_or_without_dashes(change):
    code = codes.new_code()
    assert codes.normalise(change(code)) == code
    assert codes.digest(change(code), KEY) == codes.digest(code, KEY)


@given(DRAWN, st.integers(0, 11), st.sampled_from(codes.ALPHABET))
def test_one_wrong_character_is_noticed(drawn, place, wrong):
    code = drawn + codes._check(drawn)
    if wrong != code[place]:
        with pytest.raises(ValueError, match="are not right"):
            codes.normalise(code[:place] + wrong + code[place + 1 :])


@given(DRAWN, st.integers(0, 10))
def test_two_neighbours_in_the_wrong_order_are_noticed(drawn, place):
    code = drawn + codes._check(drawn)
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    if swapped != code:
        with pytest.raises(ValueError, match="are not right"):
            codes.normalise(swapped)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Enter the code"),
        ("HJ4K-9WXR-TC3O-M", "no code has O in it"),
        ("HJ4K", "has 13 .* you entered 4"),
    ],
)
def test_a_code_that_cannot_be_is_refused_kindly(typed, said):
    with pytest.raises(ValueError, match=said):
        codes.normalise(typed)


def test_the_example_in_the_message_is_a_code():
    with pytest.raises(ValueError) as refused:
        codes.normalise(" ")
    example = str(refused.value).rpartition(" ")[2].rstrip(".")
    assert codes.normalise(example) == example


def test_a_digest_depends_on_code_and_key():
    one, other = codes.new_code(), codes.new_code()
    assert len({codes.digest(one, KEY), codes.digest(other, KEY), codes.digest(one, b"other")}) == 3


def test_a_token_is_long_and_safe_in_an_address():
    assert re.fullmatch(r"[\w-]{43}", codes.new_token())
    assert codes.digest_token("a", KEY) != codes.digest_token("b", KEY)
