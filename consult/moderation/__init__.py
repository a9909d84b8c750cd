"""Keeping what people told us lawful, without snuffing it out."""

from consult.moderation.models import Case, CaseState, Flag, Origin, Ruled, Ruling
from consult.moderation.queries import ground_title, rulings_of
from consult.moderation.reports import ReportReason, report

__all__ = [
    "Case",
    "CaseState",
    "Flag",
    "Origin",
    "ReportReason",
    "Ruled",
    "Ruling",
    "ground_title",
    "report",
    "rulings_of",
]
