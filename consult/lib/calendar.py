"""Working days in England and Wales, and the two legal clocks that run on them.

Bank holidays follow from rules, apart from those that were moved or given once, which are a table.
One that is proclaimed after this was written is passed as `extra`.
"""

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from consult.lib.dates import LONDON, london

ONE_DAY = timedelta(days=1)
MONDAY = 0

# Moved: the day the rule gives → the day it was kept.
MOVED = {
    date(2020, 5, 4): date(2020, 5, 8),  # 75 years since the end of the war in Europe
    date(2022, 5, 30): date(2022, 6, 2),  # the Platinum Jubilee of Elizabeth II
}
GIVEN_ONCE = {
    date(2022, 6, 3),  # the Platinum Jubilee of Elizabeth II
    date(2022, 9, 19),  # the funeral of Elizabeth II
    date(2023, 5, 8),  # the coronation of Charles III
}


@lru_cache(maxsize=64)
def bank_holidays(year: int) -> frozenset[date]:
    """The bank holidays of England and Wales, Good Friday and Christmas Day among them.

    Right for 2020 to 2035 as the law stood in 2026.
    """
    easter = easter_sunday(year)
    by_rule = {
        *_kept([date(year, 1, 1)]),
        easter - 2 * ONE_DAY,
        easter + ONE_DAY,
        _monday_from(date(year, 5, 1)),
        _monday_from(date(year, 5, 25)),
        _monday_from(date(year, 8, 25)),
        *_kept([date(year, 12, 25), date(year, 12, 26)]),
    }
    once = {day for day in GIVEN_ONCE if day.year == year}
    return frozenset({MOVED.get(day, day) for day in by_rule} | once)


def is_working_day(day: date, extra: Collection[date] = ()) -> bool:
    return day.weekday() < 5 and day not in bank_holidays(day.year) and day not in extra


def add_working_days(day: date, days: int, extra: Collection[date] = ()) -> date:
    """The working day that many working days after `day`; the day itself does not count."""
    while days > 0:
        day += ONE_DAY
        days -= is_working_day(day, extra)
    return day


def add_48_hours(start: datetime, extra: Collection[date] = ()) -> datetime:
    """When 48 hours end that run on working days only, by London's clocks, in UTC.

    The period of the Defamation (Operators of Websites) Regulations 2013, regulation 1(3). London's
    clocks change on Sundays, so every day that counts has 24 hours.
    """
    now, left = london(start).replace(tzinfo=None), timedelta(hours=48)
    while True:
        midnight = datetime.combine(now.date() + ONE_DAY, time())
        if is_working_day(now.date(), extra):
            if now + left <= midnight:
                return (now + left).replace(tzinfo=LONDON).astimezone(UTC)
            left -= midnight - now
        now = midnight


def clock_b(sent: datetime) -> datetime:
    """Midnight at the end of the fifth day after the day of sending, in UTC; every day counts.

    The time an author has to answer under the same Regulations, Schedule, paragraph 2(1)(b)(i).
    """
    after = london(sent).date() + 6 * ONE_DAY
    return datetime.combine(after, time(), LONDON).astimezone(UTC)


def easter_sunday(year: int) -> date:
    """Western Easter by the Gregorian computus, in the form printed in Nature, 20 April 1876."""
    golden = year % 19
    century, of_century = divmod(year, 100)
    leaps, rest = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leaps - correction + 15) % 30
    quarter, odd = divmod(of_century, 4)
    weekday = (32 + 2 * rest + 2 * quarter - epact - odd) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _monday_from(day: date) -> date:
    return day + (MONDAY - day.weekday()) % 7 * ONE_DAY


def _kept(holidays: list[date]) -> list[date]:
    """The same holidays, each that falls on a weekend kept on the next free weekday."""
    kept = [day for day in holidays if day.weekday() < 5]
    for day in (day for day in holidays if day.weekday() >= 5):
        instead = _monday_from(day)
        while instead in kept:
            instead += ONE_DAY
        kept.append(instead)
    return kept
