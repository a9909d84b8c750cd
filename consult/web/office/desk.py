"""The frame of office pages: what is beside every page of a consultation, and who may go where."""

from typing import Any

from starlette.responses import Response

from consult.identity import Role
from consult.web.page import PageRequest
from consult.web.render import address, render

OF_CONSULTATION: list[tuple[str, str, set[Role]]] = [
    ("office.consultations.show", "Overview", set(Role)),
    ("office.contributions.index", "Responses and posts", set(Role)),
    ("office.themes.index", "Themes", set(Role)),
    (
        "office.imports.index",
        "Files and hashtags",
        {Role.OFFICIAL, Role.ANALYST, Role.MODERATOR, Role.MEMBER},
    ),
    ("office.queue.index", "Moderation", {Role.MODERATOR}),
    ("office.decisions.index", "Decisions", set(Role)),
    ("members.questions.index", "Questions to put", {Role.MEMBER, Role.OFFICIAL}),
    ("office.ledger.show", "Ledger", set(Role)),
    ("office.publications.index", "Publication", set(Role)),
]
"""Every part of a consultation's office, in the order the work is done, and who goes there."""

ONLY_PROPOSALS = {"office.decisions.index"}
ONLY_QUESTIONS = {"members.questions.index"}


def desk(request: PageRequest, template: str, **context: Any) -> Response:
    """Render an office page with its side navigation; `consultation` and `roles` are there for it."""
    here = getattr(request, "consultation", None)
    groups = [{"label": "Office", "entries": _general(request)}]
    if here is not None:
        groups.insert(0, {"label": here.title, "entries": entries(request)})
        context.setdefault("consultation", here)
    context.setdefault("roles", request.roles)
    return render(request, template, side_groups=groups, **context)


def entries(request: PageRequest) -> list[dict[str, Any]]:
    """The parts of this consultation's office that the reader may go to."""
    here = request.consultation
    left_out = ONLY_PROPOSALS if here.kind.value == "questions" else ONLY_QUESTIONS
    return [
        _entry(request, name, text, slug=here.slug)
        for name, text, roles in OF_CONSULTATION
        if name not in left_out and request.roles & roles
    ]


GENERAL: list[tuple[str, str, set[Role]]] = [
    ("office.home.show", "Your desk", set(Role)),
    ("office.queue.all", "Moderation queue", {Role.MODERATOR}),
    ("office.outbox.index", "Letters", {Role.OFFICIAL, Role.MEMBER}),
]


def _general(request: PageRequest) -> list[dict[str, Any]]:
    return [_entry(request, name, text) for name, text, roles in GENERAL if request.held & roles]


def _entry(request: PageRequest, name: str, text: str, **params: str) -> dict[str, Any]:
    href = address(request, name, **params)
    exact = name in ("office.home.show", "office.consultations.show")
    current = request.path == href or (not exact and request.path.startswith(f"{href}/"))
    return {"name": name, "text": text, "href": href, "current": current}
