"""The rules as data: what each says to a moderator, what it must and must not match."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from consult.moderation.rules.finding import Finding, Kind, Span

COST_OF_A_COUNTER_SIGNAL = 0.15


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `matches` and `spares` are invented texts that the tests hold it to."""

    id: str
    version: int
    kind: Kind
    basis: str
    reason: str
    next_step: str
    score: float
    matches: tuple[str, ...]
    spares: tuple[str, ...]

    def finding(
        self, spans: Iterable[Span], counter_signals: Iterable[str] = (), basis: str = ""
    ) -> Finding:
        """This rule's word on a text; each counter-signal lowers the score, to 0.1 at least."""
        signals = tuple(dict.fromkeys(counter_signals))
        return Finding(
            kind=self.kind,
            basis=basis or self.basis,
            rule=self.id,
            version=self.version,
            spans=tuple(sorted(set(spans))),
            reason=self.reason,
            counter_signals=signals,
            next_step=self.next_step,
            score=round(max(0.1, self.score - COST_OF_A_COUNTER_SIGNAL * len(signals)), 2),
        )


@lru_cache(maxsize=1)
def rules() -> dict[str, Rule]:
    """Every rule by its id."""
    text = resources.files(__package__).joinpath("rules.json").read_text(encoding="utf-8")
    return {entry["id"]: _rule(entry) for entry in json.loads(text)["rules"]}


def _rule(entry: dict[str, Any]) -> Rule:
    lists = {name: tuple(entry[name]) for name in ("matches", "spares")}
    return Rule(**{**entry, **lists, "kind": Kind(entry["kind"])})


def rule(rule_id: str) -> Rule:
    """The rule of this id."""
    return rules()[rule_id]
