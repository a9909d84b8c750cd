"""Reading decisions and publications."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, case, func, literal
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from consult import consultations
from consult.consultations import Consultation
from consult.contributions import Answer, Channel, Contribution, Standing
from consult.decisions.models import (
    Basis,
    Decision,
    Outcome,
    OutcomeKind,
    Publication,
    Quotation,
)
from consult.errors import NotFound

NOT_PUBLISHED = "Nothing has been published for this consultation yet, or not under this number."


def of_consultation(db: Session, consultation: Consultation) -> Sequence[Decision]:
    """Its decisions as they stand now, in their order."""
    return db.exec(
        select(Decision)
        .where(Decision.consultation_id == consultation.id)
        .order_by(col(Decision.position), col(Decision.id))
    ).all()


def by_id(db: Session, consultation: Consultation, decision_id: UUID) -> Decision:
    """One decision of this consultation, for those who work on it."""
    found = db.get(Decision, decision_id)
    if found is None or found.consultation_id != consultation.id:
        raise NotFound("That decision is no longer here. It may have been removed.")
    return found


def basis_counts(db: Session, consultation: Consultation) -> dict[UUID, dict[str, int]]:
    """How many responses and posts each decision rests on."""
    posts = func.sum(case((col(Contribution.channel) == Channel.POST, 1), else_=0))
    every: Any = (
        select(col(Basis.decision_id), func.count(), literal(0))
        .join(Decision, col(Decision.id) == col(Basis.decision_id))
        .where(col(Decision.consultation_id) == consultation.id)
        .group_by(col(Basis.decision_id))
    )
    # Looking at each contribution behind a decision is what takes long, so only where there are posts.
    if consultations.counts(db, consultation.id).get("received:post"):
        every = every.with_only_columns(col(Basis.decision_id), func.count(), posts)
        every = every.join(Contribution, col(Contribution.id) == col(Basis.contribution_id))
    return {one: _parts(total, said) for one, total, said in db.execute(every)}


def _parts(total: int, posts: int) -> dict[str, int]:
    return {which: n for which, n in (("response", total - posts), ("post", posts)) if n}


def bases(
    db: Session, decision: Decision, *, limit: int, offset: int
) -> Sequence[tuple[Basis, Contribution]]:
    """What a decision rests on, in order of arrival."""
    found = (
        select(Basis, Contribution)
        .join(Contribution, col(Contribution.id) == col(Basis.contribution_id))
        .where(Basis.decision_id == decision.id)
        .order_by(col(Basis.contribution_id))
    )
    return list(db.exec(found.limit(limit).offset(offset)).all())


def quotations(db: Session, decision: Decision) -> Sequence[Quotation]:
    """The words quoted in a decision, in the order they were chosen."""
    return db.exec(
        select(Quotation).where(Quotation.decision_id == decision.id).order_by(col(Quotation.id))
    ).all()


def publications(db: Session, consultation: Consultation) -> Sequence[Publication]:
    """Every publication of a consultation, newest first."""
    return db.exec(
        select(Publication)
        .where(Publication.consultation_id == consultation.id)
        .order_by(col(Publication.number).desc())
    ).all()


def newest(db: Session, consultation: Consultation) -> Publication | None:
    """The publication that holds now, if there is one."""
    return db.exec(
        select(Publication)
        .where(Publication.consultation_id == consultation.id)
        .order_by(col(Publication.number).desc())
        .limit(1)
    ).first()


def publication(db: Session, consultation: Consultation, number: int | None = None) -> Publication:
    """A publication by its number, or the newest; NotFound where there is none."""
    found = next(
        (one for one in publications(db, consultation) if number in (None, one.number)), None
    )
    if found is None:
        raise NotFound(NOT_PUBLISHED)
    return found


def all_publications(
    db: Session, *, limit: int, offset: int = 0
) -> Sequence[tuple[Publication, Consultation]]:
    """Publications of every consultation, newest first."""
    return list(
        db.exec(
            select(Publication, Consultation)
            .join(Consultation, col(Consultation.id) == col(Publication.consultation_id))
            .order_by(col(Publication.at).desc(), col(Publication.id).desc())
            .limit(limit)
            .offset(offset)
        ).all()
    )


def how_many_publications(db: Session) -> int:
    """How many publications there are altogether."""
    return db.exec(select(func.count()).select_from(Publication)).one()


def candidates(
    db: Session, decision: Decision, found: Select[UUID], *, limit: int, offset: int
) -> Sequence[Contribution]:
    """Contributions that might be linked: of those found, the ones a decision does not rest on yet."""
    every = select(Contribution).where(*_might_be_linked(decision, found))
    return db.exec(every.order_by(col(Contribution.id)).limit(limit).offset(offset)).all()


def how_many_candidates(db: Session, decision: Decision, found: Select[UUID]) -> int:
    """How many of those found might be linked, so that a person knows before linking them all."""
    every = select(func.count()).select_from(Contribution)
    return db.exec(every.where(*_might_be_linked(decision, found))).one()


def _might_be_linked(decision: Decision, found: Select[UUID]) -> tuple[ColumnElement[bool], ...]:
    here = select(Basis.contribution_id).where(Basis.decision_id == decision.id)
    return (
        col(Contribution.consultation_id) == decision.consultation_id,
        col(Contribution.id).in_(found),
        col(Contribution.id).not_in(here),
        col(Contribution.standing) != Standing.WITHDRAWN,
    )


def everyone(consultation: Consultation) -> SelectOfScalar[UUID]:
    """A query for every contribution."""
    return select(Contribution.id).where(Contribution.consultation_id == consultation.id)


def with_outcome(
    db: Session, consultation: Consultation, kind: OutcomeKind, *, limit: int, offset: int
) -> Sequence[tuple[Contribution, Outcome]]:
    """The contributions that came to an outcome, oldest first."""
    found = (
        select(Contribution, Outcome)
        .join(Outcome, col(Outcome.contribution_id) == col(Contribution.id))
        .where(Outcome.consultation_id == consultation.id)
        .where(Outcome.kind == kind)
        .order_by(col(Contribution.id))
    )
    return list(db.exec(found.limit(limit).offset(offset)).all())


def answer_of(db: Session, answer_id: UUID) -> Answer:
    """One answer, to be quoted."""
    found = db.get(Answer, answer_id)
    if found is None:
        raise NotFound("That answer is no longer here.")
    return found
