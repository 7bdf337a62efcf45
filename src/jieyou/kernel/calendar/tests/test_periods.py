from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jieyou.kernel.calendar import periods
from jieyou.kernel.calendar.tests.calendars import dates

ARTICLE_YEAR = date(2024, 4, 22), date(2025, 4, 22)
walks = st.sampled_from([periods.weeks, periods.months, periods.quarters, periods.years])


def test_the_article_year_begins_on_a_monday_and_touches_53_weeks():
    weeks = periods.weeks(*ARTICLE_YEAR)
    assert len(weeks) == 53
    assert weeks[0].title == "2024年第17周（4月22日—4月28日）"


def test_a_week_belongs_to_the_year_of_its_thursday():
    assert periods.week_of(date(2024, 12, 31)).title == "2025年第1周（12月30日—1月5日）"


def test_months_quarters_and_years_have_their_last_day():
    day = date(2024, 2, 10)
    assert periods.month_of(day) == periods.Period(date(2024, 2, 1), date(2024, 2, 29), "2024年2月")
    assert periods.quarter_of(day).last == date(2024, 3, 31)
    assert periods.quarter_of(date(2024, 12, 1)).title == "2024年第四季度"
    assert periods.year_of(day).length == 366


def test_any_day_to_any_day():
    year = periods.span(*ARTICLE_YEAR)
    assert year.title == "2024年4月22日至2025年4月22日"
    assert date(2025, 4, 22) in year and date(2025, 4, 23) not in year


def test_a_period_does_not_end_before_it_begins():
    with pytest.raises(ValueError, match="止期早于起期"):
        periods.span(date(2025, 1, 2), date(2025, 1, 1))


@given(walks, dates, st.integers(0, 900))
def test_periods_follow_each_other_without_gap_and_cover_the_stretch(walk, first: date, length: int):
    last = first + timedelta(days=length)
    found = walk(first, last)
    assert first in found[0] and last in found[-1]
    for one, following in pairwise(found):
        assert one.last + timedelta(days=1) == following.first
