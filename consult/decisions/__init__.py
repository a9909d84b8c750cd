"""What was decided, on what, and the account of every contribution."""

from consult.decisions.fates import Fate, fate_of
from consult.decisions.models import (
    Basis,
    Decision,
    How,
    LedgerEntry,
    Outcome,
    OutcomeKind,
    Publication,
    Quotation,
    Verdict,
)

__all__ = [
    "Basis",
    "Decision",
    "Fate",
    "How",
    "LedgerEntry",
    "Outcome",
    "OutcomeKind",
    "Publication",
    "Quotation",
    "Verdict",
    "fate_of",
]
