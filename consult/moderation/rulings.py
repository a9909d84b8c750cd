"""One person's decision on what may be read, with its ground and reason."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, Field, model_validator
from sqlmodel import Session, col, select

from consult import audit, jobs
from consult.audit import Action
from consult.consultations import Consultation
from consult.contributions import (
    Answer,
    Contribution,
    Standing,
    redact,
    stand,
)
from consult.errors import Conflict, require
from consult.identity import Person, roles_in
from consult.moderation import rules
from consult.moderation.models import Case, CaseState, Ruled, Ruling
from consult.moderation.permissions import may_rule
from consult.moderation.queries import rulings_of
from consult.moderation.queue import case_of, join_pile, leave_pile, queue

STANDING = {
    Ruled.PUBLISH: Standing.SHOWN,
    Ruled.REDACT: Standing.SHOWN,
    Ruled.HOLD: Standing.HELD,
    Ruled.WITHHOLD: Standing.WITHHELD,
}


class Redaction(BaseModel):
    """Words to black out: positions in one answer."""

    answer_id: UUID
    start: int = Field(ge=0)
    end: int


class NewRuling(BaseModel):
    """What a moderator decides. Everything but plain publishing needs its ground and a reason."""

    ruled: Ruled
    ground: str = ""
    reason: str = Field(default="", max_length=2000)
    redactions: list[Redaction] = Field(default_factory=list)

    @model_validator(mode="after")
    def explained(self) -> "NewRuling":
        grounds = {one.id for one in rules.grounds()}
        if self.ruled in (Ruled.WITHHOLD, Ruled.REDACT) and self.ground not in grounds:
            raise ValueError("Choose the ground in law or house rules: the author will be told it.")
        if self.ruled != Ruled.PUBLISH and not self.reason.strip():
            raise ValueError("Write the reason: the author will read it.")
        if self.ruled == Ruled.REDACT and not self.redactions:
            raise ValueError("Choose the words to black out, or publish it as it is.")
        return self


def rule(
    db: Session,
    contribution: Contribution,
    new: NewRuling,
    *,
    version: int,
    by: Person,
    at: datetime,
) -> Ruling:
    """Decide whether the public may read a contribution. It stays in the ledger and the analysis.

    `version` is that of the contribution the moderator saw; if somebody ruled meanwhile, they are told.
    """
    consultation = db.get_one(Consultation, contribution.consultation_id)
    require(may_rule(roles_in(db, by, consultation.organisation_id)))
    _still_current(db, contribution, version)
    made = Ruling(
        contribution_id=contribution.id,
        ruled=new.ruled,
        ground=new.ground if new.ruled != Ruled.PUBLISH else "",
        reason=new.reason.strip(),
        redactions=[one.model_dump(mode="json") for one in new.redactions],
        by=by.id,
        at=at,
    )
    db.add(made)
    _carry_out(db, contribution, new, at)
    audit.record(
        db,
        Action.CONTRIBUTION_RULED,
        contribution.id,
        at=at,
        by=by.id,
        ruled=new.ruled.value,
        ground=made.ground,
    )
    jobs.enqueue(
        db, "decisions.account_for_ruling", contribution_id=contribution.id, ground=_account(made)
    )
    return made


def publish_clear(
    db: Session, consultation: Consultation, *, by: Person, at: datetime, limit: int = 500
) -> int:
    """Publish the next of those in which nothing was found and nobody reported; returns how many.

    Each gets a ruling of its own, by the moderator who took responsibility for them all.
    """
    require(may_rule(roles_in(db, by, consultation.organisation_id)))
    cases = queue(db, consultation, "clear", limit=limit)
    found = db.exec(
        select(Contribution).where(col(Contribution.id).in_([one.contribution_id for one in cases]))
    ).all()
    for one in found:
        rule(db, one, NewRuling(ruled=Ruled.PUBLISH), version=one.version, by=by, at=at)
    return len(found)


def _account(made: Ruling) -> str:
    return made.ground if made.ruled == Ruled.WITHHOLD else ""


def _carry_out(db: Session, contribution: Contribution, new: NewRuling, at: datetime) -> None:
    if new.ruled == Ruled.REDACT:
        redact(db, contribution, _by_answer(db, contribution, new.redactions), at=at)
    contribution.version += 1
    stand(db, contribution, STANDING[new.ruled])
    case = case_of(db, contribution) or _case(contribution, at)
    leave_pile(db, case, at)
    if new.ruled == Ruled.HOLD:
        join_pile(db, case)


def _case(contribution: Contribution, at: datetime) -> Case:
    return Case(
        contribution_id=contribution.id,
        consultation_id=contribution.consultation_id,
        state=CaseState.CLOSED,
        opened_at=at,
    )


def _still_current(db: Session, contribution: Contribution, version: int) -> None:
    if contribution.standing == Standing.WITHDRAWN:
        raise Conflict("Its author has withdrawn it, so there is nothing left to decide.")
    if contribution.version == version:
        return
    before = rulings_of(db, contribution)
    if before and before[-1].by:
        who = db.get_one(Person, before[-1].by).name
        raise Conflict(
            f"{who} has decided on this meanwhile: {before[-1].ruled.value}. Load it again to see why."
        )
    raise Conflict("This response has changed meanwhile. Load it again.")


def _by_answer(
    db: Session, contribution: Contribution, redactions: Sequence[Redaction]
) -> dict[UUID, list[tuple[int, int]]]:
    spans: dict[UUID, list[tuple[int, int]]] = {}
    for one in redactions:
        answer = db.get(Answer, one.answer_id)
        if answer is None or not one.start < one.end <= len(answer.text):
            raise Conflict("The words to black out are not where they were. Load the page again.")
        spans.setdefault(one.answer_id, []).append((one.start, one.end))
    return spans
