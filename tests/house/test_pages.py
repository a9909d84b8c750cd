"""Every address of the site keeps the house rules."""

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from starlette.routing import Route
from starlette.testclient import TestClient

from consult.lib import paths
from consult.web import routes
from consult.web.allow import anyone
from consult.web.page import Page
from tests.conftest import ROLES, World

TABLE = routes.table()
STAFF = [route for route in TABLE if re.match(r"/(office|members)\b", route.path)]


def filled(route: Route) -> str:
    """The route's address, with the world's consultation and an id that is nobody's."""
    path = route.path.replace("{slug}", "dementia-plan")
    return re.sub(
        r"\{\w+(:\w+)?\}", lambda found: str(uuid4()) if "uuid" in found[0] else "1", path
    )


@pytest.mark.parametrize("route", TABLE, ids=lambda route: route.name)
def test_every_route_is_a_page_that_says_who_may_ask(route: Route) -> None:
    assert isinstance(route.endpoint, Page), f"{route.path} is not made by @page."
    assert callable(route.endpoint.allow)


@pytest.mark.parametrize("route", STAFF, ids=lambda route: route.name)
def test_nothing_for_staff_is_open_to_anyone(route: Route) -> None:
    assert route.endpoint.allow is not anyone, f"{route.path} is for staff: name the roles."


@pytest.mark.parametrize("route", TABLE, ids=lambda route: route.name)
def test_addresses_are_kebab_case(route: Route) -> None:
    plain = re.sub(r"\{[^}]*\}", "x", route.path)
    assert re.fullmatch(r"/|(/[a-z0-9]+([-.][a-z0-9]+)*)+", plain), (
        f"{route.path} is not kebab-case."
    )


def answers(browser: TestClient, route: Route) -> dict[str, int]:
    """What each method of an address answers to this browser."""
    return {
        f"{method} {route.path}": browser.request(method, filled(route)).status_code
        for method in sorted(route.methods or ())
    }


def test_a_stranger_is_told_there_is_nothing(
    world: World, client: TestClient, sign_in: Callable[[str], TestClient]
) -> None:
    for browser in (client, sign_in("pat")):
        found = {asked: code for route in STAFF for asked, code in answers(browser, route).items()}
        assert set(found.values()) == {404}, {a: c for a, c in found.items() if c != 404}


@pytest.mark.parametrize("name", ROLES)
def test_a_reader_without_the_role_is_refused(
    name: str, world: World, sign_in: Callable[[str], TestClient]
) -> None:
    browser = sign_in(name)
    beyond = [route for route in STAFF if ROLES[name] not in route.endpoint.allow.roles]
    found = {asked: code for route in beyond for asked, code in answers(browser, route).items()}
    assert set(found.values()) <= {403}, {a: c for a, c in found.items() if c != 403}


def test_only_signing_in_and_out_works_apart_from_a_transaction() -> None:
    apart = {route.name for route in TABLE if route.endpoint.apart}
    assert apart == {"oidc.create", "oidc.callback", "signin.delete"}


def test_the_return_from_a_provider_is_the_only_get_that_may_write() -> None:
    writes = {route.name for route in TABLE if route.endpoint.apart and "GET" in route.methods}
    assert writes == {"oidc.callback"}


def test_every_template_is_reached() -> None:
    folder = paths.root() / "templates"
    words = "\n".join(
        file.read_text()
        for place in (folder, paths.package())
        for file in place.rglob("*")
        if file.suffix in (".html", ".py", ".txt")
    )
    templates = [str(one.relative_to(folder)) for one in folder.rglob("*.*") if one.is_file()]
    unreached = [name for name in templates if f'"{name}"' not in words]
    assert not unreached, f"No page or template names these: {unreached}"
