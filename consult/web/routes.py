"""Every address of the site: one line each, one page each."""

from starlette.routing import Route

from consult.web import signin
from consult.web.api import health
from consult.web.members import home as members_home
from consult.web.office import codings as office_codings
from consult.web.office import consultations as office_consultations
from consult.web.office import contributions as office_contributions
from consult.web.office import exceptions as office_exceptions
from consult.web.office import home as office_home
from consult.web.office import questions as office_questions
from consult.web.office import readings as office_readings
from consult.web.office import suggestions as office_suggestions
from consult.web.office import themes as office_themes
from consult.web.page import Page
from consult.web.public import (
    accessibility,
    consultations,
    decisions,
    guide,
    home,
    privacy,
    receipts,
)


def at(path: str, made: Page) -> Route:
    """A route named after its function: `public.contributions.new` is all three at once."""
    module = made.handler.__module__.removeprefix("consult.web.")
    name = f"{module}.{made.handler.__name__}"
    return Route(path, made, methods=sorted(made.methods), name=name)


def table() -> list[Route]:
    """All routes; what is more particular comes before what is more general."""
    return [*_public(), *_signin(), *_office(), *_synthesis(), *_members(), *_api()]


def _public() -> list[Route]:
    return [
        at("/", home.show),
        at("/how-it-works", guide.show),
        at("/accessibility", accessibility.show),
        at("/privacy", privacy.show),
        at("/consultations", consultations.index),
        at("/receipts", receipts.index),
        at("/decisions", decisions.index),
    ]


def _signin() -> list[Route]:
    return [
        at("/sign-in", signin.new),
        at("/sign-in/as", signin.create_as),
        at("/sign-ins", signin.index),
        at("/sign-ins/{id:uuid}/end", signin.end),
        at("/sign-out", signin.delete),
    ]


def _office() -> list[Route]:
    return [
        at("/office", office_home.show),
        at("/office/consultations", office_consultations.create),
        at("/office/consultations/new", office_consultations.new),
        at("/office/consultations/{slug}", office_consultations.show),
        at("/office/consultations/{slug}", office_consultations.update),
        at("/office/consultations/{slug}/edit", office_consultations.edit),
        at("/office/consultations/{slug}/open", office_consultations.open_),
        at("/office/consultations/{slug}/close", office_consultations.close),
        at("/office/consultations/{slug}/extend", office_consultations.extend),
        at("/office/consultations/{slug}/reopen", office_consultations.reopen),
        at("/office/consultations/{slug}/questions", office_questions.create),
        at("/office/consultations/{slug}/questions/new", office_questions.new),
        at("/office/consultations/{slug}/questions/{id:uuid}", office_questions.update),
        at("/office/consultations/{slug}/questions/{id:uuid}/edit", office_questions.edit),
        at("/office/consultations/{slug}/questions/{id:uuid}/delete", office_questions.delete),
        at("/office/consultations/{slug}/questions/{id:uuid}/move", office_questions.move),
    ]


def _synthesis() -> list[Route]:
    here = "/office/consultations/{slug}"
    one = here + "/themes/suggestions/{id:uuid}"
    return [
        at(f"{here}/contributions", office_contributions.index),
        at(f"{here}/contributions/{{id:uuid}}", office_contributions.show),
        at(f"{here}/contributions/{{id:uuid}}/codings", office_codings.create),
        at(f"{here}/contributions/{{id:uuid}}/read", office_readings.create),
        at(f"{here}/contributions/{{id:uuid}}/unread", office_readings.delete),
        at(f"{here}/codings/{{id:uuid}}/delete", office_codings.delete),
        at(f"{here}/themes", office_themes.index),
        at(f"{here}/themes/new", office_themes.create),
        at(f"{here}/themes/exceptions", office_exceptions.index),
        at(f"{here}/themes/exceptions/{{id:uuid}}/handle", office_exceptions.handle),
        at(f"{here}/themes/suggestions", office_suggestions.index),
        at(f"{here}/themes/suggestions/new", office_suggestions.create),
        at(one, office_suggestions.show),
        at(f"{one}/accept", office_suggestions.accept),
        at(f"{one}/merge", office_suggestions.merge),
        at(f"{one}/refuse", office_suggestions.refuse),
        at(f"{one}/confirm", office_suggestions.confirm),
        at(f"{one}/confirm-all", office_suggestions.confirm_all),
        at(f"{one}/dismiss", office_suggestions.dismiss),
        at(f"{here}/themes/{{id:uuid}}", office_themes.show),
        at(f"{here}/themes/{{id:uuid}}/edit", office_themes.update),
        at(f"{here}/themes/{{id:uuid}}/retire", office_themes.retire),
        at(f"{here}/themes/{{id:uuid}}/restore", office_themes.restore),
    ]


def _members() -> list[Route]:
    return [
        at("/members", members_home.show),
    ]


def _api() -> list[Route]:
    return [
        at("/healthz", health.show),
    ]
