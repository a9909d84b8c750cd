"""Full-text search over answers: FTS5 on SQLite, tsvector on PostgreSQL, one function for each difference.

Only what is published of an answer is indexed (never what a redaction covers), and a withdrawn
contribution has no words left to find. Newest first, because that order needs no sorting.
"""

import re
from collections.abc import Sequence
from functools import reduce
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, Select, Uuid, column, func, literal_column, table
from sqlalchemy import select as rows
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlmodel import Session, col

from consult.consultations import Consultation
from consult.contributions import Answer, Contribution
from consult.db import is_postgresql
from consult.synthesis import words
from consult.synthesis.words import Query, Side, Term

Spans = list[tuple[int, int]]
Found = Select[Any, Any, Any]
Marked = Select[Any, Any]

OPEN, SHUT = "\x02", "\x03"
"""Around what was found; texts are kept without control characters, so neither can be theirs."""

_FOUND = re.compile(f"{OPEN}([^{SHUT}]*){SHUT}")
_INDEX = table("search_answer", column("rowid", Integer))
_PLACE = table(
    "search_place",
    column("number", Integer),
    column("answer_id", Uuid),
    column("contribution_id", Uuid),
)
_ENGLISH: ColumnElement[Any] = literal_column("'english'::regconfig")
# As the index is made (see the migration): letter for letter, so that positions hold.
_INDEXED: ColumnElement[str] = literal_column(
    "translate(left(answer.text, 200000), '/-_.@:<>&‘’“”–—…•·«»', '                    ')"
)


def search_ids(db: Session, consultation: Consultation, typed: str) -> Select[UUID]:
    """The ids of the contributions a search finds, to be used inside another statement."""
    found = matches(db, consultation, words.read(typed)).subquery()
    return rows(found.c.contribution_id).distinct()


def matches(db: Session, consultation: Consultation, query: Query) -> Found:
    """Every answer found: its `place` in order of arrival, `answer_id` and `contribution_id`."""
    if is_postgresql(db):
        return _on_postgresql(consultation, query)
    return _on_sqlite(consultation, query)


def marks(db: Session, answers: Sequence[UUID], query: Query) -> dict[UUID, Spans]:
    """Where the words found stand in these answers, by the rules of the index that found them."""
    if not answers or not query:
        return {}
    found = _marked_on_postgresql if is_postgresql(db) else _marked_on_sqlite
    return {one: positions(marked) for one, marked in db.execute(found(answers, query))}


def positions(marked: str) -> Spans:
    """Marks in a text as positions in the text without them."""
    return [
        (found.start() - 2 * n, found.end() - 2 * n - 2)
        for n, found in enumerate(_FOUND.finditer(marked))
    ]


def _on_sqlite(consultation: Consultation, query: Query) -> Found:
    here = f'consultation : "{consultation.id.hex}" AND words : ({_match(query)})'
    return (
        rows(_INDEX.c.rowid.label("place"), _PLACE.c.answer_id, _PLACE.c.contribution_id)
        .join_from(_INDEX, _PLACE, _PLACE.c.number == _INDEX.c.rowid)
        .where(_matching(here))
    )


def _marked_on_sqlite(answers: Sequence[UUID], query: Query) -> Marked:
    places = rows(_PLACE.c.number).where(_PLACE.c.answer_id.in_(answers))
    marked = func.highlight(literal_column("search_answer"), 1, OPEN, SHUT)
    return (
        rows(_PLACE.c.answer_id, marked)
        .join_from(_INDEX, _PLACE, _PLACE.c.number == _INDEX.c.rowid)
        .where(_matching(f"words : ({_match(query)})"))
        .where(_INDEX.c.rowid.in_(places))
    )


def _matching(expression: str) -> ColumnElement[bool]:
    return literal_column("search_answer").op("MATCH", is_comparison=True)(expression)


def _match(query: Query) -> str:
    """In FTS5's own language; words are letters and digits in quotes, so none can be its syntax."""
    return " OR ".join(f"({_match_side(side)})" for side in query)


def _match_side(side: Side) -> str:
    wanted = " AND ".join(_match_term(term) for term in side.wanted)
    return " NOT ".join([f"({wanted})", *(_match_term(term) for term in side.unwanted)])


def _match_term(term: Term) -> str:
    star = " *" if term.prefix else ""
    return "(" + " OR ".join(f'"{" ".join(way)}"{star}' for way in term.ways) + ")"


def _on_postgresql(consultation: Consultation, query: Query) -> Found:
    answer = col(Answer.id)
    found: ColumnElement[Any] = literal_column("answer.search_words")
    return (
        rows(answer.label("place"), answer.label("answer_id"), col(Answer.contribution_id))
        .join_from(Answer, Contribution, col(Contribution.id) == col(Answer.contribution_id))
        .where(col(Contribution.consultation_id) == consultation.id)
        .where(found.op("@@", is_comparison=True)(_tsquery(query)))
    )


def _marked_on_postgresql(answers: Sequence[UUID], query: Query) -> Marked:
    options = f"HighlightAll=true, StartSel={OPEN}, StopSel={SHUT}"
    marked = func.ts_headline(_ENGLISH, _INDEXED, _tsquery(query), options)
    return rows(col(Answer.id), marked).where(col(Answer.id).in_(answers))


def _tsquery(query: Query) -> ColumnElement[Any]:
    return _joined("||", [_tsquery_side(side) for side in query])


def _tsquery_side(side: Side) -> ColumnElement[Any]:
    wanted = [_tsquery_term(term) for term in side.wanted]
    unwanted = [func.tsquery_not(_tsquery_term(term), type_=TSQUERY) for term in side.unwanted]
    return _joined("&&", [*wanted, *unwanted])


def _tsquery_term(term: Term) -> ColumnElement[Any]:
    if term.prefix:
        *before, last = (f"'{word}'" for word in term.words)
        phrase = " <-> ".join([*before, f"{last}:*"])
        return func.to_tsquery(_ENGLISH, phrase, type_=TSQUERY)
    ways = [func.phraseto_tsquery(_ENGLISH, " ".join(way), type_=TSQUERY) for way in term.ways]
    return _joined("||", ways)


def _joined(sign: str, parts: list[Any]) -> ColumnElement[Any]:
    return reduce(lambda one, other: one.op(sign, return_type=TSQUERY())(other).self_group(), parts)
