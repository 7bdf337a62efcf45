"""The packaged notices against ``chinesecalendar``, which was written by others from the same notices."""

from bisect import bisect_right
from collections import Counter
from datetime import date, timedelta
from urllib.parse import urlsplit

import chinese_calendar
import pytest

from jieyou.kernel.calendar import packaged, pasted
from jieyou.kernel.calendar.lines import answer
from jieyou.kernel.calendar.notices import arranges_year, check
from jieyou.kernel.calendar.tests.calendars import published
from jieyou.kernel.calendar.tests.notice_texts import TEXTS
from jieyou.kernel.calendar.workdays import Days

LENGTHS = (1, 3, 5, 15, 30, 60)


def every_day(first: int, last: int) -> list[date]:
    start, end = date(first, 1, 1), date(last, 12, 31)
    return [start + timedelta(days=i) for i in range((end - start).days + 1)]


def test_every_day_since_2010_works_or_rests_as_the_other_source_says():
    days = published()
    assert [day for day in every_day(2010, 2026) if days.works(day) != chinese_calendar.is_workday(day)] == []


@pytest.mark.parametrize("length", LENGTHS)
def test_every_deadline_of_2025_and_2026_agrees_or_is_provisional(length: int):
    days = published()
    working = [day for day in every_day(2025, 2026) if chinese_calendar.is_workday(day)]
    for start in every_day(2025, 2026):
        nth = bisect_right(working, start) + length - 1
        due = days.add(start, length)
        if nth < len(working):
            assert (due.day, due.provisional) == (working[nth], False), start
        else:
            assert due.provisional and due.day.year == 2027, start


def test_the_command_answers_every_line_of_2025_and_2026():
    days = published()
    lines = [f"{day} {length}" for day in every_day(2025, 2026) for length in LENGTHS]
    answers = [answer(line, days) for line in lines]
    assert len(answers) == 730 * 6
    assert all(text.endswith(" 暂定") == text.startswith("2027") for text in answers)


@pytest.mark.parametrize(("year", "number", "text"), TEXTS)
def test_the_text_of_the_notice_gives_the_packaged_days(year: int, number: str, text: str):
    (given,) = [notice for notice in packaged.notices() if (notice.year, notice.number) == (year, number)]
    assert pasted.parse(text.splitlines(), year) == sorted(given.days)


def test_each_year_has_one_notice_for_the_whole_year():
    whole = [notice.year for notice in packaged.notices() if arranges_year(notice.days)]
    assert whole == list(range(2010, 2027))


def test_each_notice_is_dated_numbered_and_sourced_from_the_government():
    for notice in packaged.notices():
        assert notice.number.startswith(("国办发明电〔", "国发明电〔")) and notice.published_on
        assert urlsplit(notice.source).hostname == "www.gov.cn"


def test_each_packaged_notice_would_pass_the_door():
    for notice in packaged.notices():
        before = Days(frozenset(), frozenset(), frozenset())
        check(notice.year, notice.published_on, notice.days, before, whole=arranges_year(notice.days))


def test_days_off_less_days_made_up_are_the_statutory_days():
    """11 days by the rules of 2007 and 2013, 13 since 2025; 2015 and 2020 had extra days."""
    effective = {row.day: (notice.year, row) for notice in packaged.notices() for row in notice.days}
    net: Counter[int] = Counter()
    for year, row in effective.values():
        weekend = row.day.weekday() >= 5
        net[year] += (not row.works and not weekend) - (row.works and weekend)
    ordinary = {year: n for year, n in net.items() if year not in (2015, 2020)}
    assert {year: n for year, n in ordinary.items() if n != (13 if year >= 2025 else 11)} == {}
