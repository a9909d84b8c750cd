"""How often one address may try something: counted in memory, under a key that names nobody."""

import hashlib
import hmac
from ipaddress import ip_address, ip_network

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from consult.errors import TooMany
from consult.lib import dates
from consult.web.page import PageRequest

WAIT = (
    "There were too many tries from your connection. Nothing is lost: wait a little and try again."
)


class Limits:
    """The counters of one process."""

    def __init__(self) -> None:
        self._window = MovingWindowRateLimiter(MemoryStorage())

    def allows(self, rate: RateLimitItem, what: str, key: str, *, count: bool) -> bool:
        if count:
            return self._window.hit(rate, what, key)
        return self._window.test(rate, what, key)


def check(request: PageRequest, what: str, rate: str, *, count: bool = True) -> None:
    """Refuse what one address has done too often, such as `check(request, "receipts", "10/minute")`.

    With `count=False` it only looks whether the limit is reached, for pages where only failures count.
    """
    counters: Limits = request.app.state.limits
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
