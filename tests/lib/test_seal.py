import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.lib.seal import Seal, derive

SECRET = b"thirty-two characters of secret!"
SEAL = Seal(SECRET)


@given(st.text())
def test_what_was_sealed_opens_again(words):
    assert SEAL.open(SEAL.seal(words)) == words


def test_sealed_words_cannot_be_read_or_compared():
    once, again = SEAL.seal("pat@example.org"), SEAL.seal("pat@example.org")
    assert "pat" not in once
    assert once != again


def test_another_secret_opens_nothing():
    with pytest.raises(ValueError, match="sealed with another secret"):
        Seal(b"another secret of many characters").open(SEAL.seal("words"))


def test_altered_words_do_not_open():
    sealed = SEAL.seal("words")
    with pytest.raises(ValueError, match="altered"):
        SEAL.open(sealed[:-5] + "AAAA=")


def test_an_address_is_found_whatever_its_case():
    assert SEAL.blind(" Pat@Example.org ") == SEAL.blind("pat@example.org")
    assert SEAL.blind("pat@example.org") != SEAL.blind("pam@example.org")


def test_a_blind_index_is_of_use_only_with_the_secret():
    assert Seal(b"another secret of many characters").blind("a") != SEAL.blind("a")


def test_each_purpose_has_a_key_of_its_own():
    assert derive(SECRET, b"one") != derive(SECRET, b"two")


def test_a_short_secret_is_refused():
    with pytest.raises(ValueError, match="too short"):
        Seal(b"short")
