"""Tables as CSV that a spreadsheet can open without running what somebody typed."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from consult.lib.dates import iso

# What makes a spreadsheet read a cell as a formula, with the full-width forms that some accept.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
BYTE_ORDER_MARK = "\ufeff"


def write(
    rows: Iterable[Mapping[str, object] | Sequence[object]],
    columns: Sequence[str],
    *,
    for_excel: bool = False,
) -> Iterator[str]:
    """One line at a time, heading first, so that a table of any length needs no memory.

    A row is a mapping, of which the columns are taken, or a sequence in their order. `for_excel`
    begins with a byte-order mark, without which Excel spoils every ŵ and £.
    """
    writer = csv.writer(_Line())
    heading = str(writer.writerow([_cell(column) for column in columns]))
    yield BYTE_ORDER_MARK + heading if for_excel else heading
    for row in rows:
        values = [row[column] for column in columns] if isinstance(row, Mapping) else row
        if len(values) != len(columns):
            raise ValueError(
                f"A row has {len(values)} cells where there are {len(columns)} columns."
            )
        yield str(writer.writerow([_cell(value) for value in values]))


class _Line:
    """A file that hands back what is written to it."""

    def write(self, line: str) -> str:
        return line


def _cell(value: object) -> object:
    if isinstance(value, date):
        return iso(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    # Numbers stay numbers: only text can have come from somebody who means harm.
    if value is None or isinstance(value, int | float):
        return value
    text = str(value)
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text
