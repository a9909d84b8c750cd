"""The reading room's filters as they stand in an address, and as they go into the next one."""

from typing import Any
from uuid import UUID

from starlette.datastructures import QueryParams

from consult.contributions import Connection, Standing
from consult.errors import Invalid
from consult.synthesis import Filters

NAMES = ("words", "question", "group", "connection", "theme", "read", "coded", "standing")


def read(query: QueryParams) -> tuple[Filters, str]:
    """The filters asked for, and a sentence where the search cannot be made; what makes no sense is left out."""
    filters = Filters(
        words=query.get("words", "").replace("\x00", " ").strip(),
        question=_id(query.get("question", "")),
        group=_one_of(query.get("group", ""), ("response", "post")),
        connection=_one_of(
            query.get("connection", ""), (*(one.value for one in Connection), "not_said")
        ),
        theme=_id(query.get("theme", "")),
        read=_one_of(query.get("read", ""), ("read", "unread")),
        coded=_one_of(query.get("coded", ""), ("coded", "uncoded")),
        standing=next((one for one in Standing if one.value == query.get("standing")), None),
    )
    try:
        _ = filters.query
    except Invalid as wrong:
        return Filters(**{**_raw(filters), "words": ""}), wrong.message
    return filters, ""


def as_query(filters: Filters, **more: Any) -> dict[str, Any]:
    """For an address that keeps them; `more` wins, and what is empty is left out."""
    standing = filters.standing.value if filters.standing else ""
    kept = {**_raw(filters), "standing": standing, **more}
    return {name: value for name, value in kept.items() if value not in ("", None)}


def _raw(filters: Filters) -> dict[str, Any]:
    return {name: getattr(filters, name) for name in NAMES}


def _one_of(typed: str, known: tuple[str, ...]) -> str:
    return typed if typed in known else ""


def _id(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None
