"""What nobody meant to send: each is answered by a sentence or taken as it is, and no word is lost."""

import re
from collections.abc import Callable

import pytest
from sqlmodel import col, select
from starlette.testclient import TestClient

from consult.contributions import Answer
from consult.db import transaction
from tests.conftest import World

START = "/consultations/dementia-plan/respond"
FILES = "/office/consultations/dementia-plan/imports/files"
MEGABYTE = "Care. " * 170_000
EMOJI = "😀👩🏽‍🦽🏳️‍🌈🫶" * 5
ARABIC = "نحتاج إلى ممرضات يبقين.\nשלום לכולם"
TRICK = "Send \u202ethgir ot tfel\u202c me"

SignIn = Callable[[str], TestClient]


def send(client: TestClient, text: str) -> str:
    """Take part with these words; returns the receipt's page."""
    client.post(START)
    assert client.post(f"{START}/1", data={"q1": text}).status_code == 303
    assert client.post(f"{START}/about", data={"consent": "no_name"}).status_code == 303
    found = re.search(
        r'name="submission" value="([0-9a-f]{32})"', client.get(f"{START}/check").text
    )
    assert found
    sent = client.post(f"{START}/check", data={"submission": found[1]})
    assert sent.status_code == 303
    return client.get(sent.headers["location"]).text


def kept(world: World) -> list[str]:
    with transaction(world.engine, readonly=True) as db:
        return list(db.exec(select(Answer.text).where(col(Answer.text) != "")).all())


@pytest.mark.parametrize("text", [ARABIC, f"Thank you {EMOJI}"], ids=["right-to-left", "emoji"])
def test_words_in_any_script_are_kept_as_they_are(
    world: World, client: TestClient, text: str
) -> None:
    assert text.splitlines()[0] in send(client, text)
    assert kept(world) == [text]


def test_emoji_alone_are_asked_to_be_put_into_words_and_stay_in_the_field(
    world: World, client: TestClient
) -> None:
    client.post(START)
    answer = client.post(f"{START}/1", data={"q1": EMOJI})
    assert answer.status_code == 422
    assert "Use some words as well" in answer.text
    assert EMOJI in answer.text


def test_marks_that_turn_the_line_round_do_not_turn_the_page(
    world: World, client: TestClient
) -> None:
    shown = send(client, TRICK)
    assert "thgir ot tfel" in shown
    assert "\u202e" not in shown or "\u202c" in shown


def test_a_nul_byte_costs_nothing_but_itself(world: World, client: TestClient) -> None:
    assert "More nurses" in send(client, "More\x00 nurses")
    assert kept(world) == ["More nurses"]


def test_a_megabyte_is_too_long_and_given_back_whole(world: World, client: TestClient) -> None:
    client.post(START)
    answer = client.post(f"{START}/1", data={"q1": MEGABYTE})
    assert answer.status_code == 422
    assert "the most we can take is 10,000" in answer.text
    assert MEGABYTE.strip() in answer.text
    assert kept(world) == []


def test_more_than_a_form_can_hold_is_a_sentence(world: World, client: TestClient) -> None:
    client.post(START)
    answer = client.post(f"{START}/1", data={"q1": MEGABYTE * 10})
    assert answer.status_code in (413, 422)
    assert "larger than can be taken" in answer.text


def test_a_file_with_a_broken_line_says_which_and_takes_the_rest(
    world: World, sign_in: SignIn, drain: Callable[[], int]
) -> None:
    browser = sign_in("olu")
    content = (
        'Reference,What should change?\nR1,More nurses\nR2,"Never closed\nR3,Open on Sundays\n'
    )
    why = {"ground": "public_task", "came_from": "The library"}
    brought = browser.post(FILES, data=why, files={"file": ("a.csv", content)})
    where = brought.headers["location"]
    assert browser.post(where, data={"then": "start"}).status_code == 303
    drain()
    report = browser.get(where).text
    assert "quotation mark" in report
    assert kept(world) == ["More nurses", "Open on Sundays"]


@pytest.mark.parametrize("day", ["31", "0", "x", "", "9" * 30])
def test_a_date_that_is_none_is_said_and_everything_typed_is_kept(
    world: World, sign_in: SignIn, day: str
) -> None:
    typed = {"title": "Libraries", "summary": "When?", "background": "## Why\n\nBecause."}
    choices = {"kind": "proposals", "layout": "one_per_page", "moderation": "after"}
    dates = {"opens_at-day": "1", "opens_at-month": "2", "opens_at-year": "2027"}
    wrong = {"closes_at-day": day, "closes_at-month": "2", "closes_at-year": "2027"}
    answer = sign_in("olu").post("/office/consultations", data=typed | choices | dates | wrong)
    assert answer.status_code == 422
    assert 'id="closes_at-error"' in answer.text
    assert all(words.splitlines()[0] in answer.text for words in typed.values())
