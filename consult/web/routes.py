"""Every address of the site: one line each, one page each."""

from starlette.routing import Route

from consult.web import links, oidc, signin
from consult.web.api import feeds, health
from consult.web.members import hearings as members_hearings
from consult.web.members import home as members_home
from consult.web.members import joins as members_joins
from consult.web.members import puts as members_puts
from consult.web.members import questions as members_questions
from consult.web.office import bases, ledger, outbox, publications, quotations
from consult.web.office import cases as office_cases
from consult.web.office import clearances as office_clearances
from consult.web.office import codings as office_codings
from consult.web.office import consultations as office_consultations
from consult.web.office import contributions as office_contributions
from consult.web.office import decisions as office_decisions
from consult.web.office import exceptions as office_exceptions
from consult.web.office import home as office_home
from consult.web.office import originals as office_originals
from consult.web.office import questions as office_questions
from consult.web.office import queue as office_queue
from consult.web.office import readings as office_readings
from consult.web.office import rulings as office_rulings
from consult.web.office import suggestions as office_suggestions
from consult.web.office import themes as office_themes
from consult.web.page import Page
from consult.web.public import (
    accessibility,
    accounts,
    answers,
    authors,
    checks,
    consultations,
    contributions,
    decisions,
    drafts,
    guide,
    home,
    outcomes,
    posts,
    privacy,
    proofs,
    receipts,
    reports,
    responses,
    standards,
    supports,
    withdrawals,
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
        at("/what-we-do-not-publish", standards.show),
        at("/consultations", consultations.index),
        at("/consultations/{slug}", consultations.show),
        at("/consultations/{slug}/answers", answers.index),
        at("/consultations/{slug}/posts", posts.index),
        at("/consultations/{slug}/respond", contributions.new),
        at("/consultations/{slug}/respond", drafts.create),
        at("/consultations/{slug}/respond/about", authors.edit),
        at("/consultations/{slug}/respond/about", authors.update),
        at("/consultations/{slug}/respond/check", checks.show),
        at("/consultations/{slug}/respond/check", contributions.create),
        at("/consultations/{slug}/respond/forget", drafts.delete),
        at("/consultations/{slug}/respond/{step}", drafts.edit),
        at("/consultations/{slug}/respond/{step}", drafts.update),
        at("/consultations/{slug}/responses", responses.index),
        at("/consultations/{slug}/responses/{id}", responses.show),
        at("/consultations/{slug}/responses/{id}/report", reports.new),
        at("/consultations/{slug}/responses/{id}/report", reports.create),
        at("/consultations/{slug}/responses/{id}/support", supports.create),
        at("/consultations/{slug}/responses/{id}/support/withdraw", supports.delete),
        at("/receipts", receipts.index),
        at("/receipts/{code}/proof.json", proofs.show),
        at("/receipts", receipts.find),
        at("/receipts/{code}", receipts.show),
        at("/receipts/{code}/withdraw", withdrawals.new),
        at("/receipts/{code}/withdraw", withdrawals.create),
        at("/decisions", decisions.index),
        at("/check-proof.py", accounts.checker),
        at("/consultations/{slug}/outcome", outcomes.show),
        at("/consultations/{slug}/outcome/{number}", outcomes.version),
        at("/consultations/{slug}/account", accounts.show),
        at("/consultations/{slug}/account.csv", accounts.download),
        at("/consultations/{slug}/account.json", accounts.document),
    ]


def _signin() -> list[Route]:
    return [
        at("/sign-in", signin.new),
        at("/sign-in/as", signin.create_as),
        at("/sign-in/link", links.create),
        at("/sign-in/link/sent", links.sent),
        at("/sign-in/link/{token}", links.show),
        at("/sign-in/link/{token}", links.use),
        at("/sign-in/{provider}", oidc.create),
        at("/sign-in/{provider}/callback", oidc.callback),
        at("/sign-ins", signin.index),
        at("/sign-ins/{id:uuid}/end", signin.end),
        at("/sign-out", signin.delete),
    ]


def _office() -> list[Route]:
    return [
        at("/office", office_home.show),
        at("/office/outbox", outbox.index),
        at("/office/outbox/{id}", outbox.update),
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
        *_deciding("/office/consultations/{slug}"),
    ]


def _deciding(here: str) -> list[Route]:
    one = f"{here}/decisions/{{id}}"
    return [
        at(f"{here}/decisions", office_decisions.index),
        at(f"{here}/decisions/new", office_decisions.new),
        at(f"{here}/decisions/create", office_decisions.create),
        at(one, office_decisions.show),
        at(f"{one}/edit", office_decisions.edit),
        at(f"{one}/update", office_decisions.update),
        at(f"{one}/move", office_decisions.move),
        at(f"{one}/remove", office_decisions.delete),
        at(f"{one}/bases/new", bases.new),
        at(f"{one}/bases", bases.create),
        at(f"{one}/bases/remove", bases.delete),
        at(f"{one}/quotations/new", quotations.new),
        at(f"{one}/quotations", quotations.create),
        at(f"{here}/quotations/{{quotation}}/remove", quotations.delete),
        at(f"{here}/ledger", ledger.show),
        at(f"{here}/ledger/outcomes", ledger.create),
        at(f"{here}/ledger/outcomes/undo", ledger.delete),
        at(f"{here}/ledger/{{kind}}", ledger.given),
        at(f"{here}/publications", publications.index),
        at(f"{here}/publications/make", publications.create),
        at(f"{here}/publications/{{number}}", publications.show),
        at("/office/queue", office_queue.all),
        at("/office/consultations/{slug}/queue", office_queue.index),
        at("/office/consultations/{slug}/queue/{id:uuid}", office_cases.show),
        at("/office/consultations/{slug}/queue/{id:uuid}", office_rulings.create),
        at("/office/consultations/{slug}/queue/{id:uuid}/next", office_cases.following),
        at("/office/consultations/{slug}/queue/{id:uuid}/previous", office_cases.previous),
        at("/office/consultations/{slug}/queue/{id:uuid}/undo", office_rulings.undo),
        at("/office/consultations/{slug}/queue/{id:uuid}/original", office_originals.show),
        at("/office/consultations/{slug}/clearances", office_clearances.create),
        at("/office/consultations/{slug}/clearances/new", office_clearances.new),
        at("/office/consultations/{slug}/clearances/{id:uuid}", office_clearances.show),
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
        at("/members/calls/{slug}/hearings", members_hearings.index),
        at("/members/calls/{slug}/hearings", members_hearings.create),
        at("/members/calls/{slug}/hearings/{id:uuid}", members_hearings.update),
        at("/members/calls/{slug}/hearings/{id:uuid}/edit", members_hearings.edit),
        at("/members/calls/{slug}/questions", members_questions.index),
        at("/members/calls/{slug}/questions/join", members_joins.create),
        at("/members/calls/{slug}/questions/not-put", members_puts.refuse_many),
        at("/members/calls/{slug}/questions/{id:uuid}", members_questions.show),
        at("/members/calls/{slug}/questions/{id:uuid}/join", members_joins.create_into),
        at("/members/calls/{slug}/questions/{id:uuid}/not-put", members_puts.refuse),
        at("/members/calls/{slug}/questions/{id:uuid}/put", members_puts.create),
        at("/members/calls/{slug}/questions/{id:uuid}/take-out", members_joins.delete),
        at("/members/calls/{slug}/questions/{id:uuid}/undo", members_puts.delete),
    ]


def _api() -> list[Route]:
    return [
        at("/healthz", health.show),
        at("/decisions.atom", feeds.index),
        at("/consultations/{slug}/decisions.atom", feeds.show),
    ]
