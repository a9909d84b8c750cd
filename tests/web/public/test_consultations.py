"""The front page, the lists, one consultation, the standing texts: what they say, and how they are kept."""

import gzip
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import Engine, event
from starlette.testclient import TestClient

from consult.consultations import Consultation, State
from consult.db import transaction
from tests.conftest import Contribute, World

HERE = "/consultations/dementia-plan"
PAGES = ["/", "/consultations", HERE, f"{HERE}/responses", f"{HERE}/posts"]
Show = Callable[..., None]


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/consultations",
        "/consultations?show=decided",
        "/consultations?show=closed&page=9",
        "/how-it-works",
        "/privacy",
        "/accessibility",
        "/receipts",
    ],
)
def test_every_page_answers_on_an_empty_database(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 200


def test_a_consultation_says_what_is_asked_and_until_when(client: TestClient, world: World) -> None:
    page = client.get(HERE).text
    for sentence in (
        "A plan for dementia care",
        "Harrowdale Council",
        "What should change?",
        "People told us.",
        "#LivingWithDementia",
        "Respond now",
        "What happens next",
        "How it is moderated",
    ):
        assert sentence in page


def test_a_draft_is_not_there(client: TestClient, world: World) -> None:
    with transaction(world.engine) as db:
        found = db.get_one(Consultation, world.consultation.id)
        found.state = State.DRAFT
        db.add(found)
    assert client.get(HERE).status_code == 404
    assert client.get(f"{HERE}/responses").status_code == 404
    assert client.get(f"{HERE}/respond").status_code == 404


def test_the_list_can_be_narrowed_to_what_is_over(
    client: TestClient, world: World, close: Callable[[], None]
) -> None:
    assert "A plan for dementia care" in client.get("/consultations?show=open").text
    close()
    assert "A plan for dementia care" not in client.get("/consultations?show=open").text
    assert "A plan for dementia care" in client.get("/consultations?show=closed").text
    assert "A plan for dementia care" in client.get("/consultations").text


def test_a_call_for_questions_speaks_of_questions(client: TestClient, call: Consultation) -> None:
    page = client.get("/consultations/ask").text
    assert "Ask a question" in page
    assert "Respond now" not in page


@pytest.mark.parametrize("path", PAGES)
def test_a_page_asked_for_again_is_not_sent_again(
    client: TestClient, world: World, path: str
) -> None:
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.content == b""


def test_a_kept_page_costs_no_more_than_finding_its_revision(
    client: TestClient, world: World, engine: Engine
) -> None:
    client.get(HERE)
    assert _queries(engine, lambda: client.get(HERE)) == 1


@pytest.mark.parametrize("path", PAGES)
def test_a_page_makes_at_most_twelve_queries(
    client: TestClient, contribute: Contribute, show: Show, engine: Engine, path: str
) -> None:
    for _ in range(8):
        show(contribute().contribution)
    assert _queries(engine, lambda: client.get(path)) <= 12


def test_a_new_published_response_changes_the_page(
    client: TestClient, contribute: Contribute, show: Show
) -> None:
    first = client.get(HERE)
    show(contribute("Something new.").contribution)
    second = client.get(HERE, headers={"If-None-Match": first.headers["etag"]})
    assert second.status_code == 200
    assert "Something new." in second.text


def test_a_consultation_whose_time_is_over_is_not_shown_as_open(
    client: TestClient, world: World
) -> None:
    assert "Respond now" in client.get(HERE).text
    with transaction(world.engine) as db:
        found = db.get_one(Consultation, world.consultation.id)
        found.closes_at = world.at - timedelta(seconds=1)  # time passes, and nothing is touched
        db.add(found)
    assert "Respond now" not in client.get(HERE).text
    assert "A plan for dementia care" not in client.get("/consultations?show=open").text


def test_a_page_of_ones_own_is_never_kept(
    client: TestClient, world: World, sign_in: Callable[[str], TestClient]
) -> None:
    client.get(HERE)
    mine = sign_in("olu").get(HERE)
    assert "Olu" in mine.text
    assert "etag" not in mine.headers
    assert mine.headers["cache-control"] == "private, no-cache"
    assert "Olu" not in client.get(HERE).text


def test_each_language_is_kept_apart(client: TestClient, world: World) -> None:
    assert '<html lang="en">' in client.get(HERE).text
    assert '<html lang="cy">' in client.get(HERE, headers={"Accept-Language": "cy"}).text


def test_a_kept_page_is_sent_compressed_to_who_can_read_it(
    client: TestClient, world: World
) -> None:
    plain = client.get(HERE, headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    with client.stream("GET", HERE, headers={"Accept-Encoding": "gzip"}) as zipped:
        assert zipped.headers["content-encoding"] == "gzip"
        raw = b"".join(zipped.iter_raw())
    assert gzip.decompress(raw) == plain.content


def _queries(engine: Engine, ask: Callable[[], object]) -> int:
    seen: list[str] = []

    def note(_c: object, _r: object, statement: str, *_: object) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "WITH")):
            seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    ask()
    event.remove(engine, "before_cursor_execute", note)
    return len(seen)
