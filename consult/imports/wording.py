"""From the words of a file's row to a contribution: consent, connection, time and answers."""

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from consult.contributions import Connection, Consent, Incoming, NewAnswer, NewContribution
from consult.imports.readers.shapes import Publish, Taken
from consult.imports.readers.similar import plain
from consult.lib import text

CONNECTIONS: dict[Connection, tuple[str, ...]] = {
    Connection.ORGANISATION: ("organisation", "organization", "behalf", "charity", "company"),
    Connection.CARER: ("carer", "carers", "caring", "care for", "look after", "family member"),
    Connection.PROFESSIONAL: ("professional", "professionally", "clinician", "work in", "staff"),
    Connection.LIVED: ("lived", "patient", "service user", "personal experience", "living with"),
}
"""Words that say beyond doubt how somebody is connected; a text with words of two says it of neither."""

CONSENTS = {
    Publish.WITH_NAME: Consent.NAME,
    Publish.WITHOUT_NAME: Consent.NO_NAME,
    Publish.COUNT_ONLY: Consent.COUNT_ONLY,
    Publish.NOT_SAID: Consent.COUNT_ONLY,
}


def incoming(taken: Taken, key: str, at: datetime, *, single: frozenset[str]) -> Incoming:
    """The contribution that a row is. Where consent was not asked, it is counted and not shown.

    `single` are the questions with one choice, whose answers come as words.
    """
    consent = CONSENTS[taken.consent]
    if consent == Consent.NAME and not taken.name:
        consent = Consent.NO_NAME
    new = NewContribution(
        answers=[
            _answer(question, (said,) if question in single else said)  # type: ignore[arg-type]
            for question, said in taken.answers.items()
        ],
        consent=consent,
        connection=connection_of(taken.connection),
        area=text.snippet(text.tidy(taken.area), 120) if taken.area else "",
        organisation="",
        name=text.snippet(text.tidy(taken.name), 200) if taken.name else "",
        email=taken.email if len(taken.email) <= 320 else "",
    )
    return Incoming(key, new, received_at(taken.submitted_at, at))


def received_at(said: datetime | None, at: datetime) -> datetime:
    """The row's own time, unless it lies in the future."""
    return said if said is not None and said <= at else at


def connection_of(words: str) -> Connection | None:
    """The connection that these words name beyond doubt."""
    said = f" {plain(words)} " if words else ""
    found = [kind for kind, names in CONNECTIONS.items() if said and _names(said, names)]
    return found[0] if len(found) == 1 else None


def _names(said: str, names: Iterable[str]) -> bool:
    return any(f" {name} " in said for name in names)


_id = lru_cache(maxsize=1000)(UUID)


def _answer(question: str, said: str | int | tuple[str, ...]) -> NewAnswer:
    """`tuple` is one or several choices, a number is a point of a scale, the rest are words."""
    choices = [text.tidy(one) for one in said] if isinstance(said, tuple) else []
    return NewAnswer(
        question_id=_id(question),
        text=text.tidy(said) if isinstance(said, str) else "",
        choices=choices,
        scale=said if isinstance(said, int) else None,
    )
