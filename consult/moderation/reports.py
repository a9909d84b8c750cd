"""Readers' reports: anyone may say that something published may be wrong."""

from datetime import datetime
from enum import Enum

from sqlmodel import Session, select

from consult import audit
from consult.audit import Action
from consult.contributions import Contribution
from consult.moderation.models import Case, CaseState, Flag, Origin
from consult.moderation.queue import case_of, join_pile, leave_pile


class ReportReason(Enum):
    """What a reader may say is wrong; each value is the id of a basis in the catalogue."""

    PERSONAL_DATA = "personal-data"
    DEFAMATION = "defamation"
    THREAT = "threat"
    DISCRIMINATION = "house-discrimination"
    IMPERSONATION = "house-impersonation"
    FRAUD_SPAM = "fraud-spam"
    OTHER = "other"


def report(
    db: Session,
    contribution: Contribution,
    *,
    reason: ReportReason,
    words: str,
    reporter: str,
    at: datetime,
) -> None:
    """Have a moderator look at it. The same reader reporting twice changes nothing."""
    known = db.exec(
        select(Flag.id)
        .where(Flag.contribution_id == contribution.id)
        .where(Flag.origin == Origin.READER)
        .where(Flag.reporter == reporter)
    ).first()
    if known:
        return
    db.add(_flag(contribution, reason, words, reporter, at))
    _open_case(db, contribution, at)
    audit.record(db, Action.CONTRIBUTION_REPORTED, contribution.id, at=at, reason=reason.value)


def _flag(
    contribution: Contribution, reason: ReportReason, words: str, reporter: str, at: datetime
) -> Flag:
    return Flag(
        contribution_id=contribution.id,
        origin=Origin.READER,
        kind="report",
        basis=reason.value,
        rule="reader",
        version="1",
        reason=words[:1000] or "The reader gave no words of their own.",
        raised_at=at,
        reporter=reporter,
    )


def _open_case(db: Session, contribution: Contribution, at: datetime) -> None:
    case = case_of(db, contribution) or Case(
        contribution_id=contribution.id,
        consultation_id=contribution.consultation_id,
        state=CaseState.CLOSED,
        opened_at=at,
    )
    if case.state == CaseState.CLOSED:
        case.broken = False  # a person has read it since the screener failed on it
    leave_pile(db, case)
    case.held = False
    case.kinds = [*case.kinds, "report"] if "report" not in case.kinds else case.kinds
    case.reports += 1
    join_pile(db, case)
