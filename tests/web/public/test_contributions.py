"""Taking part: the form, its errors, and sending it once."""

from collections.abc import Callable
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from consult.consultations import Consultation
from consult.contributions import Connection, Consent, Contribution
from tests.conftest import HTMX, World
from tests.web.public.conftest import START, Citizen

Kept = Callable[[], list[Contribution]]


def test_a_citizen_takes_part_and_is_led_to_the_receipt(citizen: Citizen, kept: Kept) -> None:
    receipt = citizen.take_part(
        connection="carer", area="Otley", name="Pat", email="pat@example.org", consent="name"
    )
    assert receipt.startswith("/receipts/")
    [one] = kept()
    assert (one.consent, one.connection, one.area) == (Consent.NAME, Connection.CARER, "Otley")
    assert "Thank you. We have your response." in citizen.client.get(receipt).text


def test_looking_sets_no_cookie_and_starting_does(citizen: Citizen) -> None:
    assert "set-cookie" not in citizen.client.get(START).headers
    assert "set-cookie" not in citizen.client.get(f"{START}/1").headers
    cookie = citizen.client.post(START).headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie


def test_what_was_answered_is_there_when_one_comes_back(citizen: Citizen, another: Citizen) -> None:
    citizen.answer("The bus stops at six.")
    assert "The bus stops at six." in citizen.client.get(f"{START}/1").text
    assert "The bus stops at six." in citizen.client.get(f"{START}/check").text
    assert "The bus stops at six." not in another.client.get(f"{START}/1").text


@pytest.mark.parametrize(("headers", "whole_page"), [({}, True), (HTMX, False)])
def test_an_empty_answer_is_refused_with_and_without_htmx(
    client: TestClient, world: World, headers: dict[str, str], whole_page: bool
) -> None:
    answer = client.post(f"{START}/1", data={"q1": "  "}, headers=headers)
    assert answer.status_code == 422
    assert "Enter an answer." in answer.text
    assert ("<!doctype html>" in answer.text) is whole_page
    assert ("<title>Error:" in answer.text) is whole_page


def test_htmx_is_told_where_to_go_next(citizen: Citizen) -> None:
    answer = citizen.client.post(f"{START}/1", data={"q1": "A bus."}, headers=HTMX)
    assert answer.headers["hx-redirect"] == f"{START}/2"


@pytest.mark.parametrize(
    ("step", "data", "sentence"),
    [
        (1, {"q1": "x" * 1_000_000}, "the most we can take is 10,000"),
        (1, {"q1": "👍👍👍"}, "Use some words as well"),
        (2, {"q2": "Perhaps"}, "“Perhaps” is not one of the answers offered."),
        (2, {"q2": ["Yes", "No"]}, "Choose one answer only."),
        (3, {"q3": ["Family", "Wizards"]}, "“Wizards” is not one of the answers offered."),
        (4, {"q4": "99"}, "Choose a number from 1 to 5."),
    ],
)
def test_what_cannot_be_kept_is_refused_in_a_sentence(
    citizen: Citizen, step: int, data: Any, sentence: str
) -> None:
    answer = citizen.client.post(f"{START}/{step}", data=data)
    assert answer.status_code == 422
    assert sentence in answer.text


def test_a_refused_answer_keeps_the_words(citizen: Citizen) -> None:
    words = "word " * 2500
    assert words.strip() in citizen.client.post(f"{START}/1", data={"q1": words}).text


@pytest.mark.parametrize(
    ("typed", "kept_as"),
    [
        ("a\x00b c", "ab c"),
        ("مرحبا بالجميع", "مرحبا بالجميع"),
        ("a\u202eb", "ab"),
        ("<b>x</b>", "<b>x</b>"),
    ],
)
def test_strange_text_is_kept_as_words(
    citizen: Citizen, kept: Kept, typed: str, kept_as: str
) -> None:
    receipt = citizen.take_part(typed)
    assert kept()[0].summary == kept_as
    shown = citizen.client.get(receipt).text
    assert kept_as.replace("<", "&lt;").replace(">", "&gt;") in shown
    assert 'dir="auto"' in shown


def test_consent_has_to_be_chosen_and_a_name_needs_one(citizen: Citizen) -> None:
    nothing = citizen.client.post(f"{START}/about", data={})
    assert nothing.status_code == 422
    assert "Choose whether we may publish it." in nothing.text
    nameless = citizen.client.post(f"{START}/about", data={"consent": "name", "area": "Leeds"})
    assert "Enter your name, or choose to have it published without a name." in nameless.text
    assert 'value="Leeds"' in nameless.text


@pytest.mark.parametrize("address", ["pat", "pat@example", "pat@@example.org", "p at@example.org"])
def test_an_address_that_is_none_is_refused(citizen: Citizen, address: str) -> None:
    said = {"consent": "no_name", "email": address}
    answer = citizen.client.post(f"{START}/about", data=said)
    assert answer.status_code == 422
    assert "Enter an e-mail address like name@example.org" in answer.text


