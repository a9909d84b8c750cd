"""Screening: every contribution is looked at by the rules on arrival, and goes to people or to the public."""

import logging
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from consult import consultations
from consult.consultations import Consultation, Moderation
from consult.contributions import (
    Answer,
    Channel,
    Contribution,
    Standing,
    of_page,
    stand_many,
)
from consult.db import insert_rows, new_id
from consult.moderation import rules
from consult.moderation.models import Case, CaseState, Flag, Origin
from consult.moderation.rules import Finding, Kind

log = logging.getLogger("consult.moderation")

RANKS = {Kind.THREAT: 0, Kind.SELF_HARM_DISCLOSURE: 0, Kind.SPAM: 2}
SLICE = 100  # contributions in one transaction, which is some tenths of a second nobody else writes
IMPORTED = frozenset({Channel.POST, Channel.FILE})
BROKEN = (
    "The screener failed on this text, so nothing is known of it. Read it whole before you decide."
)


@dataclass
class Screened:
    """What the rules said of one contribution."""

    contribution: Contribution
    findings: list[tuple[UUID, Finding]] = field(default_factory=list)
    broken: bool = False

    @property
    def kinds(self) -> list[str]:
        return sorted({found.kind.value for _, found in self.findings})

    @property
    def is_doubtful(self) -> bool:
        """Whether anything found might keep it from view; telling of one's own distress never does."""
        return any(found.kind != Kind.SELF_HARM_DISCLOSURE for _, found in self.findings)

    @property
    def rank(self) -> int:
        return min((RANKS.get(found.kind, 1) for _, found in self.findings), default=3)


def screen(
    db: Session, consultation: Consultation, first: UUID, last: UUID, *, at: datetime
) -> int:
    """Screen what arrived between two ids and has not been screened; returns how many, a slice at most.

    A contribution with nothing found is cleared at once where the consultation moderates after
    publication; imported ones always wait for a person. One whose screening fails is held.
    """
    waiting = _unscreened(db, consultation, first, last)
    answers, _ = of_page(db, [one.id for one in waiting])
    screened = [_screened(one, answers.get(one.id, [])) for one in waiting]
    _insert_flags(db, screened, at)
    owed = [one for one in screened if one.findings or one.broken or _waits(consultation, one)]
    _insert_cases(db, consultation, owed, at)
    at_once = [one for one in screened if not _waits(consultation, one)]
    held = [one.contribution.id for one in screened if one.broken]
    held += [one.contribution.id for one in at_once if one.is_doubtful and not one.broken]
    cleared = [one.contribution.id for one in at_once if not one.is_doubtful and not one.broken]
    for ids, standing in ((cleared, Standing.SHOWN), (held, Standing.HELD)):
        if ids:
            stand_many(db, consultation, ids, standing)
    return len(screened)


def _unscreened(
    db: Session, consultation: Consultation, first: UUID, last: UUID
) -> Sequence[Contribution]:
    return db.exec(
        select(Contribution)
        .outerjoin(Case, col(Case.contribution_id) == col(Contribution.id))
        .where(Contribution.consultation_id == consultation.id)
        .where(col(Contribution.id).between(first, last))
        .where(Contribution.standing == Standing.WAITING)
        .where(col(Case.id).is_(None))
        .order_by(col(Contribution.id))
        .limit(SLICE)
    ).all()


def _screened(one: Contribution, answers: Iterable[Answer]) -> Screened:
    made = Screened(one)
    try:
        for answer in answers:
            made.findings += [(answer.id, found) for found in rules.screen(answer.text)]
    except Exception as fault:
        # Whatever went wrong, it must not let the text through, nor lose the others of its batch.
        log.exception("screening failed", extra={"kind": type(fault).__name__})
        made.findings, made.broken = [], True
    return made


def _waits(consultation: Consultation, one: Screened) -> bool:
    return consultation.moderation == Moderation.BEFORE or one.contribution.channel in IMPORTED


def _insert_flags(db: Session, screened: Sequence[Screened], at: datetime) -> None:
    rows = [_flag(one, answer, found, at) for one in screened for answer, found in one.findings]
    rows += [_broken(one, at) for one in screened if one.broken]
    insert_rows(db, Flag, rows)


def _flag(one: Screened, answer_id: UUID, found: Finding, at: datetime) -> dict[str, object]:
    return {
        "id": new_id(),
        "contribution_id": one.contribution.id,
        "answer_id": answer_id,
        "origin": Origin.RULE,
        "raised_at": at,
        "reporter": "",
        **found.as_dict(),
        "version": str(found.version),
    }


def _broken(one: Screened, at: datetime) -> dict[str, object]:
    return {
        "id": new_id(),
        "contribution_id": one.contribution.id,
        "answer_id": None,
        "origin": Origin.SCREENER,
        "kind": "broken",
        "basis": "",
        "rule": "screener",
        "version": "1",
        "spans": [],
        "reason": BROKEN,
        "counter_signals": [],
        "next_step": "Read it whole, then publish, redact or withhold it.",
        "score": 1.0,
        "raised_at": at,
        "reporter": "",
    }


def _insert_cases(
    db: Session, consultation: Consultation, owed: Sequence[Screened], at: datetime
) -> None:
    cases = [_case(consultation, one, at) for one in owed]
    insert_rows(db, Case, [case.model_dump() for case in cases])
    piles = Counter(f"queue:{case.pile}" for case in cases)
    consultations.count(db, consultation.id, piles)


def _case(consultation: Consultation, one: Screened, at: datetime) -> Case:
    made = Case(
        contribution_id=one.contribution.id,
        consultation_id=consultation.id,
        state=CaseState.OPEN,
        rank=one.rank,
        kinds=one.kinds,
        broken=one.broken,
        opened_at=at,
    )
    made.choose_pile()
    return made
