from datetime import date

import pytest
from hypothesis import given

from jieyou.kernel.calendar.reckon import due_after, rest_warning
from jieyou.kernel.calendar.tests.calendars import dates, numbers, published
from jieyou.kernel.calendar.workdays import Days, Due


def test_sixty_calendar_days_that_end_on_a_holiday_roll_to_the_next_working_day():
    start = date(2025, 8, 4)
    assert due_after(start, 60, "day", False, published()) == Due(date(2025, 10, 3), provisional=False)
    assert due_after(start, 60, "day", True, published()) == Due(date(2025, 10, 9), provisional=False)


def test_a_limit_in_working_days_needs_no_rolling():
    assert due_after(date(2025, 9, 28), 15, "workday", True, published()).day == date(2025, 10, 24)


def test_calendar_days_without_roll_are_never_provisional():
    assert not due_after(date(2026, 12, 1), 90, "day", False, published()).provisional


def test_a_rolled_date_in_an_unpublished_year_is_provisional():
    assert due_after(date(2026, 12, 1), 60, "day", True, published()).provisional
    assert not due_after(date(2026, 12, 1), 30, "day", True, published()).provisional


def test_a_roll_out_of_the_published_years_is_provisional():
    days = Days(published().off | {date(2026, 12, 31)}, published().on, published().years)
    assert due_after(date(2026, 12, 30), 1, "day", True, days) == Due(date(2027, 1, 1), provisional=True)


def test_a_roll_out_of_an_unpublished_year_is_provisional_too():
    days = Days(frozenset(), frozenset(), years=frozenset({2023}))
    assert due_after(date(2022, 12, 30), 1, "day", True, days) == Due(date(2023, 1, 2), provisional=True)


def test_a_limit_is_not_negative():
    with pytest.raises(ValueError, match="期限"):
        due_after(date(2025, 9, 28), -1, "day", False, published())


def test_a_date_fixed_on_a_rest_day_only_warns():
    assert rest_warning(date(2025, 11, 23), published()).startswith("2025年11月23日（星期日）是休息日")
    assert rest_warning(date(2025, 10, 11), published()) == ""


@given(dates, numbers)
def test_a_rolled_deadline_is_the_plain_one_rolled(start: date, length: int):
    plain = due_after(start, length, "day", False, published()).day
    assert due_after(start, length, "day", True, published()).day == published().roll(plain)
