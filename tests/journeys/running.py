"""The product as processes of its own, to be killed at any moment, and citizens who go on regardless."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread

import pytest
from httpx2 import Client, HTTPError, Response

ROOT = Path(__file__).parents[2]
ALONE = {"Sec-Fetch-Site": "same-origin", "Connection": "close"}
SUBMISSION = re.compile(r'name="submission" value="([0-9a-f]{32})"')
PATIENCE = 150.0


@dataclass
class Site:
    """A site over one data folder: each command is a process, and all die together."""

    data: Path
    commands: list[list[str]]
    environment: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=lambda: free_port())
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> "Site":
        with (self.data / "log").open("ab") as log:
            for command in self.commands:
                given = [one.format(port=self.port, data=self.data) for one in command]
                made = subprocess.Popen(
                    [sys.executable, "-m", "consult", *given],
                    cwd=ROOT,
                    env={**os.environ, "PYTHONPATH": str(ROOT), **self.environment},
                    stdout=log,
                    stderr=log,
                )
                self.running.append(made)
        until(self.answers)
        return self

    def answers(self) -> bool:
        assert all(one.poll() is None for one in self.running), self.said()
        try:
            with self.client() as asks:
                return asks.get("/healthz").status_code == 200
        except HTTPError:
            return False

    def kill(self) -> None:
        """As a power cut would."""
        for one in self.running:
            one.kill()
        for one in self.running:
            one.wait()
        self.running.clear()

    def said(self) -> str:
        return (self.data / "log").read_text()[-2000:]

    def client(self) -> Client:
        return Client(base_url=self.url, headers=ALONE, timeout=30)

    @contextmanager
    def signed_in(self, who: str) -> Iterator[Client]:
        """As one of the cast, by one click in the demo."""
        with self.client() as made:
            answer = made.post("/sign-in/as", data={"email": f"{who}@example.org"})
            assert answer.status_code == 303, answer.text
            yield made


@dataclass
class Citizen:
    """Contributes again and again, and notes every receipt. After a broken line the same form is sent again."""

    site: Site
    slug: str
    name: str
    receipts: dict[str, str] = field(default_factory=dict)
    stopped: Event = field(default_factory=Event)
    thread: Thread = field(init=False)
    broken: int = 0

    def start(self) -> "Citizen":
        self.thread = Thread(target=self._go_on, daemon=True)
        self.thread.start()
        return self

    def stop(self) -> None:
        """Once what is being sent has been acknowledged."""
        self.stopped.set()
        self.thread.join(PATIENCE)
        assert not self.thread.is_alive(), self.site.said()

    def _go_on(self) -> None:
        while not self.stopped.is_set():
            self._take_part(len(self.receipts))

    def _take_part(self, number: int) -> None:
        here = f"/consultations/{self.slug}/respond"
        with self.site.client() as asks:
            self._surely(lambda: asks.post(here))
            words = f"{self.name} has said {number} things."
            self._surely(lambda: asks.post(f"{here}/1", data={"q1": words}))
            self._surely(lambda: asks.post(f"{here}/about", data={"consent": "no_name"}))
            found = SUBMISSION.search(self._surely(lambda: asks.get(f"{here}/check")).text)
            assert found
            form = {"submission": found[1]}
            sent = self._surely(lambda: asks.post(f"{here}/check", data=form))
            self.receipts[found[1]] = sent.headers["location"]

    def _surely(self, ask: Callable[[], Response]) -> Response:
        """Try until there is an answer, as somebody does who reloads the page."""
        while True:
            try:
                answer = ask()
            except HTTPError:
                self.broken += 1
                time.sleep(0.2)
            else:
                assert answer.status_code in (200, 303), answer.text
                return answer


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def until(condition: Callable[[], bool], patience: float = PATIENCE) -> None:
    end = time.monotonic() + patience
    while not condition():
        if time.monotonic() > end:
            pytest.fail("It did not come to that in time.")
        time.sleep(0.1)
