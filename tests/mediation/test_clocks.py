"""Clocks against dates reckoned by hand (2024's calendar: 端午 2024-06-10; 国庆 10-01 to 10-07; 元旦 2025-01-01)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from jieyou.kernel.calendar import clock, store
from jieyou.kernel.calendar.reckon import due_after
from jieyou.kernel.loop.models import Case
from jieyou.kernel.loop.ticking import tick
from mediation.conftest import AGREED, DAY, Room

COURT = {"joint": True, "court": "宝塔区人民法院"}


def due(room: Room, case: Case, code: str) -> date:
    return clock.local(room.clock(case, code).due)


def test_each_stage_has_its_clock(room: Room) -> None:
    case = room.to_signing()
    assert due(room, case, "accept") == date(2024, 6, 6), "周一申请，三个工作日到周四"
    assert due(room, case, "choose") == date(2024, 6, 11), "五个工作日，跨端午"
    assert due(room, case, "period") == date(2024, 7, 3), "三十日，自次日起算"
    assert due(room, case, "sign") == date(2024, 6, 13)
    assert room.clock(case, "period").stopped_at is not None


def test_a_term_agreed_is_longer(room: Room) -> None:
    case = room.to_signing()
    case = room.does(case, "renegotiate", clock.at(DAY + timedelta(days=4)), words="再谈。")
    room.does(case, "prolong", clock.at(DAY + timedelta(days=5)), days=15, words="双方书面约定。")
    assert due(room, case, "period") == date(2024, 7, 18)


@pytest.mark.parametrize(
    ("effective", "last"),
    [
        (date(2024, 6, 7), date(2024, 7, 8)),  # 7-07 is a Sunday: the next working day
        (date(2024, 6, 10), date(2024, 7, 10)),
        (date(2024, 9, 2), date(2024, 10, 8)),  # 10-02 lies in 国庆
        (date(2024, 8, 30), date(2024, 9, 29)),  # a Sunday on which people work
        (date(2024, 12, 2), date(2025, 1, 2)),  # 元旦
        (date(2024, 1, 31), date(2024, 3, 1)),
    ],
)
def test_thirty_days_for_the_court_end_on_a_working_day(effective: date, last: date, town: object) -> None:
    assert due_after(effective, 30, "day", True, store.days()).day == last


def test_the_window_for_the_court_is_shut_when_it_is_over(room: Room) -> None:
    case = room.to_performing()
    assert due(room, case, "confirm") == date(2024, 7, 8), "6 月 7 日生效；第三十日是周日，顺延到周一"
    late = clock.at(date(2024, 7, 9), 9)
    said = room.town.refusal(case, "apply_court", "mediator", late, applied_on="2024-07-09", **COURT)
    assert "到 2024-07-08" in said
    assert "不能早于" in room.town.refusal(
        case, "apply_court", "mediator", late, applied_on="2024-06-06", **COURT
    )
    one = {**COURT, "joint": False}
    assert "双方共同" in room.town.refusal(
        case, "apply_court", "mediator", late, applied_on="2024-07-08", **one
    )
    room.does(case, "apply_court", late, applied_on="2024-07-08", **COURT)
    assert room.clock(case, "confirm").stopped_at is not None


def test_the_window_closes_by_itself(room: Room) -> None:
    case = room.to_performing()
    with clock.moved(clock.at(date(2024, 7, 9), 1)):
        tick()
    assert room.town.events(case)[-1].transition == "window_over"
    assert room.clock(case, "confirm").stopped_at is not None


def test_no_court_confirms_what_the_law_leaves_out(room: Room) -> None:
    case = room.to_performing("status")
    at = clock.at(date(2024, 6, 20), 9)
    assert "第三百五十五条" in room.town.refusal(
        case, "apply_court", "mediator", at, applied_on="2024-06-20", **COURT
    )


def test_performance_is_watched_to_the_day_that_was_agreed(room: Room) -> None:
    case = room.to_performing()
    assert clock.local(room.clock(case, "perform").due).isoformat() == AGREED["perform_by"]
    case = room.does(case, "perform", clock.at(date(2024, 7, 1)), performed="whole")
    assert room.clock(case, "perform").stopped_at is not None
    assert due(room, case, "visit") == date(2024, 7, 31)
