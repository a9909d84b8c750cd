"""Matches what a cell says against the options of a question."""

import re
import unicodedata
from collections.abc import Sequence

from consult.imports.readers.known import TICKED, UNTICKED
from consult.imports.readers.shapes import Asked
from consult.imports.readers.similar import plain, unnumbered

SEPARATORS = re.compile(r"[;|\n]")
BETWEEN = re.compile(r"[\s;|,]+")
# `Question – option`, `Question: option` and `Question [option]`
HEADING = re.compile(
    r"^(?P<question>.+?)\s*(?:[–—:]\s+|\s-\s+|\[)(?P<option>[^\]]+?)\]?$", re.DOTALL
)
SCALE = re.compile(r"^\s*(-?\d{1,3})(?:\.0+)?\s*(?:$|[-–—:=./)(]|out of|of)", re.IGNORECASE)


def same(text: str) -> str:
    """What makes two writings of an option the same: letters, not case, quotes or spaces."""
    text = unicodedata.normalize("NFKC", text).replace("’", "'").replace("–", "-")
    return " ".join(text.casefold().split()).strip(" .")


class Options:
    """The options of one question, ready to be matched."""

    def __init__(self, options: Sequence[str]) -> None:
        self._by_writing = {same(option): option for option in options}
        longest = sorted(self._by_writing, key=len, reverse=True)
        either = "|".join(re.escape(option) for option in longest)
        self._start = re.compile(rf"(?:{either})(?=$|[\s;|,])") if longest else None

    def one(self, text: str) -> str | None:
        """The option meant, or None."""
        return self._by_writing.get(same(text))

    def many(self, text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """(the options meant, what is none). Commas part options too, if all of it is options."""
        whole = self.one(text)
        if whole is not None:
            return (whole,), ()
        known = self._all_options(text)
        if known:
            return known, ()
        parts = [part.strip() for part in SEPARATORS.split(text) if part.strip()]
        found = [option for part in parts if (option := self.one(part)) is not None]
        return tuple(dict.fromkeys(found)), tuple(p for p in parts if self.one(p) is None)

    def _all_options(self, text: str) -> tuple[str, ...]:
        rest, found = same(BETWEEN.sub(lambda gap: _gap(gap[0]), text)), []
        while rest and self._start is not None:
            option = self._start.match(rest)
            if option is None:
                return ()
            found.append(self._by_writing[option[0]])
            rest = rest[option.end() :].lstrip(" ;|,")
        return tuple(dict.fromkeys(found))


def _gap(gap: str) -> str:
    """Line breaks part options, and `same` would take them for spaces."""
    return gap.replace("\n", ";")


def option_in_heading(heading: str, question: Asked) -> str:
    """The option that a column stands for, where each option has a column of its own."""
    parts = HEADING.match(heading)
    if parts is None or not _is_question(parts["question"], question):
        return ""
    option = Options(question.options).one(parts["option"])
    if option is None and plain(parts["option"]).startswith("other"):
        return parts["option"]
    return option or ""


def _is_question(text: str, question: Asked) -> bool:
    return unnumbered(text) == unnumbered(question.title) or plain(text) == plain(question.key)


def from_column(cell: str, option: str) -> str:
    """What a cell of an option's own column says: the option, words of one's own, or nothing."""
    said = same(cell)
    if said in UNTICKED:
        return ""
    return option if said in TICKED else cell.strip()


def on_scale(text: str, question: Asked) -> int | None:
    """The point of a scale: a number, a number with its label, or the label alone."""
    found = SCALE.match(text)
    if found:
        return int(found[1])
    option = Options(question.options).one(text)
    return None if option is None else question.least + question.options.index(option)
