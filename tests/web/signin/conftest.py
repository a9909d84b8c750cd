"""Two providers: a real one from PyPI, and a stricter one of ours; and somebody who goes there."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from typing import Any

import httpx2
import pytest
from starlette.testclient import TestClient

from consult import settings as settings_module
from consult.identity import providers
from consult.settings import OidcProvider, Settings
from tests.web.signin.provider import CLIENT, SECRET, Second, second

web = httpx2.Client(trust_env=False, timeout=10)
REFRESH = re.compile(r'http-equiv="refresh" content="0; url=([^"]+)"')


@contextmanager
def mock(*options: str) -> Iterator[str]:
    """oidc-provider-mock as a process of its own; gives its issuer."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = trial.getsockname()[1]
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port)]
    quiet = subprocess.DEVNULL
    server = subprocess.Popen([*command, *options], stdout=quiet, stderr=quiet, env=os.environ)
    issuer = f"http://127.0.0.1:{port}"
    try:
        _wait(issuer, server)
        yield issuer
    finally:
        server.terminate()
        server.wait(10)


def _wait(issuer: str, server: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        assert server.poll() is None, "oidc-provider-mock does not start: is it installed?"
        try:
            web.get(issuer)
        except httpx2.TransportError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("oidc-provider-mock did not answer within 30 seconds.")


@pytest.fixture(scope="session")
def real() -> Iterator[str]:
    with mock() as issuer:
        yield issuer


@pytest.fixture(scope="session")
def past() -> Iterator[str]:
    """One whose tokens have run out an hour before it gives them."""
    with mock("--token-max-age=-3600") as issuer:
        yield issuer


@pytest.fixture
def strict() -> Iterator[Second]:
    with second() as it:
        it.claims = {"email": "olu@example.org", "email_verified": True, "name": "Olu"}
        yield it


@pytest.fixture(autouse=True)
def _nothing_known_of_providers() -> None:
    providers._kept._known.clear()


def provider(name: str, issuer: str, **more: Any) -> OidcProvider:
    given = {"client_id": CLIENT, "client_secret": SECRET, "label": f"{name.title()} account"}
    return OidcProvider(name=name, issuer=issuer, **{**given, **more})


@pytest.fixture
def settings(settings: Settings, real: str, past: str, strict: Second) -> Settings:
    """An installation with several providers."""
    roles = {"policy": "harrowdale:official, harrowdale:analyst", "boss": "harrowdale:owner"}
    made = settings.model_copy(
        update={
            "oidc": [
                provider("real", real, roles_claim="groups", roles=roles),
                provider("past", past),
                provider(
                    "strict",
                    strict.issuer,
                    auth_method="client_secret_post",
                    roles_claim="",
                ),
            ]
        }
    )
    settings_module.adopt(made)
    return made


@pytest.fixture
def change(app: Any) -> Callable[..., None]:
    """Change the settings of one provider: `change("strict", trust_email=True)`."""

    def to(name: str, **update: Any) -> None:
        have = app.state.settings
        oidc = [one.model_copy(update=update) if one.name == name else one for one in have.oidc]
        app.state.settings = have.model_copy(update={"oidc": oidc})

    return to


@dataclass
class Traveller:
    """A person with a browser who signs in at providers."""

    browser: TestClient

    def set_out(self, name: str, next_: str = "/") -> str:
        """Press the button; returns the address at the provider."""
        page = self.browser.post(f"/sign-in/{name}", data={"next": next_})
        assert page.status_code == 200, page.text
        found = REFRESH.search(page.text)
        assert found
        return unescape(found[1])

    def at_provider(self, there: str, sub: str = "", **form: str) -> str:
        """Do there what one does; returns the address back here."""
        posted = bool(sub or form)
        answer = web.post(there, data={"sub": sub, **form}) if posted else web.get(there)
        assert answer.status_code in (302, 303), answer.text
        back = answer.headers["location"]
        assert back.startswith("http://testserver/sign-in/")
        return str(back.removeprefix("http://testserver"))

    def sign_in(self, name: str, sub: str = "", next_: str = "/", **form: str) -> Any:
        """There and back; returns what the browser then shows."""
        return self.browser.get(self.at_provider(self.set_out(name, next_), sub, **form))


@pytest.fixture
def traveller(client: TestClient, world: Any) -> Traveller:
    return Traveller(client)


@pytest.fixture
def knows(real: str) -> Callable[..., None]:
    """Tell the real provider of somebody: `knows("olu", email=…, email_verified=True)`."""

    def tell(sub: str, **claims: Any) -> None:
        web.put(f"{real}/users/{sub}", json=claims).raise_for_status()

    return tell
