"""An OpenID Connect provider for tests that holds us to the protocol, and can be told to misbehave.

It checks what the other one does not: PKCE, how we show who we are, and where people come back to.
"""

import base64
import hashlib
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, RSAKey
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

CLIENT, SECRET = "consult", "a secret: with + signs & such"

Sign = Callable[[dict[str, Any]], str]


@dataclass
class Second:
    """The provider's state; a test changes it to change what the provider does."""

    issuer: str = ""
    key: ECKey | RSAKey = field(default_factory=lambda: ECKey.generate_key("P-256", auto_kid=True))
    alg: str = "ES256"
    claims: dict[str, Any] = field(default_factory=dict)
    """Of whoever signs in; what the token itself says can be overruled here too."""
    userinfo: dict[str, Any] = field(default_factory=dict)
    metadata: dict[str, Any] = field(default_factory=dict)
    down: set[str] = field(default_factory=set)
    answer: dict[str, str] = field(default_factory=dict)
    """Sent back in place of a code, such as `error`."""
    sign: Sign | None = None
    client_key: ECKey | RSAKey | None = None
    asked: list[str] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def signed(self, claims: dict[str, Any]) -> str:
        header = {"alg": self.alg, "kid": self.key.kid}
        return jwt.encode(header, claims, self.key, algorithms=[self.alg])

    def token_for(self, trip: dict[str, str]) -> str:
        now = int(time.time())
        usual = {
            "iss": self.issuer,
            "sub": "someone",
            "aud": CLIENT,
            "iat": now,
            "exp": now + 120,
            "nonce": trip["nonce"],
        }
        claims = {name: it for name, it in {**usual, **self.claims}.items() if it is not None}
        return (self.sign or self.signed)(claims)


def _discovery(request: Request) -> Response:
    it = request.app.state.it
    return JSONResponse(
        {
            "issuer": it.issuer,
            "authorization_endpoint": f"{it.issuer}/authorize?tenant=1",
            "token_endpoint": f"{it.issuer}/token",
            "jwks_uri": f"{it.issuer}/jwks",
            "userinfo_endpoint": f"{it.issuer}/userinfo",
            "end_session_endpoint": f"{it.issuer}/logout",
            **it.metadata,
        }
    )


def _jwks(request: Request) -> Response:
    return JSONResponse(KeySet([request.app.state.it.key]).as_dict(private=False))


def _authorize(request: Request) -> Response:
    it, asked = request.app.state.it, dict(request.query_params)
    assert asked["response_type"] == "code"
    assert asked["code_challenge_method"] == "S256"
    assert asked["client_id"] == CLIENT
    assert "openid" in asked["scope"].split()
    code = secrets.token_urlsafe(8)
    it.codes[code] = asked
    sent = {"state": asked["state"], **(it.answer or {"code": code, "iss": it.issuer})}
    return RedirectResponse(f"{asked['redirect_uri']}?{urlencode(sent)}", status_code=302)


async def _token(request: Request) -> Response:
    it, form = request.app.state.it, dict(await request.form())
    if not _is_client(it, request, form):
        return JSONResponse({"error": "invalid_client"}, status_code=401)
    trip = it.codes.pop(str(form.get("code")), None)
    digest = hashlib.sha256(str(form.get("code_verifier", "")).encode()).digest()
    challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    if (
        trip is None
        or trip["code_challenge"] != challenge
        or trip["redirect_uri"] != form["redirect_uri"]
    ):
        return JSONResponse({"error": "invalid_grant"}, status_code=400)
    return JSONResponse(
        {
            "access_token": "an access token",
            "token_type": "Bearer",
            "expires_in": 120,
            "id_token": it.token_for(trip),
        }
    )


def _is_client(it: Second, request: Request, form: dict[str, Any]) -> bool:
    if it.client_key:
        token = jwt.decode(form["client_assertion"], it.client_key, algorithms=["ES256", "RS256"])
        return token.claims["sub"] == CLIENT and token.claims["aud"] == f"{it.issuer}/token"
    if "client_secret" in form:
        return (form["client_id"], form["client_secret"]) == (CLIENT, SECRET)
    kind, _, shown = request.headers.get("authorization", "").partition(" ")
    shown_as = base64.b64decode(shown).decode()
    return kind == "Basic" and shown_as in (f"{CLIENT}:{SECRET}", unquote(f"{CLIENT}:{SECRET}"))


def _userinfo(request: Request) -> Response:
    if request.headers.get("authorization") != "Bearer an access token":
        return JSONResponse({"error": "invalid_token"}, status_code=401)
    return JSONResponse(request.app.state.it.userinfo)


class _Down:
    """Answers 503 where the provider is to be down, and remembers what it was asked."""

    def __init__(self, app: ASGIApp, it: Second) -> None:
        self.app, self.it = app, it

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        self.it.asked.append(scope["path"])
        down = scope["path"] in self.it.down
        await (Response("Down", 503) if down else self.app)(scope, receive, send)


@contextmanager
def second() -> Iterator[Second]:
    """The provider, listening on a free port of this machine."""
    it = Second()
    routes = [
        Route("/.well-known/openid-configuration", _discovery),
        Route("/jwks", _jwks),
        Route("/authorize", _authorize),
        Route("/token", _token, methods=["POST"]),
        Route("/userinfo", _userinfo),
    ]
    app = Starlette(routes=routes, middleware=[Middleware(_Down, it=it)])
    app.state.it = it
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="critical", lifespan="off"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    it.issuer = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    yield it
    server.should_exit = True
    thread.join(5)
