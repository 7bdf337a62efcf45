"""A row comes in where it stands: one event, nothing made up, clocks from today, and nobody closes his own work."""

from __future__ import annotations

from datetime import date

import pytest
from support.city import Town

from jieyou.commons.backfill import batches
from jieyou.commons.backfill.models import Filled
from jieyou.commons.backfill.tests.conftest import Ledgers, row
from jieyou.commons.reports.models import Report
from jieyou.kernel.calendar import clock
from jieyou.kernel.ledger.verify import verify_database
from jieyou.kernel.loop.models import Case, Clock, Event
from jieyou.kernel.loop.permit import open_to
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.loop.seen import inbox
from jieyou.kernel.notify.models import Delivery
from jieyou.kernel.people.posts import appoint


@pytest.mark.parametrize(
    ("told", "stage"),
    [("待登记", "clue"), ("正在研判", "assess"), ("协商中", "consult"), ("待上会", "meeting"), ("已交办", "handed"), ("正在办理", "tracked"),
     ("待销号", "strike"), ("待回访", "visit"), ("已办结", "archived"), ("存查", "filed"), ("列入计划", "shelved"), ("见备注", "backfilled")],
)  # fmt: skip
def test_a_row_stands_where_it_is_told_to_stand_by_one_event(ledgers: Ledgers, told: str, stage: str) -> None:
    case = ledgers.one(办理状态=told, 责任单位="区住建局")
    (event,) = ledgers.town.events(case)
    assert (case.stage, event.transition, event.title, event.source, event.target) == (
        stage,
        "backfill",
        "补录",
        "",
        stage,
    )
    assert verify_database().ok


def test_clocks_run_from_today_and_nothing_is_late(ledgers: Ledgers) -> None:
    stages = ("待登记", "正在研判", "待上会", "已交办", "正在办理", "待销号", "待回访", "")
    ledgers.bring(
        ledgers.write(
            *(row(n, 办理状态=one, 责任单位="区住建局", 完成时限="3.7前") for n, one in enumerate(stages))
        )
    )
    assert set(Clock.objects.filter(stopped_at=None).values_list("started__date", flat=True)) == {
        clock.today()
    }
    assert not Case.objects.filter(open=True, due__lt=clock.now()).exists()


def test_a_deadline_still_to_come_is_kept_to_the_day(ledgers: Ledgers) -> None:
    case = ledgers.one(办理状态="办理中", 责任单位="区住建局", 完成时限="2030年11月23日前")
    due = Clock.objects.get(case__parent=case, code="assignment.due")
    assert due.fixed and clock.local(due.due).isoformat() == "2030-11-23"


def test_an_ended_row_ends_as_told_and_blank_stays_blank(ledgers: Ledgers) -> None:
    done = row(1, 办理状态="已办结", 办理结果="已解决", 办结时间="2025.4.1", 是否满意="满意")
    ledgers.bring(ledgers.write(done, row(2, 办理状态="已办结")))
    told, blank = Case.objects.filter(loop="jieyou").order_by("number")
    assert (
        not told.open
        and told.outcome == "solved"
        and told.ended_at
        and clock.local(told.ended_at).isoformat() == "2025-04-01"
    )
    assert not blank.open and blank.outcome == "" and blank.ended_at is None
    assert not told.clocks.exists() and not Case.objects.filter(parent=told).exists()


def test_what_is_in_hand_has_its_assignment_and_the_unit_goes_on_with_it(ledgers: Ledgers) -> None:
    town, case = ledgers.town, ledgers.one(办理状态="正在办理", 责任单位="区住建局、桥沟街道办")
    lead, other = Case.objects.filter(parent=case).order_by("number")
    assert [(c.stage, c.kind, c.holder) for c in (lead, other)] == [
        ("working", "lead", town.unit()),
        ("working", "co", town.unit("街道")),
    ]
    assert inbox(town.actor("bureau")).filter(pk=lead.pk).exists()
    assert Delivery.objects.filter(account=town.account("bureau"), title="补录了在办任务").count() == 1
    town.act(lead, "progress", "bureau", clock.now(), progress="已更换灯泡")


