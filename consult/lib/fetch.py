"""Asks other servers for things, politely and never inside our own network.

Addresses are resolved here, refused if private, and the connection goes to the very address that
was looked at, so that a name cannot point elsewhere a moment later.
"""

import ipaddress
import json
import socket
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import httpx2

AGENT = "Consult/0.1 (+{contact})"
REDIRECTS = 3
ADDRESSES = 3  # of one name, tried one after another while none answers
SAFE_PORTS = {"http": 80, "https": 443}
# Ranges that carry an IPv4 address inside and could hide a private one.
TUNNELS = tuple(
    map(ipaddress.ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32"))
)

Resolve = Callable[[str], list[str]]


class FetchError(Exception):
    """No answer came; the message says why, in words for a person."""


class RefusedError(FetchError):
    """We will not ask this address; trying again changes nothing."""


class NoAnswerError(FetchError):
    """The server did not answer, or not in time; it may later."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said. Header names are in lower case."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", errors="replace")

    def json(self) -> Any:
        """Raises ValueError if it is no whole JSON."""
        return json.loads(self.body)


def resolve(host: str) -> list[str]:
    """Every address of a name, each once."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_public(address: str) -> bool:
    """Whether an address is one of the open internet."""
    ip = ipaddress.ip_address(address.split("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is not None:
            return is_public(str(ip.ipv4_mapped))
        if any(ip in tunnel for tunnel in TUNNELS):
            return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


class PinnedTransport(httpx2.BaseTransport):
    """Connects to an address that has been looked at, under the name that was asked for."""

    def __init__(
        self,
        *,
        allow_private: bool,
        resolve: Resolve = resolve,
        make: Callable[[], httpx2.BaseTransport] = httpx2.HTTPTransport,
    ) -> None:
        self._allow_private, self._resolve, self._make = allow_private, resolve, make
        # One pool for each name: two names at one address must not share a TLS connection.
        self._pools: dict[str, httpx2.BaseTransport] = {}

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        host = request.url.host
        pool = self._pool(host)
        last: httpx2.TransportError | None = None
        for address in self._addresses(host)[:ADDRESSES]:
            try:
                return pool.handle_request(_pinned(request, host, address))
            except (httpx2.ConnectError, httpx2.ConnectTimeout) as error:
                last = error
        raise last or httpx2.ConnectError(f"{host} has no address")

    def _pool(self, host: str) -> httpx2.BaseTransport:
        if host not in self._pools:
            self._pools[host] = self._make()
        return self._pools[host]

    def _addresses(self, host: str) -> list[str]:
        try:
            addresses = self._resolve(host)
        except (OSError, UnicodeError) as error:
            raise httpx2.ConnectError(f"{host} has no address") from error
        if not self._allow_private and not all(map(is_public, addresses)):
            raise RefusedError(
                f"{host} is an address inside a private network, so it is not asked."
            )
        return addresses

    def close(self) -> None:
        for pool in self._pools.values():
            pool.close()


def _pinned(request: httpx2.Request, host: str, address: str) -> httpx2.Request:
    return httpx2.Request(
        request.method,
        request.url.copy_with(host=address.split("%")[0]),
        headers=request.headers,  # holds Host, under the name
        stream=request.stream,
        extensions=request.extensions | {"sni_hostname": host},
    )


class Fetcher:
    """One request at a time, limited in time and size. Close it, or use it in a `with`."""

    def __init__(
        self,
        *,
        contact: str,
        allow_private: bool = False,
        timeout: float = 20.0,
        largest: int = 8_000_000,
        resolve: Resolve = resolve,
        make: Callable[[], httpx2.BaseTransport] = httpx2.HTTPTransport,
    ) -> None:
        self._allow_private, self._timeout, self._largest = allow_private, timeout, largest
        self._turn = threading.Lock()
        self._client = httpx2.Client(
            transport=PinnedTransport(allow_private=allow_private, resolve=resolve, make=make),
            timeout=httpx2.Timeout(timeout, connect=min(timeout, 10.0)),
            headers={"User-Agent": AGENT.format(contact=contact), "Accept-Encoding": "gzip"},
            follow_redirects=False,
            trust_env=False,
        )

    def __enter__(self) -> "Fetcher":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._client.close()

    def get(
        self,
        url: str,
        *,
        params: list[tuple[str, str]] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Raises RefusedError or NoAnswerError; every status is an answer."""
        asked = httpx2.URL(url)
        if params:
            asked = asked.copy_merge_params(tuple(params))
        with self._turn:
            return self._followed(asked, headers or {})

    def _followed(self, url: httpx2.URL, headers: Mapping[str, str]) -> Answer:
        first = url
        for _ in range(REDIRECTS + 1):
            self._refuse(url)
            answer = self._once(url, headers)
            if answer.status not in (301, 302, 303, 307, 308) or "location" not in answer.headers:
                return answer
            url = _moved(first, url, answer.headers["location"])
        raise RefusedError(f"{first.host} sends us round in circles.")

    def _refuse(self, url: httpx2.URL) -> None:
        if url.scheme not in SAFE_PORTS or not url.host:
            raise RefusedError("Only addresses that begin with https:// or http:// are asked.")
        if url.userinfo:
            raise RefusedError("An address may not hold a user name or a password.")
        if url.port is not None and url.port not in SAFE_PORTS.values() and not self._allow_private:
            raise RefusedError(f"Port {url.port} is not asked; only the usual ones are.")

    def _once(self, url: httpx2.URL, headers: Mapping[str, str]) -> Answer:
        deadline = time.monotonic() + self._timeout
        try:
            with self._client.stream("GET", url, headers=dict(headers)) as response:
                body = self._body(response, deadline)
        except httpx2.TimeoutException as error:
            raise _too_slow(url) from error
        except (httpx2.HTTPError, httpx2.StreamError) as error:
            raise NoAnswerError(f"{url.host} could not be reached, or broke off.") from error
        names = {name.lower(): value for name, value in response.headers.items()}
        return Answer(str(url), response.status_code, names, body)

    def _body(self, response: httpx2.Response, deadline: float) -> bytes:
        body = bytearray()
        for chunk in response.iter_bytes():  # as it comes: a set size would wait for a slow server
            body += chunk
            if len(body) > self._largest:
                raise NoAnswerError(f"{response.url.host} sent more than we take in one answer.")
            if time.monotonic() > deadline:
                raise _too_slow(response.url)
        return bytes(body)


def _too_slow(url: httpx2.URL) -> NoAnswerError:
    return NoAnswerError(f"{url.host} took too long to answer.")


def _moved(first: httpx2.URL, here: httpx2.URL, location: str) -> httpx2.URL:
    there = here.join(location)
    if there.host != first.host:
        raise RefusedError(f"{first.host} sends us on to {there.host}. If that is right, enter it.")
    if here.scheme == "https" and there.scheme != "https":
        raise RefusedError(f"{first.host} sends us on to an address that is not encrypted.")
    return there
