"""Words of harm go to a person at once, whatever the queue."""

from __future__ import annotations

from datetime import timedelta

from support.city import FIRST_DAY, Told, Town

from jieyou.kernel.calendar import clock
from jieyou.kernel.loop.models import Case, Clock
from jieyou.kernel.notify.models import Delivery

ALARM = "紧急：反映中有涉及人身安全的内容"
TOLD = clock.at(FIRST_DAY, 22)


def told(town: Town) -> Case:
    item = town.item()
    town.walk.tell(item, TOLD, title="再不解决我就跳楼")
    return town.fresh(item.case)


def test_clerk_and_leader_are_told_in_the_same_minute_also_at_night(town: Town, told_to: Told) -> None:
    case = told(town)
    assert ALARM in told_to("county", case) and ALARM in told_to("leader", case)
    urgent = Delivery.objects.filter(case_id=case.pk, urgent=True)
    assert {d.at for d in urgent} == {TOLD} and not any("跳楼" in d.words for d in urgent)


def test_two_hours_run_from_that_moment(town: Town) -> None:
    case = told(town)
    assert case.due == Clock.objects.get(case=case, code="report.harm").due == TOLD + timedelta(hours=2)


def test_sending_somebody_stops_the_two_hours_and_nothing_else(town: Town) -> None:
    case = town.act(told(town), "attend_harm", "county", words="民警和社区已到场，人安全")
    running = Clock.objects.filter(case=case, stopped_at=None)
    assert [c.code for c in running] == ["jieyou.clue"] and case.due == running[0].due


def test_an_ordinary_report_alarms_nobody(town: Town, told_to: Told) -> None:
    town.concern("clue")
    assert ALARM not in told_to("county") + told_to("leader")
