"""The bases in law and house rules that a flag or a ruling may name, read from catalogue.json."""

import json
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Basis:
    """One basis. Summaries in our own words, not legal advice; `checked` says how far they were.

    `checked` is statute, secondary or memory. `is_ground` says whether a response may be withheld
    on it; `is_criminal` asks for the two-part question of the Online Safety Act 2023 s.192;
    `needs_two` asks for a second person. `clock`, `evidence` and `escalation` may be empty.
    """

    id: str
    title: str
    provision: str
    extent: str
    test: str
    default_action: str
    next_step: str
    public_sentence: str
    law_as_at: str
    checked: str
    is_ground: bool
    is_criminal: bool
    needs_two: bool
    clock: str
    evidence: str
    escalation: str


@lru_cache(maxsize=1)
def catalogue() -> tuple[Basis, ...]:
    """Every basis, in the order pages show them."""
    text = resources.files(__package__).joinpath("catalogue.json").read_text(encoding="utf-8")
    return tuple(Basis(**entry) for entry in json.loads(text)["bases"])


def grounds() -> tuple[Basis, ...]:
    """The bases a response may be withheld on. Being off topic or a duplicate is not among them."""
    return tuple(entry for entry in catalogue() if entry.is_ground)


def basis(basis_id: str) -> Basis:
    """The basis of this id."""
    return next(entry for entry in catalogue() if entry.id == basis_id)
