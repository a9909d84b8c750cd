"""What the public may read, a page at a time. Pages go by cursor, so that the last is as quick as the first."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import Session, col, select

from consult.consultations import Consultation
from consult.contributions.models import (
    Answer,
    Channel,
    Connection,
    Consent,
    Contribution,
    Standing,
)


@dataclass(frozen=True)
class Wanted:
    """Which contributions, and from where on. Posts and responses are never mixed."""

    posts: bool = False
    connection: Connection | None = None
    question_id: UUID | None = None
    most_supported: bool = False
    after: str = ""


def public_page(
    db: Session, consultation: Consultation, wanted: Wanted, *, limit: int
) -> tuple[Sequence[Contribution], str]:
    """One page, and the cursor of the next; the cursor is empty where this page is the last."""
    newest = col(Contribution.id).desc()
    most = [col(Contribution.supports).desc()] if wanted.most_supported else []
    query = (
        select(Contribution)
        .where(*_public(consultation, wanted), *_from(wanted))
        .order_by(*most, newest)
        .limit(limit + 1)
    )
    found = db.exec(query).all()
    page = found[:limit]
    return page, _cursor(page[-1]) if len(found) > limit else ""


def _public(consultation: Consultation, wanted: Wanted) -> list[ColumnElement[bool]]:
    is_post = col(Contribution.channel) == Channel.POST
    rules = [
        col(Contribution.consultation_id) == consultation.id,
        col(Contribution.standing) == Standing.SHOWN,
        col(Contribution.consent) != Consent.COUNT_ONLY,
        is_post if wanted.posts else ~is_post,
    ]
    if wanted.connection:
        rules.append(col(Contribution.connection) == wanted.connection)
    if wanted.question_id:
        answered = select(Answer.id).where(
            Answer.question_id == wanted.question_id, Answer.contribution_id == Contribution.id
        )
        rules.append(answered.exists())
    return rules


def _cursor(last: Contribution) -> str:
    return f"{last.supports}.{last.id.hex}"


def _from(wanted: Wanted) -> list[ColumnElement[bool]]:
    number, _, key = wanted.after.partition(".")
    try:
        supports, last = int(number[:9]), UUID(key)
    except ValueError:
        return []  # an address somebody typed: begin at the beginning
    earlier = col(Contribution.id) < last
    if not wanted.most_supported:
        return [earlier]
    fewer = col(Contribution.supports) < supports
    return [or_(fewer, and_(col(Contribution.supports) == supports, earlier))]
