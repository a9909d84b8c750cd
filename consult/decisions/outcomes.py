"""Giving each contribution its one outcome, and taking it back.

Precedence, from strongest: withdrawn by its author (final) · informed a decision (as long as a basis
links it) · whatever a person or a ruling gave last. A withholding that a stronger outcome covers is
kept as the `ground` beside it, and holds again when the last basis goes.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session

from consult import audit, consultations, contributions
from consult.audit import Action
from consult.consultations import Consultation, Kind
from consult.contributions import Contribution, Standing
from consult.decisions import rules
from consult.decisions.accounts import Account, Which, accounts, batches, clear, lock, settle
from consult.decisions.bases import drop
from consult.decisions.models import OutcomeKind
from consult.errors import Conflict, Invalid, require
from consult.identity import Person, roles_in
from consult.lib import text

REASON_NEEDED = {
    OutcomeKind.CONSIDERED: "Write why nothing changes: everyone concerned is told this reason.",
    OutcomeKind.OUT_OF_SCOPE: "Write why it is out of scope: everyone concerned is told this reason.",
}


def give_outcome(
    db: Session,
    consultation: Consultation,
    which: Which,
    kind: OutcomeKind,
    *,
    reason: str = "",
    ground: str = "",
    other_id: UUID | None = None,
    by: Person,
    at: datetime,
) -> int:
    """Say what became of contributions; returns of how many. Their authors are told when it is published.

    What informs a decision, was withdrawn or is withheld by a ruling keeps its outcome and is not counted. In a
    call for questions “put and answered” is given here too, and may be changed here.
    """
    _may_decide(db, consultation, by)
    reason = _tidied(reason)
    _refuse_unless_complete(consultation, kind, reason, ground, other_id)
    if other_id:
        contributions.by_id(db, consultation, other_id)
    more: dict[str, Any] = {"reason": reason, "other_id": other_id, "by": by.id, "at": at}
    if ground:
        more["ground"] = ground[:80]
    given = 0
    for batch in batches(db, which):
        found = [one for one in accounts(db, consultation.id, batch) if _is_free(consultation, one)]
        found = [one for one in found if one.id != other_id]
        settle(db, consultation.id, found, kind, **more)
        given += len(found)
    _changed(db, consultation, by, at, given=given, kind=kind.value)
    return given


def undo_outcome(
    db: Session, consultation: Consultation, which: Which, *, by: Person, at: datetime
) -> int:
    """Take outcomes back, so that these are owed one again; returns of how many.

    Not those that follow from something else: a basis, a withdrawal, a moderator's ruling.
    """
    _may_decide(db, consultation, by)
    undone = 0
    for batch in batches(db, which):
        found = [one for one in accounts(db, consultation.id, batch) if one.kind is not None]
        free = [one for one in found if _is_free(consultation, one)]
        clear(db, consultation.id, free)
        undone += len(free)
    _changed(db, consultation, by, at, undone=undone)
    return undone


def account_for_withdrawal(db: Session, contribution_id: UUID, *, at: datetime) -> None:
    """Its author took it back: that is its outcome from now on, and no decision rests on it any more."""
    found = db.get(Contribution, contribution_id)
    if found is None or found.standing != Standing.WITHDRAWN:
        return
    consultation = db.get_one(Consultation, found.consultation_id)
    lock(db, consultation)
    withdraw_all(db, consultation, [contribution_id], at=at)


def withdraw_all(db: Session, consultation: Consultation, which: Which, *, at: datetime) -> None:
    """Account for contributions their authors took back."""
    for batch in batches(db, which):
        found = accounts(db, consultation.id, batch)
        changed = [one for one in found if one.kind != OutcomeKind.WITHDRAWN]
        for one in changed:
            drop(db, consultation, one)
        settle(db, consultation.id, changed, OutcomeKind.WITHDRAWN, at=at, ground="")
        if changed:
            consultations.touch(db, consultation)


def account_for_ruling(db: Session, contribution_id: UUID, ground: str, *, at: datetime) -> None:
    """A moderator withheld it on a ground of law or house rules, or (no ground) lets it be seen again.

    Withheld is its outcome unless it informs a decision or was withdrawn; see the module's word on
    precedence. It replaces an outcome that a person gave before, because the author must be told.
    """
    contribution = db.get(Contribution, contribution_id)
    if contribution is None:
        return
    consultation = db.get_one(Consultation, contribution.consultation_id)
    lock(db, consultation)
    (one,) = accounts(db, consultation.id, [contribution_id])
    if one.kind == OutcomeKind.WITHDRAWN:
        return
    if one.kind == OutcomeKind.INFORMED:
        settle(db, consultation.id, [one], OutcomeKind.INFORMED, at=at, ground=ground[:80])
    elif ground:
        settle(db, consultation.id, [one], OutcomeKind.WITHHELD, at=at, ground=ground[:80])
    elif one.kind == OutcomeKind.WITHHELD:
        clear(db, consultation.id, [one])
    consultations.touch(db, consultation)


def _tidied(reason: str) -> str:
    try:
        return text.tidy(reason, 2000)
    except ValueError as wrong:
        raise Invalid(str(wrong)) from None


def _is_free(consultation: Consultation, one: Account) -> bool:
    """Whether a person may give or take the outcome of this one."""
    if one.standing == Standing.WITHDRAWN or one.kind == OutcomeKind.WITHDRAWN or _is_ruled(one):
        return False
    return one.kind != OutcomeKind.INFORMED or consultation.kind == Kind.QUESTIONS


def _is_ruled(one: Account) -> bool:
    return one.kind == OutcomeKind.WITHHELD and one.standing == Standing.WITHHELD


def _refuse_unless_complete(
    consultation: Consultation,
    kind: OutcomeKind,
    reason: str,
    ground: str,
    other_id: UUID | None,
) -> None:
    if kind == OutcomeKind.WITHDRAWN:
        raise Conflict("Only its author can withdraw a response.")
    if kind == OutcomeKind.INFORMED and consultation.kind != Kind.QUESTIONS:
        raise Conflict(
            "Link a response to the decision it informed: its outcome follows by itself."
        )
    if kind in REASON_NEEDED and not reason:
        raise Invalid(REASON_NEEDED[kind])
    if kind == OutcomeKind.WITHHELD and not ground:
        raise Invalid("Name the ground on which it is withheld: its author is told it.")
    if kind == OutcomeKind.DUPLICATE and other_id is None:
        raise Invalid("Say of which response it is a duplicate.")


def _may_decide(db: Session, consultation: Consultation, by: Person) -> None:
    require(rules.may_decide(roles_in(db, by, consultation.organisation_id), consultation))
    lock(db, consultation)


def _changed(
    db: Session, consultation: Consultation, by: Person, at: datetime, **what: Any
) -> None:
    if any(isinstance(n, int) and n for n in what.values()):
        consultations.touch(db, consultation)
        audit.record(db, Action.OUTCOME_GIVEN, consultation.id, at=at, by=by.id, **what)
