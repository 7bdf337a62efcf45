"""Duty lists as live rules: a task for a township must be on its list, or be signed beside it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from support.city import HOME_TOWNSHIP, Town, row

from jieyou.commons.approvals.models import Approval
from jieyou.commons.lists import lookup
from jieyou.commons.lists.models import DutyCheck, DutyItem, DutyList
from jieyou.kernel import shortly
from jieyou.kernel.calendar import clock
from jieyou.kernel.loop.models import Case
from jieyou.kernel.places import tree

DUE = {
    "category": "heating",
    "urgency": "normal",
    "level": "county",
    "recommend": "direct",
    "reason": "镇街能办，直接转办",
}


def may(day: int, hour: int = 9) -> datetime:
    return clock.at(date(2024, 5, day), hour)


def install(
    *items: tuple[str, str, str], kind: str = "township", place: str = "610602", **more: Any
) -> DutyList:
    """A list of (code, category, text)."""
    made = DutyList.objects.create(
        kind=kind,
        title="示例清单",
        place=tree.by_code(place),
        edition="2024",
        source="示例",
        since=date(2024, 1, 1),
        **more,
    )
    for code, category, text in items:
        DutyItem.objects.create(duty_list=made, code=code, category=category, text=text)
    shortly.forget()
    return made


def judged(town: Town) -> Case:
    case = town.concern("assess").case
    return town.act(case, "judge", "county", may(22), **DUE)


def hand(town: Town, case: Case, task: str) -> Case:
    return town.act(case, "direct", "leader", may(23), assignments=[row(town.unit("街道"), task=task)])


def refused(town: Town, case: Case, task: str) -> str:
    return town.refusal(case, "direct", "leader", may(23), assignments=[row(town.unit("街道"), task=task)])


def test_without_a_list_nothing_is_objected_and_that_is_said(town: Town) -> None:
    case = hand(town, judged(town), "清除背街小巷积雪")
    found = DutyCheck.objects.get(task__parent=case)
    assert (found.verdict, found.words) == ("none", "没有安装职责清单，没有作清单校验")


def test_a_task_on_the_list_goes_out_and_says_by_which_item(town: Town) -> None:
    install(("JB-1", "basic", "做好辖区背街小巷清雪除冰工作"))
    case = hand(town, judged(town), "组织背街小巷清雪除冰")
    found = DutyCheck.objects.get(task__parent=case)
    assert (found.verdict, found.item.code) == ("on", "JB-1")


def test_a_task_beside_the_list_waits_for_a_signature(town: Town) -> None:
    install(("JB-1", "basic", "做好辖区背街小巷清雪除冰工作"))
    case, task = judged(town), "核查燃气管网压力"
    assert "不在" in refused(town, case, task) and "清单外交办送签" in refused(town, case, task)
    town.act(
        case,
        "off_list",
        "county",
        may(22, 15),
        unit=town.unit("街道"),
        task=task,
        ground="应急期间，经费由住建局承担",
    )
    assert "不在" in refused(town, case, task), "not signed yet"
    town.act(Approval.objects.get(case__parent=case).case, "sign", "leader", may(22, 16), opinion="同意")
    assert "不在" in refused(town, case, "另外一件清单外的事情"), "another task is not covered"
    assert hand(town, case, task).stage == "handed"
    assert DutyCheck.objects.get().verdict == "off"


def test_what_was_taken_up_by_the_county_is_not_sent_down_again(town: Town) -> None:
    install(("SH-1", "withdrawn", "拆除违法建设"), ("PH-1", "assist", "燃气安全入户检查"))
    case = judged(town)
    assert "已由上级收回" in refused(town, case, "拆除违法建设")
    assert "是配合事项" in refused(town, case, "燃气安全入户检查")
    rows = [row(town.unit(), task="燃气安全检查"), row(town.unit("街道"), "co", task="燃气安全入户检查")]
    assert town.act(case, "direct", "leader", may(23), assignments=rows).stage == "handed"


def test_a_bureau_is_never_asked_for_a_list(town: Town) -> None:
    install(("JB-1", "basic", "做好辖区背街小巷清雪除冰工作"))
    rows = [row(town.unit(), task="核查燃气管网压力")]
    assert town.act(judged(town), "direct", "leader", may(23), assignments=rows).stage == "handed"


def test_the_own_list_of_a_township_goes_before_the_countys(town: Town) -> None:
    install(("JB-1", "basic", "做好辖区背街小巷清雪除冰工作"))
    install(("JB-9", "negative", "背街小巷清雪除冰"), place=HOME_TOWNSHIP, unit=town.unit("街道"))
    assert "不得交办" in refused(town, judged(town), "背街小巷清雪除冰")


def test_an_edition_that_is_over_says_nothing_any_more(town: Town) -> None:
    made = install(("SH-1", "withdrawn", "拆除违法建设"))
    made.until = date(2024, 5, 1)
    made.save()
    assert hand(town, judged(town), "拆除违法建设").stage == "handed"


def test_a_task_handed_back_is_judged_for_the_township_that_gets_it(town: Town) -> None:
    install(("SH-1", "withdrawn", "更换供热管段"))
    case = town.act(judged(town), "direct", "leader", may(23), assignments=[row(town.unit())])
    task = Case.objects.get(parent=case)
    town.act(
        task,
        "bounce",
        "bureau",
        may(23, 15),
        bounce_ground="属于街道的基本履职事项",
        instead=town.unit("街道"),
    )
    words = town.refusal(task, "rebut", "county", may(23, 16), unit=town.unit("街道"), words="同意")
    assert "已由上级收回" in words


def test_a_bounce_may_point_at_an_item_of_the_departments_list(town: Town) -> None:
    made = install(kind="department")
    DutyItem.objects.create(
        duty_list=made, code="CG-12", category="duty", text="城市供热管理", unit=town.unit("城管")
    )
    task = town.walk.children(town.concern("handed"))[0]
    asked = town.act(
        task, "bounce", "bureau", clock.at(date(2024, 6, 5)), duty="CG-12", bounce_ground="清单 CG-12 条写明归城管",
        instead=town.unit("城管"),
    )  # fmt: skip
    assert asked.desk_role == "经办人"
    said = lookup.judged("城市供热管理和调度", town.unit())
    assert (said.on_list, said.item.code if said.item else "") == (False, "CG-12")
