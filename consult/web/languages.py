"""English and Welsh: which one a request gets, and the messages of each."""

import gettext as std
from contextvars import ContextVar
from datetime import date, datetime
from functools import lru_cache
from http.cookies import SimpleCookie
from io import BytesIO
from urllib.parse import parse_qs

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from consult.lib import dates, paths

LANGUAGES = ("en", "cy")
COOKIE = "consult_language"

spoken: ContextVar[str] = ContextVar("spoken", default="en")


@lru_cache(maxsize=4)
def catalogue(language: str) -> std.NullTranslations:
    """The messages of a language, compiled from its .po file when first asked for."""
    file = paths.package() / "locale" / language / "LC_MESSAGES" / "consult.po"
    if not file.exists():
        return std.NullTranslations()
    compiled = BytesIO()
    with file.open("rb") as source:
        write_mo(compiled, read_po(source, locale=language))
    compiled.seek(0)
    return std.GNUTranslations(compiled)


def gettext(message: str) -> str:
    """The message in the language of the request."""
    return catalogue(spoken.get()).gettext(message)


def ngettext(one: str, many: str, n: int) -> str:
    """The message that fits a number."""
    return catalogue(spoken.get()).ngettext(one, many, n)


def day(when: date) -> str:
    """A day as the language of the request writes it."""
    return dates.day(when, spoken.get())


def moment(when: datetime) -> str:
    """A day and hour as the language of the request writes them."""
    return dates.moment(when, spoken.get())


class Language:
    """Middleware: `?lang=` wins and is remembered, then the cookie, then what the browser prefers."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        asked = parse_qs(scope["query_string"].decode("latin-1")).get("lang", [""])[0]
        language = asked if asked in LANGUAGES else _preferred(Headers(scope=scope))
        scope["language"] = language
        mark = spoken.set(language)

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start" and asked == language:
                cookie = f"{COOKIE}={language}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly"
                MutableHeaders(scope=message).append("Set-Cookie", cookie)
            await send(message)

        try:
            await self.app(scope, receive, answer)
        finally:
            spoken.reset(mark)


def _preferred(headers: Headers) -> str:
    cookie = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    if cookie and cookie.value in LANGUAGES:
        return cookie.value
    first = headers.get("accept-language", "en")[:2].lower()
    return first if first in LANGUAGES else "en"
