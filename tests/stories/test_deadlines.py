"""A date fixed by a leader and a number of working days are both deadlines, and keep their nature."""

from __future__ import annotations

from datetime import date

import pytest
from support.city import Town, row

from jieyou.kernel.calendar import clock
from jieyou.kernel.loop.models import Case, Clock

HANDED = clock.at(
    date(2024, 9, 27)
)  # a Friday; the week after is 国庆节, 29 September and 12 October are worked


@pytest.fixture
def tasks(town: Town) -> dict[str, Case]:
    case = town.concern("assess").case
    town.act(
        case,
        "judge",
        "county",
        category="heating",
        urgency="normal",
        level="county",
        recommend="direct",
        reason="转办",
    )
    rows = [row(town.unit(), due=5), row(town.unit("街道"), "co", due="2024-10-05")]
    town.act(case, "direct", "leader", HANDED, assignments=rows)
    return {c.kind: c for c in Case.objects.filter(parent=case)}


def due(case: Case) -> Clock:
    return Clock.objects.get(case=case, code="assignment.due")


def test_working_days_skip_the_holiday_and_count_the_worked_sunday(tasks: dict[str, Case]) -> None:
    clock_row = due(tasks["lead"])
    assert not clock_row.fixed and clock_row.length == 5
    assert clock.local(clock_row.due) == date(2024, 10, 10)


def test_a_fixed_date_stays_where_the_leader_put_it(tasks: dict[str, Case]) -> None:
    clock_row = due(tasks["co"])
    assert clock_row.fixed and clock_row.due == clock.end_of(date(2024, 10, 5))


def test_the_nearest_clock_is_the_tasks_deadline(town: Town, tasks: dict[str, Case]) -> None:
    task = tasks["lead"]
    assert clock.local(task.due) == date(2024, 9, 29)  # to be signed for by then: the Sunday is worked
    signed = town.act(task, "sign_for", "bureau", HANDED)
    assert signed.due == due(task).due


def test_urging_reporting_and_sending_back_move_no_deadline(town: Town, tasks: dict[str, Case]) -> None:
    task = tasks["lead"]
    before = due(task).due
    town.act(task, "urge", "county", words="请抓紧")
    town.act(task, "sign_for", "bureau")
    town.act(task, "progress", "bureau", progress="正在施工", percent=50)
    town.walk.evidence(task, HANDED)
    town.act(task, "finish", "bureau", report="已更换老化管段并完成调试")
    town.act(task, "send_back", "county", words="没有测温记录")
    after = due(task)
    assert (after.due, after.started, after.stopped_at) == (before, HANDED, None)
    assert town.fresh(task).due == before


def test_a_deadline_beyond_the_calendar_is_provisional(town: Town) -> None:
    case = town.concern("assess").case
    town.act(
        case,
        "judge",
        "county",
        category="heating",
        urgency="normal",
        level="county",
        recommend="direct",
        reason="转办",
    )
    rows = [row(town.unit(), due=10), row(town.unit("街道"), "co", due="2027-01-02")]
    town.act(case, "direct", "leader", clock.at(date(2026, 12, 24)), assignments=rows)
    lead, helper = (due(Case.objects.get(parent=case, kind=kind)) for kind in ("lead", "co"))
    assert lead.provisional and not helper.provisional
