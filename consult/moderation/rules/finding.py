"""What the engine says of a text: one Finding per rule, with the words it rests on."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

Span = tuple[int, int]

MOST = 200  # places one rule marks in one text; a moderator needs no more to decide


class Kind(StrEnum):
    """What may be wrong. A disclosure of one's own distress is never a reason to withhold."""

    DEFAMATION = "defamation"
    THREAT = "threat"
    HATE = "hate"
    PERSONAL_DATA = "personal_data"
    CONTEMPT = "contempt"
    SPAM = "spam"
    SELF_HARM_DISCLOSURE = "self_harm_disclosure"


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule's word on one text.

    `spans` are [start, end) positions in the text as it came; `score` is 0 to 1 and orders a
    queue, no more: it is not a probability. `reason` never repeats personal data.
    """

    kind: Kind
    basis: str
    rule: str
    version: int
    spans: tuple[Span, ...]
    reason: str
    counter_signals: tuple[str, ...]
    next_step: str
    score: float

    def as_dict(self) -> dict[str, Any]:
        """The finding as plain JSON values."""
        return {
            "kind": self.kind.value,
            "basis": self.basis,
            "rule": self.rule,
            "version": self.version,
            "spans": [list(span) for span in self.spans],
            "reason": self.reason,
            "counter_signals": list(self.counter_signals),
            "next_step": self.next_step,
            "score": self.score,
        }
