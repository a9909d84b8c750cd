"""Servers that answer from recordings, for those that cannot be run here."""

import json
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import httpx2

from consult.lib.fetch import Fetcher

RECORDED = Path(__file__).parent / "recorded"
Handler = Callable[[httpx2.Request], httpx2.Response]
SHAPES = ["gotosocial_0.20.0rc1", "takahe_0.11", "mastodon_mock_0.6.1"]


def recorded(server: str, name: str) -> dict[str, Any]:
    exchange: dict[str, Any] = json.loads((RECORDED / f"{server}__{name}.json").read_text())
    return exchange


def answer_of(exchange: dict[str, Any]) -> httpx2.Response:
    body = exchange["body"]
    content = body if isinstance(body, str) else json.dumps(body)
    return httpx2.Response(exchange["status"], headers=exchange["headers"], content=content)


def replay(server: str, name: str) -> Handler:
    return lambda request: answer_of(recorded(server, name))


def fetcher(handler: Handler) -> Fetcher:
    """Our own client, with a recording where the network would be."""
    return Fetcher(
        contact="us@example.org",
        allow_private=True,
        resolve=lambda host: ["127.0.0.1"],
        make=lambda: httpx2.MockTransport(handler),
    )


class Timeline:
    """A hashtag of many posts in a recorded server's shape and with its kind of ids."""

    def __init__(self, server: str, count: int) -> None:
        self._pattern = recorded(server, "tag_page")["body"][0]
        self.page = 10
        self.posts: list[dict[str, Any]] = []
        self.asked: list[httpx2.Request] = []
        for _ in range(count):
            self.add()

    def add(self) -> dict[str, Any]:
        post = deepcopy(self._pattern)
        at = len(self.posts)
        post["id"] = post["id"][:-4] + f"{at:04d}"
        post["uri"] = post["url"] = f"https://social.test/posts/{post['id']}"
        self.posts.insert(0, post)
        return post

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        self.asked.append(request)
        asked = request.url.params
        found = self.posts
        if "max_id" in asked:
            found = [p for p in found if p["id"] < asked["max_id"]]
        if "min_id" in asked:
            found = [p for p in found if p["id"] > asked["min_id"]][-self.page :]
        found = found[: self.page]
        return httpx2.Response(200, json=found, headers=self._links(request, found))

    def _links(self, request: httpx2.Request, found: list[dict[str, Any]]) -> dict[str, str]:
        if not found:
            return {}
        base = f"http://elsewhere.test{request.url.path}?limit=10"
        older, newer = f"{base}&max_id={found[-1]['id']}", f"{base}&min_id={found[0]['id']}"
        return {"Link": f'<{older}>; rel="next", <{newer}>; rel="prev"'}
