"""What a file is, told by its content and never by its name, and how its bytes are opened."""

import gzip
import io
import os
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

from consult.errors import Invalid
from consult.imports.readers.shapes import Limits

SAMPLE = 1 << 18
SMALL = 50_000_000  # bytes; below this a high compression ratio harms nobody

# First bytes of files that people bring by mistake, and what to do instead.
NOT_TABLES = {
    b"\xd0\xcf\x11\xe0": "This is an old Excel or Word file, or one with a password. "
    "Save it as an Excel workbook (.xlsx) without a password, or as CSV.",
    b"%PDF": "This is a PDF, not a table. Ask for the spreadsheet it was made from.",
    b"\x89PNG": "This is a picture, not a table.",
    b"\xff\xd8\xff": "This is a picture, not a table.",
    b"GIF8": "This is a picture, not a table.",
    b"SQLite format 3": "This is a database file. Export its table as CSV.",
    b"PAR1": "This is a Parquet file. Save it as CSV.",
    b"7z\xbc\xaf": "This is a packed folder. Unpack it and bring the table itself.",
    b"Rar!": "This is a packed folder. Unpack it and bring the table itself.",
    b"{\\rtf": "This is a Rich Text document, not a table.",
}
NO_TABLE = "This is not a table that can be read. Bring a CSV, Excel (.xlsx) or JSON lines file."


class Meter:
    """How far a reading has got; give one to `Table.rows` to drive a progress bar."""

    def __init__(self) -> None:
        self._file: IO[bytes] | None = None
        self._size = 0
        self.fixed: float | None = None

    def watch(self, file: IO[bytes]) -> None:
        self._file, self._size = file, os.fstat(file.fileno()).st_size

    def fraction(self) -> float:
        """Between 0 and 1."""
        if self.fixed is not None:
            return self.fixed
        if self._file is None or self._file.closed or not self._size:
            return 0.0
        return min(1.0, self._file.tell() / self._size)


class _Unpacking(io.RawIOBase):
    """Unpacked gzip content that stops before a small file fills the machine."""

    def __init__(self, packed: IO[bytes], limits: Limits) -> None:
        self._packed, self._limits, self._out = packed, limits, 0
        self._gzip = gzip.GzipFile(fileobj=packed)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(cast("bytearray", buffer))
        try:
            data = self._gzip.read(len(view))
        except (OSError, EOFError, zlib.error) as error:
            raise Invalid("The packed file is damaged or was cut off. Pack it again.") from error
        view[: len(data)] = data
        self._count(len(data))
        return len(data)

    def _count(self, size: int) -> None:
        self._out += size
        most = max(SMALL, self._packed.tell() * self._limits.ratio)
        if self._out > min(most, self._limits.unpacked):
            raise Invalid("The packed file grows far too large when unpacked, so it was not read.")


@contextmanager
def opened(path: Path, limits: Limits, meter: Meter | None = None) -> Iterator[IO[bytes]]:
    """The bytes of a file, unpacked if gzip packed it."""
    with path.open("rb", buffering=0) as file:
        if meter is not None:
            meter.watch(cast("IO[bytes]", file))
        packed = file.read(2) == b"\x1f\x8b"
        file.seek(0)
        raw = _Unpacking(cast("IO[bytes]", file), limits) if packed else file
        yield cast("IO[bytes]", io.BufferedReader(raw, buffer_size=1 << 17))


def head_of(path: Path, limits: Limits) -> bytes:
    """The first quarter of a megabyte of the content."""
    with opened(path, limits) as file:
        return file.read(SAMPLE)


def is_workbook(path: Path, head: bytes) -> bool:
    """Whether this is an Excel workbook; other ZIP files are refused with what they are."""
    if not head.startswith(b"PK\x03\x04"):
        return False
    names = _names_in(path)
    if "xl/workbook.xml" in names:
        return True
    raise Invalid(_what_zip(names))


def _names_in(path: Path) -> set[str]:
    try:
        with zipfile.ZipFile(path) as archive:
            return set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise Invalid(
            "The workbook is damaged, cut off or packed twice. Save it again and bring that."
        ) from error


def _what_zip(names: set[str]) -> str:
    if "word/document.xml" in names:
        return "This is a Word document, not a table."
    if "mimetype" in names and "content.xml" in names:
        return "This is an OpenDocument file. Save it as an Excel workbook (.xlsx) or as CSV."
    return "This is a packed folder. Unpack it and bring the table itself."


def refuse_what_is_no_table(head: bytes) -> None:
    """Say what is wrong with an empty or foreign file."""
    if not head.strip(b"\0 \r\n\t\xef\xbb\xbf\xff\xfe"):
        raise Invalid("The file is empty.")
    for start, reason in NOT_TABLES.items():
        if head.startswith(start):
            raise Invalid(reason)
    if head.lstrip()[:15].lower().startswith((b"<!doctype html", b"<html")):
        raise Invalid(
            "This is a web page, not a table. The download may have asked you to sign in first."
        )


def refuse_binary(text: str) -> None:
    """Refuse bytes that decode to control characters rather than words."""
    strange = sum(1 for c in text[:20_000] if ord(c) < 32 and c not in "\t\r\n\f\v\0")
    if strange > max(8, len(text[:20_000]) // 100):
        raise Invalid(NO_TABLE)
