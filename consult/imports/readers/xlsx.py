"""Excel workbooks: weighed before they are opened, then read row by row."""

import math
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import IO, Any, cast

from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from consult.errors import Invalid
from consult.imports.readers.content import SMALL
from consult.imports.readers.shapes import Limits

BOMB = "The workbook grows far too large when unpacked, so it was not opened."
DAMAGED = (
    "The workbook is damaged and cannot be read. Open it in Excel, save it again, and bring that."
)
EXACT = 1e15  # Excel keeps 15 digits; a longer number has lost its last ones


def weigh(path: Path, limits: Limits) -> None:
    """Refuse a workbook that would fill the machine, before anything in it is unpacked."""
    with zipfile.ZipFile(path) as archive:
        entries = archive.infolist()
        if len(entries) > limits.packed_entries:
            raise Invalid(BOMB)
        for entry in entries:
            _weigh_entry(entry, limits)
        if sum(entry.file_size for entry in entries) > limits.unpacked:
            raise Invalid(BOMB)
        for entry in entries:
            _refuse_declarations(archive, entry)


def _weigh_entry(entry: zipfile.ZipInfo, limits: Limits) -> None:
    if entry.flag_bits & 0x1:
        raise Invalid("The workbook has a password. Save it without one.")
    if entry.file_size > max(SMALL, entry.compress_size * limits.ratio):
        raise Invalid(BOMB)
    if entry.filename.endswith("sharedStrings.xml") and entry.file_size > limits.shared_strings:
        raise Invalid("The workbook holds too much text to be read as Excel. Save it as CSV.")


def _refuse_declarations(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Excel writes no document type; who adds one wants names that unfold without end."""
    if not entry.filename.endswith((".xml", ".rels")):
        return
    try:
        with archive.open(entry) as part:
            start = part.read(2048)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise Invalid(DAMAGED) from error
    if b"<!DOCTYPE" in start or b"<!ENTITY" in start:
        raise Invalid(DAMAGED)


@contextmanager
def _workbook(path: Path) -> Iterator[Workbook]:
    # Given open, as openpyxl judges a path by its name.
    with path.open("rb") as file:
        book = _loaded(cast("IO[bytes]", file))
        try:
            yield book
        finally:
            book.close()


def _loaded(file: IO[bytes]) -> Workbook:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of styles and charts, unread by us
            return load_workbook(file, read_only=True, data_only=True, keep_links=False)
    except Exception as error:  # a damaged workbook fails in as many ways as it has parts
        raise Invalid(DAMAGED) from error


def sheets(path: Path) -> list[str]:
    """The names of the sheets with rows, those in view first."""
    with _workbook(path) as book:
        tables = [sheet for sheet in book.worksheets if _has_rows(sheet)]
        tables.sort(key=lambda sheet: sheet.sheet_state != "visible")
        return [sheet.title for sheet in tables]


def _has_rows(sheet: Any) -> bool:
    sheet.reset_dimensions()
    rows = _guarded(sheet.iter_rows(values_only=True, max_row=100))
    return any(cell not in (None, "") for row in rows for cell in row)


def rows(path: Path, name: str) -> Iterator[tuple[int, int, list[str]]]:
    """(row number, rows in the sheet or 0, cells as text) for every row, gaps included."""
    with _workbook(path) as book:
        sheet = cast("Any", book[name])
        total = sheet.max_row or 0
        sheet.reset_dimensions()
        for number, row in enumerate(_guarded(sheet.iter_rows(values_only=True)), start=1):
            yield number, total, ["" if cell is None else _text(cell) for cell in row]


def _guarded(values: Iterator[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    while True:
        try:
            row = next(values)
        except StopIteration:
            return
        except Exception as error:  # as above: any part may be damaged
            raise Invalid(DAMAGED) from error
        yield row


def _text(cell: object) -> str:
    if isinstance(cell, str):
        return cell.replace("_x000D_", "").replace("\0", "")
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return _number(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ") if cell.time() != time() else cell.date().isoformat()
    if isinstance(cell, (date, time)):
        return cell.isoformat()
    return str(cell)


def _number(value: float) -> str:
    if not math.isfinite(value):
        return ""
    if abs(value) >= EXACT:
        return f"{value:.14E}"  # shows that digits were lost, so that no one takes it for an id
    return str(int(value)) if value == int(value) else repr(value)
