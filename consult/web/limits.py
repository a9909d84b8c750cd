"""How often one address may try something: counted under a key that names nobody.

One process counts in memory. Where many serve one PostgreSQL database they count together in it, in an
unlogged table: a crash forgets the counts, and nothing else.
"""

import hashlib
import hmac
import time
from ipaddress import ip_address, ip_network

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from sqlalchemy import Engine, NullPool, create_engine, text

from consult.errors import TooMany
from consult.lib import dates
from consult.web.page import PageRequest

WAIT = (
    "There were too many tries from your connection. Nothing is lost: wait a little and try again."
)


COUNT = text(
    "INSERT INTO rate_count (name, ends_at, n) VALUES (:name, :ends_at, :by) "
    "ON CONFLICT (name, ends_at) DO UPDATE SET n = rate_count.n + excluded.n RETURNING n"
)
FORGET = text("DELETE FROM rate_count WHERE ends_at < :now")


class Limits:
    """What has been tried how often: `for_engine` gives the counters that fit a database."""

    @staticmethod
    def for_engine(engine: Engine) -> "Limits | SharedLimits":
        return SharedLimits(engine) if engine.dialect.name == "postgresql" else Limits()

    def __init__(self) -> None:
        self._window = MovingWindowRateLimiter(MemoryStorage())

    def allows(self, rate: RateLimitItem, what: str, key: str, *, count: bool) -> bool:
        if count:
            return self._window.hit(rate, what, key)
        return self._window.test(rate, what, key)


class SharedLimits:
    """Counters in the database, by fixed windows, in transactions of their own: a page that is refused
    rolls back what it did, but not that it was tried."""

    def __init__(self, engine: Engine) -> None:
        # Not from the pages' pool: a page holds one of its connections while it asks here, and if
        # many did at once each would wait for a connection that another holds.
        self._engine = create_engine(engine.url, poolclass=NullPool)

    def allows(self, rate: RateLimitItem, what: str, key: str, *, count: bool) -> bool:
        length, now = rate.get_expiry(), int(time.time())
        name, ends_at = f"{what}:{key}", (now // length + 1) * length
        with self._engine.begin() as connection:
            given = {"name": name, "ends_at": ends_at, "by": int(count)}
            n: int = connection.execute(COUNT, given).scalar_one()
            if n <= 1:
                connection.execute(FORGET, {"now": now})
        return n <= rate.amount if count else n < rate.amount


def check(request: PageRequest, what: str, rate: str, *, count: bool = True) -> None:
    """Refuse what one address has done too often, such as `check(request, "receipts", "10/minute")`.

    With `count=False` it only looks whether the limit is reached, for pages where only failures count.
    """
    counters: Limits | SharedLimits = request.app.state.limits
    if not counters.allows(parse(rate), what, key(request), count=count):
        raise TooMany(WAIT)


def key(request: PageRequest) -> str:
    """Equal for one address on one day, different the next, and not to be turned back into an address."""
    salt = f"limits:{dates.london(request.at).date().isoformat()}"
    secret: bytes = request.app.state.settings.key
    daily = hmac.new(secret, salt.encode(), hashlib.sha256).digest()
    return hmac.new(daily, _network(address_of(request)).encode(), hashlib.sha256).hexdigest()


def address_of(request: PageRequest) -> str:
    """Where the request came from, as far back as proxies we trust vouch for it."""
    trusted = request.app.state.settings.trusted_proxies
    here = request.client.host if request.client else ""
    passed_on = [one.strip() for one in request.headers.get("x-forwarded-for", "").split(",")]
    while passed_on and _is_trusted(here, trusted):
        here = passed_on.pop() or here
    return here


def _is_trusted(address: str, trusted: str) -> bool:
    try:
        found = ip_address(address)
        return any(found in ip_network(one.strip()) for one in trusted.split(",") if one.strip())
    except ValueError:
        return False


def _network(address: str) -> str:
    """A whole IPv6 /64, because one household has as many addresses as it likes."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    return str(found) if found.version == 4 else str(ip_network((found, 64), strict=False))
