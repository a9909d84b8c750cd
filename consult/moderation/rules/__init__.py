"""The flagging engine: pure functions from a text to what may be wrong with it, and why."""

from consult.moderation.rules.catalogue import Basis, basis, catalogue, grounds
from consult.moderation.rules.engine import screen
from consult.moderation.rules.finding import Finding, Kind, Span
from consult.moderation.rules.rulebook import Rule, rules
from consult.moderation.rules.screen_file import ScreenedRow, screen_rows

__all__ = [
    "Basis",
    "Finding",
    "Kind",
    "Rule",
    "ScreenedRow",
    "Span",
    "basis",
    "catalogue",
    "grounds",
    "rules",
    "screen",
    "screen_rows",
]
