"""Linking contributions to the decision they informed, and taking links back: any number at once."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete
from sqlmodel import Session, col, select

from consult import audit, consultations
from consult.audit import Action
from consult.consultations import Consultation
from consult.contributions import Standing
from consult.db import insert_rows, new_id
from consult.decisions import rules
from consult.decisions.accounts import Account, Which, accounts, batches, clear, lock, settle
from consult.decisions.models import Basis, Decision, How, OutcomeKind, Quotation
from consult.errors import NotFound, require
from consult.identity import Person, roles_in
from consult.synthesis import Coding, Theme


def link(
    db: Session,
    decision: Decision,
    which: Which,
    *,
    how: How = How.SINGLE,
    detail: str = "",
    by: Person,
    at: datetime,
) -> int:
    """Say that contributions informed a decision; returns how many were not linked to it before.

    Their outcome becomes “informed a decision”, in place of any other. A contribution withheld from
    view may inform one too: moderation hides, it does not unsay. One that was withdrawn may not.
    """
    consultation = _may_link(db, decision, by)
    facts: dict[str, Any] = {"how": how, "detail": detail[:300], "by": by.id, "at": at}
    made = sum(_link(db, decision, batch, facts) for batch in batches(db, which))
    if made:
        consultations.touch(db, consultation)
        audit.record(
            db, Action.BASIS_CHANGED, decision.id, at=at, by=by.id, linked=made, how=how.value
        )
    return made


def link_theme(db: Session, decision: Decision, theme_id: UUID, *, by: Person, at: datetime) -> int:
    """Link every contribution that a person has marked with a theme."""
    theme = db.get(Theme, theme_id)
    if theme is None or theme.consultation_id != decision.consultation_id:
        raise NotFound("That theme is no longer here. Load the page again and choose another.")
    marked = select(Coding.contribution_id).where(Coding.theme_id == theme_id).distinct()
    return link(db, decision, marked, how=How.THEME, detail=theme.name, by=by, at=at)


def link_search(
    db: Session, decision: Decision, words: str, found: Which, *, by: Person, at: datetime
) -> int:
    """Link every contribution that a search found; the words searched for are kept beside the link."""
    return link(db, decision, found, how=How.SEARCH, detail=words, by=by, at=at)


def unlink(db: Session, decision: Decision, which: Which, *, by: Person, at: datetime) -> int:
    """Take links back, with the quotations that hang on them; returns how many there were.

    A contribution that informs no other decision is owed an outcome again, or is withheld as it
    was ruled before it was linked.
    """
    consultation = _may_link(db, decision, by)
    gone = sum(_unlink(db, decision, batch, at) for batch in batches(db, which))
    if gone:
        consultations.touch(db, consultation)
        audit.record(db, Action.BASIS_CHANGED, decision.id, at=at, by=by.id, unlinked=gone)
    return gone


def unlink_all(
    db: Session, consultation: Consultation, decision: Decision, *, at: datetime
) -> None:
    """Take every link of a decision back, because the decision goes."""
    every = select(Basis.contribution_id).where(Basis.decision_id == decision.id)
    for batch in batches(db, every):
        _unlink(db, decision, batch, at)


def drop(db: Session, consultation: Consultation, one: Account) -> None:
    """Take all links of one contribution back: it was withdrawn."""
    if _with_basis(db, [one.id]):
        db.execute(delete(Quotation).where(col(Quotation.contribution_id) == one.id))
        db.execute(delete(Basis).where(col(Basis.contribution_id) == one.id))
        consultations.count(db, consultation.id, {f"linked:{one.group}": -1})


def _may_link(db: Session, decision: Decision, by: Person) -> Consultation:
    consultation = db.get_one(Consultation, decision.consultation_id)
    require(rules.may_decide(roles_in(db, by, consultation.organisation_id), consultation))
    lock(db, consultation)
    return consultation


def _link(db: Session, decision: Decision, ids: list[UUID], facts: dict[str, Any]) -> int:
    here = db.exec(
        select(Basis.contribution_id)
        .where(Basis.decision_id == decision.id)
        .where(col(Basis.contribution_id).in_(ids))
    ).all()
    found = [
        one
        for one in accounts(db, decision.consultation_id, ids)
        if one.standing != Standing.WITHDRAWN and one.id not in set(here)
    ]
    if not found:
        return 0
    before = _with_basis(db, ids)
    rows = [
        {"id": new_id(), "decision_id": decision.id, "contribution_id": one.id, **facts}
        for one in found
    ]
    insert_rows(db, Basis, rows)
    fresh = [one for one in found if one.kind != OutcomeKind.INFORMED]
    who = {"by": facts["by"], "at": facts["at"]}
    settle(db, decision.consultation_id, fresh, OutcomeKind.INFORMED, **who)
    _count_linked(db, decision, [one for one in found if one.id not in before], 1)
    return len(found)


def _unlink(db: Session, decision: Decision, ids: list[UUID], at: datetime) -> int:
    before = _with_basis(db, ids)
    for table in (Quotation, Basis):
        gone = db.execute(
            delete(table)
            .where(col(table.decision_id) == decision.id)
            .where(col(table.contribution_id).in_(ids))
        )
    loose = before - _with_basis(db, ids)
    found = [one for one in accounts(db, decision.consultation_id, ids) if one.id in loose]
    _count_linked(db, decision, found, -1)
    informed = [one for one in found if one.kind == OutcomeKind.INFORMED]
    clear(db, decision.consultation_id, [one for one in informed if not one.ground])
    withheld = [one for one in informed if one.ground]
    settle(db, decision.consultation_id, withheld, OutcomeKind.WITHHELD, at=at)
    return int(gone.rowcount)  # type: ignore[attr-defined]


def _with_basis(db: Session, ids: Sequence[UUID]) -> set[UUID]:
    found = select(Basis.contribution_id).where(col(Basis.contribution_id).in_(ids)).distinct()
    return set(db.exec(found).all())


def _count_linked(db: Session, decision: Decision, found: Sequence[Account], by: int) -> None:
    changes = Counter(f"linked:{one.group}" for one in found)
    consultations.count(db, decision.consultation_id, {what: by * n for what, n in changes.items()})
