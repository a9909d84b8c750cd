"""Reading calls for questions: what was asked, what became of it, and what waits to be said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from consult import consultations
from consult.consultations import Consultation, Kind
from consult.contributions import Answer, Channel, Contribution
from consult.decisions import Outcome, OutcomeKind
from consult.lib import paging
from consult.lib.paging import Page
from consult.questions.models import Put

SIZE = 25
MATCHES = 10


class Which(Enum):
    """How far a question has come."""

    OPEN = "open"
    PUT = "put"
    NOT_PUT = "not_put"
    JOINED = "joined"
    APART = "apart"
    ALL = "all"


KINDS: Mapping[Which, tuple[OutcomeKind, ...]] = {
    Which.PUT: (OutcomeKind.INFORMED,),
    Which.NOT_PUT: (OutcomeKind.CONSIDERED, OutcomeKind.OUT_OF_SCOPE, OutcomeKind.CAMPAIGN),
    Which.JOINED: (OutcomeKind.DUPLICATE,),
    Which.APART: (OutcomeKind.WITHHELD, OutcomeKind.WITHDRAWN),
}


@dataclass(frozen=True)
class Asked:
    """A question on the desk of those who put it, with those that were joined with it."""

    contribution: Contribution
    words: str
    outcome: Outcome | None
    put: Put | None
    joined: int = 0
    joined_supports: int = 0

    @property
    def id(self) -> UUID:
        return self.contribution.id

    @property
    def people(self) -> int:
        """How many asked it: itself and those joined with it."""
        return 1 + self.joined

    @property
    def supports(self) -> int:
        """How many support it, in whichever wording."""
        return self.contribution.supports + self.joined_supports


def own_put(db: Session, contribution: Contribution) -> Put | None:
    """What was said of this question itself."""
    return db.exec(select(Put).where(Put.contribution_id == contribution.id)).first()


def lead_id_of(db: Session, contribution: Contribution) -> UUID | None:
    """The question with which this one was joined."""
    return db.exec(
        select(Outcome.other_id)
        .where(Outcome.contribution_id == contribution.id)
        .where(Outcome.kind == OutcomeKind.DUPLICATE)
    ).first()


def put_of(db: Session, contribution: Contribution) -> Put | None:
    """Whether a question, or the one it was joined with, was put; None while nobody has said."""
    lead = lead_id_of(db, contribution) or contribution.id
    return db.exec(select(Put).where(Put.contribution_id == lead)).first()


def totals(counts: Mapping[str, int]) -> dict[Which, int]:
    """How many questions have come how far, from the running counts of a call."""
    asked = counts.get("received:response", 0)
    found = {
        which: sum(counts.get(f"outcome:response:{kind.value}", 0) for kind in kinds)
        for which, kinds in KINDS.items()
    }
    return {Which.OPEN: asked - sum(found.values()), **found, Which.ALL: asked}


def asked(db: Session, consultation: Consultation, which: Which, page: int) -> Page[Asked]:
    """One page of the questions of a call, the most supported first. Four queries, whatever the page."""
    total = totals(consultations.counts(db, consultation.id))[which]
    wanted = (
        _with_account()
        .where(*_of(consultation), *_so_far(which))
        .order_by(col(Contribution.supports).desc(), col(Contribution.id))
        .limit(SIZE)
        .offset(paging.offset(page, SIZE))
    )
    return Page(_asked(db, consultation, _rows(db, wanted)), page, SIZE, total)


@dataclass(frozen=True)
class Around:
    """One question with those joined with it (the first hundred) and those that may ask the same."""

    asked: Asked
    joined: list[Asked]
    matches: list[Asked]


def around(
    db: Session, consultation: Consultation, contribution: Contribution, words: str = ""
) -> Around:
    """One question, those joined with it, and others in which all these words stand."""
    here = _rows(db, _with_account().where(col(Contribution.id) == contribution.id))
    joined = _rows(db, _joined_with(consultation, contribution))
    matches = _rows(db, _matching(consultation, words, contribution)) if words.split() else []
    found = _asked(db, consultation, [*here, *joined, *matches])
    return Around(found[0], found[1 : 1 + len(joined)], found[1 + len(joined) :])


def calls_of(
    db: Session, organisation_ids: Sequence[UUID], page: int, size: int = 20
) -> Page[Consultation]:
    """The calls for questions of these organisations, newest first."""
    theirs = (
        col(Consultation.organisation_id).in_(list(organisation_ids)),
        col(Consultation.kind) == Kind.QUESTIONS,
    )
    total = db.exec(select(func.count()).select_from(Consultation).where(*theirs)).one()
    found = (
        select(Consultation)
        .where(*theirs)
        .order_by(col(Consultation.created_at).desc())
        .limit(size)
        .offset(paging.offset(page, size))
    )
    return Page(db.exec(found).all(), page, size, total)


_MAY_JOIN = (*KINDS[Which.PUT], *KINDS[Which.NOT_PUT])

Row = tuple[Contribution, Outcome | None, Put | None]


def _of(consultation: Consultation) -> list[ColumnElement[bool]]:
    return [
        col(Contribution.consultation_id) == consultation.id,
        col(Contribution.channel) != Channel.POST,
    ]


def _so_far(which: Which) -> list[ColumnElement[bool]]:
    if which == Which.ALL:
        return []
    if which == Which.OPEN:
        return [col(Outcome.kind).is_(None)]
    return [col(Outcome.kind).in_(KINDS[which])]


def _with_account() -> Select[Contribution, Outcome, Put]:
    return (
        columns(Contribution, Outcome, Put)
        .join(Outcome, col(Outcome.contribution_id) == col(Contribution.id), isouter=True)
        .join(Put, col(Put.contribution_id) == col(Contribution.id), isouter=True)
    )


def _joined_with(
    consultation: Consultation, lead: Contribution
) -> Select[Contribution, Outcome, Put]:
    return (
        _with_account()
        .where(col(Outcome.consultation_id) == consultation.id)
        .where(col(Outcome.kind) == OutcomeKind.DUPLICATE)
        .where(col(Outcome.other_id) == lead.id)
        .order_by(col(Contribution.id))
        .limit(100)
    )


def _matching(
    consultation: Consultation, words: str, apart_from: Contribution
) -> Select[Contribution, Outcome, Put]:
    found = _with_account().where(
        *_of(consultation),
        col(Contribution.id) != apart_from.id,
        or_(col(Outcome.kind).is_(None), col(Outcome.kind).in_(_MAY_JOIN)),
    )
    for word in words.split()[:8]:
        said = select(Answer.contribution_id).where(
            col(Answer.text).icontains(word, autoescape=True)
        )
        found = found.where(col(Contribution.id).in_(said))
    return found.order_by(col(Contribution.supports).desc(), col(Contribution.id)).limit(MATCHES)


def _rows(db: Session, wanted: Select[Contribution, Outcome, Put]) -> list[Row]:
    fresh = {"populate_existing": True}
    return [(row[0], row[1], row[2]) for row in db.execute(wanted, execution_options=fresh)]


def _asked(db: Session, consultation: Consultation, rows: Sequence[Row]) -> list[Asked]:
    ids = [row[0].id for row in rows]
    words, joined = _words(db, ids), _joined(db, consultation, ids)
    return [
        Asked(one, "\n".join(words.get(one.id, [])), outcome, put, *joined.get(one.id, (0, 0)))
        for one, outcome, put in rows
    ]


def _words(db: Session, ids: Sequence[UUID]) -> dict[UUID, list[str]]:
    given = (
        select(Answer.contribution_id, Answer.text)
        .where(col(Answer.contribution_id).in_(ids), col(Answer.text) != "")
        .order_by(col(Answer.id))
    )
    found: dict[UUID, list[str]] = {}
    for contribution_id, text in db.exec(given):
        found.setdefault(contribution_id, []).append(text)
    return found


def _joined(
    db: Session, consultation: Consultation, ids: Sequence[UUID]
) -> dict[UUID, tuple[int, int]]:
    rows = db.execute(
        columns(col(Outcome.other_id), func.count(), func.sum(col(Contribution.supports)))
        .join(Contribution, col(Contribution.id) == col(Outcome.contribution_id))
        .where(col(Outcome.consultation_id) == consultation.id)
        .where(col(Outcome.kind) == OutcomeKind.DUPLICATE)
        .where(col(Outcome.other_id).in_(ids))
        .group_by(col(Outcome.other_id))
    )
    return {lead: (n, int(supports or 0)) for lead, n, supports in rows}
