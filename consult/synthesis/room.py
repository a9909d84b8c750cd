"""The reading room: contributions filtered and searched, newest first, paged by where one is, not by number.

A page costs the same wherever it stands and however many there are; what is found is counted only
up to a thousand, beyond which nobody pages anyway.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, cast, func, literal, null, union_all
from sqlalchemy import select as rows
from sqlmodel import Session, col

from consult.consultations import Consultation
from consult.contributions import Answer, Contribution
from consult.synthesis import search
from consult.synthesis.filters import Filters, answers, conditions, is_read
from consult.synthesis.models import Coding, Reading
from consult.synthesis.search import Spans
from consult.synthesis.words import Query

COUNTED = 1_000
EXCERPT = 240  # characters

Place = int | UUID
"""Where a contribution stands in the order of arrival: its id, or the number of the answer found."""


@dataclass(frozen=True)
class Line:
    """One contribution in the list."""

    contribution: Contribution
    place: Place
    excerpt: str
    marks: Spans
    read: bool
    themes: list[UUID]

    @property
    def pieces(self) -> list[tuple[str, bool]]:
        """The excerpt cut at its marks: each piece of words, and whether it was searched for."""
        edges = [0, *(edge for span in self.marks for edge in span), len(self.excerpt)]
        cut = enumerate(pairwise(edges))
        return [(self.excerpt[a:b], n % 2 == 1) for n, (a, b) in cut if a < b]


@dataclass(frozen=True)
class Stretch:
    """One page of the list, and the places where the pages beside it begin."""

    lines: list[Line] = field(default_factory=list)
    newer: Place | None = None
    older: Place | None = None


def stretch(
    db: Session,
    consultation: Consultation,
    filters: Filters,
    *,
    before: str = "",
    after: str = "",
    size: int = 30,
) -> Stretch:
    """The contributions that pass, from a place on: older ones than `before`, or newer than `after`."""
    list_ = _chosen(db, consultation, filters)
    back = _place(after, list_.by_id)
    from_ = back if back is not None else _place(before, list_.by_id)
    found = _walk(db, list_, from_, size + 1, upwards=back is not None)
    more, found = len(found) > size, found[:size]
    if back is not None:
        found.reverse()
    newer = more if back is not None else from_ is not None
    older = more if back is None else True
    return Stretch(
        _lines(db, found, filters.query),
        found[0].first if found and newer else None,
        found[-1].last if found and older else None,
    )


def counted(db: Session, consultation: Consultation, filters: Filters) -> int:
    """How many pass; one more than `COUNTED` stands for any larger number."""
    list_ = _chosen(db, consultation, filters)
    # In order, though order does not matter to a count: SQLite then reads the index once, and not
    # once for each contribution. Twice as many, since one may be found by several of its answers.
    found = list_.statement.with_only_columns(list_.contribution_id).order_by(list_.place.desc())
    ids = found.limit(2 * COUNTED + 1).subquery()
    n: int = db.execute(rows(func.count(func.distinct(ids.columns[0])))).scalar_one()
    return min(int(n), COUNTED + 1)


def beside(
    db: Session, consultation: Consultation, filters: Filters, here: UUID, at: str = ""
) -> dict[str, tuple[Place, UUID]]:
    """The `newer`, the `older` and the next `unread` contribution to this one, each with its place."""
    list_ = _chosen(db, consultation, filters)
    place = _place(at, list_.by_id) if at else None
    if place is None:
        list_ = _chosen(db, consultation, Filters())
        place = here
    others = list_.statement.where(list_.contribution_id != here)
    older, newer = others.where(list_.place < place), others.where(list_.place > place)
    ways = {
        "older": older.order_by(list_.place.desc()),
        "newer": newer.order_by(list_.place),
        "unread": older.where(~is_read(list_.contribution_id)).order_by(list_.place.desc()),
    }
    parts = [
        rows(
            literal(name).label("way"),
            *statement.with_only_columns(list_.place, list_.contribution_id)
            .limit(1)
            .subquery()
            .columns,
        )
        for name, statement in ways.items()
    ]
    return {name: (at, id_) for name, at, id_ in db.execute(union_all(*parts))}


def tie(db: Session, ids: Sequence[UUID]) -> tuple[set[UUID], dict[UUID, list[UUID]]]:
    """Which of these somebody has read, and the themes each is coded with: one query for a page."""
    read = rows(col(Reading.contribution_id), cast(null(), Uuid).label("theme_id"))
    coded = rows(col(Coding.contribution_id), col(Coding.theme_id))
    both: Any = union_all(
        read.where(col(Reading.contribution_id).in_(ids)).distinct(),
        coded.where(col(Coding.contribution_id).in_(ids)).distinct(),
    )
    seen: set[UUID] = set()
    themes: dict[UUID, list[UUID]] = {}
    for contribution, theme in db.execute(both):
        if theme is None:
            seen.add(contribution)
        else:
            themes.setdefault(contribution, []).append(theme)
    return seen, themes


@dataclass(frozen=True)
class _List:
    statement: Any
    place: Any
    contribution_id: Any
    by_id: bool


@dataclass
class _Found:
    contribution: Contribution
    answer: Answer | None
    first: Any
    last: Any


def _chosen(db: Session, consultation: Consultation, filters: Filters) -> _List:
    query, id_ = filters.query, col(Contribution.id)
    if query:
        found = search.matches(db, consultation, query).subquery()
        statement: Any = (
            rows(found.c.place, Contribution, Answer)
            .join_from(found, Contribution, id_ == found.c.contribution_id)
            .join(Answer, col(Answer.id) == found.c.answer_id)
        )
        if filters.question:
            statement = statement.where(col(Answer.question_id) == filters.question)
        place: Any = found.c.place
    else:
        place = id_
        # Not asked of what a search found, which is of this consultation anyway: SQLite would go
        # through all of the consultation for each answer found.
        here = col(Contribution.consultation_id) == consultation.id
        statement = rows(id_.label("place"), Contribution).where(here)
        if filters.question:
            statement = statement.where(answers(filters.question))
    return _List(statement.where(*conditions(filters)), place, id_, not query)


def _place(typed: str, by_id: bool) -> Place | None:
    """A place out of an address; nothing where it is none."""
    try:
        return int(typed) if typed.isdecimal() and len(typed) < 18 else UUID(typed)
    except ValueError:
        return None


def _walk(
    db: Session, list_: _List, start: Place | None, want: int, *, upwards: bool
) -> list[_Found]:
    """So many contributions in order. One that answers several questions may be found several times."""
    found: dict[UUID, _Found] = {}
    order = list_.place if upwards else list_.place.desc()
    while len(found) < want:
        some = list_.statement
        if start is not None:
            some = some.where(list_.place > start if upwards else list_.place < start)
        batch = db.execute(some.order_by(order).limit(2 * want)).all()
        for place, contribution, *answer in batch:
            start = place
            known = found.setdefault(
                contribution.id,
                _Found(contribution, answer[0] if answer else None, place, place),
            )
            known.first, known.last = max(known.first, place), min(known.last, place)
        if len(batch) < 2 * want:
            break
    return list(found.values())


def _lines(db: Session, found: list[_Found], query: Query) -> list[Line]:
    ids = [one.contribution.id for one in found]
    seen, themes = tie(db, ids) if ids else (set(), {})
    marked = search.marks(db, [one.answer.id for one in found if one.answer], query)
    return [
        Line(
            one.contribution,
            one.first,
            *_excerpt(one, marked),
            one.contribution.id in seen,
            themes.get(one.contribution.id, []),
        )
        for one in found
    ]


def _excerpt(one: _Found, marked: dict[UUID, Spans]) -> tuple[str, Spans]:
    """The words around the first that was found, with the marks that fall into them."""
    if one.answer is None:
        return one.contribution.summary, []
    text, marks = one.answer.text, marked.get(one.answer.id, [])
    first = marks[0][0] if marks else 0
    start = 0 if first < EXCERPT // 2 else text.rfind(" ", 0, first - EXCERPT // 4) + 1
    end = min(len(text), start + EXCERPT)
    before, after = "… " if start else "", " …" if end < len(text) else ""
    shift = len(before) - start
    inside = [(a + shift, b + shift) for a, b in marks if a >= start and b <= end]
    return before + text[start:end].replace("\n", " ") + after, inside
