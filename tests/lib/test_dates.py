from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.lib import dates

SUMMER = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
WINTER = datetime(2026, 1, 5, 14, 5, 9, tzinfo=UTC)


def test_a_late_summer_evening_in_utc_is_the_next_day_in_london():
    assert dates.day(SUMMER) == "1 July 2026"
    assert dates.moment(SUMMER) == "1 July 2026, 12:30am"


def test_a_day_is_itself():
    assert dates.day(date(2026, 3, 20)) == "20 March 2026"
    assert dates.iso(date(2026, 3, 20)) == "2026-03-20"


@pytest.mark.parametrize(
    ("hour", "minute", "said"),
    [
        (0, 0, "midnight"),
        (0, 5, "12:05am"),
        (9, 0, "9am"),
        (12, 0, "midday"),
        (12, 30, "12:30pm"),
        (23, 59, "11:59pm"),
    ],
)
def test_the_clock_is_said_the_british_way(hour, minute, said):
    when = datetime(2026, 1, 5, hour, minute, tzinfo=UTC)
    assert dates.moment(when) == f"5 January 2026, {said}"


def test_machines_get_utc():
    assert dates.iso(WINTER) == "2026-01-05T14:05:09Z"
    assert dates.iso(dates.london(SUMMER)) == "2026-06-30T23:30:00Z"


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="no time zone"):
        dates.moment(datetime(2026, 1, 5, 14, 5))


@pytest.mark.parametrize(
    ("month", "starts", "ends"),
    [
        (1, "2026-01-25T00:00:00Z", "2026-01-25T23:59:59Z"),
        (10, "2026-10-24T23:00:00Z", "2026-10-25T23:59:59Z"),
    ],
)
def test_a_day_in_london_starts_and_ends_by_londons_clocks(month, starts, ends):
    assert dates.iso(dates.start_of(date(2026, month, 25))) == starts
    assert dates.iso(dates.end_of(date(2026, month, 25))) == ends


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_every_day_begins_and_ends_on_itself(day):
    assert dates.day(dates.start_of(day)) == dates.day(dates.end_of(day)) == dates.day(day)
    assert dates.end_of(day) + timedelta(seconds=1) == dates.start_of(day + timedelta(days=1))


def test_days_left_are_counted_on_a_calendar():
    closes = dates.end_of(date(2026, 3, 20))
    assert dates.days_left(closes, closes - timedelta(days=3)) == 3
    assert dates.days_left(closes, closes - timedelta(hours=23)) == 0
    assert dates.days_left(closes, closes + timedelta(days=5)) == 0


@pytest.mark.parametrize(
    "typed",
    [("27", "3", "2026"), (" 27 ", "03", "2026"), ("27", "March", "2026"), ("27", "mar", "2026")],
)
def test_a_date_is_understood_as_people_write_it(typed):
    assert dates.parse_day(*typed) == date(2026, 3, 27)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("", " ", ""), "Enter a date, such as 27 3 2026."),
        (("27", "", ""), "must include a month and a year"),
        (("0", "3", "2026"), "day must be a number from 1 to 31"),
        (("²", "3", "2026"), "day must be"),
        (("-1", "3", "2026"), "day must be"),
        (("27", "13", "2026"), "month must be a number from 1 to 12"),
        (("27", "ma", "2026"), "month must be"),
        (("27", "3", "26"), "year must have four digits"),
        (("27", "3", "9" * 5000), "year must have four digits"),
        (("30", "feb", "2027"), "There is no 30 February in 2027"),
    ],
)
def test_a_date_that_cannot_be_is_refused_kindly(typed, said):
    with pytest.raises(ValueError, match=said):
        dates.parse_day(*typed)


@given(st.text(max_size=6), st.text(max_size=12), st.text(max_size=6))
def test_rubbish_is_a_date_or_gets_a_sentence(day, month, year):
    try:
        said = dates.day(dates.parse_day(day, month, year))
    except ValueError as refused:
        said = str(refused)
    assert said[-1] == "." or said[-4:].isdecimal()


def test_dates_are_written_in_welsh_too() -> None:
    when = datetime(2026, 8, 1, 13, 5, tzinfo=UTC)
    assert dates.moment(when, "cy") == "1 Awst 2026, 2:05yp"
    assert dates.moment(datetime(2026, 1, 1, 12, tzinfo=UTC), "cy") == "1 Ionawr 2026, canol dydd"
