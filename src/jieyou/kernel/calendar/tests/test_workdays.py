"""Working-day arithmetic: examples a clerk would check by hand, then laws that hold for every calendar."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jieyou.kernel.calendar.tests.calendars import dates as anywhere
from jieyou.kernel.calendar.tests.calendars import numbers, published
from jieyou.kernel.calendar.workdays import Days, Due

ONE_DAY = timedelta(days=1)
near = st.dates(date(2026, 1, 1), date(2026, 6, 30))
dates = st.dates(date(2025, 11, 1), date(2026, 8, 31)) | anywhere  # most cross the moved days
calendars = st.builds(
    lambda off, on, years: Days(
        frozenset(day for day in off if day.weekday() < 5),
        frozenset(day for day in on if day.weekday() >= 5),
        frozenset(years),
    ),
    st.sets(near, max_size=60),
    st.sets(near, max_size=20),
    st.sets(st.integers(2024, 2028)),
)


def test_fifteen_working_days_over_the_national_holiday():
    assert published().add(date(2025, 9, 28), 15) == Due(date(2025, 10, 24), provisional=False)


def test_the_start_day_is_not_counted_even_when_it_is_a_rest_day():
    assert published().add(date(2025, 10, 1), 1).day == date(2025, 10, 9)
    assert published().add(date(2025, 10, 9), 1).day == date(2025, 10, 10)


def test_a_made_up_saturday_counts():
    assert published().works(date(2025, 10, 11))
    assert published().add(date(2025, 10, 10), 1).day == date(2025, 10, 11)


def test_the_make_up_day_that_other_libraries_miss():
    assert published().works(date(2026, 2, 28))


def test_beyond_the_published_years_it_is_monday_to_friday_and_provisional():
    assert published().add(date(2026, 12, 31), 1) == Due(date(2027, 1, 1), provisional=True)
    assert str(published().add(date(2026, 12, 31), 1)) == "2027-01-01 暂定"
    assert not published().add(date(2026, 12, 30), 1).provisional


def test_a_start_in_an_unpublished_year_matters_only_from_the_next_day():
    assert not published().add(date(2009, 12, 31), 1).provisional
    assert published().add(date(2009, 12, 30), 2).provisional


def test_a_gap_between_published_years_is_provisional():
    gap = Days(frozenset(), frozenset(), frozenset({2025, 2027}))
    assert gap.add(date(2025, 12, 1), 300).provisional


def test_working_days_do_not_run_backwards():
    with pytest.raises(ValueError, match="不能小于0"):
        published().add(date(2025, 9, 28), -1)


@given(calendars, dates)
def test_ranks_agree_with_walking_day_by_day(days: Days, start: date):
    day, walked = start, 0
    for _ in range(40):
        day += ONE_DAY
        walked += days.works(day)
        assert days.between(start, day) == walked
        if days.works(day):
            assert days.add(start, walked).day == day


@given(calendars, dates, numbers)
def test_between_undoes_add(days: Days, start: date, n: int):
    assert days.between(start, days.add(start, n).day) == n


@given(calendars, dates, numbers, numbers)
def test_two_steps_are_one_longer_step(days: Days, start: date, a: int, b: int):
    assert days.add(days.add(start, a).day, b).day == days.add(start, a + b).day


@given(calendars, dates, dates, numbers)
def test_a_later_start_is_never_due_earlier(days: Days, one: date, other: date, n: int):
    first, second = sorted((one, other))
    assert days.add(first, n).day <= days.add(second, n).day


@given(calendars, dates, st.integers(1, 400))
def test_a_deadline_in_working_days_is_a_working_day_and_provisional_spreads(days: Days, start: date, n: int):
    due, later = days.add(start, n), days.add(start, n + 60)
    assert days.works(due.day)
    assert later.provisional or not due.provisional


@given(calendars, dates)
def test_rolling_twice_is_rolling_once(days: Days, day: date):
    rolled = days.roll(day)
    assert days.works(rolled) and rolled >= day and days.roll(rolled) == rolled
    assert days.between(day - ONE_DAY, rolled) == 1


@given(calendars, dates, dates)
def test_between_backwards_is_negative(days: Days, a: date, b: date):
    assert days.between(a, b) == -days.between(b, a)
