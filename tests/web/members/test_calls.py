"""A call for questions from Mia's first click to what its askers read."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, event
from sqlmodel import select
from starlette.testclient import TestClient

from consult import consultations, contributions, decisions, letters, questions
from consult.db import transaction
from consult.letters import Letter
from consult.questions import Answered
from tests.conftest import HTMX
from tests.questions.calls import SLUG, Call

SignIn = Callable[[str], TestClient]
BASE = f"/members/calls/{SLUG}"


@pytest.fixture
def mia(sign_in: SignIn) -> TestClient:
    return sign_in("mia")


def published(call: Call, drain: Callable[[], int]) -> None:
    mia = call.world.person("mia")
    with transaction(call.world.engine) as db:
        here = call.here(db)
        consultations.close(db, here, by=mia, at=datetime.now(UTC))
        decisions.publish(db, here, by=mia, at=datetime.now(UTC))
    drain()


def test_mia_opens_a_call_from_her_own_desk(world, mia: TestClient) -> None:
    assert "No calls yet" in mia.get("/members").text
    form = mia.get("/office/consultations/new?kind=questions")
    assert 'value="questions" checked' in form.text
    sent = {
        "title": "What should I ask?", "summary": "Ask.", "kind": "questions", "topic": "",
        "layout": "all_on_one", "moderation": "before",
        "opens_at-day": "1", "opens_at-month": "3", "opens_at-year": "2026",
        "closes_at-day": "1", "closes_at-month": "3", "closes_at-year": "2199",
    }  # fmt: skip
    made = mia.post("/office/consultations", data=sent)
    assert made.status_code == 303
    slug = made.headers["location"].split("/")[3]
    asked = {"kind": "text", "title": "Your question", "points": "5", "max_length": "1500"}
    assert mia.post(f"/office/consultations/{slug}/questions", data=asked).status_code == 303
    assert mia.post(f"/office/consultations/{slug}/open").status_code == 303
    assert f"/members/calls/{slug}/questions" in mia.get("/members").text
    assert "Nobody has asked yet" in mia.get(f"/members/calls/{slug}/questions").text


def test_from_asking_to_hearing_back(
    call: Call, mia: TestClient, client: TestClient, drain: Callable[[], int]
) -> None:
    bus, bus_code = call.ask("Will the bus come back?", email="ann@example.org", letters=True)
    same, same_code = call.ask("When do we get our bus again?")
    moon, moon_code = call.ask("Will you go to the moon?")
    assert client.post(f"/consultations/{SLUG}/responses/{bus}/support").status_code == 303
    assert "1 supports it" in mia.get(f"{BASE}/questions").text
    joined = mia.post(f"{BASE}/questions/join", data={"question": [str(same), str(bus)]})
    assert joined.headers["location"] == f"{BASE}/questions/{bus}"
    hearing = {"title": "Transport Committee", "held_on-day": "3", "held_on-month": "6"}
    assert mia.post(f"{BASE}/hearings", data=hearing).status_code == 422
    hearing["held_on-year"] = "2026"
    assert mia.post(f"{BASE}/hearings", data=hearing).status_code == 303
    with transaction(call.world.engine) as db:
        sitting = questions.hearings_of(db, call.here(db))[0]
    answer = {
        "answer": "From April, every hour.",
        "link": "https://hansard.example.org/7",
        "hearing": str(sitting.id),
    }
    assert mia.post(f"{BASE}/questions/{bus}/put", data=answer).status_code == 303
    told = mia.post(f"{BASE}/questions/{moon}/not-put", data={"reason": "Not the minister’s."})
    assert told.status_code == 303
    assert "From April" not in client.get(f"/receipts/{bus_code}").text
    published(call, drain)
    for code, words in (
        (bus_code, "From April, every hour."),
        (same_code, "From April, every hour."),
        (moon_code, "Not the minister’s."),
    ):
        assert words in client.get(f"/receipts/{code}").text
    assert "was joined with it" in client.get(f"/receipts/{same_code}").text
    put = client.get(f"/consultations/{SLUG}/answers").text
    assert "From April, every hour." in put and "When do we get our bus again?" in put
    assert "https://hansard.example.org/7" in put and "Transport Committee" in put
    assert f"/consultations/{SLUG}/responses/{bus}" in put
    refused = client.get(f"/consultations/{SLUG}/answers?which=not_put").text
    assert "Not the minister’s." in refused and "From April" not in refused
    with transaction(call.world.engine) as db:
        (letter,) = db.exec(select(Letter)).all()
        _, body = letters.contents(letter)
    assert "From April, every hour." in body and "https://hansard.example.org/7" in body
    assert f"/consultations/{SLUG}/answers" in body


def test_a_question_not_to_be_published_is_answered_without_its_words(
    call: Call, client: TestClient, drain: Callable[[], int]
) -> None:
    secret, _ = call.ask("A secret question?", consent=contributions.Consent.COUNT_ONLY)
    with transaction(call.world.engine) as db:
        one, by = call.question(db, secret), call.world.person("mia")
        questions.put(db, one, None, Answered(answer="Yes."), by=by, at=datetime.now(UTC))
    published(call, drain)
    page = client.get(f"/consultations/{SLUG}/answers").text
    assert "Yes." in page and "secret question" not in page


def test_before_anything_is_published_the_answers_page_says_so(call: Call, client) -> None:
    assert "No answers yet" in client.get(f"/consultations/{SLUG}/answers").text


def test_proposals_have_no_answers_page_and_no_questions_to_put(world, client, mia) -> None:
    assert client.get("/consultations/dementia-plan/answers").status_code == 404
    assert mia.get("/members/calls/dementia-plan/questions").status_code == 404


@pytest.mark.parametrize("headers", [{}, HTMX])
@pytest.mark.parametrize(
    ("where", "sent", "sentence"),
    [
        ("put", {"answer": " "}, "Enter the answer."),
        ("put", {"answer": "Yes.", "link": "hansard"}, "begins with https://"),
        ("not-put", {"reason": ""}, "Enter why it was not put."),
    ],
)
def test_what_cannot_be_used_is_said_kindly_and_nothing_is_lost(
    call: Call, mia: TestClient, where: str, sent: dict[str, str], sentence: str, headers
) -> None:
    bus, _ = call.ask("Will the bus come back?")
    answer = mia.post(f"{BASE}/questions/{bus}/{where}", data=sent, headers=headers)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert sent.get("answer", "").strip() in answer.text


def test_several_are_said_not_to_be_put_at_once_with_one_reason(call: Call, mia) -> None:
    ids = [str(call.ask(f"Question {n}?")[0]) for n in range(3)]
    none = mia.post(f"{BASE}/questions/not-put", data={"reason": "No time."})
    assert none.status_code == 422 and "Tick the questions" in none.text
    without = mia.post(f"{BASE}/questions/not-put", data={"question": ids[:2]})
    assert without.status_code == 422 and "Enter why" in without.text
    both = mia.post(f"{BASE}/questions/not-put", data={"question": ids[:2], "reason": "No time."})
    assert both.status_code == 303
    assert "Question 2?" in mia.get(f"{BASE}/questions").text
    refused = mia.get(f"{BASE}/questions?which=not_put").text
    assert "Question 0?" in refused and "Question 2?" not in refused


def test_one_alone_is_not_joined_and_others_are_found_by_their_words(call: Call, mia) -> None:
    bus, _ = call.ask("Will the bus come back?")
    other, _ = call.ask("Any news of a BUS to Fellgate?")
    call.ask("Dentists?")
    alone = mia.post(f"{BASE}/questions/join", data={"question": [str(bus)]})
    assert alone.status_code == 422 and "at least two" in alone.text
    found = mia.get(f"{BASE}/questions/{bus}?words=bus").text
    assert "Fellgate" in found and "Dentists" not in found
    into = mia.post(f"{BASE}/questions/{bus}/join", data={"question": [str(other)]})
    assert into.status_code == 303
    assert "1 question is joined with it" in mia.get(f"{BASE}/questions/{bus}").text
    out = mia.post(f"{BASE}/questions/{other}/take-out")
    assert out.headers["location"] == f"{BASE}/questions/{bus}"


def test_rubbish_in_the_form_is_refused_in_a_sentence(call: Call, mia) -> None:
    call.ask("Will the bus come back?")
    answer = mia.post(f"{BASE}/questions/join", data={"question": ["x", "y"]})
    assert answer.status_code == 404 and "Load the list again." in answer.text


def test_no_page_asks_the_database_more_than_twelve_things(
    call: Call, mia: TestClient, client: TestClient, engine: Engine, drain: Callable[[], int]
) -> None:
    ids = [call.ask(f"Question {n}?")[0] for n in range(30)]
    by, at = call.world.person("mia"), datetime.now(UTC)
    with transaction(engine) as db:
        first, *rest = (call.question(db, one) for one in ids)
        questions.join(db, rest[:5], first, by=by, at=at)
        questions.put(db, first, None, Answered(answer="Yes."), by=by, at=at)
        for one in rest[5:]:
            questions.not_put(db, one, "No time.", by=by, at=at)
    published(call, drain)
    for browser, address in (
        (mia, "/members"),
        (mia, f"{BASE}/questions?which=all"),
        (mia, f"{BASE}/questions/{ids[0]}?words=question"),
        (mia, f"{BASE}/hearings"),
        (client, f"/consultations/{SLUG}/answers"),
        (client, f"/consultations/{SLUG}/answers?which=not_put&page=2"),
    ):
        asked: list[str] = []
        listener = lambda *args, asked=asked: asked.append(args[2])  # noqa: E731
        event.listen(engine, "before_cursor_execute", listener)
        assert browser.get(address).status_code == 200
        event.remove(engine, "before_cursor_execute", listener)
        asked = [one for one in asked if not one.startswith(("BEGIN", "PRAGMA"))]
        assert len(asked) <= 12, f"{address}: {len(asked)}\n" + "\n".join(asked)
