"""A text made ready for the rules: normalised, searched once for every term, cut into sentences."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from consult.moderation.rules import lexicon, normalise
from consult.moderation.rules.finding import Span
from consult.moderation.rules.names import Name, names_in

_SENTENCE_END = re.compile(r"(?:(?<=[.!?])[\"')]*\s+|\n+)(?=\S)")
_NOT_AN_END = re.compile(r"\b(?:mr|mrs|ms|dr|cllr|prof|rev|st|no|ltd|co|sgt|insp|hon)\.$")
_QUOTED = re.compile(
    r'"[^"\n]{2,400}"'
    r"|(?<![a-z0-9])'(?:[^'\n]|(?<=[a-z])'(?=[a-z])){2,400}'(?![a-z0-9])"
)

REACH = 500  # characters either side that are looked at; people write shorter sentences


@dataclass(frozen=True)
class Reading:
    """One text, as the rules see it. Positions are in `words` unless said otherwise."""

    plain: normalise.Mapped
    words: normalise.Mapped
    lower: str
    hits: lexicon.Hits

    def of(self, group: str) -> list[lexicon.Hit]:
        """The hits of a group of the lexicon, in order."""
        return self.hits.get(group, [])

    def near(self, group: str, low: int, high: int) -> list[lexicon.Hit]:
        """The hits of a group that start in [low, high)."""
        found = self.of(group)
        first = bisect_left(found, low, key=_start)
        return found[first : bisect_left(found, high, lo=first, key=_start)]

    def names_near(self, low: int, high: int) -> list[Name]:
        """The names that start in [low, high)."""
        first = bisect_left(self.names, low, key=_start)
        return self.names[first : bisect_left(self.names, high, lo=first, key=_start)]

    def quotation_at(self, place: int) -> Span | None:
        """The quotation that holds this place."""
        at = bisect_right(self.quotations, (place, 0)) - 1
        inside = at >= 0 and self.quotations[at][0] < place < self.quotations[at][1]
        return self.quotations[at] if inside else None

    def span(self, start: int, end: int) -> Span:
        """Where [start, end) stands in the original text."""
        return self.words.original(start, end)

    @cached_property
    def sentences(self) -> list[Span]:
        """The sentences, in order, without gaps."""
        ends = [
            found.end()
            for found in _SENTENCE_END.finditer(self.lower)
            if not _NOT_AN_END.search(self.lower, max(0, found.start() - 6), found.start())
        ]
        edges = [0, *ends, len(self.lower)]
        return [pair for pair in pairwise(edges) if pair[0] < pair[1]]

    def sentence_at(self, place: int) -> Span:
        """The sentence that holds this place, or of a very long one the part around it."""
        at = bisect_right(self.sentences, (place, len(self.lower)))
        start, end = self.sentences[max(0, at - 1)] if self.sentences else (0, 0)
        return max(start, place - REACH), min(end, place + REACH)

    @cached_property
    def quotations(self) -> list[Span]:
        """Stretches between quotation marks."""
        return [found.span() for found in _QUOTED.finditer(self.lower)]

    @cached_property
    def names(self) -> list[Name]:
        """People, firms and roles that can be identified."""
        return names_in(self.words.text)


def _start(found: lexicon.Hit | Name) -> int:
    return found.start


def read(text: str) -> Reading:
    """Make a text ready."""
    plain = normalise.plain(text)
    words = normalise.undisguised(plain, lexicon.vocabulary())
    lower = normalise.lowered(words.text)
    return Reading(plain, words, lower, lexicon.hits(lower))
