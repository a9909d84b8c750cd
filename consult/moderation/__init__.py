"""Keeping what people told us lawful, without snuffing it out."""

from consult.moderation.clearances import clearance, newest_clear, publish_clear, running
from consult.moderation.models import Case, CaseState, Clearance, Flag, Origin, Ruled, Ruling
from consult.moderation.new_ruling import LegalTest, NewRuling, Redaction, faults
from consult.moderation.permissions import may_rule
from consult.moderation.queries import Kept, ground_title, latest_by, log_of, rulings_of
from consult.moderation.queue import (
    PILES,
    Owed,
    after,
    before,
    case_of,
    first,
    flags_of,
    queue,
    with_case,
)
from consult.moderation.reports import ReportReason, report
from consult.moderation.rulings import UNDO_WITHIN, rule, undo
from consult.moderation.screening import screen

__all__ = [
    "PILES",
    "UNDO_WITHIN",
    "Case",
    "CaseState",
    "Clearance",
    "Flag",
    "Kept",
    "LegalTest",
    "NewRuling",
    "Origin",
    "Owed",
    "Redaction",
    "ReportReason",
    "Ruled",
    "Ruling",
    "after",
    "before",
    "case_of",
    "clearance",
    "faults",
    "first",
    "flags_of",
    "ground_title",
    "latest_by",
    "log_of",
    "may_rule",
    "newest_clear",
    "publish_clear",
    "queue",
    "report",
    "rule",
    "rulings_of",
    "running",
    "screen",
    "undo",
    "with_case",
]
