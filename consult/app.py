"""Puts the parts together: settings, database, templates, routes and middleware → a Starlette app."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

from sqlalchemy import Engine
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route

from consult.settings import Settings
from consult.web import routes
from consult.web.assets import assets
from consult.web.cache import Pages
from consult.web.errors import HANDLERS
from consult.web.languages import Language
from consult.web.limits import Limits
from consult.web.logs import AccessLog
from consult.web.render import environment
from consult.web.security import BodyLimit, CrossSite, SecurityHeaders

FORM_BYTES = 8 * 1024 * 1024

Lifespan = Callable[[Starlette], AbstractAsyncContextManager[None]]


@dataclass(frozen=True)
class Site:
    """What every page says of the site itself."""

    name: str
    contact: str
    demo: bool


def make_app(settings: Settings, engine: Engine, *, lifespan: Lifespan | None = None) -> Starlette:
    """The web application over a database that is already at the present schema."""
    table = [*routes.table(), assets().route()]
    app = Starlette(
        routes=table,
        middleware=_middleware(settings),
        exception_handlers=dict(HANDLERS),
        lifespan=lifespan,
    )
    app.state.settings = settings
    app.state.engine = engine
    app.state.assets = assets()
    app.state.templates = environment()
    app.state.limits = Limits.for_engine(engine)
    app.state.pages = Pages()
    app.state.site = Site(settings.site_name, settings.contact, settings.demo)
    app.state.path_names = {
        route.name: frozenset(route.param_convertors) for route in table if isinstance(route, Route)
    }
    return app


def _middleware(settings: Settings) -> list[Middleware]:
    return [
        Middleware(AccessLog),
        Middleware(SecurityHeaders, secure=settings.secure_cookies),
        Middleware(CrossSite),
        Middleware(BodyLimit, most=FORM_BYTES, uploads=settings.max_upload_mb * 1024 * 1024),
        Middleware(Language),
    ]
