"""Tables of separated values, read row by row; a broken row is named and reading goes on."""

import csv
import io
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from consult.imports.readers.lines import LineTooLongError
from consult.imports.readers.shapes import Limits

# The reader's own ceiling is far too low for a long letter in one cell, and is one for the process.
csv.field_size_limit(Limits().row + 1)

NO_SEPARATOR = "\x1f"
NAMES = {",": "CSV (commas)", ";": "CSV (semicolons)", "\t": "TSV (tabs)", "|": "CSV (bars)"}
TRIES = 60  # records of the sample that each separator is tried on
REREAD = 64_000_000  # characters read again after unclosed quotation marks, before we stop trying

CELLS = "The row has {n} cell{s} where the headings have {width}."
OPEN = "A quotation mark is opened and not closed, or one inside a quoted cell is not doubled."
STRAY = "A line break stands in the middle of the row."
LONG_ROW = "The row is longer than {limit:,} characters."
LONG_CELL = "A cell is longer than {limit:,} characters."


@dataclass(frozen=True, slots=True)
class Dialect:
    """How the cells of a row are kept apart."""

    delimiter: str
    escape: str | None = None
    skip_space: bool = False
    skip_lines: int = 0

    @property
    def name(self) -> str:
        return NAMES.get(self.delimiter, "Text, one answer a line")


class _RunsOnError(ValueError):
    """An open quotation mark has swallowed more than the longest row allowed."""


class _Feed(Iterator[str]):
    """Hands lines to the csv module, remembers those of the present row, and takes lines back."""

    def __init__(self, lines: Iterator[str], longest: int) -> None:
        self._lines, self._longest = lines, longest
        self._back: deque[str] = deque()
        self._size = self._reread = 0
        self.taken: list[str] = []

    def begin(self) -> None:
        self.taken, self._size = [], 0

    def __next__(self) -> str:
        line = self._back.popleft() if self._back else next(self._lines)
        self.taken.append(line)
        self._size += len(line)
        if self._size > self._longest:
            raise _RunsOnError
        return line

    def give_back_all_but_first(self) -> None:
        swallowed = self.taken[1:]
        self._reread += sum(map(len, swallowed))
        if self._reread < REREAD:
            self._back.extendleft(reversed(swallowed))

    @property
    def size(self) -> int:
        return self._size


class Records:
    """The rows as lists of cells; a string in place of a row is the reason it cannot be read."""

    def __init__(
        self,
        lines: Iterator[str],
        dialect: Dialect,
        limits: Limits,
        width: int = 0,
        *,
        cut: bool = False,
    ) -> None:
        self._feed, self._cut = _Feed(lines, limits.row), cut
        self._dialect, self._limits, self._width = dialect, limits, width

    def __iter__(self) -> Iterator[list[str] | str]:
        feed, reader = self._feed, _reader(self._feed, self._dialect)
        for _ in range(self._dialect.skip_lines):
            next(feed, None)
        while True:
            feed.begin()
            try:
                fields = next(reader)
            except StopIteration:
                return
            except LineTooLongError:
                yield LONG_ROW.format(limit=self._limits.row)
            except (csv.Error, _RunsOnError) as error:
                if self._cut and "unexpected end" in str(error):
                    return  # the sample ends within this row, which may be whole in the file
                yield self._recovered(error)
            else:
                yield fields if self._fits(fields) else self._mended(fields)

    def _fits(self, fields: list[str]) -> bool:
        whole = len(fields) == self._width or not self._width or not fields
        return whole and self._feed.size <= self._limits.cell

    def _recovered(self, error: Exception) -> str:
        """Give the row's first line up, and read the lines that it swallowed once more."""
        self._feed.give_back_all_but_first()
        if "new-line" in str(error):
            return STRAY
        if "field larger" in str(error):
            return LONG_CELL.format(limit=self._limits.cell)
        return OPEN

    def _mended(self, fields: list[str]) -> list[str] | str:
        width = self._width or len(fields)
        if any(len(cell) > self._limits.cell for cell in fields):
            return LONG_CELL.format(limit=self._limits.cell)
        if len(fields) > width and not any(cell.strip() for cell in fields[width:]):
            return fields[:width]
        if len(fields) == width:
            return fields
        if self._swallowed_a_row():
            self._feed.give_back_all_but_first()
            return OPEN
        s = "" if len(fields) == 1 else "s"
        return CELLS.format(n=len(fields), s=s, width=width)

    def _swallowed_a_row(self) -> bool:
        taken = self._feed.taken
        return len(taken) > 1 and _width_of(taken[1], self._dialect) == self._width


def _reader(lines: Iterator[str], dialect: Dialect) -> Iterator[list[str]]:
    return csv.reader(
        lines,
        delimiter=dialect.delimiter,
        escapechar=dialect.escape,
        skipinitialspace=dialect.skip_space,
        strict=True,
    )


def _width_of(line: str, dialect: Dialect) -> int:
    try:
        return len(next(_reader(iter([line]), dialect), []))
    except csv.Error:
        return 0


def sniff(text: str, limits: Limits, *, cut: bool = False) -> Dialect:
    """The separator under which the rows agree best on how many cells they have."""
    named = _named_separator(text)
    if named is not None:
        return named
    tried = [dialect for mark in NAMES for dialect in _ways(text, mark)]
    scored = [(_agreement(text, dialect, limits, cut=cut), dialect) for dialect in tried]
    (share, width), best = max(scored, key=lambda pair: pair[0])
    return best if share >= 0.5 and width > 1 else Dialect(NO_SEPARATOR)


def _named_separator(text: str) -> Dialect | None:
    """Excel's own first line, such as `sep=;`."""
    first = text.split("\n", 1)[0].strip().strip('"')
    if first.lower().startswith("sep=") and len(first) == 5:
        return Dialect(first[4], skip_lines=1)
    return None


def _ways(text: str, mark: str) -> Iterator[Dialect]:
    spaced = text.count(f'{mark} "') > text.count(f'{mark}"')
    yield Dialect(mark, skip_space=spaced)
    if '\\"' in text:
        yield Dialect(mark, escape="\\", skip_space=spaced)


def _agreement(text: str, dialect: Dialect, limits: Limits, *, cut: bool) -> tuple[float, int]:
    """How well rows agree from the first of the commonest width on; broken ones weigh less."""
    rows = sample_of(text, dialect, limits, cut=cut)[:TRIES]
    widths = [len(row) if isinstance(row, list) else -1 for row in rows if row != []]
    common = Counter(width for width in widths if width > 1).most_common(1)
    if not common:
        return 0.0, 0
    width = common[0][0]
    after = widths[widths.index(width) :]
    whole = [w for w in after if w > 0]
    if after.count(width) < len(widths) * 0.4:
        return 0.0, 0
    broken = 1 - len(whole) / len(after)
    return round(after.count(width) / len(whole) - broken * 0.3, 2), width


def sample_of(
    text: str, dialect: Dialect, limits: Limits, *, cut: bool = False
) -> list[list[str] | str]:
    """The records of the beginning of a file; `cut` where the file goes on."""
    # Not str.splitlines, which also breaks at characters that people's texts may hold.
    records = iter(Records(io.StringIO(text, newline=""), dialect, limits, cut=cut))
    return list(islice(records, limits.sample_rows))
