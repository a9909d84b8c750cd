"""Which rows of one file have been met already, so that a person is taken once and a twin twice."""

from collections import Counter
from hashlib import sha256

from consult.imports.readers.shapes import Taken

LONGEST = 110  # characters of a key that is kept as it is

TWICE = (
    "The reference “{reference}” stands at two rows of the file with different words, so the second "
    "was not taken."
)


class Seen:
    """The rows of one file so far, by short hashes: about 60 bytes a row."""

    def __init__(self) -> None:
        self._once: set[int] = set()
        self._again: Counter[int] = Counter()
        self._said: dict[int, int] = {}

    def key(self, taken: Taken) -> tuple[str, bool, str]:
        """(what makes this row known another time, whether the file has had it, why it cannot be taken).

        Rows without a reference and with equal words are as many people: the second gets a key of
        its own. A reference that comes again with the same words is the same person.
        """
        if taken.reference:
            had, reason = self._reference(taken)
            return _short(taken.key), had, reason
        number = self._number(taken.digest)
        return (taken.digest if number == 1 else f"{taken.digest}#{number}"), False, ""

    def _reference(self, taken: Taken) -> tuple[bool, str]:
        key, said = hash(taken.key), hash(taken.digest)
        before = self._said.setdefault(key, said)
        if before != said:
            return False, TWICE.format(reference=taken.reference[:60])
        had = key in self._once
        self._once.add(key)
        return had, ""

    def _number(self, digest: str) -> int:
        key = hash(digest)
        if key not in self._once:
            self._once.add(key)
            return 1
        self._again[key] += 1
        return self._again[key] + 1


def _short(key: str) -> str:
    """A key as it fits its column; long references are hashed."""
    return key if len(key) <= LONGEST else f"id:{sha256(key.encode()).hexdigest()}"
