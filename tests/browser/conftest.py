"""A site that really runs, with its worker, and browsers that look at it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from starlette.applications import Starlette

from consult import identity, work
from consult.db import transaction
from tests.conftest import World
from tests.needs import chromium

ROOT = Path(__file__).parents[2]
PATIENCE = 120.0


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


@dataclass
class Demo:
    """A running demo; it can be killed and started again over the same data."""

    data: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        command = [sys.executable, "-m", "consult", "demo", "--port", str(self.port)]
        with (self.data / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [*command, "--data", str(self.data)],
                cwd=ROOT,
                stdout=log,
                stderr=log,
                env={**os.environ, "PYTHONPATH": str(ROOT)},
            )
        self.wait()

    def wait(self) -> None:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            assert self.process is not None
            if self.process.poll() is not None:
                break
            try:
                with urlopen(f"{self.url}/healthz", timeout=5):
                    return
            except (URLError, OSError):
                time.sleep(0.2)
        pytest.fail(f"The demo did not start: {(self.data / 'log').read_text()[-2000:]}")

    def kill(self) -> None:
        """As a power cut would."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """The demo world, seeded, for tests that only look or add to it."""
    made = Demo(tmp_path_factory.mktemp("demo"), free_port())
    made.start()
    yield made
    made.kill()


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture
def browse(browser: Browser, demo: Demo) -> Iterator[Callable[..., Page]]:
    """Open a browser, signed in as one of the cast or not at all: `browse("olu")`."""
    contexts = []

    def opened(who: str = "", *, script: bool = True, width: int = 1280, **more: object) -> Page:
        context = browser.new_context(
            base_url=demo.url,
            java_script_enabled=script,
            viewport={"width": width, "height": 900},
            **more,  # type: ignore[arg-type]
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        if who:
            page.goto("/sign-in")
            page.locator(f"form:has(input[value='{who}@example.org']) button").click()
            page.wait_for_url(lambda url: "/sign-in" not in url)
        return page

    yield opened
    for context in contexts:
        context.close()
