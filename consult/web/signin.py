"""Signing in and out, and the list of browsers one is signed in with."""

from starlette.responses import Response

from consult import identity
from consult.errors import NotFound
from consult.identity import Person
from consult.web.allow import anyone, demo_only, signed_in
from consult.web.page import COOKIE, PageRequest, page
from consult.web.render import redirect, redirect_to, render

DAYS_14 = 14 * 24 * 3600


@page(allow=anyone)
def new(request: PageRequest) -> Response:
    """The ways to sign in; in the demo, as each of the cast."""
    demo = request.app.state.settings.demo
    return render(
        request,
        "signin/new.html",
        cast=identity.cast(request.db) if demo else [],
        next=request.query_params.get("next", "/"),
        form=None,
    )


@page(allow=demo_only, methods=["POST"])
def create_as(request: PageRequest) -> Response:
    """One click: be one of the demo's people."""
    person = identity.by_email(request.db, str(request.posted.get("email", "")))
    if person is None:
        raise NotFound("There is nobody of that name in the demo.")
    return enter(request, person, provider="demo", target=str(request.posted.get("next", "/")))


@page(allow=signed_in, methods=["POST"])
def delete(request: PageRequest) -> Response:
    """Sign this browser out."""
    identity.end_token(request.db, request.cookies.get(COOKIE, ""), by=request.me, at=request.at)
    response = redirect(request, "public.home.show", say="You are signed out.")
    response.delete_cookie(COOKIE)
    return response


@page(allow=signed_in)
def index(request: PageRequest) -> Response:
    """The browsers one is signed in with."""
    return render(
        request,
        "signin/index.html",
        sign_ins=identity.sign_ins(request.db, request.me, at=request.at),
        this=identity.hashed(request.cookies.get(COOKIE, "")),
    )


@page(allow=signed_in, methods=["POST"])
def end(request: PageRequest) -> Response:
    """End one of one's own sign-ins."""
    identity.end_sign_in(request.db, request.path_params["id"], by=request.me, at=request.at)
    return redirect(request, "signin.index", say="That browser is signed out.")


def enter(request: PageRequest, person: Person, *, provider: str, target: str) -> Response:
    """Sign this browser in as somebody who has shown who they are, and go on to where they wanted."""
    token = identity.sign_in(
        request.db,
        person,
        provider=provider,
        device=request.headers.get("user-agent", ""),
        at=request.at,
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


def home_of(request: PageRequest, person: Person) -> str:
    """Where a person's work is: the office, the members' side, or the front page."""
    held = frozenset[identity.Role]().union(*identity.memberships(request.db, person).values())
    if held - {identity.Role.MEMBER}:
        return "/office"
    return "/members" if held else "/"
