"""The lines of a text file, decoded as UTF-8, UTF-16, UTF-32 or Windows-1252."""

import codecs
import io
from collections.abc import Iterator
from typing import IO

UNICODE_MARKS = (
    (codecs.BOM_UTF8, "UTF-8"),
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)


class LineTooLongError(ValueError):
    """A line has no end within the longest row allowed; it has been passed over."""


def encoding_of(head: bytes) -> str:
    """The encoding by its mark, else by where the zero bytes are, else by trying."""
    for mark, name in UNICODE_MARKS:
        if head.startswith(mark):
            return name
    return _without_zeros_or(head) or ("UTF-8" if _is_utf8(head) else "Windows-1252")


def _without_zeros_or(head: bytes) -> str:
    """UTF-16 without a mark: in Latin script every second byte is zero, the others are not."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    half = max(1, len(head) // 2)
    if odd > half * 0.4 and even < half * 0.05:
        return "UTF-16LE"
    if even > half * 0.4 and odd < half * 0.05:
        return "UTF-16BE"
    return ""


def _is_utf8(head: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head, final=False)
    except UnicodeDecodeError:
        return False
    return True


def decode(line: bytes) -> str:
    """UTF-8, else Windows-1252; line by line, as one stray line must not spoil the others."""
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        text = line.decode("cp1252", errors="replace")
    return text.replace("\0", "") if "\0" in text else text


def text_of(head: bytes, encoding: str) -> str:
    """The beginning of a file as text."""
    if encoding.startswith(("UTF-16", "UTF-32")):
        return head.decode(encoding, errors="ignore").lstrip("\ufeff")
    return "".join(decode(line) for line in head.splitlines(keepends=True)).lstrip("\ufeff")


class Lines(Iterator[str]):
    """Lines as they come, with their endings; too long a line raises, and reading can go on."""

    def __init__(self, file: IO[bytes], encoding: str, longest: int, *, mac: bool = False) -> None:
        self._longest = longest
        self._first = True
        self._plain = encoding in ("UTF-8", "Windows-1252") and not mac
        self._bytes = file
        if not self._plain:
            codec = "cp1252" if encoding == "Windows-1252" else encoding
            self._text = io.TextIOWrapper(file, encoding=codec, errors="replace", newline="")

    def __next__(self) -> str:
        line = self._read()
        if not line:
            raise StopIteration
        if len(line) >= self._longest and not line.endswith(("\n", "\r")):
            self._pass_over()
            raise LineTooLongError
        if self._first:
            self._first = False
            return line.lstrip("\ufeff")
        return line

    def _read(self) -> str:
        if self._plain:
            return decode(raw) or "\n" if (raw := self._bytes.readline(self._longest)) else ""
        return self._text.readline(self._longest).replace("\0", "")

    def _pass_over(self) -> None:
        while (rest := self._read()) and not rest.endswith(("\n", "\r")):
            pass
