"""Keeping what people told us lawful, without snuffing it out."""

from consult.moderation.models import Case, CaseState, Flag, Origin, Ruled, Ruling
from consult.moderation.permissions import may_rule
from consult.moderation.queries import ground_title, rulings_of
from consult.moderation.queue import PILES, after, case_of, flags_of, queue
from consult.moderation.reports import ReportReason, report
from consult.moderation.rulings import NewRuling, Redaction, publish_clear, rule
from consult.moderation.screening import screen

__all__ = [
    "PILES",
    "Case",
    "CaseState",
    "Flag",
    "NewRuling",
    "Origin",
    "Redaction",
    "ReportReason",
    "Ruled",
    "Ruling",
    "after",
    "case_of",
    "flags_of",
    "ground_title",
    "may_rule",
    "publish_clear",
    "queue",
    "report",
    "rule",
    "rulings_of",
    "screen",
]
