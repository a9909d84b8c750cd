"""Screening again: words that have changed are looked at as if they had just come."""

from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col

from consult.consultations import Consultation
from consult.contributions import Contribution, Standing
from consult.moderation.models import Flag, Origin
from consult.moderation.queue import case_of, leave_pile
from consult.moderation.screening import screen


def screen_again(db: Session, contribution: Contribution, *, at: datetime) -> None:
    """Drop what the rules said of the old words and the case with it, and screen the new ones.

    Readers' reports and rulings stay: they are what people did.
    """
    if contribution.standing != Standing.WAITING:
        return
    machine = col(Flag.origin).in_([Origin.RULE, Origin.SCREENER])
    db.execute(delete(Flag).where(col(Flag.contribution_id) == contribution.id, machine))
    case = case_of(db, contribution)
    if case is not None:
        leave_pile(db, case, at)
        db.delete(case)
        db.flush()
    here = db.get_one(Consultation, contribution.consultation_id)
    screen(db, here, contribution.id, contribution.id, at=at)
