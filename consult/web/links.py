"""Signing in by a link sent by e-mail. The link opens a page; its button signs in."""

from limits import parse
from pydantic import BaseModel, Field, field_validator
from starlette.responses import Response

from consult import identity, letters
from consult.errors import TooMany
from consult.secrecy import seal
from consult.web import forms, limits, mail, signin
from consult.web.allow import anyone
from consult.web.languages import gettext as _
from consult.web.page import PageRequest, page
from consult.web.render import address, redirect, render

PRIVATE = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow"}
BY_EMAIL = parse("5/hour")
LOOKS_WRONG = "Enter an e-mail address, such as name@example.org."


class AskedLink(BaseModel):
    """Who asks for a link, and where they wanted to be."""

    email: str = Field(title="your e-mail address", max_length=320)
    next: str = "/"

    @field_validator("email", mode="before")
    @classmethod
    def _is_an_address(cls, email: str) -> str:
        name, at, place = email.strip().rpartition("@")
        if not (name and at and "." in place) or any(one.isspace() for one in email.strip()):
            raise ValueError(LOOKS_WRONG)
        return email.strip()


@page(allow=anyone, methods=["POST"])
def create(request: PageRequest) -> Response:
    """Send a link, if there is an account; the answer does not tell."""
    limits.check(request, "sign-in link", "10/minute")
    form = forms.read(AskedLink, request.posted)
    if form.data is None:
        return signin.ways_in(request, form, form.value("next", "/"), status=422)
    _refuse_a_flood(request, form.data.email)
    token = identity.new_link(
        request.db, form.data.email, next_=signin.ours(form.data.next), at=request.at
    )
    if token:
        _write(request, form.data.email, token)
    return redirect(request, "links.sent")


@page(allow=anyone)
def sent(request: PageRequest) -> Response:
    return render(request, "links/sent.html", sends=bool(request.app.state.settings.smtp_url))


@page(allow=anyone)
def show(request: PageRequest) -> Response:
    """Where the link leads: whom it would sign in, and the button that does."""
    token = request.path_params["token"]
    holder = identity.link_holder(request.db, token, at=request.at)
    status = 200 if holder else 404
    response = render(request, "links/show.html", status=status, holder=holder, token=token)
    response.headers.update(PRIVATE)
    return response


@page(allow=anyone, methods=["POST"])
def use(request: PageRequest) -> Response:
    limits.check(request, "sign-in", "60/minute")
    person, target = identity.use_link(request.db, request.path_params["token"], at=request.at)
    return signin.enter(request, person, provider="link", target=target)


def _write(request: PageRequest, email: str, token: str) -> None:
    state = request.app.state
    base = state.settings.base_url.rstrip("/")
    link = f"{base}{address(request, 'links.show', token=token)}"
    text = mail.rendered("mail/sign_in.txt", site=state.site, link=link)
    letters.write(
        request.db,
        f"sign-in:{identity.hashed(token)}",
        seal().seal(email.lower()),
        _("Your link to sign in to %(site)s") % {"site": state.site.name},
        text,
        at=request.at,
    )


def _refuse_a_flood(request: PageRequest, email: str) -> None:
    """Keep a letter box from being filled, whether or not it belongs to anybody here."""
    counters: limits.Limits = request.app.state.limits
    if not counters.allows(BY_EMAIL, "sign-in link", seal().blind(email), count=True):
        raise TooMany(
            _(
                "Links have been asked for too often with this address. Look for the last one in "
                "your e-mail, also among what was sorted out as spam, or try again in an hour."
            )
        )
