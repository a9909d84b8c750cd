"""Dates as Britain writes them: kept in UTC, shown and understood in Europe/London."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
FIRST_HALF = ("January", "February", "March", "April", "May", "June")
MONTHS = (*FIRST_HALF, "July", "August", "September", "October", "November", "December")
WELSH_FIRST_HALF = ("Ionawr", "Chwefror", "Mawrth", "Ebrill", "Mai", "Mehefin")
WELSH_SECOND_HALF = ("Gorffennaf", "Awst", "Medi", "Hydref", "Tachwedd", "Rhagfyr")
IN = {"en": MONTHS, "cy": (*WELSH_FIRST_HALF, *WELSH_SECOND_HALF)}
CLOCK = {"en": ("am", "pm", "midnight", "midday"), "cy": ("yb", "yp", "canol nos", "canol dydd")}
EXAMPLE = "27 3 2026"


def day(when: date, language: str = "en") -> str:
    """“20 March 2026” or “20 Mawrth 2026”; a moment gives the day it is in London."""
    local = london(when).date() if isinstance(when, datetime) else when
    return f"{local.day} {IN[language][local.month - 1]} {local.year}"


def moment(when: datetime, language: str = "en") -> str:
    """“20 March 2026, 2:05pm” or “20 Mawrth 2026, 2:05yp”, London time."""
    return f"{day(when, language)}, {_clock(london(when), language)}"


def iso(when: date) -> str:
    """For feeds, files and the `datetime` of a `<time>`: “2026-03-20” or “2026-03-20T14:05:00Z”."""
    if not isinstance(when, datetime):
        return when.isoformat()
    return london(when).astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def london(when: datetime) -> datetime:
    """The same moment on London's clocks."""
    if when.tzinfo is None:
        raise ValueError("This moment has no time zone, so nobody can say when it is.")
    return when.astimezone(LONDON)


def start_of(when: date) -> datetime:
    """The first moment of a day in London, in UTC."""
    return datetime.combine(when, time(), LONDON).astimezone(UTC)


def end_of(when: date) -> datetime:
    """The last second of a day in London, in UTC; shown, it reads “11:59pm” of the day meant."""
    return start_of(when + timedelta(days=1)) - timedelta(seconds=1)


def days_left(until: datetime, at: datetime) -> int:
    """Whole days on a London calendar: 1 is tomorrow, 0 is today or past."""
    return max(0, (london(until).date() - london(at).date()).days)


def parse_day(day: str, month: str, year: str) -> date:
    """The date in three fields as people fill them in; the month may be a name.

    Raises ValueError with the sentence to show beside the fields.
    """
    fields = {"day": day.strip(), "month": month.strip(), "year": year.strip()}
    missing = [name for name, typed in fields.items() if not typed]
    if len(missing) == 3:
        raise ValueError(f"Enter a date, such as {EXAMPLE}.")
    if missing:
        raise ValueError(f"The date must include a {' and a '.join(missing)}.")
    which = _number(fields["day"], 1, 31, "The day must be a number from 1 to 31.")
    month_number = _month(fields["month"])
    in_year = _number(fields["year"], 1900, 2199, "The year must have four digits, such as 2026.")
    try:
        return date(in_year, month_number, which)
    except ValueError:
        name = MONTHS[month_number - 1]
        raise ValueError(f"There is no {which} {name} in {in_year}. Check the day.") from None


def _clock(local: datetime, language: str) -> str:
    morning, afternoon, midnight, midday = CLOCK[language]
    if local.minute == 0 and local.hour in (0, 12):
        return midday if local.hour else midnight
    minutes = f":{local.minute:02}" if local.minute else ""
    return f"{local.hour % 12 or 12}{minutes}{afternoon if local.hour >= 12 else morning}"


def _number(typed: str, least: int, most: int, sentence: str) -> int:
    if not typed.isdecimal() or len(typed) > 4 or not least <= int(typed) <= most:
        raise ValueError(sentence)
    return int(typed)


def _month(typed: str) -> int:
    for number, name in enumerate(MONTHS, start=1):
        if len(typed) >= 3 and name.casefold().startswith(typed.casefold()):
            return number
    return _number(typed, 1, 12, "The month must be a number from 1 to 12, or its name.")
