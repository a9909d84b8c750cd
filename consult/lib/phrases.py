"""The phrases of an English text: where they stand, and the form that their variants share."""

import re
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

LONGEST = 3
_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
IRREGULAR = {"buses": "bus", "gases": "gas", "children": "child", "women": "woman", "men": "man"}


class Phrase(NamedTuple):
    """A run of words; `form` is shared by “waiting time” and “Waiting times”."""

    form: str
    start: int
    end: int


def phrases(text: str) -> Iterator[Phrase]:
    """Every run of one to three words, nothing between, that begins and ends with one of weight."""
    words = [(match.group(), match.start(), match.end()) for match in _WORD.finditer(text)]
    stems = [stem(word) for word, _, _ in words]
    for first, (_, start, _) in enumerate(words):
        for last in range(first, min(first + LONGEST, len(words))):
            if last > first and text[words[last - 1][2] : words[last][1]].strip():
                break
            if _may_stand(words[first][0], words[last][0], alone=first == last):
                yield Phrase(" ".join(stems[first : last + 1]), start, words[last][2])


def in_english(text: str) -> bool:
    """Whether a text may be English. A dozen words without one of English's little words are not.

    A guess: short texts and bare lists pass, and so does another language that borrows much.
    """
    words = [match.group() for match in _WORD.finditer(text[:5_000])]
    if sum(word[0] > "\u024f" for word in words) > len(words) / 2:
        return False
    little = sum(word.casefold() in _little_words() for word in words)
    return len(words) < 12 or little >= len(words) / 20


def _may_stand(first: str, last: str, *, alone: bool) -> bool:
    return min(_weight(first), _weight(last)) > (1 if alone else 0)


@lru_cache(maxsize=100_000)
def _weight(word: str) -> int:
    """0 for a word that says nothing, 1 for one that says something only with others, else 2."""
    word = word.casefold().replace("’", "'")
    # One letter over and over is what is left of a name that was taken out.
    if len(word) < 3 or len(set(word)) == 1:
        return 0
    return _light_words().get(word, 2)


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The word without the endings that make variants of it; not meant to be read."""
    word = word.casefold().replace("’", "'").removesuffix("'s")
    word = IRREGULAR.get(word) or _without_plural(word)
    for ending in ("ing", "ed"):
        base = word.removesuffix(ending)
        if base != word and len(base) > 3 and re.search("[aeiouy]", base) and word[-3:] != "eed":
            word = _undoubled(base)
            break
    return word[:-1] if len(word) > 4 and word.endswith("e") else word


def _without_plural(word: str) -> str:
    if len(word) < 4 or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes", "zzes")):
        return word[:-2]
    return word.removesuffix("s")


def _undoubled(base: str) -> str:
    doubled = len(base) > 3 and base[-1] == base[-2] and base[-1] not in "aeiouslz"
    return base[:-1] if doubled else base


@lru_cache(maxsize=1)
def _light_words() -> dict[str, int]:
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    ours = (files("consult.lib") / "stop_words.txt").read_text(encoding="utf-8").split()
    nothing = dict.fromkeys([*ENGLISH_STOP_WORDS, *ours], 0)
    return nothing | {word[:-1]: 1 for word in ours if word.endswith("*")}


@lru_cache(maxsize=1)
def _little_words() -> frozenset[str]:
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    # Without those that are also words of Welsh, French, German, Spanish, Polish or Romanian.
    others = "a i an am as de die do he me no on per so to un was y yn"
    return frozenset(ENGLISH_STOP_WORDS) - frozenset(others.split())
