"""A text made ready for the rules: normalised, searched once for every term, cut into sentences."""

import re
from bisect import bisect_right
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
        """The sentence that holds this place."""
        at = bisect_right(self.sentences, (place, len(self.lower)))
        return self.sentences[max(0, at - 1)] if self.sentences else (0, 0)

    @cached_property
    def quotations(self) -> list[Span]:
        """Stretches between quotation marks."""
        return [found.span() for found in _QUOTED.finditer(self.lower)]

    @cached_property
    def names(self) -> list[Name]:
        """People, firms and roles that can be identified."""
        return names_in(self.words.text)


def read(text: str) -> Reading:
    """Make a text ready."""
    plain = normalise.plain(text)
    words = normalise.undisguised(plain, lexicon.vocabulary())
    lower = normalise.lowered(words.text)
    return Reading(plain, words, lower, lexicon.hits(lower))
