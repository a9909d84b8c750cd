"""What every answer carries and every request must pass: headers, the cross-site check, size limits."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
CROSS_SITE = (
    "This was sent from another site, so it was refused and nothing was changed. "
    "Open the page here and send it again."
)
TOO_LARGE = "This is larger than can be taken in one go. Nothing was kept; send less at once."


class SecurityHeaders:
    """A strict policy on every answer: our own scripts and styles, nothing inline, framed by nobody."""

    def __init__(self, app: ASGIApp, *, secure: bool) -> None:
        self.app = app
        self.headers = {
            "Content-Security-Policy": (
                "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
                "frame-ancestors 'none'; form-action 'self'"
            ),
            "Referrer-Policy": "same-origin",
            "X-Content-Type-Options": "nosniff",
            "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
            "Cross-Origin-Opener-Policy": "same-origin",
        }
        if secure:
            self.headers["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, answer if scope["type"] == "http" else send)


class CrossSite:
    """Refuse what another site makes a browser send. Pages need no token, and so can be cached."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not is_same_site(scope["method"], Headers(scope=scope)):
            await PlainTextResponse(CROSS_SITE, status_code=403)(scope, receive, send)
            return
        await self.app(scope, receive, send)


def is_same_site(method: str, headers: Headers) -> bool:
    """Whether a request may change anything: `Sec-Fetch-Site` decides, else `Origin` against `Host`."""
    if method in SAFE:
        return True
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = headers.get("origin")
    if origin is not None:
        return urlsplit(origin).netloc == headers.get("host")
    return True  # neither header: not a browser, so no cookie was lent to it by accident


class BodyLimit:
    """Stop reading a request that is larger than its address may take."""

    def __init__(self, app: ASGIApp, *, most: int, uploads: int) -> None:
        self.app, self.most, self.uploads = app, most, uploads

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        limit = self.uploads if scope["path"].startswith("/office/") else self.most
        declared = Headers(scope=scope).get("content-length", "0")
        if declared.isdecimal() and int(declared) > limit:
            await PlainTextResponse(TOO_LARGE, status_code=413)(scope, receive, send)
            return
        read = 0

        async def counted() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            # A body without a length that runs over is cut as if the sender had gone away.
            return message if read <= limit else {"type": "http.disconnect"}

        await self.app(scope, counted, send)
