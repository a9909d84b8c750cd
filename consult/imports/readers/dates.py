"""Dates as people and programs write them, day first unless told otherwise."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
EXCEL_ZERO = datetime(1899, 12, 30)
YEARS = range(1990, 2101)

_TIME = (
    r"(?:[ T,]+(?:at\s+)?(?P<h>\d{1,2})[:.](?P<min>\d\d)(?:[:.](?P<s>\d\d)(?:[.,]\d+)?)?"
    r"\s*(?P<half>[ap]\.?m\.?)?\s*(?P<zone>Z|UTC|GMT(?:[+-]\d{1,2})?|BST|[+-]\d\d:?\d\d)?)?\s*$"
)
NUMBERS = re.compile(
    r"^\s*(?P<a>\d{1,4})[/.\-](?P<b>\d{1,2})[/.\-](?P<c>\d{2,4})" + _TIME, re.IGNORECASE
)
DAY_NAME = re.compile(
    r"^\s*(?:[a-z]{3,9},?\s+)?(?P<d>\d{1,2})(?:st|nd|rd|th)?[\s\-](?P<m>[a-z]{3,9})[\s\-,]+(?P<y>\d{4})"
    + _TIME,
    re.IGNORECASE,
)
NAME_DAY = re.compile(
    r"^\s*(?:[a-z]{3,9},?\s+)?(?P<m>[a-z]{3,9})\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y>\d{4})"
    + _TIME,
    re.IGNORECASE,
)
_NAMES = "jan feb mar apr may jun jul aug sep oct nov dec".split()  # noqa: SIM905
MONTHS = {name: at for at, name in enumerate(_NAMES, start=1)}


def parse(text: str, *, day_first: bool = True) -> datetime | None:
    """The moment in UTC, or None. Times without a zone are taken as London's."""
    text = text.strip()
    try:
        moment = _iso(text) or _serial(text) or _written(text, day_first) or _mail(text)
    except (ValueError, OverflowError):
        return None
    if moment is None or moment.year not in YEARS:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=LONDON)
    return moment.astimezone(UTC)


def is_day_first(values: Iterable[str]) -> bool | None:
    """Whether the day comes before the month; None where every date fits both ways."""
    pairs = [
        (int(m["a"]), int(m["b"])) for v in values if (m := NUMBERS.match(v)) and m["a"] < "32"
    ]
    if any(first > 12 for first, _ in pairs):
        return True
    return False if any(second > 12 for _, second in pairs) else None


def is_ambiguous(values: Iterable[str]) -> bool:
    """Whether some date could be read day first as well as month first."""
    return any((m := NUMBERS.match(v)) and len(m["a"]) < 3 for v in values)


def _iso(text: str) -> datetime | None:
    if not re.match(r"\d{4}-\d\d-\d\d(?:$|[T ])", text):
        return None
    try:
        return datetime.fromisoformat(text.replace(" UTC", "Z").replace(" +", "+"))
    except ValueError:
        return None


def _serial(text: str) -> datetime | None:
    """Excel's days since 1900, or seconds or milliseconds since 1970."""
    if not re.fullmatch(r"\d{5}(?:\.\d+)?|\d{10}|\d{13}", text):
        return None
    if len(text.split(".")[0]) == 5:
        return EXCEL_ZERO + timedelta(seconds=round(float(text) * 86_400))
    seconds = int(text) / (1000 if len(text) == 13 else 1)
    return datetime.fromtimestamp(seconds, UTC)


def _written(text: str, day_first: bool) -> datetime | None:
    if found := NUMBERS.match(text):
        day, month, year = _ordered(found["a"], found["b"], found["c"], day_first)
        return _with_time(year, month, day, found)
    found = DAY_NAME.match(text) or NAME_DAY.match(text)
    month = MONTHS.get(found["m"][:3].casefold(), 0) if found else 0
    return _with_time(int(found["y"]), month, int(found["d"]), found) if found and month else None


def _ordered(a: str, b: str, c: str, day_first: bool) -> tuple[int, int, int]:
    if len(a) == 4:
        return int(c), int(b), int(a)
    year = int(c) + (2000 if len(c) == 2 else 0)
    return (int(a), int(b), year) if day_first else (int(b), int(a), year)


def _with_time(year: int, month: int, day: int, found: re.Match[str]) -> datetime:
    hour = int(found["h"] or 0)
    half = (found["half"] or "").casefold()
    if half and hour <= 12:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    minute, second = int(found["min"] or 0), int(found["s"] or 0)
    moment = datetime(year, month, day, hour, minute, second)
    return moment.replace(tzinfo=_zone(found["zone"] or ""))


def _zone(name: str) -> timezone | None:
    name = name.upper()
    if not name:
        return None
    if name in ("Z", "UTC", "GMT"):
        return UTC
    if name == "BST":
        return timezone(timedelta(hours=1))
    found = re.fullmatch(r"(?:GMT)?([+-])(\d{1,2}):?(\d\d)?", name)
    if not found:
        return None
    size = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
    return timezone(size if found[1] == "+" else -size)


def _mail(text: str) -> datetime | None:
    """The form of mail headers, and the like of `Wed Oct 10 20:19:24 +0000 2018`."""
    if not re.search(r"\d\d:\d\d:\d\d", text):
        return None
    return parsedate_to_datetime(text)
