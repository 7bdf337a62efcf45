"""Days as running ledgers tell them: what is certain is taken, what is not stays in words, what cannot be is a fault."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from jieyou.commons.backfill import dates

SEVENTH = date(2025, 3, 7)


@pytest.mark.parametrize(
    "cell",
    ["2025.3.7", "2025年3月7日", "2025-03-07 09:30", 20250307.0, 45723.0, "45723", "25.3.7", "２０２５．３．７", "2025/3/7 星期五",
     "2025.3.7已办结", "2025.3.7上午", datetime(2025, 3, 7, 9), "3月7日", "3.7", 3.7, "3-7"],
)  # fmt: skip
def test_the_seventh_of_march_in_sixteen_ways(cell: Any) -> None:
    assert dates.read(cell, 2025) == dates.Day(SEVENTH)


@pytest.mark.parametrize(
    "cell",
    ["2025/3", "2025年3月", 2025.3, "长期坚持", "已完成", "7个工作日", "12.5万元", "11月底前", 3.1, "3/7/2025", "第3次", "",
     "2025.3.7反映，3.10再次反映"],
)  # fmt: skip
def test_what_is_not_certain_is_no_day_and_no_fault(cell: Any) -> None:
    assert dates.read(cell, 2025) == dates.Day()


def test_a_day_without_a_year_needs_the_sheets_year() -> None:
    assert dates.read("3月7日") == dates.Day()
    assert dates.year_in("2025年台账") == 2025 and dates.year_in("2024—2025年台账") is None


@pytest.mark.parametrize("cell", ["2025年13月1日", "2025.2.30", "20251345", "1825.3.7"])
def test_a_day_that_cannot_be_is_a_fault(cell: str) -> None:
    assert "请核对" in dates.read(cell).wrong


def test_of_a_range_a_deadline_takes_the_end_and_a_beginning_the_start() -> None:
    assert dates.read("3月7日至9日", 2025).day == SEVENTH
    assert dates.read("2025.3.7-3.9", last=True).day == date(2025, 3, 9)
    assert dates.read("2025年3月7日—2025年4月9日", last=True).day == date(2025, 4, 9)


def test_by_a_day_is_told_apart() -> None:
    assert dates.read("3.7前", 2025) == dates.Day(SEVENTH, before=True)
