"""Reading through disguises: the text as meant, with every character tied to where it came from."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

# Letters of other scripts that look like Latin ones, and marks that stand for plainer marks.
# Our own short table: what we have seen used to slip past a word list, not a full standard.
_LOOKALIKES = str.maketrans(
    {
        **dict(zip("авеѕіјкмнорстухѡԁһ", "abesijkmhopctyxwdh", strict=True)),
        **dict(zip("АВЕЅІЈКМНОРСТУХ", "ABESIJKMHOPCTYX", strict=True)),
        **dict(zip("αεικνορτυχ", "aeikvoptux", strict=True)),
        **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX", strict=True)),
        **dict(zip("ıøłđɡ", "iold" + "g", strict=True)),
        **dict.fromkeys("‘’‚‛′`´ʼ", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
    }
)
_INVISIBLE = {"Cf", "Mn", "Me"}


@dataclass(frozen=True, slots=True)
class Mapped:
    """A rewritten text. Character i came from [starts[i], ends[i]) of the original."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Where [start, end) of this text stands in the original."""
        return self.starts[start], self.ends[end - 1]

    def replaced(self, changes: Sequence[tuple[int, int, str]]) -> "Mapped":
        """This text with stretches rewritten; each new character stands for its whole stretch."""
        text, starts, ends, at = [], [], [], 0
        for start, end, new in sorted(changes):
            text += [self.text[at:start], new]
            starts += [*self.starts[at:start], *[self.starts[start]] * len(new)]
            ends += [*self.ends[at:start], *[self.ends[end - 1]] * len(new)]
            at = end
        text.append(self.text[at:])
        return Mapped("".join(text), [*starts, *self.starts[at:]], [*ends, *self.ends[at:]])


def plain(original: str) -> Mapped:
    """The text without invisible characters, accents, fancy letters or look-alikes."""
    if original.isascii():
        return Mapped(original, range(len(original)), range(1, len(original) + 1))
    letters: list[str] = []
    starts: list[int] = []
    for place, letter in enumerate(original):
        for part in _plainly(letter):
            letters.append(part)
            starts.append(place)
    return Mapped("".join(letters), starts, [place + 1 for place in starts])


def _plainly(letter: str) -> str:
    if letter.isascii():
        return letter
    # Look-alikes first: decomposing would turn an acute accent standing alone into a space.
    parts = unicodedata.normalize("NFKD", letter.translate(_LOOKALIKES))
    kept = (part for part in parts if unicodedata.category(part) not in _INVISIBLE)
    return "".join(kept).translate(_LOOKALIKES)


def lowered(text: str) -> str:
    """Lower case of the same length, so that positions hold."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


_LEET = {"0": "o", "1": "il", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "9": "g"} | {
    "@": "a",
    "$": "s",
    "!": "il",
    "|": "il",
    "+": "t",
    "€": "e",
    "£": "l",
}
_LEETED = re.compile(
    r"(?<![\w@])(?=\S{0,24}[a-z])[a-z0-9@$!|+€£*]*[0-9@$!|+€£*][a-z0-9@$|+€£*]+(?![\w@])"
)
_SPACED = re.compile(r"(?<!\w)[a-z](?:[ .\-_*]{1,2}[a-z]){2,}(?!\w)")
_STRETCHED = re.compile(r"\b[a-z]*([a-z])\1\1[a-z]*\b")
_GLUE = frozenset(
    {
        *("you", "all", "i", "will", "the", "them", "him", "her", "is", "are", "my", "a", "your"),
        *("to", "we", "and", "people"),
    }
)


def undisguised(text: Mapped, vocabulary: frozenset[str]) -> Mapped:
    """The text with k1ll, k.i.l.l, k*ll and kiiill written out.

    Only words of `vocabulary` are restored, so that A1, B2B and 4x4 stay as they are.
    """
    lower = lowered(text.text)
    changes: list[tuple[int, int, str]] = []
    for pattern, reading in ((_SPACED, _joined), (_LEETED, _unleeted), (_STRETCHED, _relaxed)):
        for found in pattern.finditer(lower):
            new = reading(found[0], vocabulary)
            if new and all(
                found.end() <= start or end <= found.start() for start, end, _ in changes
            ):
                changes.append((found.start(), found.end(), new))
    return text.replaced(changes) if changes else text


def _unleeted(token: str, vocabulary: frozenset[str]) -> str:
    if len(token) > 20:
        return ""
    pattern = "".join(_leet_class(letter) for letter in token)
    if pattern.strip("."):
        return next(
            (word for word in _by_length(vocabulary, len(token)) if re.fullmatch(pattern, word)), ""
        )
    return ""


def _leet_class(letter: str) -> str:
    if letter == "*":
        return "."
    return f"[{_LEET[letter]}]" if letter in _LEET else re.escape(letter)


@lru_cache(maxsize=64)
def _by_length(vocabulary: frozenset[str], length: int) -> list[str]:
    return sorted(word for word in vocabulary if len(word) == length)


def _relaxed(token: str, vocabulary: frozenset[str]) -> str:
    for keep in (r"\1", r"\1\1"):
        word = re.sub(r"([a-z])\1{2,}", keep, token)
        if word in vocabulary:
            return word
    return ""


def _joined(token: str, vocabulary: frozenset[str]) -> str:
    letters = re.sub(r"[^a-z]", "", token)
    words = _segmented(letters, vocabulary) if len(letters) <= 40 else []
    return " ".join(words) if any(word in vocabulary for word in words) else ""


def _segmented(letters: str, vocabulary: frozenset[str]) -> list[str]:
    """Split into known words, or an empty list when some letters are left over."""
    best: list[list[str] | None] = [[]] + [None] * len(letters)
    for end in range(1, len(letters) + 1):
        for start in range(max(0, end - 16), end):
            word, before = letters[start:end], best[start]
            if before is not None and (word in vocabulary or word in _GLUE):
                best[end] = [*before, word]
                break
    return best[-1] or []
