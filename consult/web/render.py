"""Turning templates into answers: one environment, one way to send a page, a part or a redirect."""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse, RedirectResponse, Response

from consult.consultations import Consultation
from consult.lib import dates, paths, text
from consult.web import languages
from consult.web.page import PageRequest

FLASH = "consult_said"


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The template environment: what is missing is an error, what is text is escaped. One in a process."""
    made = Environment(
        loader=FileSystemLoader(paths.root() / "templates"),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
    )
    made.install_gettext_callables(  # type: ignore[attr-defined]
        languages.gettext, languages.ngettext, newstyle=True
    )
    made.filters.update(
        brief=text.snippet,
        day=languages.day,
        days_left=days_left,
        moment=languages.moment,
        number=number,
        percent=percent,
        safe_html=Markup,
    )
    return made


def days_left(one: Consultation, now: datetime) -> int:
    """How many days there are to take part; 0 on the last."""
    return dates.days_left(one.closes_at, now)


def number(value: int) -> str:
    """1284 → 1,284"""
    return f"{value:,}"


def percent(part: int, whole: int) -> str:
    """A share as people read it; the page says of what. An empty whole has no share."""
    if not whole:
        return "–"
    share = 100 * part / whole
    if 0 < share < 1:
        return "under 1%"
    return f"{share:.0f}%"


def render(
    request: PageRequest,
    template: str,
    *,
    part: str | None = None,
    status: int = 200,
    **context: Any,
) -> Response:
    """A whole page, or only its part when htmx asks for that; one place decides."""
    partial = part is not None and request.headers.get("HX-Request-Type") == "partial"
    name = part if part is not None and partial else template
    html = request.app.state.templates.get_template(name).render(_context(request, context))
    response = HTMLResponse(html, status_code=status, headers={"Vary": "HX-Request-Type, Cookie"})
    if FLASH in request.cookies and not partial:
        response.delete_cookie(FLASH)
    return response


def _context(request: PageRequest, context: Mapping[str, Any]) -> dict[str, Any]:
    state = request.app.state
    flash = unquote(request.cookies.get(FLASH, "")) or None
    return {
        "request": request,
        "site": state.site,
        "asset": state.assets.address,
        "url": lambda name, **params: address(request, name, **params),
        "flash": flash,
        **context,
    }


def address(request: PageRequest, name: str, **params: Any) -> str:
    """The address of a page by name; what the path has no place for becomes the query."""
    path_names = request.app.state.path_names[name]
    path = request.app.url_path_for(
        name, **{key: str(value) for key, value in params.items() if key in path_names}
    )
    query = "&".join(
        f"{quote(key)}={quote(str(value))}"
        for key, value in params.items()
        if key not in path_names and value not in (None, "")
    )
    return f"{path}?{query}" if query else str(path)


def redirect(request: PageRequest, name: str, *, say: str = "", **params: Any) -> Response:
    """Answer what was done by showing where it can be seen, with a sentence that says so."""
    return redirect_to(request, address(request, name, **params), say=say)


def redirect_to(request: PageRequest, target: str, *, say: str = "") -> Response:
    """Like `redirect`, to an address of ours kept in a form; any other leads home."""
    if not is_ours(target):
        target = "/"
    response: Response = RedirectResponse(target, status_code=303)
    if request.headers.get("HX-Request") == "true":
        # htmx would follow a 303 unseen and put the next page into the part it meant to change.
        response = Response(headers={"HX-Redirect": target})
    if say:
        response.set_cookie(FLASH, quote(say), max_age=60, httponly=True, samesite="lax")
    return response


def is_ours(target: str) -> bool:
    """Whether an address is a path of this site and nothing a browser might take for another."""
    parts = urlsplit(target)
    plain = not (parts.scheme or parts.netloc) and "\\" not in target
    return plain and target.startswith("/") and not target.startswith("//")
