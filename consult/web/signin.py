"""Signing in and out, and the list of browsers one is signed in with."""

from typing import Any

from starlette.responses import Response

from consult import identity
from consult.errors import NotFound
from consult.identity import Person, SignIn, SignInRefused
from consult.secrecy import seal
from consult.settings import OidcProvider, Settings
from consult.web import cast, devices
from consult.web.allow import anyone, demo_only, signed_in
from consult.web.forms import Form
from consult.web.languages import gettext as _
from consult.web.page import COOKIE, PageRequest, page
from consult.web.render import is_ours, redirect, redirect_to, render

DAYS_14 = 14 * 24 * 3600


@page(allow=anyone)
def new(request: PageRequest) -> Response:
    """The ways to sign in; in the demo, as each of the cast."""
    return ways_in(request, Form(), request.query_params.get("next", "/"))


def ways_in(request: PageRequest, form: Form[Any], target: str, status: int = 200) -> Response:
    """The page with every way to sign in, and the form for a link as it was filled in."""
    settings: Settings = request.app.state.settings
    return render(
        request,
        "signin/new.html",
        status=status,
        cast=cast.cards(request.db) if settings.demo else [],
        providers=settings.oidc,
        next=ours(target),
        form=form,
    )


@page(allow=demo_only, methods=["POST"])
def create_as(request: PageRequest) -> Response:
    """One click: be one of the demo's people."""
    person = identity.by_email(request.db, str(request.posted.get("email", "")))
    if person is None:
        raise NotFound("There is nobody of that name in the demo.")
    return enter(request, person, provider="demo", target=str(request.posted.get("next", "/")))


@page(allow=signed_in, methods=["POST"], apart=True)
def delete(request: PageRequest) -> Response:
    """Sign this browser out: here, and at the provider too if it offers that."""
    with request.transaction() as db:
        token = request.cookies.get(COOKIE, "")
        ended = identity.end_token(db, token, by=request.me, at=request.at)
    response = _way_out(request, ended) if ended else None
    if response is None:
        response = redirect(request, "public.home.show", say=_("You are signed out."))
    response.delete_cookie(COOKIE)
    return response


def _way_out(request: PageRequest, ended: SignIn) -> Response | None:
    settings: Settings = request.app.state.settings
    config = configured(request, ended.provider)
    if config is None:
        return None
    try:
        provider = identity.discovered(config)
        hint = seal().open(ended.id_token) if ended.id_token else ""
    except (SignInRefused, ValueError):
        return None  # signed out here it is, whether the provider answers or not
    address = identity.way_out(provider, hint, f"{settings.base_url.rstrip('/')}/")
    if not address:
        return None
    return render(request, "signin/delete.html", provider=config, address=address)


@page(allow=signed_in)
def index(request: PageRequest) -> Response:
    """The browsers one is signed in with."""
    labels = {one.name: one.label for one in request.app.state.settings.oidc}
    return render(
        request,
        "signin/index.html",
        sign_ins=identity.sign_ins(request.db, request.me, at=request.at),
        this=identity.hashed(request.cookies.get(COOKIE, "")),
        device=devices.named,
        labels={"demo": _("One click, in the demo"), "link": _("A link by e-mail")} | labels,
    )


@page(allow=signed_in, methods=["POST"])
def end(request: PageRequest) -> Response:
    """End one of one's own sign-ins."""
    identity.end_sign_in(request.db, request.path_params["id"], by=request.me, at=request.at)
    return redirect(request, "signin.index", say=_("That browser is signed out."))


def enter(
    request: PageRequest, person: Person, *, provider: str, target: str, id_token: str = ""
) -> Response:
    """Sign this browser in as somebody who has shown who they are, and go on to where they wanted.

    Whoever was signed in with it before is signed out. `id_token` is kept sealed, for signing out.
    """
    if request.person:
        old = request.cookies.get(COOKIE, "")
        identity.end_token(request.db, old, by=request.person, at=request.at)
    token = identity.sign_in(
        request.db,
        person,
        provider=provider,
        device=request.headers.get("user-agent", ""),
        at=request.at,
        id_token=seal().seal(id_token) if id_token else "",
    )
    if target in ("", "/"):
        target = home_of(request, person)
    response = redirect_to(request, target)
    response.set_cookie(
        COOKIE,
        token,
        max_age=DAYS_14,
        httponly=True,
        samesite="lax",
        secure=request.app.state.settings.secure_cookies,
    )
    return response


def configured(request: PageRequest, name: str) -> OidcProvider | None:
    """The provider of this name, if the settings have one."""
    settings: Settings = request.app.state.settings
    return next((one for one in settings.oidc if one.name == name), None)


def ours(target: str) -> str:
    """Where somebody wanted to be, if it is a path of this site, and of a length worth keeping."""
    return target if is_ours(target) and len(target) <= 500 else "/"


def home_of(request: PageRequest, person: Person) -> str:
    """Where a person's work is: the office, the members' side, or the front page."""
    held = frozenset[identity.Role]().union(*identity.memberships(request.db, person).values())
    if held - {identity.Role.MEMBER}:
        return "/office"
    return "/members" if held else "/"
