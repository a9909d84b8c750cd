"""Screening a file row by row, for `consult screen`."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from consult.errors import Invalid
from consult.moderation.rules.engine import screen
from consult.moderation.rules.finding import Finding


@dataclass(frozen=True, slots=True)
class ScreenedRow:
    """A row's number and what was found in its text."""

    row: int
    flags: tuple[Finding, ...]

    def as_dict(self) -> dict[str, Any]:
        """The line that `consult screen --json` prints."""
        return {"row": self.row, "flags": [_flag(finding) for finding in self.flags]}


def _flag(finding: Finding) -> dict[str, Any]:
    return {key: value for key, value in finding.as_dict().items() if key != "next_step"}


def screen_rows(
    rows: Iterable[tuple[int, str | Mapping[str, Any]]], column: str = ""
) -> Iterator[ScreenedRow]:
    """Screen (row number, text) pairs, or (row number, cells) with the text under `column`."""
    for number, content in rows:
        yield ScreenedRow(number, tuple(screen(_text(content, column))))


def _text(content: str | Mapping[str, Any], column: str) -> str:
    if isinstance(content, str):
        return content
    if column not in content:
        known = ", ".join(str(name) for name in content) or "none"
        raise Invalid(f"There is no column called “{column}”. The columns are: {known}.")
    value = content[column]
    return "" if value is None else str(value)
