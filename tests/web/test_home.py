"""The front page."""

from starlette.testclient import TestClient

from tests.conftest import World


def test_the_front_page_answers_on_an_empty_database(client: TestClient) -> None:
    answer = client.get("/")
    assert answer.status_code == 200
    assert "Nothing is open just now." in answer.text


def test_the_front_page_shows_what_is_open(client: TestClient, world: World) -> None:
    assert "A plan for dementia care" in client.get("/").text
