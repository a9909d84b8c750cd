"""Where the headings of a table are: below title lines, in one row or in two."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from consult.errors import Invalid
from consult.imports.readers.shapes import Limits

LOOK = 40  # rows that may stand above the headings
# What SurveyMonkey writes in its second row of headings where a question has one answer.
JUST_THE_ANSWER = {"response", "open-ended response"}
LONGEST = 300  # characters of a heading that a page can show

Cells = Sequence[str]


@dataclass(frozen=True, slots=True)
class Headings:
    """The columns, and how many rows stand above the first answer."""

    columns: list[str]
    rows: int
    above: int
    notes: tuple[str, ...] = ()

    @property
    def width(self) -> int:
        return len(self.columns)


def find(sample: Sequence[Cells | str], limits: Limits, *, ragged: bool = False) -> Headings:
    """The headings of a sample. `ragged`: rows end at their last filled cell, as in workbooks."""
    rows = [[] if isinstance(row, str) else list(row) for row in sample]
    width = _width(rows, ragged=ragged)
    refuse_width(width, limits)
    at = _first_heading(rows, width, ragged=ragged)
    top = _padded(rows[at], width)
    below = _padded(rows[at + 1], width) if at + 1 < len(rows) else []
    if below and _is_second(top, below):
        return _made(_joined(top, below), 2, at, rows[at + 2 :])
    return _made(top, 1, at, rows[at + 1 :])


def _width(rows: list[list[str]], *, ragged: bool) -> int:
    if ragged:
        return max((_last_filled(row) for row in rows), default=0)
    widths = Counter(len(row) for row in rows if row)
    return max(widths, key=lambda width: (widths[width] if width > 1 else 0.5, width), default=0)


def refuse_width(width: int, limits: Limits) -> None:
    if not width:
        raise Invalid("The file has no rows that can be read.")
    if width > limits.columns:
        raise Invalid(
            f"The table has {width:,} columns; at most {limits.columns} can be read. "
            "Delete the columns that are not needed."
        )


def _first_heading(rows: list[list[str]], width: int, *, ragged: bool) -> int:
    """The first row that is wide and full enough; a title line fills one cell or two."""
    enough = 1 if width == 1 else max(2, (width + 1) // 2)
    for at, row in enumerate(rows[:LOOK]):
        if not ragged and len(row) != width:
            continue
        if _filled(row) >= enough or _has_second(rows, at, width):
            return at
    return max(range(min(LOOK, len(rows))), key=lambda at: (_filled(rows[at]), -at))


def _has_second(rows: list[list[str]], at: int, width: int) -> bool:
    if at + 1 >= len(rows) or _filled(rows[at]) < 2:
        return False
    return _is_second(_padded(rows[at], width), _padded(rows[at + 1], width))


def _is_second(top: list[str], below: list[str]) -> bool:
    """Whether the row holds options: it is empty under the first heading and fills the gaps."""
    if below[0].strip() or not any(cell.strip() for cell in below):
        return False
    if any(cell.strip().casefold() in JUST_THE_ANSWER for cell in below):
        return True
    gaps = [b.strip() for t, b in zip(top, below, strict=True) if not t.strip()]
    return bool(gaps) and all(gaps) and all(len(gap) <= LONGEST for gap in gaps)


def _joined(top: list[str], below: list[str]) -> list[str]:
    """`Question – option`, where the question stands over the first of its options only."""
    names, question = [], ""
    for over, under in zip(top, below, strict=True):
        question = over.strip() or question
        plain = not under.strip() or under.strip().casefold() in JUST_THE_ANSWER
        names.append(question if plain else f"{question} – {under.strip()}")
    return names


def _made(names: list[str], count: int, at: int, data: list[list[str]]) -> Headings:
    wide = _last_filled(names)
    used = max([wide, *(_last_filled(row[: len(names)]) for row in data)], default=wide)
    notes = _doubts(names[:used], at)
    return Headings(_unique(names[:used]), count, at + count, notes)


def _doubts(names: list[str], at: int) -> tuple[str, ...]:
    notes = []
    if at:
        lines = "1 line" if at == 1 else f"{at} lines"
        notes.append(f"Passed over above the headings: {lines}.")
    numbers = sum(1 for name in names if name.strip().replace(".", "", 1).isdigit())
    if numbers * 2 > len(names):
        notes.append("The headings look like answers. If the file has none, add a row of headings.")
    return tuple(notes)


def _unique(names: list[str]) -> list[str]:
    seen: set[str] = set()
    unique = []
    for at, name in enumerate(names):
        plain = " ".join(name.split())[:LONGEST] or f"Column {letters(at)}"
        wanted, count = plain, 1
        while wanted in seen:
            count += 1
            wanted = f"{plain} ({count})"
        seen.add(wanted)
        unique.append(wanted)
    return unique


def letters(at: int) -> str:
    """A column as a spreadsheet names it: 0 is A, 26 is AA."""
    name = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        name = chr(65 + rest) + name
    return name


def _padded(row: list[str], width: int) -> list[str]:
    return (row + [""] * width)[:width]


def _filled(row: Cells) -> int:
    return sum(1 for cell in row if cell.strip())


def _last_filled(row: Cells) -> int:
    return max((at + 1 for at, cell in enumerate(row) if cell.strip()), default=0)
