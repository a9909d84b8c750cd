from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.lib.calendar import (
    add_48_hours,
    add_working_days,
    bank_holidays,
    clock_b,
    easter_sunday,
    is_working_day,
)
from consult.lib.dates import LONDON, london

MOMENTS = st.datetimes(datetime(2020, 1, 2), datetime(2034, 12, 1), timezones=st.just(UTC))


def local(*parts):
    return datetime(*parts, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("year", "days"),
    [
        (2020, "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28"),
        (2021, "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28"),
        (2022, "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27"),
        (2023, "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26"),
        (2024, "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26"),
        (2026, "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28"),
        (2027, "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28"),
        (2028, "01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26"),
    ],
)
def test_the_bank_holidays_are_those_that_were_proclaimed(year, days):
    assert sorted(day.strftime("%m-%d") for day in bank_holidays(year)) == days.split()


@pytest.mark.parametrize(
    ("year", "month", "day"),
    [(2024, 3, 31), (2025, 4, 20), (2030, 4, 21), (2035, 3, 25), (2038, 4, 25)],
)
def test_easter_is_where_the_tables_have_it(year, month, day):
    assert easter_sunday(year) == date(year, month, day)


@pytest.mark.parametrize("year", range(2020, 2036))
def test_every_year_has_at_least_eight_bank_holidays_all_on_weekdays(year):
    days = bank_holidays(year)
    assert len(days) >= 8
    assert all(day.weekday() < 5 and day.year == year for day in days)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (local(2026, 10, 23, 15), local(2026, 10, 27, 15)),  # the clocks go back in between
        (local(2026, 12, 23, 10), local(2026, 12, 29, 10)),  # Christmas, Boxing Day kept on Monday
        (local(2027, 3, 25, 12), local(2027, 3, 31, 12)),  # Easter, and the clocks go forward
        (local(2026, 6, 8, 9), local(2026, 6, 10, 9)),  # an ordinary Monday
        (local(2026, 6, 6, 9), local(2026, 6, 10, 0)),  # received on a Saturday: Monday and Tuesday
    ],
)
def test_48_hours_leave_out_weekends_and_holidays(start, end):
    assert add_48_hours(start) == end
    assert add_48_hours(start.astimezone(UTC)).tzinfo is UTC


def test_a_holiday_proclaimed_later_is_left_out_too():
    start = local(2026, 6, 8, 9)
    assert add_48_hours(start, extra={date(2026, 6, 9)}) == local(2026, 6, 11, 9)


@given(MOMENTS)
def test_48_hours_hold_exactly_48_hours_of_working_days(start):
    end = add_48_hours(start)
    day, counted = london(start).date(), timedelta()
    while day <= london(end).date():
        if is_working_day(day):
            first = max(london(start).replace(tzinfo=None), datetime(day.year, day.month, day.day))
            last = min(
                london(end).replace(tzinfo=None),
                datetime(day.year, day.month, day.day) + timedelta(days=1),
            )
            counted += last - first
        day += timedelta(days=1)
    assert counted == timedelta(hours=48)


@given(MOMENTS, st.timedeltas(timedelta(0), timedelta(days=20)))
def test_who_begins_later_ends_no_earlier(start, delay):
    assert add_48_hours(start) <= add_48_hours(start + delay)


@pytest.mark.parametrize(
    ("sent", "ends"),
    [
        (local(2026, 11, 2, 9), local(2026, 11, 8)),
        (local(2026, 10, 21, 0, 30), local(2026, 10, 27)),  # still 20 October in UTC
        (local(2026, 12, 22, 16), local(2026, 12, 28)),  # Christmas counts like any day
    ],
)
def test_an_author_has_until_midnight_after_five_whole_days(sent, ends):
    assert clock_b(sent) == clock_b(sent.astimezone(UTC)) == ends


def test_working_days_are_counted_from_the_day_after():
    assert add_working_days(date(2026, 4, 2), 1) == date(2026, 4, 7)
    assert add_working_days(date(2026, 4, 2), 0) == date(2026, 4, 2)
    assert add_working_days(date(2026, 6, 1), 20) == date(2026, 6, 29)
