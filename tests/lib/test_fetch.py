"""Nothing inside our own network is asked, whatever its name says."""

import http.server
import socket
import threading
import time
from collections.abc import Iterator

import httpx2
import pytest

from consult.lib.fetch import Fetcher, NoAnswerError, RefusedError, is_public


def fetcher(handler=None, *, addresses=("93.184.216.34",), **more) -> Fetcher:
    return Fetcher(
        contact="us@example.org",
        resolve=lambda host: list(addresses),
        make=lambda: httpx2.MockTransport(handler or (lambda request: httpx2.Response(200))),
        **more,
    )


PRIVATE = """
127.0.0.1 10.1.2.3 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 240.0.0.1
255.255.255.255 ::1 :: fe80::1 fe80::1%eth0 fc00::1 ff02::1 ::ffff:127.0.0.1 64:ff9b::7f00:1
2002:7f00:1:: 2001:db8::1
"""


@pytest.mark.parametrize("address", PRIVATE.split())
def test_private_addresses_are_known(address):
    assert is_public(address) is False


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:4700::1111", "::ffff:93.184.216.34"])
def test_public_addresses_are_known(address):
    assert is_public(address) is True


@pytest.mark.parametrize("addresses", [("127.0.0.1",), ("93.184.216.34", "10.0.0.1"), ("::1",)])
def test_a_name_with_any_private_address_is_not_asked(addresses):
    asked = []
    with pytest.raises(RefusedError, match="private network"):
        fetcher(lambda r: asked.append(r), addresses=addresses).get("https://inside.test/")
    assert asked == []


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f.1"])
def test_this_machine_is_not_asked_under_any_name(host):
    with Fetcher(contact="us@example.org") as real, pytest.raises((RefusedError, NoAnswerError)):
        real.get(f"http://{host}/")


@pytest.mark.parametrize(
    "url",
    [
        "ftp://a.test/",
        "file:///etc/passwd",
        "https://me:pw@a.test/",
        "https://a.test:8443/",
        "a.test",
    ],
)
def test_odd_addresses_are_refused(url):
    with pytest.raises(RefusedError):
        fetcher().get(url)


def test_the_connection_goes_to_the_address_that_was_looked_at():
    seen = []
    fetcher(lambda r: seen.append(r) or httpx2.Response(200)).get("https://a.test/x?y=1")
    assert str(seen[0].url) == "https://93.184.216.34/x?y=1"
    assert seen[0].headers["host"] == "a.test"
    assert seen[0].extensions["sni_hostname"] == "a.test"


def test_the_next_address_is_tried_when_one_does_not_answer():
    def handler(request: httpx2.Request) -> httpx2.Response:
        if ":" in request.url.host:
            raise httpx2.ConnectError("no route")
        return httpx2.Response(204)

    both = fetcher(handler, addresses=("2606:4700::1111", "93.184.216.34"))
    assert both.get("https://a.test/").status == 204


def moved(to: str):
    def handler(request: httpx2.Request) -> httpx2.Response:
        if request.url.path == "/here":
            return httpx2.Response(200, text="here")
        return httpx2.Response(302, headers={"Location": to})

    return handler


def test_a_server_may_send_us_on_within_itself():
    answer = fetcher(moved("/here")).get("https://a.test/there")
    assert (answer.text, answer.url) == ("here", "https://a.test/here")


@pytest.mark.parametrize(
    "to",
    [
        "https://b.test/here",
        "http://a.test/here",
        "http://169.254.169.254/",
        "/there",
        "ftp://a.test/",
    ],
)
def test_a_server_may_not_send_us_elsewhere(to):
    with pytest.raises(RefusedError):
        fetcher(moved(to)).get("https://a.test/there")


def test_an_answer_that_does_not_end_is_cut():
    endless = fetcher(lambda r: httpx2.Response(200, content=b"x" * 2_000), largest=1_000)
    with pytest.raises(NoAnswerError, match="more than we take"):
        endless.get("https://a.test/")


class _Slow(http.server.BaseHTTPRequestHandler):
    """Sends a byte now and then, so that no single read is ever late."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        with_patience = threading.Event()
        for _ in range(100):
            try:
                self.wfile.write(b"x")
            except OSError:
                return
            with_patience.wait(0.1)

    def log_message(self, format: str, *args: object) -> None:
        return


@pytest.fixture
def slow_server() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Slow)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    thread.join()
    server.socket.close()


def test_an_answer_that_drips_is_given_up(slow_server):
    patient = Fetcher(contact="us@example.org", allow_private=True, timeout=0.6)
    started = time.monotonic()
    with patient, pytest.raises(NoAnswerError, match="too long"):
        patient.get(slow_server)
    assert time.monotonic() - started < 3


def test_a_closed_door_is_said_plainly():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/"
        real = Fetcher(contact="us@example.org", allow_private=True)
        with real, pytest.raises(NoAnswerError, match="could not be reached"):
            real.get(url)
