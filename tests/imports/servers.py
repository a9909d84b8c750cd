"""A Mastodon-shaped server of its own process, and what people do on it."""

import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx2

ADA, GRACE = "ada_token", "grace_token"


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


class MastodonServer:
    """mastodon_mock on a free port, with its demo people and nothing on disk."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._log = (folder / "mastodon_mock.log").open("wb")
        self._client = httpx2.Client(base_url=self.url, timeout=30, trust_env=False)
        command = [sys.executable, "-W", "ignore", "-m", "mastodon_mock", "serve", "--demo"]
        command += ["--in-memory", "--host", "127.0.0.1", "--port", str(self.port)]
        self._process = subprocess.Popen(
            [*command, "--log-level", "warning"],
            cwd=folder,
            stdout=self._log,
            stderr=subprocess.STDOUT,
            env={**os.environ, "PYTHONWARNINGS": "ignore"},
        )

    def wait(self) -> "MastodonServer":
        for _ in range(300):
            if self._process.poll() is not None:
                raise RuntimeError(f"mastodon_mock stopped; see {self._log.name}")
            try:
                self._client.get("/api/v2/instance").raise_for_status()
            except httpx2.TransportError:
                time.sleep(0.1)
            else:
                return self
        raise RuntimeError(f"mastodon_mock did not start in 30 seconds; see {self._log.name}")

    def stop(self) -> None:
        self._client.close()
        self._process.kill()  # a request that was told to hang would keep it alive
        self._process.wait(timeout=10)
        self._log.close()

    def post(self, text: str, *, by: str = ADA, **more: Any) -> dict[str, Any]:
        return self._call("POST", "/api/v1/statuses", by, {"status": text, **more})

    def edit(self, status: str, text: str, *, by: str = ADA) -> None:
        self._call("PUT", f"/api/v1/statuses/{status}", by, {"status": text})

    def picture(self, alt: str, *, by: str = ADA) -> str:
        answer = self._client.post(
            "/api/v2/media",
            headers={"Authorization": f"Bearer {by}"},
            files={"file": ("sign.png", PIXEL, "image/png")},
            data={"description": alt},
        )
        answer.raise_for_status()
        return str(answer.json()["id"])

    def describe(self, note: str, *, by: str) -> None:
        self._client.patch(
            "/api/v1/accounts/update_credentials",
            headers={"Authorization": f"Bearer {by}"},
            data={"note": note},
        ).raise_for_status()

    def fail(self, effect: dict[str, Any], *, count: int = 1) -> None:
        """Break the next readings of hashtags."""
        match = {"path": "/api/v1/timelines/tag/*"}
        rule = {"match": match, "effect": effect, "count": count}
        self._client.post("/api/v1/_mock/faults", json=rule).raise_for_status()

    def mend(self) -> None:
        self._client.delete("/api/v1/_mock/faults").raise_for_status()

    def _call(self, method: str, path: str, by: str, body: dict[str, Any]) -> dict[str, Any]:
        answer = self._client.request(
            method,
            path,
            content=json.dumps(body),
            headers={"Authorization": f"Bearer {by}", "Content-Type": "application/json"},
        )
        answer.raise_for_status()
        found: dict[str, Any] = answer.json()
        return found


# The smallest whole PNG: one transparent point.
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
)
