"""Publishing all in which nothing was found: one moderator's word, a ruling for each, in batches."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, update
from sqlmodel import Session, col, select

from consult import audit, consultations, jobs
from consult.audit import Action
from consult.consultations import Consultation
from consult.contributions import Contribution, Standing, stand_many
from consult.db import insert_rows, new_id
from consult.errors import Conflict, NotFound, require
from consult.identity import Person, roles_in
from consult.moderation.models import Case, CaseState, Clearance, Ruled, Ruling
from consult.moderation.permissions import may_rule

BATCH = 500


def newest_clear(db: Session, consultation: Consultation) -> UUID | None:
    """The newest case in which nothing was found: a moderator says yes to what came until then."""
    newest = select(Case.id).where(*_clear(consultation.id))
    return db.exec(newest.order_by(col(Case.rank).desc(), col(Case.id).desc()).limit(1)).first()


def running(db: Session, consultation: Consultation) -> Clearance | None:
    """The clearance that is still at work here, if one is."""
    return db.exec(
        select(Clearance)
        .where(Clearance.consultation_id == consultation.id)
        .where(col(Clearance.finished_at).is_(None))
    ).first()


def clearance(db: Session, consultation: Consultation, clearance_id: UUID) -> Clearance:
    """One clearance of this consultation."""
    found = db.get(Clearance, clearance_id)
    if found is None or found.consultation_id != consultation.id:
        raise NotFound("There is nothing of that kind in this consultation.")
    return found


def publish_clear(
    db: Session, consultation: Consultation, *, upto: UUID, by: Person, at: datetime
) -> Clearance:
    """Publish all in which nothing was found and nobody reported, up to the case that was newest.

    A few are published at once; many by a job, which goes on after a stop and shows how far it is.
    """
    require(may_rule(roles_in(db, by, consultation.organisation_id)))
    if running(db, consultation):
        raise Conflict("They are being published already. Watch how far it is.")
    total = select(func.count()).select_from(Case).where(*_clear(consultation.id))
    made = Clearance(
        consultation_id=consultation.id,
        by=by.id,
        at=at,
        upto=upto,
        total=db.exec(total.where(col(Case.id) <= upto)).one(),
    )
    db.add(made)
    db.flush()
    if made.total <= BATCH:
        go_on(db, made, at=at)
    else:
        jobs.enqueue(db, "moderation.publish_clear", key=str(made.id), clearance_id=made.id)
    return made


def go_on(db: Session, made: Clearance, *, at: datetime) -> bool:
    """Publish the next batch; returns whether there may be more. Run twice, nothing is done twice."""
    consultation = db.get_one(Consultation, made.consultation_id)
    cases = _next(db, made)
    ids = [one.contribution_id for one in cases]
    if ids:
        insert_rows(db, Ruling, [_ruling(made, one, at) for one in ids])
        stand_many(db, consultation, ids, Standing.SHOWN)
        closed = update(Case).where(col(Case.contribution_id).in_(ids))
        db.execute(closed.values(state=CaseState.CLOSED, closed_at=at))
        consultations.count(db, consultation.id, {"queue:clear": -len(ids)})
        _write_down(db, made, ids, at)
    made.done += len(ids)
    is_last = len(ids) < BATCH
    made.finished_at = at if is_last else None
    db.add(made)
    return not is_last


def _next(db: Session, made: Clearance) -> Sequence[Case]:
    """The next cases; those a moderator is ruling on this moment are left to them."""
    return db.exec(
        select(Case)
        .join(Contribution, col(Contribution.id) == col(Case.contribution_id))
        .where(*_clear(made.consultation_id))
        .where(col(Case.id) <= made.upto)
        .where(Contribution.standing == Standing.WAITING)
        .order_by(col(Case.rank), col(Case.id))
        .limit(BATCH)
        .with_for_update(of=Contribution, skip_locked=True)
    ).all()


def _clear(consultation_id: UUID) -> tuple[ColumnElement[bool], ...]:
    return (
        col(Case.consultation_id) == consultation_id,
        col(Case.state) == CaseState.OPEN,
        col(Case.pile) == "clear",
    )


def _ruling(made: Clearance, contribution_id: UUID, at: datetime) -> dict[str, object]:
    return {
        "id": new_id(),
        "contribution_id": contribution_id,
        "ruled": Ruled.PUBLISH,
        "ground": "",
        "reason": "",
        "redactions": [],
        "test": {},
        "by": made.by,
        "at": at,
        "stood": Standing.WAITING,
        "pile": "clear",
        "clearance_id": made.id,
    }


def _write_down(db: Session, made: Clearance, ids: Sequence[UUID], at: datetime) -> None:
    # No outcome is told of them: what was waiting had not been withheld.
    action, ruled = Action.CONTRIBUTION_RULED, Ruled.PUBLISH.value
    audit.record_each(db, action, ids, at=at, by=made.by, ruled=ruled, clearance=str(made.id))
