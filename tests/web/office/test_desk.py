"""The frame of the office: what is beside every page, and what the overview says comes next."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from starlette.testclient import TestClient

from consult import decisions
from consult.db import transaction
from consult.decisions import OutcomeKind
from tests.conftest import Contribute, World

HERE = "/office/consultations/dementia-plan"
PARTS = ["contributions", "themes", "imports", "decisions", "ledger", "publications"]
SignIn = Callable[[str], TestClient]


def step(page: str, title: str) -> str:
    """The words of one step of the overview, from its title on."""
    return page.split('class="task-list"')[1].split(title)[1].split("</li>")[0]


@pytest.mark.parametrize("page", ["", *(f"/{part}" for part in PARTS)])
def test_every_page_of_a_consultation_leads_to_all_its_parts(sign_in: SignIn, page: str) -> None:
    shown = sign_in("olu").get(f"{HERE}{page}").text
    side = shown.split('class="side"')[1].split("<main")[0]
    for part in PARTS:
        assert f'href="{HERE}/{part}"' in side


def test_the_letters_stand_in_the_same_frame(sign_in: SignIn, world: World) -> None:
    shown = sign_in("olu").get("/office/outbox").text
    assert 'class="side-nav"' in shown


def test_the_overview_says_how_far_each_step_is(
    sign_in: SignIn, world: World, contribute: Contribute, drain: Callable[[], int]
) -> None:
    browser = sign_in("olu")
    assert "Nothing yet" in step(browser.get(HERE).text, "Account for everyone")
    contribute()
    drain()
    page = browser.get(HERE).text
    assert "1 wait" in step(page, "Moderate what waits")
    assert "1 without an outcome" in step(page, "Account for everyone")
    assert "After it has closed" in step(page, "Publish")
    with transaction(world.engine) as db:
        everyone = decisions.everyone(world.consultation)
        decisions.give_outcome(
            db,
            world.consultation,
            everyone,
            OutcomeKind.CONSIDERED,
            reason="It is done already.",
            by=world.person("olu"),
            at=datetime.now(UTC),
        )
    assert "Done" in step(browser.get(HERE).text, "Account for everyone")


def test_a_step_is_a_link_only_for_those_who_may_go_there(sign_in: SignIn, world: World) -> None:
    def links(who: str) -> str:
        return sign_in(who).get(HERE).text.split('class="task-list"')[1].split("</ul>")[0]

    assert f'href="{HERE}/queue"' in links("mo")
    assert f'href="{HERE}/queue"' not in links("olu")
