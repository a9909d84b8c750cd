"""Long lists in numbered pages, for addresses that anyone may have typed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")

# Beyond any list we could hold, and far inside what a database accepts as an offset.
FURTHEST = 1_000_000


@dataclass(frozen=True)
class Page(Generic[T]):
    """One page of a list; `number` counts from 1, `total` is the items on all pages together."""

    items: Sequence[T]
    number: int
    size: int
    total: int

    @property
    def pages(self) -> int:
        """How many pages there are: an empty list still has one."""
        return max(1, -(-self.total // self.size))

    @property
    def first(self) -> int:
        """The place of the first item shown, counted from 1; 0 where none is shown."""
        return offset(self.number, self.size) + 1 if self.items else 0

    @property
    def last(self) -> int:
        """The place of the last item shown; 0 where none is shown."""
        return self.first + len(self.items) - 1 if self.items else 0

    @property
    def previous(self) -> int | None:
        """The page before, or the last one for somebody who went past the end."""
        return min(self.number - 1, self.pages) or None

    @property
    def next(self) -> int | None:
        return self.number + 1 if self.number < self.pages else None

    @property
    def numbers(self) -> list[int | None]:
        """The page numbers to offer: first, last, those around this one; None stands for a gap."""
        near = {1, self.pages, self.number - 1, self.number, self.number + 1}
        offered: list[int | None] = []
        for number in sorted(n for n in near if 1 <= n <= self.pages):
            if offered and number - (offered[-1] or 0) > 1:
                offered.append(None)
            offered.append(number)
        return offered


def page_number(raw: str | None) -> int:
    """The page an address asks for; the first when it asks for nothing that makes sense."""
    raw = (raw or "").strip()
    if not raw.isdecimal() or len(raw) > 9:
        return 1
    return min(max(1, int(raw)), FURTHEST)


def offset(number: int, size: int) -> int:
    """How many items come before page `number`."""
    return (number - 1) * size
