"""Every address of the site: one line each, one page each."""

from starlette.routing import Route

from consult.web.api import health
from consult.web.page import Page
from consult.web.public import home


def at(path: str, made: Page) -> Route:
    """A route named after its function: `public.contributions.new` is all three at once."""
    module = made.handler.__module__.removeprefix("consult.web.")
    name = f"{module}.{made.handler.__name__}"
    return Route(path, made, methods=sorted(made.methods), name=name)


def table() -> list[Route]:
    """All routes; what is more particular comes before what is more general."""
    return [*_public(), *_office(), *_members(), *_api()]


def _public() -> list[Route]:
    return [
        at("/", home.index),
    ]


def _office() -> list[Route]:
    return []


def _members() -> list[Route]:
    return []


def _api() -> list[Route]:
    return [
        at("/healthz", health.show),
    ]
