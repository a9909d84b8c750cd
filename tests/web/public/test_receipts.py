"""The receipt: what its author is told, and that nobody else is."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from starlette.testclient import TestClient

from consult.contributions import Contribution, Standing
from consult.db import new_id, transaction
from consult.decisions import LedgerEntry, Outcome, OutcomeKind, Publication, Verdict
from consult.moderation import Ruled, Ruling
from tests.conftest import HTMX, Contribute, World
from tests.web.public.conftest import Citizen

Show = Callable[..., None]


def test_a_code_opens_its_page_however_it_is_typed(
    client: TestClient, contribute: Contribute
) -> None:
    code = contribute("A bus on Sundays.").code
    typed = code.lower().replace("-", " ")
    answer = client.post("/receipts", data={"code": typed})
    assert answer.status_code == 303
    page = client.get(answer.headers["location"]).text
    assert code in page
    assert "A bus on Sundays." in page


def test_a_receipt_is_not_kept_by_browsers_nor_found_by_search_engines(
    client: TestClient, contribute: Contribute
) -> None:
    answer = client.get(f"/receipts/{contribute().code}")
    assert answer.headers["cache-control"] == "no-store"
    assert "noindex" in answer.headers["x-robots-tag"]
    assert "etag" not in answer.headers


@pytest.mark.parametrize(("headers", "whole_page"), [({}, True), (HTMX, False)])
def test_a_wrong_code_gets_a_kind_sentence(
    client: TestClient, world: World, headers: dict[str, str], whole_page: bool
) -> None:
    answer = client.post("/receipts", data={"code": "HJ4K-9WXR-TC3M-4"}, headers=headers)
    assert answer.status_code == 422
    assert "Check the code" in answer.text
    assert 'value="HJ4K-9WXR-TC3M-4"' in answer.text
    assert ("<!doctype html>" in answer.text) is whole_page


def test_a_code_of_nobody_leads_nowhere(client: TestClient, world: World) -> None:
    assert client.get("/receipts/HJ4K-9WXR-TC3M-3").status_code == 404
    assert client.get("/receipts/%00").status_code == 404


def test_guessing_codes_is_slowed_down_and_reading_ones_own_is_not(
    client: TestClient, contribute: Contribute
) -> None:
    code = contribute().code
    for _ in range(15):
        assert client.get(f"/receipts/{code}").status_code == 200
    tries = [client.post("/receipts", data={"code": "X"}).status_code for _ in range(12)]
    assert tries[:10] == [422] * 10
    assert tries[10:] == [429, 429]


def test_the_author_is_told_what_a_moderator_decided_and_why(
    client: TestClient, world: World, contribute: Contribute, show: Show
) -> None:
    received = contribute()
    assert "A moderator reads it before anything of it is shown." in _page(client, received.code)
    with transaction(world.engine) as db:
        db.add(
            Ruling(
                contribution_id=received.contribution.id,
                ruled=Ruled.WITHHOLD,
                ground="personal-data",
                reason="It names a neighbour.",
                at=datetime.now(UTC),
            )
        )
    show(received.contribution, Standing.WITHHELD)
    page = _page(client, received.code)
    assert "It is not shown. It is still read and counted." in page
    assert "Ground: Personal data." in page
    assert "Reason: It names a neighbour." in page


def test_the_author_is_told_the_outcome_once_it_is_published_and_not_before(
    client: TestClient, world: World, contribute: Contribute
) -> None:
    received = contribute()
    _account(world, received.contribution)
    assert "It informed a decision." not in _page(client, received.code)
    _publish(world, received.contribution)
    page = _page(client, received.code)
    assert "It informed a decision." in page
    assert "Nurses get longer contracts" in page
    assert "Because many said so." in page
    assert f"/receipts/{received.code}/proof.json" in page


def test_withdrawing_asks_first_then_erases_words_and_person(
    citizen: Citizen, kept: Callable[[], list[Contribution]]
) -> None:
    receipt = citizen.take_part("A secret of mine.", name="Pat", email="pat@example.org")
    assert "Do you want to take it back?" in citizen.client.get(f"{receipt}/withdraw").text
    assert citizen.client.post(f"{receipt}/withdraw").headers["location"] == receipt
    page = citizen.client.get(receipt).text
    assert "A secret of mine." not in page
    assert "Your words are erased." in page
    assert kept()[0].standing == Standing.WITHDRAWN
    assert citizen.client.get(f"{receipt}/withdraw").status_code == 303


def test_a_withdrawn_response_is_gone_from_the_public_list(
    citizen: Citizen, another: Citizen, kept: Callable[[], list[Contribution]], show: Show
) -> None:
    receipt = citizen.take_part("I will regret this.")
    show(kept()[0])
    responses = "/consultations/dementia-plan/responses"
    assert "I will regret this." in another.client.get(responses).text
    citizen.client.post(f"{receipt}/withdraw")
    assert "I will regret this." not in another.client.get(responses).text


def _page(client: TestClient, code: str) -> str:
    return client.get(f"/receipts/{code}").text


def _account(world: World, one: Contribution) -> None:
    """Account for a response, before anything is public."""
    with transaction(world.engine) as db:
        db.add(
            Outcome(
                consultation_id=one.consultation_id,
                contribution_id=one.id,
                kind=OutcomeKind.INFORMED,
                at=world.at,
            )
        )


def _publish(world: World, one: Contribution) -> None:
    """A publication with one decision, which this response informed."""
    decision = {
        "id": str(new_id()),
        "title": "Nurses get longer contracts",
        "heard": "Nurses leave too soon.",
        "verdict": Verdict.ACCEPTED.value,
        "decided": "They stay.",
        "why": "Because many said so.",
        "bases": {"response": 1},
        "quotations": [],
    }
    made = Publication(
        consultation_id=one.consultation_id,
        number=1,
        at=world.at,
        received=1,
        decisions=[decision],
        root="0" * 64,
        signature="0",
    )
    with transaction(world.engine) as db:
        db.add(made)
        db.flush()
        db.add(
            LedgerEntry(
                publication_id=made.id,
                position=0,
                contribution_id=one.id,
                kind=OutcomeKind.INFORMED,
                decisions=[str(decision["id"])],
                salt="0" * 32,
            )
        )
