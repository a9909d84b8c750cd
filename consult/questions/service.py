"""Saying what became of each question: put and answered, not put and why, or joined with another.

Each is an outcome like any other; a Put keeps the answer beside it, once for all that were joined.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, Field, field_validator
from sqlalchemy import delete
from sqlmodel import Session, col, select

from consult import audit, decisions
from consult.audit import Action
from consult.consultations import Consultation
from consult.contributions import Contribution
from consult.decisions import Outcome, OutcomeKind
from consult.errors import Conflict, Invalid, require
from consult.identity import Person, roles_in
from consult.lib import text
from consult.questions import rules, telling
from consult.questions.models import Hearing, Put, PutState
from consult.questions.queries import lead_id_of, own_put

NOT_FREE = "Nothing can be said of this question: its author has withdrawn it, or a moderator withholds it."
ALONE = "Choose at least two questions that ask the same."


class Answered(BaseModel):
    """What came of putting a question. Both together fit into what an asker is told."""

    answer: str = Field(min_length=1, max_length=1500)
    link: str = Field(default="", max_length=300)

    @field_validator("answer")
    @classmethod
    def tidied(cls, answer: str) -> str:
        return text.tidy(answer)

    @field_validator("link")
    @classmethod
    def leads_somewhere(cls, link: str) -> str:
        if link and not telling.is_link(link):
            raise ValueError("The link must be a whole address that begins with https://.")
        return link


def put(
    db: Session,
    contribution: Contribution,
    hearing: Hearing | None,
    answered: Answered,
    *,
    by: Person,
    at: datetime,
) -> Put:
    """Record that a question was put, and the answer. Its asker and all joined with it are told when published."""
    consultation = _may_put(db, contribution, by)
    if hearing is not None and hearing.consultation_id != consultation.id:
        raise Invalid(
            "That hearing belongs to another call for questions. Choose one of this call."
        )
    made = Put(
        contribution_id=contribution.id,
        hearing_id=hearing.id if hearing else None,
        state=PutState.PUT,
        answer=answered.answer,
        link=answered.link,
        by=by.id,
        at=at,
    )
    return _settle(db, consultation, contribution, made, OutcomeKind.INFORMED, by)


def not_put(
    db: Session, contribution: Contribution, reason: str, *, by: Person, at: datetime
) -> Put:
    """Record that a question was not put, and why. Its asker and all joined with it are told when published."""
    consultation = _may_put(db, contribution, by)
    reason = _reason(reason)
    made = Put(
        contribution_id=contribution.id, state=PutState.NOT_PUT, reason=reason, by=by.id, at=at
    )
    return _settle(db, consultation, contribution, made, OutcomeKind.CONSIDERED, by)


def undo(db: Session, contribution: Contribution, *, by: Person, at: datetime) -> None:
    """Take back what was said of a question, or take it out of the one it was joined with."""
    consultation = _may_put(db, contribution, by)
    if not decisions.undo_outcome(db, consultation, [contribution.id], by=by, at=at):
        raise Conflict("There is nothing to take back: nothing has been said of this question yet.")
    _forget(db, contribution)
    _tell_joined(db, consultation, contribution.id, None, by, at)
    audit.record(db, Action.QUESTION_PUT, contribution.id, at=at, by=by.id, state="undone")


def join(
    db: Session,
    contributions: Sequence[Contribution],
    into: Contribution,
    *,
    by: Person,
    at: datetime,
) -> int:
    """Say that questions ask the same as another; returns how many. Each keeps its asker and its support.

    Whatever had been joined with one of them goes with it; whatever was said of it alone is dropped.
    """
    consultation = _may_put(db, into, by)
    if lead_id_of(db, into) is not None:
        raise Conflict(
            "The question chosen is itself joined with another. Choose that other one, or take it out first."
        )
    ids = [one.id for one in contributions if one.id != into.id]
    if not ids:
        raise Conflict(ALONE)
    moving = [*ids, *(id_ for id_ in joined_ids(db, ids) if id_ not in ids and id_ != into.id)]
    put = own_put(db, into)
    given = _join(db, consultation, moving, into.id, put, by, at)
    if not given:
        raise Conflict(NOT_FREE)
    db.execute(delete(Put).where(col(Put.contribution_id).in_(moving)))
    audit.record(db, Action.QUESTION_PUT, into.id, at=at, by=by.id, joined=given)
    return given


def joined_ids(db: Session, ids: Sequence[UUID]) -> Sequence[UUID]:
    """The questions joined with any of these."""
    return db.exec(
        select(Outcome.contribution_id)
        .where(Outcome.kind == OutcomeKind.DUPLICATE)
        .where(col(Outcome.other_id).in_(ids))
    ).all()


def _settle(
    db: Session,
    consultation: Consultation,
    contribution: Contribution,
    made: Put,
    kind: OutcomeKind,
    by: Person,
) -> Put:
    said = telling.of_put(made)
    given = decisions.give_outcome(
        db, consultation, [contribution.id], kind, reason=said, by=by, at=made.at
    )
    if not given:
        raise Conflict(NOT_FREE)
    _forget(db, contribution)
    db.add(made)
    db.flush()
    _tell_joined(db, consultation, contribution.id, made, by, made.at)
    audit.record(
        db, Action.QUESTION_PUT, contribution.id, at=made.at, by=by.id, state=made.state.value
    )
    return made


def _tell_joined(
    db: Session,
    consultation: Consultation,
    lead_id: UUID,
    put: Put | None,
    by: Person,
    at: datetime,
) -> None:
    joined = joined_ids(db, [lead_id])
    if joined:
        _join(db, consultation, joined, lead_id, put, by, at)


def _join(
    db: Session,
    consultation: Consultation,
    ids: Sequence[UUID],
    into: UUID,
    put: Put | None,
    by: Person,
    at: datetime,
) -> int:
    return decisions.give_outcome(
        db,
        consultation,
        ids,
        OutcomeKind.DUPLICATE,
        reason=telling.of_joined(put),
        other_id=into,
        by=by,
        at=at,
    )


def _forget(db: Session, contribution: Contribution) -> None:
    db.execute(delete(Put).where(col(Put.contribution_id) == contribution.id))


def _may_put(db: Session, contribution: Contribution, by: Person) -> Consultation:
    consultation = db.get_one(Consultation, contribution.consultation_id)
    require(rules.may_put(roles_in(db, by, consultation.organisation_id), consultation))
    return consultation


def _reason(reason: str) -> str:
    try:
        tidied = text.tidy(reason, telling.MOST)
    except ValueError as wrong:
        raise Invalid(str(wrong)) from None
    if not tidied:
        raise Invalid("Write why it was not put: the people who asked are told this reason.")
    return tidied
