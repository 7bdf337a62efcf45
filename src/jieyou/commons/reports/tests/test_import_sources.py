"""来件 by workbook: number, days and the right to an answer come in with the row."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace

from jieyou.commons.reports import batches
from jieyou.commons.reports.models import Report
from jieyou.commons.reports.tests.importing import HEATING, write
from jieyou.kernel.calendar import clock
from jieyou.kernel.loop.models import Case, Clock

NOW = datetime(2024, 11, 25, 1, 0, tzinfo=UTC)
TITLES = ("来源", "原编号", "收到时间", "原时限", "是否反馈", "批示内容", "内容")
LED = ("领导批示", "批7号", "2024-11-22 9:00", "2024-11-26", "否", "请社工部办理", "小区供热管道漏水半个月了")
HOT = ("12345", "T-1", "2024年11月22日", "2025/3/1", "", "", "巷口路灯坏了三个月没人修")


def test_what_the_source_said_comes_in_and_the_stricter_day_wins(
    town: SimpleNamespace, tmp_path: Path
) -> None:
    with clock.moved(NOW):
        batches.run(write(tmp_path / "a.xlsx", [LED, HOT], TITLES), town.county, town.clerk)
    led, hot = Report.objects.order_by("registered_at", "pk")
    assert (led.source, led.source_no, led.source_due, led.must_answer) == (
        "leader",
        "批7号",
        date(2024, 11, 26),
        False,
    )
    assert (hot.source, hot.must_answer, hot.scope, led.scope) == ("hotline", True, "", town.office.pk.hex)
    assert led.received_at == datetime(2024, 11, 22, 1, 0, tzinfo=UTC) and led.instruction == "请社工部办理"
    assert [clock.local(case.due) for case in Case.objects.filter(loop="jieyou").order_by("number")] == [
        date(2024, 11, 26), date(2024, 11, 28)]  # fmt: skip
    assert set(Clock.objects.filter(code="report.source_due").values_list("fixed", flat=True)) == {True}


def test_a_day_or_a_yes_that_nobody_can_read_goes_back(town: SimpleNamespace, tmp_path: Path) -> None:
    wrong = (*LED[:3], "尽快", "看情况", *LED[5:])
    preview = batches.dry_run(write(tmp_path / "a.xlsx", [wrong], TITLES), town.county, town.clerk)
    assert (
        "“原时限”“尽快”看不懂" in preview.marks[0].sentence and "请填“是”或“否”" in preview.marks[0].sentence
    )


def test_two_counties_lists_that_both_begin_at_one_come_in_whole(
    town: SimpleNamespace, tmp_path: Path
) -> None:
    for n, (place, clerk) in enumerate(((town.county, town.clerk), (town.next_county, town.neighbour))):
        rows = [(str(k), f"{place}第{k}件事，请尽快解决") for k in (1, 2, 3)]
        batch = batches.run(write(tmp_path / f"{n}.xlsx", rows, ("编号", "内容")), place, clerk)
        assert (batch.accepted, batch.known) == (3, 0)


def test_a_known_number_with_other_words_comes_in_once_a_person_says_so(
    town: SimpleNamespace, tmp_path: Path
) -> None:
    batches.run(write(tmp_path / "a.xlsx", [HEATING]), town.county, town.clerk)
    path = write(tmp_path / "b.xlsx", [HEATING, (HEATING[0], "路灯", None, "巷口的路灯坏了", "")])
    left = batches.run(path, town.county, town.clerk)
    assert (left.accepted, left.known, left.differing) == (0, 2, 1)
    taken = batches.run(path, town.county, town.clerk, takes_differing=True)
    assert (taken.accepted, taken.known, taken.differing) == (1, 1, 1)
    assert Report.objects.filter(source_no=HEATING[0]).count() == 2
