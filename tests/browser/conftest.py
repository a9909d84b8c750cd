"""A site that really runs, with its worker, and browsers that look at it."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from starlette.applications import Starlette

from consult import identity, work
from consult.db import transaction
from tests.conftest import World
from tests.needs import chromium


@dataclass(frozen=True)
class Site:
    """The address of a running site, and the world it holds."""

    address: str
    world: World

    def token(self, name: str) -> str:
        """What a browser holds that is signed in as one of the cast."""
        with transaction(self.world.engine) as db:
            person, at = self.world.person(name), datetime.now(UTC)
            return identity.sign_in(db, person, provider="demo", device="tests", at=at)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_type_launch_args, **chromium.launch_arguments()}


@pytest.fixture
def site(world: World, app: Starlette, settings: Any) -> Iterator[Site]:
    """The world served on a free port, with jobs run as they come."""
    config = uvicorn.Config(app, host="127.0.0.1", port=0, log_level="warning", lifespan="off")
    server = uvicorn.Server(config)
    # Playwright keeps an event loop in this thread, beside which a worker does not start.
    with ThreadPoolExecutor(2) as elsewhere:
        worker = elsewhere.submit(work.embed, settings.url).result()
        served = elsewhere.submit(server.run)
        yield Site(f"http://127.0.0.1:{_port(server)}", world)
        server.should_exit = True
        served.result(10)
        elsewhere.submit(worker.stop).result()


@pytest.fixture
def visit(site: Site, browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens a window: `visit("/office", "olu", width=320, java_script_enabled=False)`."""
    contexts = []

    def open_window(path: str = "/", who: str = "", width: int = 1280, **settings: Any) -> Page:
        context = browser.new_context(
            base_url=site.address, viewport={"width": width, "height": 800}, **settings
        )
        contexts.append(context)
        if who:
            cookie = {"name": "consult", "value": site.token(who), "url": site.address}
            context.add_cookies([cookie])
        view = context.new_page()
        view.goto(path)
        return view

    yield open_window
    for context in contexts:
        context.close()


@pytest.fixture
def no_barriers() -> Callable[[Page], None]:
    """Fails with axe's words where a page keeps somebody out, or scrolls sideways."""

    def check(view: Page) -> None:
        found = Axe().run(view, options={"resultTypes": ["violations"]})
        assert not found.response["violations"], f"{view.url}\n{found.generate_report()}"
        width = view.viewport_size["width"] if view.viewport_size else 0
        assert view.evaluate("document.documentElement.scrollWidth") <= width, view.url

    return check


def _port(server: uvicorn.Server) -> int:
    until = time.monotonic() + 20
    while not server.started:
        assert time.monotonic() < until, "The site did not start within 20 seconds."
        time.sleep(0.02)
    port: int = server.servers[0].sockets[0].getsockname()[1]
    return port
