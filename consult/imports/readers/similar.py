"""How like a heading is to a question, with the reason in words."""

import re
import unicodedata
from dataclasses import dataclass

NUMBER = re.compile(
    r"^\s*(?:q(?:uestion)?\s*\.?\s*)?(\d{1,3})\s*[a-z]?\s*[.:)\-–—]*\s*", re.IGNORECASE
)
ONLY_NUMBER = re.compile(
    r"^\s*(?:q|question|answer|a|cwestiwn)\s*[_.\-]?\s*(\d{1,3})\s*[.:)]?\s*$", re.IGNORECASE
)
_LINKING = """
a an and are as at be by can could did do does for from had has have how i if in is it its may me
my of on or our please should so that the their them there these they this to us was we were what
when where which who why will with would you your
"""
LINK_WORDS = frozenset(_LINKING.split())
ENOUGH = 0.5  # of the words; fewer in common is chance
BEGINNING = 20  # characters that are enough to know a heading cut short


@dataclass(frozen=True, slots=True)
class Likeness:
    """How sure (0 to 1) and why."""

    confidence: float
    why: str


NONE = Likeness(0.0, "")


def plain(text: str) -> str:
    """Lower case, without accents, punctuation or doubled spaces."""
    bare = unicodedata.normalize("NFKD", text.replace("’", "'").casefold())
    kept = "".join(c if c.isalnum() else " " for c in bare if not unicodedata.combining(c))
    return " ".join(kept.split())


def unnumbered(text: str) -> str:
    """Plain, and without the number that forms put before a question."""
    return plain(NUMBER.sub("", text, count=1)) or plain(text)


def words(text: str) -> frozenset[str]:
    """The words that carry meaning."""
    return frozenset(unnumbered(text).split()) - LINK_WORDS


def likeness(heading: str, key: str, title: str, number: int) -> Likeness:
    """A heading against question `number` (from 1) of a form."""
    if heading.strip().casefold() == title.strip().casefold():
        return Likeness(1.0, "The heading is the question.")
    if plain(heading) == plain(key) and plain(key):
        return Likeness(0.97, "The heading is the question's own name.")
    if unnumbered(heading) == unnumbered(title):
        return Likeness(0.95, "The heading is the question but for numbers or punctuation.")
    return _numbered(heading, number) or _beginning(heading, title) or _shared(heading, title)


def _numbered(heading: str, number: int) -> Likeness | None:
    found = ONLY_NUMBER.match(heading)
    if not found:
        return None
    return Likeness(0.8, f"“{heading}” is question {number}.") if int(found[1]) == number else NONE


def _beginning(heading: str, title: str) -> Likeness | None:
    short, long = sorted((unnumbered(heading), unnumbered(title)), key=len)
    if len(short) >= BEGINNING and long.startswith(short):
        return Likeness(
            0.85, "The heading is the beginning of the question, or the other way round."
        )
    return None


def _shared(heading: str, title: str) -> Likeness:
    mine, theirs = words(heading), words(title)
    both = mine & theirs
    if not both:
        return NONE
    share = 2 * len(both) / (len(mine) + len(theirs))
    if share < ENOUGH:
        return NONE
    named = ", ".join(sorted(both)[:4])
    return Likeness(round(0.45 + 0.35 * share, 2), f"The heading and the question share: {named}.")
