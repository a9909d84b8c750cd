"""JSON: one object a line, or one list of objects, each read without holding the whole file."""

import json
import re
from collections.abc import Iterator
from typing import IO, Any

from consult.errors import Invalid
from consult.imports.readers.lines import LineTooLongError
from consult.imports.readers.shapes import BadRow, Limits

CHUNK = 1 << 16
# An object that wraps one list: only plain values may stand before the list.
_PLAIN = r'(?:"(?:[^"\\]|\\.)*"|-?[\d.eE+-]+|true|false|null)'
WRAPPED = re.compile(rf'\s*\{{\s*(?:"[^"]*"\s*:\s*{_PLAIN}\s*,\s*)*"[^"]*"\s*:\s*(?=\[)')
DEPTH = 6

BROKEN = "The line is not whole JSON, so it may have been cut off."
NOT_OBJECT = "The line holds no named values, so there is nothing to tell answers by."
LONG = "The line is longer than {limit:,} characters."


def is_json_lines(text: str) -> bool:
    """Whether lines are objects of their own; a broken first line does not decide it."""
    lines = [line for line in text.split("\n") if line.strip()][:20]
    if not text.lstrip().startswith("{") or (len(lines) == 1 and WRAPPED.match(text)):
        return False
    return any(isinstance(_parsed(line), dict) for line in lines)


def list_start(text: str) -> int | None:
    """Where the list of a JSON document begins, or None if there is none."""
    if text.lstrip().startswith("["):
        return text.index("[")
    wrapped = WRAPPED.match(text)
    return wrapped.end() if wrapped else None


def from_lines(
    lines: Iterator[str], limits: Limits
) -> Iterator[tuple[int, dict[str, str]] | BadRow]:
    """Each line's values by name; a broken line is named and passed over."""
    number = 0
    while True:
        number += 1
        try:
            line = next(lines)
        except StopIteration:
            return
        except LineTooLongError:
            yield BadRow(number, LONG.format(limit=limits.row))
            continue
        yield _line(number, line, limits) if line.strip() else (number, {})


def _line(number: int, line: str, limits: Limits) -> tuple[int, dict[str, str]] | BadRow:
    value = _parsed(line)
    if value is None:
        return BadRow(number, BROKEN)
    return _values(number, value, limits)


def _values(number: int, value: Any, limits: Limits) -> tuple[int, dict[str, str]] | BadRow:
    if not isinstance(value, dict):
        return BadRow(number, NOT_OBJECT)
    cells = flat(value)
    if any(len(cell) > limits.cell for cell in cells.values()):
        return BadRow(number, f"A value is longer than {limits.cell:,} characters.")
    return number, cells


def _parsed(line: str) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def from_list(
    file: IO[str], start: int, limits: Limits
) -> Iterator[tuple[int, dict[str, str]] | BadRow]:
    """Each item of a list; a list broken in the middle ends with what is wrong and where."""
    file.read(start + 1)
    items, number = _Items(file, limits.row), 0
    while True:
        number += 1
        try:
            value = items.next()
        except StopIteration:
            return
        except ValueError as error:
            yield BadRow(number, f"The file cannot be read from item {number} on: {error}")
            return
        yield _values(number, value, limits)


class _Items:
    """The values of a JSON list from a stream, with no more than one item in memory."""

    def __init__(self, file: IO[str], longest: int) -> None:
        self._file, self._longest, self._text = file, longest, ""
        self._decoder = json.JSONDecoder()

    def next(self) -> Any:
        self._skip(", \r\n\t")
        if not self._text:
            raise ValueError("the list is not closed, so it may have been cut off.")
        if self._text[0] == "]":
            raise StopIteration
        return self._item()

    def _skip(self, marks: str) -> None:
        self._text = self._text.lstrip(marks)
        while not self._text and self._more():
            self._text = self._text.lstrip(marks)

    def _item(self) -> Any:
        while True:
            try:
                value, end = self._decoder.raw_decode(self._text)
            except RecursionError:
                raise ValueError("it is nested too deeply.") from None
            except ValueError:
                if len(self._text) > self._longest:
                    raise ValueError("it is too long or not JSON.") from None
                if not self._more():
                    raise ValueError("it is not whole JSON.") from None
                continue
            if end < len(self._text) or not self._more():
                self._text = self._text[end:]
                return value

    def _more(self) -> bool:
        # Read in growing steps: each failed try parses from the item's start again.
        chunk = self._file.read(max(CHUNK, len(self._text))).replace("\0", "")
        self._text += chunk
        return bool(chunk)


def flat(value: dict[str, Any], before: str = "", depth: int = DEPTH) -> dict[str, str]:
    """Nested names joined with dots; plain lists as lines; what is deeper stays JSON text."""
    cells: dict[str, str] = {}
    for name, inner in value.items():
        key = f"{before}{name}".replace("\0", "").strip() or "(no name)"
        if isinstance(inner, dict) and depth:
            cells.update(flat(inner, f"{key}.", depth - 1))
        else:
            cells[key] = _text(inner)
    return cells


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value.replace("\0", "")
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list) and not any(isinstance(part, (dict, list)) for part in value):
        return "\n".join(_text(part) for part in value)
    return json.dumps(value, ensure_ascii=False)


def refuse_other_json() -> Invalid:
    """JSON that is neither lines nor a list."""
    return Invalid(
        "This JSON file is neither a list nor one object a line. Save it as a list of responses."
    )
