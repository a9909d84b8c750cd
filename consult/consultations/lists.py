"""Consultations as the public looks for them: by what can be done with them now."""

from collections.abc import Sequence
from datetime import datetime
from enum import Enum

from sqlalchemy import ColumnElement, and_, case, func
from sqlmodel import Session, col, select

from consult.consultations.models import Consultation, State


class Stage(Enum):
    """Where a consultation stands in the eyes of somebody who wants to take part."""

    OPEN = "open"
    COMING = "coming"
    CLOSED = "closed"
    DECIDED = "decided"


def at_stage(
    db: Session, stage: Stage, at: datetime, *, limit: int, offset: int
) -> Sequence[Consultation]:
    """Consultations at a stage: those that close or open soonest first, those that are over last."""
    order = col(Consultation.closes_at).desc()
    if stage == Stage.OPEN:
        order = col(Consultation.closes_at).asc()
    elif stage == Stage.COMING:
        order = col(Consultation.opens_at).asc()
    return db.exec(
        select(Consultation).where(_at(stage, at)).order_by(order).limit(limit).offset(offset)
    ).all()


def stages(db: Session, at: datetime) -> dict[Stage, int]:
    """How many consultations are at each stage."""
    sums = [func.coalesce(func.sum(case((_at(stage, at), 1), else_=0)), 0) for stage in Stage]
    row = db.execute(select(*sums)).one()
    return {stage: int(n) for stage, n in zip(Stage, row, strict=True)}


def pulse(db: Session, at: datetime) -> tuple[int, int]:
    """Two numbers that change whenever a page that lists consultations may have changed."""
    opened = case((_at(Stage.OPEN, at), 1), else_=0)
    revisions, is_open = db.execute(
        select(
            func.coalesce(func.sum(Consultation.revision), 0),
            func.coalesce(func.sum(opened), 0),
        ).where(col(Consultation.state) != State.DRAFT)
    ).one()
    return int(revisions), int(is_open)


def _at(stage: Stage, at: datetime) -> ColumnElement[bool]:
    state, over = col(Consultation.state), col(Consultation.closes_at) <= at
    begun = col(Consultation.opens_at) <= at
    if stage == Stage.DECIDED:
        return state == State.PUBLISHED
    if stage == Stage.OPEN:
        return and_(state == State.OPEN, begun, ~over)
    if stage == Stage.COMING:
        return and_(state == State.OPEN, ~begun, ~over)
    return (state == State.CLOSED) | and_(state == State.OPEN, over)
