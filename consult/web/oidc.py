"""Signing in at an OpenID Connect provider: the way there, and the way back."""

from starlette.responses import Response

from consult import audit, identity
from consult.audit import Action
from consult.errors import NotFound
from consult.identity import SignInRefused, Why
from consult.lib import codes
from consult.settings import OidcProvider
from consult.web import limits, signin
from consult.web.allow import NOTHING, anyone
from consult.web.page import PageRequest, page
from consult.web.render import address, render

BROWSER = "consult_trip"
MINUTES_10 = 600
RATE = "60/minute"

# What a provider may send back in place of a code (RFC 6749 §4.1.2.1, OpenID Connect Core §3.1.2.6).
ERRORS = {
    "access_denied": Why.CANCELLED,
    "consent_required": Why.CANCELLED,
    "interaction_required": Why.CANCELLED,
    "login_required": Why.CANCELLED,
    "server_error": Why.DOWN,
    "temporarily_unavailable": Why.DOWN,
    "invalid_request": Why.MISCONFIGURED,
    "invalid_scope": Why.MISCONFIGURED,
    "unauthorized_client": Why.MISCONFIGURED,
    "unsupported_response_type": Why.MISCONFIGURED,
}


@page(allow=anyone, methods=["POST"], apart=True)
def create(request: PageRequest) -> Response:
    """Begin a sign-in, and answer with a page that goes on to the provider by itself.

    A redirect would be judged by our `form-action` at every step it takes over there, and providers
    send browsers on to addresses nobody can list. Opening a page is a new step, of no form.
    """
    limits.check(request, "sign-in", RATE)
    config = _provider(request)
    browser = request.cookies.get(BROWSER) or codes.new_token()
    target = signin.ours(str(request.posted.get("next", "/")))
    try:
        provider = identity.discovered(config)
    except SignInRefused as wrong:
        return _refused(request, config, wrong, target)
    with request.transaction() as db:
        trip = identity.begin_trip(db, config, browser=browser, next_=target, at=request.at)
    there = identity.way_to(
        provider, _back(request), state=trip.state, nonce=trip.nonce, verifier=trip.verifier
    )
    response = render(request, "oidc/create.html", provider=config, address=there)
    _remember(request, response, browser)
    return response


@page(allow=anyone, apart=True)
def callback(request: PageRequest) -> Response:
    """Back from the provider: signed in, or told why not. Either way the trip is used up."""
    limits.check(request, "sign-in", RATE)
    config = _provider(request)
    target = "/"
    try:
        if "state" not in request.query_params:
            _code(request, config)  # some forget it when they say no, which signs nobody in
        with request.transaction() as db:
            trip = identity.end_trip(
                db,
                config,
                state=request.query_params.get("state", ""),
                browser=request.cookies.get(BROWSER, ""),
                at=request.at,
            )
        target = trip.next
        return _arrived(request, config, trip)
    except SignInRefused as wrong:
        return _refused(request, config, wrong, target)


def _arrived(request: PageRequest, config: OidcProvider, trip: identity.Trip) -> Response:
    provider = identity.discovered(config)
    if request.query_params.get("iss", provider.issuer) != provider.issuer:
        raise SignInRefused(Why.FORGED, config.label)  # RFC 9207: another provider answers
    tokens = identity.exchange(
        provider, _back(request), code=_code(request, config), verifier=trip.verifier
    )
    claimed = identity.believed(provider, tokens, nonce=trip.nonce, at=request.at)
    with request.transaction() as db:
        person = identity.arrive(db, claimed, config.label, at=request.at)
        return signin.enter(
            request,
            person,
            provider=config.name,
            target=trip.next,
            id_token=str(tokens["id_token"]),
        )


def _code(request: PageRequest, config: OidcProvider) -> str:
    """The code that was sent back; raises SignInRefused for the reason sent in its place."""
    said = request.query_params
    if not said.get("code"):
        why = ERRORS.get(said.get("error", ""), Why.NOT_CONFIRMED)
        raise SignInRefused(why, config.label)
    return said["code"]


def _refused(
    request: PageRequest, config: OidcProvider, wrong: SignInRefused, target: str
) -> Response:
    """Say why, and write down that it happened, of whom we know nothing to write down."""
    with request.transaction() as db:
        audit.record(
            db, Action.SIGN_IN_REFUSED, at=request.at, provider=config.name, why=wrong.why.value
        )
    return render(
        request,
        "oidc/refused.html",
        status=wrong.status,
        provider=config,
        message=wrong.message,
        why=wrong.why,
        next=target,
    )


def _provider(request: PageRequest) -> OidcProvider:
    config = signin.configured(request, request.path_params["provider"])
    if config is None:
        raise NotFound(NOTHING)
    return config


def _back(request: PageRequest) -> str:
    base = str(request.app.state.settings.base_url).rstrip("/")
    name = request.path_params["provider"]
    return f"{base}{address(request, 'oidc.callback', provider=name)}"


def _remember(request: PageRequest, response: Response, browser: str) -> None:
    response.set_cookie(
        BROWSER,
        browser,
        max_age=MINUTES_10,
        path="/sign-in",
        httponly=True,
        samesite="lax",
        secure=request.app.state.settings.secure_cookies,
    )
