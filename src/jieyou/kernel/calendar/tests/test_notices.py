"""What a notice may say before it is kept."""

from datetime import date

import pytest

from jieyou.kernel.calendar.notices import Arranged, BadNotice, arranges_year, check
from jieyou.kernel.calendar.pasted import parse
from jieyou.kernel.calendar.tests.calendars import TEXT_2027, published

IN_TIME = date(2026, 11, 4)


def faults_of(*rows: Arranged, year: int = 2027, published_on: date = IN_TIME, whole: bool = False) -> str:
    with pytest.raises(BadNotice) as caught:
        check(year, published_on, rows, published(), whole)
    return str(caught.value)


def rest(month: int, day: int, name: str = "元旦", year: int = 2027) -> Arranged:
    return Arranged(date(year, month, day), False, name)


def work(month: int, day: int, year: int = 2027) -> Arranged:
    return Arranged(date(year, month, day), True, "调休")


def test_a_whole_year_passes():
    rows = parse(TEXT_2027.splitlines(), 2027)
    assert arranges_year(rows)
    check(2027, IN_TIME, rows, published(), whole=True)


def test_half_a_year_does_not_publish_the_year():
    rows = [row for row in parse(TEXT_2027.splitlines(), 2027) if "端午" not in row.name]
    assert "缺少：端午" in faults_of(*rows, whole=True)


def test_an_empty_notice_is_refused():
    assert faults_of(whole=True) == "没有写任何一天。"


def test_a_day_far_from_the_year_is_refused():
    assert "2026年11月3日（星期二）不在2027年假期之内" in faults_of(rest(11, 3, year=2026))


def test_the_new_year_holiday_may_begin_in_the_old_year():
    check(2027, IN_TIME, [rest(12, 31, year=2026), work(12, 27, year=2026)], published(), whole=False)


def test_a_day_written_twice_is_refused():
    assert "2027年1月1日（星期五）写了两次" in faults_of(rest(1, 1), work(1, 1))


def test_an_ordinary_working_day_need_not_be_said():
    assert "2027年1月4日（星期一）本来就是工作日" in faults_of(work(1, 4))


def test_a_correction_may_give_a_rest_day_back_to_work():
    check(2025, date(2025, 9, 1), [work(10, 8, year=2025)], published(), whole=False)


def test_a_notice_of_another_time_is_refused():
    assert "发布日期应在2026年或2027年" in faults_of(rest(1, 1), published_on=date(2016, 11, 4))


def test_a_day_without_a_festival_is_refused():
    assert "没有写节日名称" in faults_of(rest(1, 1, name=" "))


def test_all_faults_are_told_at_once():
    assert len(faults_of(rest(1, 1, name=""), work(1, 4), rest(6, 1, year=2030)).splitlines()) == 3
