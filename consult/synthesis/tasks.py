"""Jobs of synthesis."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from consult.consultations import Consultation
from consult.contributions import Contribution
from consult.identity import Person
from consult.jobs import OpenDb, task
from consult.synthesis import progress, suggester, suggestions
from consult.synthesis.models import Suggestion


@task("synthesis.suggest", transaction=False)
def suggest(open_db: OpenDb, run_id: UUID) -> None:
    """Look for themes. Running twice begins again and ends with the same."""
    suggester.suggest(open_db, run_id)


@task("synthesis.confirm_all", transaction=False)
def confirm_all(open_db: OpenDb, suggestion_id: UUID, by: UUID, at: str) -> None:
    """Mark all that waits in a suggestion for the person who said so, batch by batch."""
    while _confirm_some(open_db, suggestion_id, by, datetime.fromisoformat(at)):
        pass


@task("synthesis.account_for_withdrawal")
def account_for_withdrawal(db: Session, contribution_id: UUID) -> None:
    """The marks went with the words; bring the counts to what is left."""
    progress.recount(db, db.get_one(Contribution, contribution_id).consultation_id)


def _confirm_some(open_db: OpenDb, suggestion_id: UUID, by: UUID, at: datetime) -> bool:
    with open_db() as db:
        suggestion = db.get(Suggestion, suggestion_id)
        ids = suggestions.next_waiting(db, suggestion) if suggestion else []
        if suggestion and ids:
            here = db.get_one(Consultation, suggestion.consultation_id)
            person = db.get_one(Person, by)
            suggestions.confirm(db, here, suggestion, ids, by=person, at=at)
        return bool(ids)
