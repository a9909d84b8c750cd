"""Reading contributions. Lists go by id, which is by time of arrival."""

from collections import Counter
from collections.abc import Iterator, Sequence
from uuid import UUID

from sqlalchemy import func
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from consult.consultations import Consultation
from consult.contributions.models import (
    Answer,
    Channel,
    Connection,
    Consent,
    Contribution,
    Contributor,
    Standing,
)
from consult.errors import NotFound

NOT_HERE = "There is no response at this address, or it is not public."


def by_id(db: Session, consultation: Consultation, contribution_id: UUID) -> Contribution:
    """One contribution of this consultation, for those who work on it."""
    found = db.get(Contribution, contribution_id)
    if found is None or found.consultation_id != consultation.id:
        raise NotFound("There is no such response in this consultation.")
    return found


def by_submission(db: Session, consultation: Consultation, submission: str) -> Contribution | None:
    """The contribution that came with this submission id, if it has."""
    return db.exec(
        select(Contribution)
        .where(Contribution.consultation_id == consultation.id)
        .where(Contribution.submission == submission)
    ).first()


def shown(
    db: Session,
    consultation: Consultation,
    *,
    posts: bool = False,
    limit: int = 20,
    offset: int = 0,
) -> Sequence[Contribution]:
    """The contributions the public may read, newest first; posts and responses never mixed."""
    return db.exec(
        _public(consultation, posts)
        .order_by(col(Contribution.id).desc())
        .limit(limit)
        .offset(offset)
    ).all()


def id_of(typed: str) -> UUID:
    """The id in an address; one that is none leads nowhere."""
    try:
        return UUID(typed)
    except ValueError:
        raise NotFound(NOT_HERE) from None


def shown_by_id(db: Session, consultation: Consultation, contribution_id: UUID) -> Contribution:
    """One contribution, if the public may read it."""
    found = db.get(Contribution, contribution_id)
    public = (
        found is not None
        and found.consultation_id == consultation.id
        and found.standing == Standing.SHOWN
        and found.consent != Consent.COUNT_ONLY
    )
    if found is None or not public:
        raise NotFound(NOT_HERE)
    return found


def of_page(
    db: Session, ids: Sequence[UUID]
) -> tuple[dict[UUID, list[Answer]], dict[UUID, Contributor]]:
    """The answers and contributors of the contributions on one page: two queries, whatever the page."""
    answers: dict[UUID, list[Answer]] = {}
    for answer in db.exec(
        select(Answer).where(col(Answer.contribution_id).in_(ids)).order_by(col(Answer.id))
    ):
        answers.setdefault(answer.contribution_id, []).append(answer)
    people = db.exec(select(Contributor).where(col(Contributor.contribution_id).in_(ids)))
    return answers, {one.contribution_id: one for one in people}


def answers_of(db: Session, contribution: Contribution) -> Sequence[Answer]:
    """Its answers, in the order they were given."""
    return of_page(db, [contribution.id])[0].get(contribution.id, [])


def contributor_of(db: Session, contribution: Contribution) -> Contributor | None:
    """Who to reach about it, if they said."""
    return db.exec(
        select(Contributor).where(Contributor.contribution_id == contribution.id)
    ).first()


def true_counts(db: Session, consultation: Consultation) -> dict[str, int]:
    """What the running counts ought to be, by counting: for the check command and for tests."""
    by = (
        col(Contribution.channel),
        col(Contribution.standing),
        col(Contribution.consent),
        col(Contribution.connection),
    )
    rows = db.execute(
        select_columns(*by, func.count())
        .where(col(Contribution.consultation_id) == consultation.id)
        .group_by(*by)
    )
    found: Counter[str] = Counter()
    for channel, standing, consent, connection, n in rows:
        for what in _counted(channel, standing, consent, connection):
            found[what] += n
    return dict(found)


def _counted(
    channel: Channel, standing: Standing, consent: Consent, connection: Connection | None
) -> Iterator[str]:
    """Every running count that a contribution like this is in."""
    which = "post" if channel == Channel.POST else "response"
    said = connection.value if connection else "not_said"
    yield f"received:{which}"
    yield f"channel:{channel.value}"
    yield f"standing:{which}:{standing.value}"
    yield f"connection:{which}:{said}"
    if standing == Standing.SHOWN and consent != Consent.COUNT_ONLY:
        yield f"public:{which}"
        yield f"public:{which}:{said}"


def _public(consultation: Consultation, posts: bool) -> SelectOfScalar[Contribution]:
    is_post = col(Contribution.channel) == Channel.POST
    return (
        select(Contribution)
        .where(Contribution.consultation_id == consultation.id)
        .where(Contribution.standing == Standing.SHOWN)
        .where(col(Contribution.consent) != Consent.COUNT_ONLY)
        .where(is_post if posts else ~is_post)
    )
