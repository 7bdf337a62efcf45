"""退办 and 延期: a unit that says “not ours” wins no time, is answered twice, and then there is a ruling."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.city import Told, Town, row

from jieyou.commons.assignments.models import Assignment
from jieyou.commons.reports.models import Report
from jieyou.interfaces.citizen import progress
from jieyou.kernel.calendar import clock
from jieyou.kernel.loop.engine import advance
from jieyou.kernel.loop.models import Case, Clock
from jieyou.kernel.loop.permit import open_to
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.loop.seen import inbox
from jieyou.kernel.loop.tests.player import quietly, seeds, undone
from jieyou.kernel.loop.tests.watching import Answers
from jieyou.kernel.people.actor import Actor
from jieyou.kernel.people.models import Unit

#: Tasks are handed out on the 4th of June 2024, a Tuesday.
HANDED = date(2024, 6, 4)
GROUND = "供热管网由城市管理部门管，见三定规定第三条"


def june(day: int, hour: int = 15) -> datetime:
    return clock.at(date(2024, 6, day), hour)


def first_task(town: Town, upto: str = "handed") -> Case:
    return town.walk.children(town.concern(upto))[0]


def bounce(town: Town, task: Case, day: int, by: str = "bureau", other: str = "城管") -> Case:
    return town.act(task, "bounce", by, june(day), bounce_ground=GROUND, instead=town.unit(other))


def thrice(town: Town, task: Case) -> Case:
    """Asked, kept; asked, kept; asked again."""
    for hour in (9, 11):
        town.act(task, "bounce", "bureau", june(4, hour), bounce_ground=GROUND, instead=town.unit("城管"))
        town.act(task, "uphold", "county", june(4, hour + 1), words="管网移交协议写明由住建负责")
    return bounce(town, task, 5)


def dues(task: Case) -> list[tuple[str, datetime, datetime, Any]]:
    return list(
        Clock.objects.filter(case=task).order_by("code").values_list("code", "started", "due", "stopped_at")
    )


def test_a_unit_asks_to_hand_a_task_back_and_the_clerk_keeps_it_there(town: Town, told_to: Told) -> None:
    task = first_task(town)
    before = dues(task)
    asked = bounce(town, task, 5)
    assert (asked.stage, asked.desk, asked.desk_role) == ("sent", town.unit("office"), "经办人")
    assert "申请退办" in told_to("county", task)
    kept = town.act(task, "uphold", "county", june(5, 16), words="管网移交协议写明由住建负责")
    assert (kept.desk, kept.desk_role) == (town.unit(), "承办人")
    assert dues(task) == before


def test_while_it_is_asked_nothing_is_signed_for_but_it_can_be_withdrawn(town: Town) -> None:
    task = first_task(town)
    bounce(town, task, 5)
    assert "请先撤回" in town.refusal(task, "sign_for", "bureau", june(5, 16))
    assert "撤回" in town.refusal(
        task, "bounce", "bureau", june(5, 16), bounce_ground=GROUND, instead=town.unit("城管")
    )
    town.act(task, "unbounce", "bureau", june(5, 17))
    assert town.act(task, "sign_for", "bureau", june(5, 18)).stage == "working"


def test_the_other_unit_gets_the_task_with_the_days_that_are_left(town: Town) -> None:
    item = town.concern("handed")
    task = town.walk.children(item)[0]
    bounce(town, task, 6)
    old = town.act(task, "rebut", "county", june(7), unit=town.unit("城管"), words="属城管职责")
    new = Case.objects.get(parent=item.case, holder=town.unit("城管"))
    assert (old.stage, old.open, new.stage, new.kind) == ("returned", False, "sent", "lead")
    was, now = (Clock.objects.get(case=c, code="assignment.due") for c in (task, new))
    assert (now.due, now.started, now.extended) == (was.due, was.started, was.extended)
    assert (new.title, Assignment.objects.get(pk=new.pk).origin) == (task.title, old)
    assert town.fresh(item.case).holder == town.unit("城管"), "who takes the leading task over leads"


def test_the_parent_goes_on_when_the_new_unit_signs(town: Town) -> None:
    item = town.concern("handed")
    task = town.walk.children(item)[0]
    bounce(town, task, 5)
    town.act(task, "rebut", "county", june(5, 16), unit=town.unit("城管"), words="属城管职责")
    assert town.fresh(item.case).stage == "handed"
    town.walk.sign_for(item, june(6))
    assert town.fresh(item.case).stage == "tracked"


def test_a_task_taken_back_before_anybody_signed_is_handed_out_again(town: Town) -> None:
    item = town.concern("handed")
    for task in town.walk.children(item):
        town.act(task, "take_back", "county", june(5), words="交错了单位")
    assert town.fresh(item.case).stage == "handed"
    town.act(
        item.case, "reassign", "county", june(5, 16), words="另行交办", assignments=[row(town.unit("城管"))]
    )
    town.walk.sign_for(item, june(6))
    assert (town.fresh(item.case).stage, town.fresh(item.case).holder) == ("tracked", town.unit("城管"))


def test_the_third_time_the_leader_rules_and_that_is_the_end(town: Town, told_to: Told) -> None:
    task = first_task(town)
    asked = thrice(town, task)
    assert (asked.desk_role, told_to("leader", task)[-1]) == ("部领导", "申请退办")
    assert not {"uphold", "rebut"} & {d.transition.name for d in open_to(asked, town.actor("county"))}
    ruled = town.act(task, "rule", "leader", june(5, 17), words="由住建局承办")
    assert (ruled.stage, ruled.desk_role) == ("sent", "承办人")
    assert "已经裁定" in town.refusal(
        task, "bounce", "bureau", june(5, 18), bounce_ground=GROUND, instead=town.unit("城管")
    )
    assert town.act(task, "sign_for", "bureau", june(5, 18)).stage == "working"


def test_neither_the_clerk_nor_the_leader_answers_out_of_turn(town: Town) -> None:
    task = first_task(town)
    bounce(town, task, 5)
    assert "还没有超过次数" in town.refusal(task, "rule", "leader", june(5, 16), words="住建")
    doors = {d.transition.name for d in open_to(town.fresh(task), town.actor("leader"))}
    assert "rule" not in doors and "uphold" in doors


def test_a_ruling_for_another_unit_is_final_for_that_unit_too(town: Town) -> None:
    item = town.concern("handed")
    task = town.walk.children(item)[0]
    thrice(town, task)
    town.act(task, "rule_over", "leader", june(5, 17), unit=town.unit("城管"), words="由城管局承办")
    new = Case.objects.get(parent=item.case, holder=town.unit("城管"))
    officer = town.city.bureaus["610602", "城管"].username
    assert "已经裁定" in town.refusal(
        new, "bounce", officer, june(5, 18), bounce_ground=GROUND, instead=town.unit()
    )


def test_the_count_goes_on_with_the_task_to_the_next_unit(town: Town) -> None:
    item = town.concern("handed")
    task = town.walk.children(item)[0]
    bounce(town, task, 5)
    town.act(task, "rebut", "county", june(5, 16), unit=town.unit("城管"), words="属城管职责")
    new = Case.objects.get(parent=item.case, holder=town.unit("城管"))
    officer = town.city.bureaus["610602", "城管"].username
    town.act(new, "bounce", officer, june(6), bounce_ground=GROUND, instead=town.unit())
    town.act(new, "uphold", "county", june(6, 16), words="属城管职责")
    town.act(new, "bounce", officer, june(6, 17), bounce_ground=GROUND, instead=town.unit())
    assert town.fresh(new).desk_role == "部领导"


def test_after_two_working_days_it_is_too_late(town: Town) -> None:
    task = first_task(town)
    words = town.refusal(
        task, "bounce", "bureau", june(7, 9), bounce_ground=GROUND, instead=town.unit("城管")
    )
    assert words == "退办要在交办后 2 个工作日内申请，已经过了"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"instead": "own"}, "另一个单位"),
        ({"duty": "没有-1"}, "没有编号"),
        ({"bounce_ground": "不是"}, "太短"),
    ],
)
def test_a_ground_is_asked_for(town: Town, data: dict[str, Any], words: str) -> None:
    task = first_task(town)
    given = {"bounce_ground": GROUND, "instead": town.unit("城管")} | data
    given["instead"] = town.unit() if given["instead"] == "own" else given["instead"]
    assert words in town.refusal(task, "bounce", "bureau", june(5), **given)


def test_more_days_are_asked_for_once_and_answered_once(town: Town, told_to: Told) -> None:
    task = first_task(town, "tracked")
    was = Clock.objects.get(case=task, code="assignment.due").due
    ask = {"days": 5, "days_reason": "materials", "ground": "管件到货晚"}
    town.act(task, "ask_days", "bureau", june(10), **ask)
    assert town.fresh(task).desk_role == "部领导" and task.pk in inbox(town.actor("leader")).values_list(
        "pk", flat=True
    )
    town.act(task, "grant_days", "leader", june(11), days=3, words="同意")
    clockrow = Clock.objects.get(case=task, code="assignment.due")
    assert (clockrow.extended, clockrow.due > was, town.fresh(task).desk_role) == (3, True, "承办人")
    assert "答复过" in town.refusal(task, "deny_days", "leader", june(11, 16), words="不同意")
    assert "最多 1 次" in town.refusal(task, "ask_days", "bureau", june(12), **ask)
    assert (Assignment.objects.get(pk=task.pk).days, Assignment.objects.get(pk=task.pk).granted) == (5, 3)
    assert "同意延期" in told_to("bureau", task)


def test_the_resident_sees_that_and_why_it_takes_longer_and_no_internal_word(town: Town) -> None:
    item = town.concern("tracked", phone="13900001111")
    task = town.walk.children(item)[0]
    report = Report.objects.get(case=item.case)
    town.act(task, "ask_days", "bureau", june(10), days=5, days_reason="materials", ground="某某公司欠款扯皮")
    asked = progress.promise(report)
    assert asked is not None and (asked.extended, asked.why, asked.asked) == (0, "设备材料未到", True)
    town.act(task, "grant_days", "leader", june(11), days=3, words="同意")
    granted = progress.promise(Report.objects.get(case=item.case))
    assert granted is not None and (granted.extended, granted.why, granted.asked) == (
        3,
        "设备材料未到",
        False,
    )
    assert granted.day > asked.day and "欠款" not in str(granted)


STEPS = (
    "bounce",
    "uphold",
    "unbounce",
    "urge",
    "progress",
    "sign_for",
    "escalate",
    "letter",
    "send_back",
    "finish",
    "ask_days",
)
PEOPLE = ("bureau", "county", "leader")


def test_whatever_is_said_and_asked_no_clock_begins_again(town: Town) -> None:
    """No return, comment, letter or escalation starts, stops or moves the deadline of a task."""
    first, actors = first_task(town), [town.actor(name) for name in PEOPLE]
    tried = set[str]()

    @settings(quietly, max_examples=12)
    @given(steps=st.lists(st.sampled_from(STEPS), min_size=3, max_size=10), seed=seeds)
    def walk(steps: list[str], seed: int) -> None:
        answers, at = Answers(Random(seed)), june(4, 10)
        with undone():
            was = Clock.objects.get(case=first, code="assignment.due")
            for name in steps:
                at += timedelta(hours=3)
                tried.update(_try(first, name, actors, answers, at, town.unit("城管")))
                now = Clock.objects.get(case=first, code="assignment.due")
                assert (now.started, now.due, now.paused_at, now.stopped_at) == (
                    was.started,
                    was.due,
                    None,
                    None,
                )

    walk()
    assert {"bounce", "uphold", "escalate"} <= tried


def _try(task: Case, name: str, actors: list[Actor], answers: Answers, at: datetime, other: Unit) -> set[str]:
    case = Case.objects.select_related("home", "holder", "place").get(pk=task.pk)
    data = answers.fitting(case.declared.transitions[name].asks) | {"duty": "", "instead": other}
    for actor in actors:
        with clock.moved(at), suppress(Refused):
            advance(case, name, actor, data)
            return {name}
    return set()
