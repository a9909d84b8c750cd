"""What a provider says of itself: its addresses and its keys, asked for seldom and kept a while."""

import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar
from urllib.parse import urlsplit

import httpx2
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from consult.identity.refusals import SignInRefused, Why
from consult.settings import OidcProvider

KEPT_FOR = 3600.0  # seconds; a provider that is down is remembered as it was, for a day
STALE_FOR = 24 * 3600.0
TIMEOUT = httpx2.Timeout(10.0, connect=5.0)
# A list and not "whatever the token says": "none" and the HS family, which a provider's public key
# could be made to sign, are not in it.
ALGORITHMS = [f"{family}{bits}" for family in ("RS", "PS", "ES") for bits in (256, 384, 512)]

T = TypeVar("T")


@lru_cache(maxsize=1)
def tls() -> ssl.SSLContext:
    """Made once: reading the certificates of the system takes longer than asking a provider."""
    return ssl.create_default_context()


@dataclass(frozen=True)
class Provider:
    """A provider as we are set up for it, with the addresses it publishes."""

    config: OidcProvider
    issuer: str
    authorize_at: str
    token_at: str
    keys_at: str
    userinfo_at: str = ""
    end_session_at: str = ""

    @property
    def label(self) -> str:
        return self.config.label


class _Kept:
    """Answers of other servers, by name, with the time they came."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: dict[str, tuple[float, Any]] = {}

    def get(self, name: str, ask: Callable[[], T], *, fresh: bool = False) -> T:
        """The answer kept; asked for anew when it is old, or at once if `fresh`."""
        with self._lock:
            since, known = self._known.get(name, (-STALE_FOR, None))
        age = time.monotonic() - since
        if known is not None and age < KEPT_FOR and not fresh:
            return known  # type: ignore[no-any-return]
        try:
            found = ask()
        except SignInRefused as wrong:
            if known is None or age > STALE_FOR or fresh or wrong.why is not Why.DOWN:
                raise
            return known  # type: ignore[no-any-return]
        with self._lock:
            self._known[name] = (time.monotonic(), found)
        return found


_kept = _Kept()


def discovered(config: OidcProvider) -> Provider:
    """The provider with its addresses. Raises SignInRefused: it is down, or not what we were told."""
    return _kept.get(f"{config.issuer} {config.name}", lambda: _discover(config))


def keys(provider: Provider, *, fresh: bool = False) -> KeySet:
    """The public keys the provider signs with; `fresh` after it signed with one we do not know."""
    return _kept.get(provider.keys_at, lambda: _keys(provider), fresh=fresh)


def ask(provider_label: str, url: str, *, bearer: str = "") -> dict[str, Any]:
    """One JSON object from a provider the operator has named."""
    headers = {"Accept": "application/json"} | (
        {"Authorization": f"Bearer {bearer}"} if bearer else {}
    )
    try:
        with httpx2.Client(timeout=TIMEOUT, trust_env=False, verify=tls()) as client:
            found = client.get(url, headers=headers).raise_for_status().json()
    except (httpx2.HTTPError, httpx2.InvalidURL, ValueError) as wrong:
        raise SignInRefused(Why.DOWN, provider_label) from wrong
    if not isinstance(found, dict):
        raise SignInRefused(Why.MISCONFIGURED, provider_label)
    return found


def _discover(config: OidcProvider) -> Provider:
    said = ask(config.label, f"{config.issuer.rstrip('/')}/.well-known/openid-configuration")
    if str(said.get("issuer", "")).rstrip("/") != config.issuer.rstrip("/"):
        raise SignInRefused(Why.MISCONFIGURED, config.label)
    try:
        return Provider(
            config,
            said["issuer"],
            _address(config, said["authorization_endpoint"]),
            _address(config, said["token_endpoint"]),
            _address(config, said["jwks_uri"]),
            _address(config, said.get("userinfo_endpoint") or ""),
            _address(config, said.get("end_session_endpoint") or ""),
        )
    except KeyError as wrong:
        raise SignInRefused(Why.MISCONFIGURED, config.label) from wrong


def _address(config: OidcProvider, url: object) -> str:
    """An address the provider publishes; an encrypted issuer may not lead to one that is not."""
    if url == "":
        return ""
    scheme = urlsplit(str(url)).scheme
    if scheme not in ("https", urlsplit(config.issuer).scheme):
        raise SignInRefused(Why.MISCONFIGURED, config.label)
    return str(url)


def _keys(provider: Provider) -> KeySet:
    said = ask(provider.label, provider.keys_at)
    try:
        asymmetric = [one for one in said["keys"] if one.get("kty") in ("RSA", "EC")]
        return KeySet.import_key_set({"keys": asymmetric})
    except (JoseError, KeyError, TypeError, AttributeError, ValueError) as wrong:
        raise SignInRefused(Why.MISCONFIGURED, provider.label) from wrong
