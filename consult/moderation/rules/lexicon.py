"""The word list in one Aho-Corasick automaton: one pass over a text finds every term."""

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

import ahocorasick

BEFORE, AFTER = 60, 60
_DISGUISED = ("violence", "identity", "dehumanising", "slur", "aversion")


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase, its group, and what must or must not stand around it."""

    text: str
    group: str
    sense: str
    basis: str
    rule: str
    takes: frozenset[str]
    needs: re.Pattern[str] | None
    unless: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class Hit:
    """A term found at [start, end) of the lower-case text."""

    start: int
    end: int
    term: Term


Hits = dict[str, list[Hit]]


@lru_cache(maxsize=1)
def _groups() -> dict[str, dict[str, Any]]:
    text = resources.files(__package__).joinpath("lexicon.json").read_text(encoding="utf-8")
    groups: dict[str, dict[str, Any]] = json.loads(text)["groups"]
    return groups


@lru_cache(maxsize=1)
def terms() -> dict[str, tuple[Term, ...]]:
    """Every spelling and the terms it may stand for."""
    found: dict[str, tuple[Term, ...]] = {}
    for group, content in _groups().items():
        for entry in content["terms"]:
            for spelling in (entry["term"], *entry.get("forms", ())):
                found[spelling] = (*found.get(spelling, ()), _term(entry, group, content["sense"]))
    return found


def _term(entry: dict[str, Any], group: str, sense: str) -> Term:
    return Term(
        text=entry["term"],
        group=group,
        sense=entry.get("sense", sense),
        basis=entry.get("basis", ""),
        rule=entry.get("rule", ""),
        takes=frozenset(entry.get("takes", ())),
        needs=_pattern(entry.get("needs")),
        unless=_pattern(entry.get("unless")),
    )


def _pattern(text: str | None) -> re.Pattern[str] | None:
    return re.compile(rf"\b(?:{text})") if text else None


@lru_cache(maxsize=1)
def vocabulary() -> frozenset[str]:
    """Single words that people disguise, so that a disguise can be seen through."""
    return frozenset(
        word
        for word, meanings in terms().items()
        if word.isalpha() and len(word) > 3 and any(term.group in _DISGUISED for term in meanings)
    )


@lru_cache(maxsize=1)
def _automaton() -> Any:
    automaton = ahocorasick.Automaton()
    for spelling, meanings in terms().items():
        automaton.add_word(spelling, (len(spelling), meanings))
    automaton.make_automaton()
    return automaton


def hits(lower: str) -> Hits:
    """Every term of a lower-case text that stands as a word and whose surroundings allow it."""
    found: Hits = {}
    for last, (length, meanings) in _automaton().iter(lower):
        start, end = last - length + 1, last + 1
        if _is_word(lower, start, end):
            for term in meanings:
                if _fits(term, lower[max(0, start - BEFORE) : end + AFTER]):
                    found.setdefault(term.group, []).append(Hit(start, end, term))
    return {group: _longest(of_group) for group, of_group in found.items()}


def _is_word(text: str, start: int, end: int) -> bool:
    return not (
        (start and text[start - 1].isalnum() and text[start].isalnum())
        or (end < len(text) and text[end].isalnum() and text[end - 1].isalnum())
    )


def _fits(term: Term, around: str) -> bool:
    if term.needs and not term.needs.search(around):
        return False
    return not (term.unless and term.unless.search(around))


def _longest(found: list[Hit]) -> list[Hit]:
    """Of hits within each other, the longest only."""
    kept: list[Hit] = []
    for hit in sorted(found, key=lambda h: (h.start, -h.end)):
        if not kept or hit.end > kept[-1].end:
            kept.append(hit)
    return kept
