"""Who a request comes from, and how often they may try."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from limits import parse
from sqlalchemy import Engine

from consult.errors import TooMany
from consult.settings import Settings
from consult.web import limits
from consult.web.limits import Limits
from consult.web.page import PageRequest

COUNTERS = Limits()


def _request(host: str, forwarded: str = "", days: int = 0) -> PageRequest:
    settings = Settings(
        secret="long enough for a test of limits", trusted_proxies="10.0.0.0/8, 127.0.0.1"
    )
    state = SimpleNamespace(settings=settings, limits=COUNTERS)
    headers = [(b"x-forwarded-for", forwarded.encode())] if forwarded else []
    app = SimpleNamespace(state=state)
    request = PageRequest({"type": "http", "client": (host, 1), "headers": headers, "app": app})
    request.at = datetime.now(UTC) + timedelta(days=days)
    return request


@pytest.mark.parametrize(
    ("host", "forwarded", "found"),
    [
        ("203.0.113.9", "", "203.0.113.9"),
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),
        ("10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "1.1.1.1, 198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "198.51.100.1, 10.0.0.2", "198.51.100.1"),
        ("10.0.0.1", "", "10.0.0.1"),
    ],
)
def test_an_address_is_believed_only_from_proxies_we_trust(
    host: str, forwarded: str, found: str
) -> None:
    assert limits.address_of(_request(host, forwarded)) == found


def test_a_key_names_nobody_and_changes_every_day() -> None:
    key = limits.key(_request("203.0.113.9"))
    assert key == limits.key(_request("203.0.113.9"))
    assert key != limits.key(_request("203.0.113.10"))
    assert key != limits.key(_request("203.0.113.9", days=1))


def test_a_household_with_many_addresses_is_one() -> None:
    first, second = _request("2001:db8:1:2::1"), _request("2001:db8:1:2:ffff::9")
    assert limits.key(first) == limits.key(second)
    assert limits.key(first) != limits.key(_request("2001:db8:1:3::1"))


def test_too_many_tries_are_refused_and_others_are_not() -> None:
    for _ in range(3):
        limits.check(_request("192.0.2.1"), "doors", "3/minute")
    with pytest.raises(TooMany, match="Nothing is lost"):
        limits.check(_request("192.0.2.1"), "doors", "3/minute")
    limits.check(_request("192.0.2.2"), "doors", "3/minute")
    limits.check(_request("192.0.2.1"), "windows", "3/minute")


def test_looking_does_not_count() -> None:
    for _ in range(5):
        limits.check(_request("192.0.2.3"), "looks", "3/minute", count=False)


def test_processes_on_one_database_count_together(engine: Engine) -> None:
    one, other = Limits.for_engine(engine), Limits.for_engine(engine)
    together = engine.dialect.name == "postgresql"
    rate = parse("3/hour")
    tried = [one.allows(rate, "codes", "somebody", count=True) for _ in range(2)]
    tried += [other.allows(rate, "codes", "somebody", count=True) for _ in range(2)]
    assert tried == [True, True, True, not together]
    assert other.allows(rate, "codes", "somebody else", count=True)
    assert one.allows(rate, "codes", "somebody", count=False) is not together
