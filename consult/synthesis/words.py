"""What a person types to search: words, "phrases", prefix*, OR and -not, read so that nothing is an error."""

import re
import unicodedata
from dataclasses import dataclass

from consult.errors import Invalid
from consult.lib.phrases import IRREGULAR

MOST = 40
"""Terms in one search; beyond that it is a text that was pasted by mistake."""

LONGEST = 2_000  # characters

_TERM = re.compile(r'(-?)(?:"([^"]*)"?|(\S+))')
_PLURALS = {one: many for many, one in IRREGULAR.items()}


@dataclass(frozen=True)
class Term:
    """Words that stand next to each other; `ways` are its spellings, `prefix` lets the last word go on."""

    words: tuple[str, ...]
    prefix: bool = False

    @property
    def ways(self) -> tuple[tuple[str, ...], ...]:
        """The words, and for a single one the plural or singular that no stemmer finds."""
        if len(self.words) > 1 or self.prefix:
            return (self.words,)
        word = self.words[0].casefold()
        other = IRREGULAR.get(word) or _PLURALS.get(word)
        return (self.words, (other,)) if other else (self.words,)


@dataclass(frozen=True)
class Side:
    """One side of an OR: all of `wanted`, none of `unwanted`."""

    wanted: tuple[Term, ...]
    unwanted: tuple[Term, ...]


Query = tuple[Side, ...]


def read(typed: str) -> Query:
    """The search a person means; empty when they typed no words. Raises Invalid with a sentence."""
    if len(typed) > LONGEST:
        raise Invalid(
            f"That is too much to search for at once: use at most {LONGEST:,} characters. "
            "A few of its rarer words will find it."
        )
    sides: list[tuple[list[Term], list[Term]]] = [([], [])]
    unwanted = False
    for minus, phrase, word in _TERM.findall(typed):
        if word == "OR":
            sides.append(([], []))
        elif word not in ("AND", "NOT") and (term := _term(phrase or word, word.endswith("*"))):
            sides[-1][unwanted or bool(minus)].append(term)
        unwanted = word == "NOT"
    return _checked(sides, typed)


def _term(typed: str, prefix: bool) -> Term | None:
    """Its words as both databases part them; signs and emoji are no words."""
    kept = (char if unicodedata.category(char)[0] in "LMN" else " " for char in typed)
    words = tuple("".join(kept).split())
    return Term(words, prefix) if words else None


def _checked(sides: list[tuple[list[Term], list[Term]]], typed: str) -> Query:
    if sum(len(wanted) + len(unwanted) for wanted, unwanted in sides) > MOST:
        raise Invalid(f"Search for fewer words: at most {MOST} at a time.")
    said = [Side(tuple(wanted), tuple(unwanted)) for wanted, unwanted in sides if wanted]
    if not said and any(unwanted for _, unwanted in sides):
        raise Invalid("Say also what to look for, not only what to leave out.")
    if not said and typed.strip():
        raise Invalid("Type a word to search for: signs and emoji alone cannot be found.")
    return tuple(said)
