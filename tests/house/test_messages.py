"""The catalogue holds every text that pages say, and no translation loses a place for a name or number."""

import re

import pytest
from hatchling.builders.wheel import WheelBuilder
from starlette.testclient import TestClient

from consult.lib import dates, paths
from consult.web.languages import LANGUAGES
from tests import messages

PLACE = re.compile(r"%\(\w+\)s|%%|\{\w+\}|<[^>]+>")
RENEW = "Run `python3 run.py messages`, and commit what it changes."


def ids(catalogue) -> set:
    return {one.id for one in catalogue if one.id}


def test_every_text_that_pages_say_is_in_the_template() -> None:
    assert ids(messages.read(messages.TEMPLATE)) == ids(messages.extracted()), RENEW


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_a_place_for_every_text(language: str) -> None:
    kept = messages.read(messages.of_language(language), language)
    assert ids(kept) == ids(messages.read(messages.TEMPLATE)), RENEW


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_is_guessed_or_loses_a_placeholder(language: str) -> None:
    for one in messages.read(messages.of_language(language), language):
        said = one.string if isinstance(one.string, tuple) else (one.string,)
        if not one.id or not any(said):
            continue
        assert not one.fuzzy, f"{one.id!r} is a guess: check it and take the mark off."
        assert all(said), f"{one.id!r} lacks a plural form."
        asked = one.id if isinstance(one.id, tuple) else (one.id,)
        allowed = [set(PLACE.findall(text)) for text in asked]
        for text in said:
            assert set(PLACE.findall(text)) in allowed, f"{one.id!r} has other places in {text!r}."


def test_a_page_speaks_welsh_when_asked_and_english_again(world, client: TestClient) -> None:
    welsh = client.get("/?lang=cy").text
    assert '<html lang="cy">' in welsh and "Neidio i’r prif gynnwys" in welsh
    assert "Neidio" in client.get("/").text, "The choice is remembered."
    assert "Skip to main content" in client.get("/?lang=en").text


def test_dates_are_written_in_the_language_of_the_page(world, client: TestClient) -> None:
    closes = world.consultation.closes_at
    assert dates.day(closes, "cy") in client.get("/consultations/dementia-plan?lang=cy").text
    assert dates.day(closes) in client.get("/consultations/dementia-plan?lang=en").text


def test_the_texts_are_carried_in_the_wheel() -> None:
    builder = WheelBuilder(str(paths.root()))
    carried = {one.distribution_path for one in builder.recurse_included_files()}
    for language in LANGUAGES:
        assert f"consult/locale/{language}/LC_MESSAGES/consult.po" in carried
