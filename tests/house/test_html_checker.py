"""The HTML checker itself: silent on a good page, and heard on a bad one."""

from pathlib import Path

import pytest

from tests.needs import Missing, vnu

GOOD = (
    '<!doctype html><html lang="en"><head><title>Good</title></head><body><p>Good</p></body></html>'
)
BAD = GOOD.replace("<p>Good</p>", "<ul><p>Bad</p></ul>")


@pytest.mark.html
def test_the_checker_hears_a_mistake_and_names_its_page(tmp_path: Path) -> None:
    said = vnu.complaints({"/good": GOOD, "/bad": BAD}, tmp_path)
    assert said
    assert all(sentence.startswith("/bad, line 1: ") for sentence in said)


def test_without_the_checker_the_sentence_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("VNU_JAR", raising=False)
    with pytest.raises(Missing, match="make check-html"):
        vnu.complaints({"/good": GOOD}, tmp_path)
