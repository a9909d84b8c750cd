"""Writing decisions: what was heard, what was decided, and why."""

from datetime import datetime

from pydantic import BaseModel, Field, field_validator
from sqlmodel import Session, col, select

from consult import audit
from consult.audit import Action
from consult.consultations import Consultation
from consult.decisions import rules
from consult.decisions.accounts import lock
from consult.decisions.bases import unlink_all
from consult.decisions.models import Decision, Verdict
from consult.decisions.queries import of_consultation
from consult.errors import Conflict, require
from consult.identity import Person, roles_in
from consult.lib import dates, text


class NewDecision(BaseModel):
    """A decision as an official writes it. It may be unfinished until it is published."""

    title: str = Field(min_length=1, max_length=200, title="a title")
    heard: str = Field(default="", max_length=20_000, title="what we heard")
    verdict: Verdict = Field(default=Verdict.NOTED, title="what was decided")
    decided: str = Field(default="", max_length=20_000, title="what we decided")
    why: str = Field(default="", max_length=20_000, title="why")

    @field_validator("title", "heard", "decided", "why")
    @classmethod
    def tidied(cls, words: str) -> str:
        return text.tidy(words)


def write(
    db: Session, consultation: Consultation, new: NewDecision, *, by: Person, at: datetime
) -> Decision:
    """Write a further decision, after the others. Nobody outside sees it until it is published."""
    _may_decide(db, consultation, by)
    last = max((one.position for one in of_consultation(db, consultation)), default=0)
    made = Decision(
        consultation_id=consultation.id,
        position=last + 1,
        written_by=by.id,
        changed_at=at,
        **new.model_dump(),
    )
    db.add(made)
    _changed(db, made, by, at, "written")
    return made


def change(
    db: Session, decision: Decision, new: NewDecision, *, version: int, by: Person, at: datetime
) -> None:
    """Rewrite a decision, unless somebody else has since `version` was read: their words are not lost."""
    consultation = db.get_one(Consultation, decision.consultation_id)
    _may_decide(db, consultation, by)
    db.refresh(decision)
    if decision.version != version:
        raise Conflict(_overtaken(db, decision))
    for name, value in new.model_dump().items():
        setattr(decision, name, value)
    decision.version += 1
    decision.written_by, decision.changed_at = by.id, at
    db.add(decision)
    _changed(db, decision, by, at, "changed")


def move(db: Session, decision: Decision, up: bool, *, by: Person, at: datetime) -> None:
    """Swap a decision with its neighbour; at the end of the list nothing happens."""
    consultation = db.get_one(Consultation, decision.consultation_id)
    _may_decide(db, consultation, by)
    ordered = list(of_consultation(db, consultation))
    here = ordered.index(decision)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(ordered):
        return
    ordered[here], ordered[there] = ordered[there], ordered[here]
    for position, one in enumerate(ordered, start=1):
        one.position = position
        db.add(one)
    _changed(db, decision, by, at, "moved")


def remove(db: Session, decision: Decision, *, by: Person, at: datetime) -> None:
    """Strike a decision out. Contributions it alone rested on are owed an outcome again.

    Publications that hold it keep it.
    """
    consultation = db.get_one(Consultation, decision.consultation_id)
    _may_decide(db, consultation, by)
    unlink_all(db, consultation, decision, at=at)
    db.delete(decision)
    _changed(db, decision, by, at, "removed")


def _may_decide(db: Session, consultation: Consultation, by: Person) -> None:
    require(rules.may_decide(roles_in(db, by, consultation.organisation_id), consultation))
    lock(db, consultation)


def _changed(db: Session, decision: Decision, by: Person, at: datetime, what: str) -> None:
    audit.record(db, Action.DECISION_CHANGED, decision.id, at=at, by=by.id, what=what)
    db.flush()


def _overtaken(db: Session, decision: Decision) -> str:
    names = select(Person.name).where(col(Person.id) == decision.written_by)
    who = db.exec(names).first() or "Somebody else"
    return (
        f"{who} changed this decision on {dates.moment(decision.changed_at)}, while you were writing. "
        "Nothing of theirs was overwritten: compare with the present words, then save again."
    )
