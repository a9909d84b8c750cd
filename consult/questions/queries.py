"""Reading what became of questions."""

from sqlmodel import Session, select

from consult.contributions import Contribution
from consult.questions.models import Put


def put_of(db: Session, contribution: Contribution) -> Put | None:
    """Whether a question was put, with the answer, or why it was not; None while nobody has said."""
    return db.exec(select(Put).where(Put.contribution_id == contribution.id)).first()
