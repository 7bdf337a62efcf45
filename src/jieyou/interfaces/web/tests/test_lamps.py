"""Lamps and times: pure functions of values."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from jieyou.interfaces.web.lamps import SOON, Lamp, days_in, lamp_of
from jieyou.kernel.calendar import clock

NOON = clock.at(date(2026, 11, 23), 12)


def lamp(due: datetime | None, provisional: bool, now: datetime) -> Lamp:
    return lamp_of(due, provisional, now, SOON)


def end(days: int) -> datetime:
    return clock.end_of(date(2026, 11, 23) + timedelta(days=days))


@pytest.mark.parametrize(
    ("days", "tone", "words"),
    [(5, "green", "剩5天"), (3, "green", "剩3天"), (2, "amber", "剩2天"), (1, "amber", "剩1天"), (0, "amber", "今天到期"),
     (-1, "red", "超1天"), (-30, "red", "超30天")],
)  # fmt: skip
def test_a_deadline_in_days_counts_local_calendar_days(days: int, tone: str, words: str) -> None:
    light = lamp(end(days), False, NOON)
    assert (light.tone, light.words) == (tone, words)


def test_one_second_before_midnight_it_is_still_today_and_one_after_it_is_overdue() -> None:
    assert lamp(end(0), False, end(0)).words == "今天到期"
    assert lamp(end(0), False, end(0) + timedelta(seconds=1)).words == "超1天"


def test_a_clock_of_hours_that_ran_out_today_is_overdue_without_days() -> None:
    assert lamp(NOON - timedelta(hours=1), False, NOON).words == "已超时"


def test_a_date_beyond_the_published_calendar_says_that_it_may_move() -> None:
    assert lamp(end(40), True, NOON).words == "剩40天（暂定）"
    assert lamp(end(40), True, NOON).title == "时限 2027-01-02（暂定）"


def test_without_a_deadline_there_is_no_colour() -> None:
    assert lamp(None, False, NOON).tone == "off"


def test_every_colour_has_words_of_its_own() -> None:
    assert (
        len(
            {
                (light.tone, light.words[:1])
                for light in (lamp(end(9), False, NOON), lamp(end(-9), False, NOON))
            }
        )
        == 2
    )


def test_how_long_a_case_stays_is_counted_in_calendar_days() -> None:
    assert days_in(NOON - timedelta(hours=2), NOON) == "当日"
    assert days_in(NOON - timedelta(hours=14), NOON) == "已1天"


def test_a_city_says_itself_from_when_the_lamp_is_amber() -> None:
    assert (lamp_of(end(4), False, NOON, 5).tone, lamp_of(end(4), False, NOON, 1).tone) == ("amber", "green")
