"""What never comes in: columns of network addresses are dropped before any row is handed over."""

import ipaddress
from collections.abc import Iterable, Sequence

from consult.imports.readers.known import IP_HEADINGS
from consult.imports.readers.shapes import Dropped
from consult.imports.readers.similar import plain


def dropped(columns: Sequence[str], sample: Sequence[dict[str, str]]) -> tuple[Dropped, ...]:
    """The columns that hold network addresses, by heading or by content."""
    found = ((column, _why(column, sample)) for column in columns)
    return tuple(Dropped(column, why) for column, why in found if why)


def _why(column: str, sample: Sequence[dict[str, str]]) -> str:
    if plain(column) in IP_HEADINGS:
        return "Network (IP) addresses are never taken in."
    if _all_addresses(row.get(column, "") for row in sample):
        return "It holds network (IP) addresses, which are never taken in."
    return ""


def _all_addresses(values: Iterable[str]) -> bool:
    filled = [value.strip() for value in values if value.strip()]
    return bool(filled) and all(_is_address(value) for value in filled)


def _is_address(value: str) -> bool:
    if value.count(".") != 3 and value.count(":") < 2:
        return False
    if value.count(":") == 2 and value.replace(":", "").isdigit():
        return False  # a time of day
    try:
        ipaddress.ip_address(value)
    except ValueError:
        return False
    return True
