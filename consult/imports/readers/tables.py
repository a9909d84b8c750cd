"""Opens any table that a form left behind, whatever its name, and reads it row by row."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from consult.errors import Invalid
from consult.imports.readers import content, csvs, door, headings, jsonl, lines, xlsx
from consult.imports.readers.content import Meter
from consult.imports.readers.shapes import BadRow, Dropped, Limits, Row

LATE = "It has “{name}”, which no earlier row has. Put this row first in the file."
Reading = Iterator[Row | BadRow]
Read = Callable[[Meter | None], Reading]


@dataclass(frozen=True)
class Table:
    """A file with columns. `format` and `encoding` are for people; `notes` are remarks for them.
    `dropped` columns, of network addresses, are in no row.

    Every call of `rows` and `sample` reads the file from its start, so nothing stays open.
    """

    format: str
    encoding: str
    columns: list[str]
    header_rows: int
    notes: tuple[str, ...]
    dropped: tuple[Dropped, ...]
    _read: Read

    def rows(self, *, after: int = 0, meter: Meter | None = None) -> Reading:
        """The rows behind row number `after`, good and bad; blank rows at the end are left off."""
        hidden = [column.column for column in self.dropped]
        for row in without_blank_end(self._read(meter), self.columns):
            if row.number <= after:
                continue
            if hidden and isinstance(row, Row):
                for column in hidden:
                    row.cells.pop(column, None)
            yield row

    def sample(self, n: int = 5) -> list[Row]:
        """The first rows that can be read and hold something."""
        good = (row for row in self.rows() if isinstance(row, Row) and any(row.cells.values()))
        return list(islice(good, n))


def _table(
    form: str, encoding: str, found: headings.Headings, notes: tuple[str, ...], read: Read
) -> Table:
    """The table without the columns that may not come in."""
    whole = Table(form, encoding, found.columns, found.rows, notes, (), read)
    unwanted = door.dropped(found.columns, [row.cells for row in whole.sample(50)])
    names = {column.column for column in unwanted}
    columns = [column for column in found.columns if column not in names]
    return replace(whole, columns=columns, dropped=unwanted)


def without_blank_end(rows: Reading, columns: list[str]) -> Reading:
    """Hold blank rows back until a row with something in it follows."""
    blank = 0  # the first of the blank rows before this one
    for row in rows:
        if isinstance(row, Row) and not any(row.cells.values()):
            blank = blank or row.number
            continue
        if blank:
            yield from (Row(n, dict.fromkeys(columns, "")) for n in range(blank, row.number))
            blank = 0
        yield row


def open_table(path: Path, *, sheet: str = "", limits: Limits | None = None) -> Table:
    """Look into a file and say what it is. Raises Invalid with a sentence if it is no table."""
    limits = limits or Limits()
    head = content.head_of(path, limits)
    content.refuse_what_is_no_table(head)
    if content.is_workbook(path, head):
        return _workbook(path, sheet, limits)
    encoding = lines.encoding_of(head)
    text = lines.text_of(head, encoding)
    content.refuse_binary(text)
    if jsonl.is_json_lines(text):
        return _json_lines(path, encoding, limits)
    if text.lstrip()[:1] in ("{", "["):
        return _json_list(path, encoding, text, limits)
    return _csv(path, encoding, text, limits, whole=len(head) < content.SAMPLE)


def _csv(path: Path, encoding: str, text: str, limits: Limits, *, whole: bool) -> Table:
    dialect = csvs.sniff(text, limits, cut=not whole)
    sample = csvs.sample_of(text, dialect, limits, cut=not whole)
    found = headings.find(sample if whole else sample[:-1] or sample, limits)
    mac = "\n" not in text and "\r" in text

    def read(meter: Meter | None) -> Reading:
        with content.opened(path, limits, meter) as file:
            feed = lines.Lines(file, encoding, limits.row, mac=mac)
            yield from _csv_rows(feed, dialect, found, limits)

    notes = found.notes + _encoding_note(encoding)
    return _table(dialect.name, encoding, found, notes, read)


def _csv_rows(
    feed: Iterator[str], dialect: csvs.Dialect, found: headings.Headings, limits: Limits
) -> Reading:
    columns, first = found.columns, found.above + dialect.skip_lines + 1
    records = iter(csvs.Records(feed, dialect, limits, width=found.width))
    for number, record in enumerate(records, start=dialect.skip_lines + 1):
        if number < first:
            continue
        if isinstance(record, str):
            yield BadRow(number, record)
        else:
            yield Row(number, dict(zip(columns, record, strict=False)))


def _encoding_note(encoding: str) -> tuple[str, ...]:
    if encoding != "Windows-1252":
        return ()
    return ("Accents and quotation marks were read as Windows-1252. Look whether they are right.",)


def _json_lines(path: Path, encoding: str, limits: Limits) -> Table:
    def values(meter: Meter | None) -> Iterator[tuple[int, dict[str, str]] | BadRow]:
        with content.opened(path, limits, meter) as file:
            yield from jsonl.from_lines(lines.Lines(file, encoding, limits.row), limits)

    return _json("JSON lines", encoding, values, limits)


def _json_list(path: Path, encoding: str, text: str, limits: Limits) -> Table:
    start = jsonl.list_start(text)
    if start is None:
        raise jsonl.refuse_other_json()

    def values(meter: Meter | None) -> Iterator[tuple[int, dict[str, str]] | BadRow]:
        with content.opened(path, limits, meter) as file:
            codec = {"UTF-8": "utf-8-sig", "Windows-1252": "cp1252"}.get(encoding, encoding)
            stream = io.TextIOWrapper(file, encoding=codec, errors="replace", newline="")
            yield from jsonl.from_list(stream, start, limits)

    return _json("JSON list", encoding, values, limits)


def _json(
    name: str,
    encoding: str,
    values: Callable[[Meter | None], Iterator[tuple[int, dict[str, str]] | BadRow]],
    limits: Limits,
) -> Table:
    columns = _names(islice(values(None), limits.sample_rows * 5))
    headings.refuse_width(len(columns), limits)

    def read(meter: Meter | None) -> Reading:
        for value in values(meter):
            yield value if isinstance(value, BadRow) else _json_row(*value, columns)

    return _table(name, encoding, headings.Headings(columns, 0, 0), (), read)


def _names(values: Iterator[tuple[int, dict[str, str]] | BadRow]) -> list[str]:
    names: dict[str, None] = {}
    for value in values:
        if not isinstance(value, BadRow):
            names.update(dict.fromkeys(value[1]))
    return list(names)


def _json_row(number: int, cells: dict[str, str], columns: list[str]) -> Row | BadRow:
    row = {column: cells.get(column, "") for column in columns}
    if len(cells) <= len(columns) and cells.keys() <= row.keys():
        return Row(number, row)
    late = next((name for name in cells if name not in row and cells[name].strip()), None)
    if late is None:
        return Row(number, row)
    return BadRow(number, LATE.format(name=late))


def _workbook(path: Path, sheet: str, limits: Limits) -> Table:
    xlsx.weigh(path, limits)
    names = xlsx.sheets(path)
    if not names:
        raise Invalid("The workbook is empty.")
    if sheet and sheet not in names:
        raise Invalid(f"The workbook has no sheet “{sheet}” with rows. It has: {', '.join(names)}.")
    chosen = sheet or names[0]
    sample = [row for _, _, row in islice(xlsx.rows(path, chosen), limits.sample_rows)]
    found = headings.find(sample, limits, ragged=True)

    def read(meter: Meter | None) -> Reading:
        for number, total, cells in xlsx.rows(path, chosen):
            if meter is not None:
                meter.fixed = min(1.0, number / total) if total else 0.0
            if number > found.above:
                yield _sheet_row(number, cells, found.columns, limits)

    notes = found.notes + _sheet_note(chosen, names)
    return _table("Excel workbook", "Excel", found, notes, read)


def _sheet_row(number: int, cells: list[str], columns: list[str], limits: Limits) -> Row | BadRow:
    if any(cell.strip() for cell in cells[len(columns) :]):
        return BadRow(number, f"The row goes on beyond the last heading, “{columns[-1]}”.")
    if any(len(cell) > limits.cell for cell in cells):
        return BadRow(number, csvs.LONG_CELL.format(limit=limits.cell))
    padded = cells + [""] * (len(columns) - len(cells))
    return Row(number, dict(zip(columns, padded, strict=False)))


def _sheet_note(chosen: str, names: list[str]) -> tuple[str, ...]:
    others = [name for name in names if name != chosen]
    if not others:
        return ()
    return (f"Only the sheet “{chosen}” is read. The workbook also has: {', '.join(others)}.",)