def test_what_lacks_its_unit_waits_and_is_settled_by_the_clerk(ledgers: Ledgers) -> None:
    town, case = ledgers.town, ledgers.one(办理状态="正在办理", 责任单位="路灯公司")
    assert case.stage == "backfilled" and inbox(town.actor("county")).filter(pk=case.pk).exists()
    assert "请选牵头单位" in town.refusal(case, "settle", "county", clock.now(), stage="tracked")
    case = town.act(case, "settle", "county", clock.now(), stage="tracked", lead=town.unit())
    (task,) = Case.objects.filter(parent=case)
    assert (case.holder, task.title, task.stage, task.kind) == (town.unit(), case.title, "sent", "lead")
    assert task.clocks.filter(code="assignment.due").exists()
    assert "settle" not in [door.transition.name for door in open_to(case, town.actor("county"))]
    assert verify_database().ok


def test_a_case_that_waits_for_a_meeting_can_be_put_on_the_agenda(ledgers: Ledgers) -> None:
    town, case = ledgers.town, ledgers.one(办理状态="待上会")
    doors = {door.transition.name: door.reason for door in open_to(case, town.actor("county"))}
    assert doors["settle"] is None and "还没有排进" in (doors["untable"] or "")
    assert "还没有排进" in town.refusal(
        case, "decide", "county", clock.now(), outcome="deferred", decision="再议"
    )
    meeting = town.walk.call_meeting(town.city.offices["610602"], 1, clock.today(), clock.now())
    assert (
        town.act(case, "settle", "county", clock.now(), stage="meeting", meeting=meeting).stage == "meeting"
    )


def test_whoever_brought_it_in_as_done_does_not_close_it(ledgers: Ledgers) -> None:
    town = ledgers.town
    _also(town, "部领导")
    strike = ledgers.one(办理状态="待销号", 责任单位="区住建局")
    town.act(strike, "verify", "county", clock.now(), verified="site", words="到现场看过")
    assert "不能自己销号" in town.refusal(strike, "agree_strike", "county", clock.now())


def test_whoever_settled_it_as_closed_does_not_call(ledgers: Ledgers) -> None:
    _also(ledgers.town, "回访人员")
    case = ledgers.one(办理状态="")
    ledgers.town.act(case, "settle", "county", clock.now(), stage="visit")
    said = ledgers.town.refusal(
        case, "call", "county", clock.now(), method="phone", visited="reached", satisfied="good"
    )
    assert "不能回访" in said


def test_the_resident_told_of_stands_behind_the_seal(ledgers: Ledgers) -> None:
    ledgers.bring(ledgers.write(row(1)))
    assert not Report.objects.exists()  # a title alone is nobody's words
    assert Filled.objects.get().told_on.isoformat() == "2025-03-07"


def test_words_of_harm_in_an_open_row_reach_a_person_at_once(ledgers: Ledgers) -> None:
    ledgers.bring(
        ledgers.write(
            row(1, 事项名称="有人扬言跳楼轻生", 办理状态=""),
            row(2, 事项名称="跳楼轻生已劝下", 办理状态="已办结"),
        )
    )
    case = Case.objects.get(loop="jieyou", open=True)
    assert case.clocks.filter(code="report.harm").exists()
    assert Delivery.objects.filter(urgent=True, account=ledgers.town.account("county")).count() == 1


def test_nobody_brings_in_the_ledger_of_another_county(ledgers: Ledgers) -> None:
    path = ledgers.write(row(1))
    mapping = ledgers.mapping(path)
    from_next = ledgers.town.actor("county-610603")
    with pytest.raises(Refused, match="没有宝塔区的这个岗位"):
        batches.run(path, ledgers.place, from_next, mapping)
    assert not Event.objects.filter(transition="backfill").exists()


def _also(town: Town, role: str) -> None:
    """The county's clerk holds this post as well: a county has one or two people."""
    appoint(town.account("county"), town.unit("office"), role, date(2024, 4, 22), "system")
