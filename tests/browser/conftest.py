"""The product itself, started as a newcomer starts it, and browsers that look at it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from tests.needs.chromium import launch_arguments

ROOT = Path(__file__).parents[2]
PATIENCE = 120.0


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


@pytest.fixture(scope="session")
def chromium_browser() -> Iterator[Browser]:
    playwright: Playwright
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_arguments())
        yield browser
        browser.close()


@pytest.fixture
def browse(chromium_browser: Browser, demo: Demo) -> Iterator[Callable[..., Page]]:
    """Open a browser, signed in as one of the cast or not at all: `browse("olu")`."""
    contexts = []

    def opened(who: str = "", *, script: bool = True, width: int = 1280, **more: object) -> Page:
        context = chromium_browser.new_context(
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
