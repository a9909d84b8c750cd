"""Finding contributions by their words, to link them to a decision."""

from uuid import UUID

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from consult.consultations import Consultation
from consult.contributions import Answer, Contribution
from consult.errors import Invalid


def search_ids(db: Session, consultation: Consultation, words: str) -> SelectOfScalar[UUID]:
    """A query for the contributions in which every one of these words stands."""
    wanted = words.split()
    if not wanted:
        raise Invalid("Enter a word to search for.")
    found = select(Contribution.id).where(Contribution.consultation_id == consultation.id)
    for word in wanted:
        said = select(Answer.contribution_id).where(
            col(Answer.text).icontains(word, autoescape=True)
        )
        found = found.where(col(Contribution.id).in_(said))
    return found
