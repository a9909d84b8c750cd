"""Every address of the site: one line each, one page each."""

from starlette.routing import Route

from consult.web import signin
from consult.web.api import health
from consult.web.members import home as members_home
from consult.web.office import consultations as office_consultations
from consult.web.office import files as office_files
from consult.web.office import home as office_home
from consult.web.office import imports as office_imports
from consult.web.office import questions as office_questions
from consult.web.office import sources as office_sources
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
    return [*_public(), *_signin(), *_office(), *_members(), *_api()]


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
        at("/office/consultations/{slug}/imports", office_imports.index),
        at("/office/consultations/{slug}/imports/files", office_files.create),
        at("/office/consultations/{slug}/imports/files/new", office_files.new),
        at("/office/consultations/{slug}/imports/files/{id:uuid}", office_files.show),
        at("/office/consultations/{slug}/imports/files/{id:uuid}", office_files.update),
        at("/office/consultations/{slug}/imports/files/{id:uuid}/delete", office_files.delete),
        at("/office/consultations/{slug}/imports/files/{id:uuid}/report.csv", office_files.report),
        at("/office/consultations/{slug}/imports/files/{id:uuid}/start", office_files.start),
        at("/office/consultations/{slug}/imports/sources", office_sources.create),
        at("/office/consultations/{slug}/imports/sources/new", office_sources.new),
        at("/office/consultations/{slug}/imports/sources/preview", office_sources.preview),
        at("/office/consultations/{slug}/imports/sources/{id:uuid}/pause", office_sources.pause),
        at("/office/consultations/{slug}/imports/sources/{id:uuid}/read", office_sources.read),
        at("/office/consultations/{slug}/imports/sources/{id:uuid}/start", office_sources.start),
        at("/office/consultations/{slug}/questions", office_questions.create),
        at("/office/consultations/{slug}/questions/new", office_questions.new),
        at("/office/consultations/{slug}/questions/{id:uuid}", office_questions.update),
        at("/office/consultations/{slug}/questions/{id:uuid}/edit", office_questions.edit),
        at("/office/consultations/{slug}/questions/{id:uuid}/delete", office_questions.delete),
        at("/office/consultations/{slug}/questions/{id:uuid}/move", office_questions.move),
    ]


def _members() -> list[Route]:
    return [
        at("/members", members_home.show),
    ]


def _api() -> list[Route]:
    return [
        at("/healthz", health.show),
    ]
