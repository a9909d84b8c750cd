"""The demo's people, the list of one's own sign-ins, and ending them."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

from consult import identity
from consult.db import transaction
from consult.web.devices import named
from tests.conftest import World


def test_one_click_is_enough_in_the_demo(client: TestClient, world: World) -> None:
    page = client.get("/sign-in?next=/office/consultations/new")
    assert "Be Olu" in page.text
    assert "write the decisions" in page.text, "A card says what one can do as that person."
    sent = {"email": "olu@example.org", "next": "/office/consultations/new"}
    answer = client.post("/sign-in/as", data=sent)
    assert answer.headers["location"] == "/office/consultations/new"
    assert client.get("/office").status_code == 200


def test_outside_the_demo_nobody_is_offered_and_nobody_is_let_in(
    client: TestClient, app: Any, world: World
) -> None:
    app.state.settings = app.state.settings.model_copy(update={"demo": False})
    page = client.get("/sign-in").text
    assert "Olu" not in page
    assert "Send me a link" in page
    assert client.post("/sign-in/as", data={"email": "olu@example.org"}).status_code == 404


def test_whoever_runs_the_machine_is_nobody_one_can_be(client: TestClient, world: World) -> None:
    with transaction(world.engine) as db:
        identity.operator(db, world.council.id, at=world.at)
    assert "Operator of this installation" not in client.get("/sign-in").text


def test_one_sees_and_ends_ones_own_sign_ins(
    world: World, sign_in: Callable[[str], TestClient]
) -> None:
    here, elsewhere = sign_in("olu"), sign_in("olu")
    page = here.get("/sign-ins").text
    assert page.count('class="card"') == 2
    assert page.count("This browser") == 1
    (other,) = re.findall(r'action="(/sign-ins/[^"]+/end)"', page)
    assert here.post(other).status_code == 303
    assert elsewhere.get("/office").status_code == 404
    assert here.get("/office").status_code == 200


def test_nobody_ends_the_sign_in_of_somebody_else(
    world: World, sign_in: Callable[[str], TestClient]
) -> None:
    olu, ana = sign_in("olu"), sign_in("ana")
    with transaction(world.engine) as db:
        (mine,) = identity.sign_ins(db, world.person("olu"), at=world.at)
    assert ana.post(f"/sign-ins/{mine.id}/end").status_code == 404
    assert olu.get("/office").status_code == 200
    assert ana.get("/sign-ins").text.count('class="card"') == 1


def test_a_stranger_has_no_list(client: TestClient, world: World) -> None:
    assert client.get("/sign-ins").status_code == 404
    assert client.post("/sign-out").status_code == 404


def test_signing_out_ends_the_sign_in_and_not_only_the_cookie(
    world: World, sign_in: Callable[[str], TestClient]
) -> None:
    browser = sign_in("olu")
    token = browser.cookies["consult"]
    assert browser.post("/sign-out").headers["location"] == "/"
    browser.cookies.set("consult", token)
    assert browser.get("/office").status_code == 404


def test_being_somebody_else_ends_who_one_was(
    world: World, sign_in: Callable[[str], TestClient]
) -> None:
    browser = sign_in("olu")
    before = browser.cookies["consult"]
    browser.post("/sign-in/as", data={"email": "ana@example.org"})
    with transaction(world.engine) as db:
        assert identity.person_of(db, before, at=world.at) is None


def test_another_site_cannot_sign_anybody_in_or_out(
    client: TestClient, world: World, sign_in: Callable[[str], TestClient]
) -> None:
    foreign = {"Sec-Fetch-Site": "cross-site"}
    for path in ("/sign-in/as", "/sign-in/link", "/sign-in/strict", "/sign-in/link/x"):
        assert client.post(path, headers=foreign).status_code == 403
    assert sign_in("olu").post("/sign-out", headers=foreign).status_code == 403


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
            "Chrome/140.0 Safari/537.36 Edg/140.0",
            "Edge on Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 "
            "(KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
            "Safari on an iPhone",
        ),
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            "Firefox on Linux",
        ),
        ("curl/8", "Unknown browser"),
        ("", "Unknown browser"),
    ],
)
def test_browsers_are_called_what_people_call_them(agent: str, name: str) -> None:
    assert named(agent) == name
