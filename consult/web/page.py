"""A page: who may ask for it, the transaction it runs in, and the thread it runs on."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import update_wrapper

from sqlmodel import Session
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from consult import identity
from consult.consultations import Consultation
from consult.db import transaction
from consult.errors import Invalid
from consult.identity import Person, Role

COOKIE = "consult"
MAX_FIELDS = 2000
# A form's text is limited by its questions; this stops what no form of ours could send.
MAX_PART = 4 * 1024 * 1024


class PageRequest(Request):
    """A request with all a handler needs: database, person, what was posted, and the time it came."""

    db: Session
    posted: FormData
    at: datetime
    roles: frozenset[Role] = frozenset()
    """The roles held in the consultation's organisation, or anywhere where the address names none."""
    consultation: Consultation
    """The consultation in the address, fetched through the permission; set by rules that ask for it."""

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A short transaction, kept when its block ends: for pages that work apart, and for them alone."""
        with transaction(self.app.state.engine) as self.db:
            yield self.db

    @property
    def person(self) -> Person | None:
        """Whoever is signed in. Kept in the scope, so that an error page knows it too."""
        found: Person | None = self.scope.get("person")
        return found

    @property
    def is_staff(self) -> bool:
        """Whether the header should lead to the office."""
        return bool(self.held - {Role.MEMBER})

    @property
    def is_member(self) -> bool:
        """Whether the header should lead to the members' side."""
        return bool(self.held & {Role.MEMBER})

    @property
    def held(self) -> frozenset[Role]:
        """Every role held in any organisation."""
        found: frozenset[Role] = self.scope.get("held", frozenset())
        return found

    @property
    def path(self) -> str:
        return self.url.path

    @property
    def language(self) -> str:
        return str(self.scope.get("language", "en"))

    @property
    def htmx(self) -> bool:
        """Whether htmx asks for a part of the page."""
        return self.headers.get("HX-Request-Type") == "partial"

    @property
    def me(self) -> Person:
        """The person signed in, where the page lets nobody else in."""
        if self.person is None:
            raise LookupError("This page allows people who are not signed in: use .person.")
        return self.person


Handler = Callable[[PageRequest], Response]
Rule = Callable[[PageRequest], None]


class Page:
    """A handler as an ASGI endpoint. Returning commits; raising rolls back."""

    def __init__(
        self,
        handler: Handler,
        allow: Rule,
        methods: Iterable[str],
        *,
        apart: bool = False,
        readonly: bool = False,
    ) -> None:
        self.handler, self.allow, self.methods = handler, allow, frozenset(methods)
        self.apart, self.readonly = apart, readonly
        update_wrapper(self, handler)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = PageRequest(scope, receive, send)
        request.at = datetime.now(UTC)
        request.posted = FormData()
        if request.method not in ("GET", "HEAD"):
            request.posted = await _posted(request)
            scope["posted"] = (
                request.posted
            )  # so that a page about a problem can give the words back
        response = await run_in_threadpool(self._answer, request)
        await request.close()
        await response(scope, receive, send)

    def _answer(self, request: PageRequest) -> Response:
        readonly = self.apart or self.readonly or request.method in ("GET", "HEAD")
        with transaction(request.app.state.engine, readonly=readonly) as db:
            request.db = db
            _recognise(request)
            self.allow(request)
            if not self.apart:
                return self.handler(request)
        return self.handler(request)


def _recognise(request: PageRequest) -> None:
    token = request.cookies.get(COOKIE, "")
    person = identity.person_of(request.db, token, at=request.at) if token else None
    if person:
        mine = identity.memberships(request.db, person)
        request.scope["person"] = person
        request.scope["held"] = frozenset[Role]().union(*mine.values())


def page(
    *,
    allow: Rule,
    methods: Iterable[str] = ("GET",),
    apart: bool = False,
    readonly: bool = False,
) -> Callable[[Handler], Page]:
    """Make a handler a page. `allow` has no default: every page says who may ask for it.

    `readonly` is for what is posted only to be looked at, and may take a while: it locks nothing.

    A page that works `apart` asks another server before it answers, and a transaction held open so
    long would keep every other writer waiting. It runs in none, and opens short ones by
    `with request.transaction() as db`. So may a GET, and the return from an OpenID Connect provider
    is the one that does: the provider sends browsers back by GET, and they are signed in by it.
    """

    def wrap(handler: Handler) -> Page:
        return Page(handler, allow, methods, apart=apart, readonly=readonly)

    return wrap


async def _posted(request: PageRequest) -> FormData:
    try:
        return await request.form(max_fields=MAX_FIELDS, max_part_size=MAX_PART)
    except Exception as wrong:
        raise Invalid(
            "What was sent could not be read as a form. Go back, shorten what you wrote if it is "
            "very long, and send it again."
        ) from wrong