def test_sending_twice_is_one_contribution_with_one_receipt(citizen: Citizen, kept: Kept) -> None:
    citizen.answer()
    citizen.tell()
    submission = citizen.submission()
    assert citizen.send(submission) == citizen.send(submission)
    assert len(kept()) == 1


def test_the_same_person_may_take_part_again(citizen: Citizen, kept: Kept) -> None:
    assert citizen.take_part() != citizen.take_part()
    assert len(kept()) == 2


def test_a_resent_form_gets_its_receipt_after_closing(
    citizen: Citizen, close: Callable[[], None]
) -> None:
    citizen.answer()
    citizen.tell()
    submission = citizen.submission()
    receipt = citizen.send(submission)
    close()
    assert citizen.send(submission) == receipt


def test_nothing_is_sent_before_all_that_is_needed_is_there(citizen: Citizen, kept: Kept) -> None:
    citizen.client.post(START)
    page = citizen.client.get(f"{START}/check").text
    assert "Question 1: Enter an answer." in page
    assert "Send your response" not in page
    assert citizen.client.post(f"{START}/check", data={}).status_code == 422
    assert kept() == []


def test_sending_without_a_draft_says_what_to_do(client: TestClient, world: World) -> None:
    answer = client.post(f"{START}/check", data={"submission": "0" * 32})
    assert answer.status_code == 409
    assert "allow them for this site and begin again" in answer.text


def test_a_closed_consultation_takes_no_more_and_loses_no_words(
    citizen: Citizen, close: Callable[[], None]
) -> None:
    citizen.answer("The bus stops at six.")
    close()
    late = "I had much more to say about the bus that stops at six in the evening."
    answer = citizen.client.post(f"{START}/1", data={"q1": late})
    assert answer.status_code == 409
    assert "it can take no more" in answer.text
    assert late in answer.text
    check = citizen.client.get(f"{START}/check")
    assert "The bus stops at six." in check.text
    assert "Send your response" not in check.text


def test_a_link_to_a_form_that_is_closed_leads_to_a_page_that_says_so(
    citizen: Citizen, close: Callable[[], None]
) -> None:
    citizen.answer("The bus stops at six.")
    close()
    answer = citizen.client.get(START)
    assert answer.status_code == 409
    assert "It is too late to take part" in answer.text
    assert "See what you had written" in answer.text


def test_another_site_cannot_send_for_somebody(citizen: Citizen, kept: Kept) -> None:
    citizen.answer()
    citizen.tell()
    submission = citizen.submission()
    answer = citizen.client.post(
        f"{START}/check",
        data={"submission": submission},
        headers={"Sec-Fetch-Site": "cross-site"},
    )
    assert answer.status_code == 403
    assert kept() == []


def test_changing_an_answer_leads_back_to_the_check(citizen: Citizen) -> None:
    citizen.answer()
    citizen.tell()
    page = citizen.client.get(f"{START}/1?then=check").text
    assert '<input type="hidden" name="then" value="check">' in page
    answer = citizen.client.post(f"{START}/1", data={"q1": "Other.", "then": "check"})
    assert answer.headers["location"] == f"{START}/check"


def test_a_draft_can_be_forgotten(citizen: Citizen) -> None:
    citizen.answer("Forget this.")
    assert citizen.client.post(f"{START}/forget").status_code == 303
    assert "Forget this." not in citizen.client.get(f"{START}/1").text


@pytest.mark.parametrize("step", ["0", "5", "x", "9" * 5000, "-1"])
def test_a_step_that_is_none_is_not_found(client: TestClient, world: World, step: str) -> None:
    assert client.get(f"{START}/{step}").status_code == 404


def test_the_steps_say_how_far_one_has_come(citizen: Citizen) -> None:
    citizen.client.post(START)
    citizen.client.post(f"{START}/1", data={"q1": "A bus."})
    page = citizen.client.get(START).text
    assert page.count("Done") == 1
    assert "Cannot start yet" in page


def test_all_questions_stand_on_one_page_where_the_consultation_says_so(
    app: Starlette, client: TestClient, call: Consultation, kept: Kept
) -> None:
    start = "/consultations/ask/respond"
    assert "Your question?" in client.get(start).text
    assert client.post(start, data={"q1": ""}).status_code == 422
    answer = client.post(start, data={"q1": "Why no bus on Sundays?"})
    assert answer.headers["location"] == f"{start}/about"
    citizen = Citizen(client, start)
    citizen.tell()
    assert "Send your question" in client.get(f"{start}/check").text
    receipt = citizen.send(citizen.submission())
    assert "Thank you. We have your question." in client.get(receipt).text
    assert len(kept()) == 1
