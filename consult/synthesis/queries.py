"""How far the reading of a contribution has come."""

from sqlalchemy import func
from sqlmodel import Session, col, select

from consult.contributions import Contribution
from consult.synthesis.models import Coding, Reading


def progress_of(db: Session, contribution: Contribution) -> tuple[bool, int]:
    """Whether a person has read it, and with how many themes it is marked."""
    read = select(Reading.id).where(Reading.contribution_id == contribution.id).limit(1)
    themes = select(func.count(func.distinct(col(Coding.theme_id)))).where(
        Coding.contribution_id == contribution.id
    )
    return db.exec(read).first() is not None, db.exec(themes).one()
