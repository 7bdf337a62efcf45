"""Papers that go to the unit that has a task: 交办单, 催办单, 督办函, 约谈通知, 延期审批表."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from jieyou.commons.assignments.models import Assignment
from jieyou.commons.papers.declare import BODY, CC, TITLE, TO, PaperKind, Part, Values
from jieyou.commons.papers.layouts import form, letter, order
from jieyou.commons.papers.numbers import day_words
from jieyou.commons.papers.sheet import Sheet
from jieyou.kernel.calendar import clock as watch
from jieyou.kernel.loop.models import Case, Clock
from jieyou.kernel.loop.situation import facts_of
from jieyou.kernel.statements import kept

#: A task's papers may be asked for by the number of the matter too; then they speak of the unit in whose hand it is.
OF = ("assignment", "jieyou")
MATTER, CASE_NO = Part("matter", "事项名称"), Part("case_no", "事项编号")
DUE, BASIS, HELPERS = Part("due", "办理时限"), Part("basis", "交办依据"), Part("helpers", "配合单位")
GROUND, DAYS = Part("ground", "延期理由", "words"), Part("days", "申请延长")
UNIT = Part("to", "责任单位")
REQUEST = Part("body", "办理要求", "words")


def top(case: Case) -> Case:
    """The matter that a task is part of."""
    return case.parent if case.loop == "assignment" and case.parent is not None else case


def task_of(case: Case) -> tuple[str, list[Assignment]]:
    """The unit that leads, and the tasks that the paper speaks of."""
    if case.loop == "assignment":
        return (case.holder.name if case.holder else ""), _task(case.pk)
    rows = (
        Assignment.objects.filter(case__parent=case)
        .exclude(case__stage="taken_back")
        .select_related("case", "unit")
    )
    return (case.holder.name if case.holder else ""), sorted(
        rows, key=lambda a: (a.case.kind != "lead", a.case.number)
    )


@kept
def _task(key: UUID) -> QuerySet[Assignment]:
    return Assignment.objects.filter(pk=key).select_related("case", "unit")


def due_of(case: Case, tasks: list[Assignment]) -> str:
    """The day by which: the task's clock, else as it was decided."""
    keys = {case.pk, *(task.pk for task in tasks)}
    due = max((at for key in keys for at in _due(key, "assignment.due")), default=None)
    return f"{day_words(watch.local(due))}前" if due else "尽快"


@kept
def _due(case: UUID, code: str) -> QuerySet[Any]:
    return Clock.objects.filter(case_id=case, code=code).values_list("due", flat=True)


def basis_of(case: Case) -> str:
    """Whose word the task rests on: the meeting's, else the office's own."""
    meeting = getattr(facts_of(top(case)), "meeting", None)
    return f"第{meeting.seq_no}次会议议定" if meeting is not None else "研判转办"


def _others(case: Case) -> str:
    rows = _helping("co", "assignment", top(case).pk, "taken_back")
    return "、".join(dict.fromkeys(name for unit, name in rows if unit != case.holder_id))


@kept
def _helping(kind: str, loop: str, parent: UUID, but: str) -> QuerySet[Any]:
    rows = Case.objects.filter(parent_id=parent, loop=loop, kind=kind, holder__isnull=False)
    return rows.exclude(stage=but).order_by("opened_at", "pk").values_list("holder_id", "holder__name")


def _order(case: Case) -> Values:
    unit, tasks = task_of(case)
    rows = [(task.task, task.unit.name, "") for task in tasks] or _decided(case)
    several = len(rows) > 1
    lines = [f"{n}. {task}（{who}）" if several else task for n, (task, who, _) in enumerate(rows, 1)]
    lines += ["请按时限办结并反馈办理结果，附办理依据；需要延期的，在时限届满前提出。"]
    return {
        "title": "交办单", "about": unit, "to": unit, "matter": top(case).title, "case_no": case.number, "basis": basis_of(case),
        "helpers": _others(case) if case.kind != "co" else "", "due": due_of(case, tasks) if tasks or not rows else rows[0][2],
        "body": "\n".join(lines),
    }  # fmt: skip


def _decided(case: Case) -> list[tuple[str, str, str]]:
    """Task, unit and deadline as the decision's table has them, before the tasks themselves are there; 牵头 first."""
    rows = sorted(getattr(facts_of(case), "assignments", None) or [], key=lambda row: row["kind"] != "lead")
    return [(row["task"], row["unit"]["name"], _said(row.get("due") or {})) for row in rows]


def _said(due: Values) -> str:
    if due.get("workdays"):
        return f"{due['workdays']}个工作日内"
    return f"{day_words(date.fromisoformat(str(due['day'])))}前" if due.get("day") else "尽快"


def _urging(case: Case) -> Values:
    unit, tasks = task_of(case)
    body = "\n".join([
        f"由你单位承办的“{_named(case, tasks)}”（{case.number}），办理时限为{due_of(case, tasks)}。",
        "请抓紧办理，并于收到本单后反馈目前进展、存在困难和预计办结时间；需要其他单位配合的，请一并说明。",
    ])  # fmt: skip
    return {"title": "催办单", "about": unit, "to": unit, "body": body, "cc": ""}


def _supervision(case: Case) -> Values:
    unit, tasks = task_of(case)
    body = "\n".join([
        f"“{_named(case, tasks)}”（{case.number}）由你单位承办，办理时限为{due_of(case, tasks)}，{_progress(tasks)}",
        "现就有关事项督办如下：",
        "一、明确一名负责同志牵头，查清没有按期办结的原因，制定推进措施。",
        "二、于收到本函5个工作日内书面反馈办理情况和完成时间。",
        "三、办结后按程序申请销号，并附办理依据。",
    ])  # fmt: skip
    return {"title": f"关于{top(case).title}的督办函", "about": unit, "to": unit, "body": body, "cc": ""}


def _interview(case: Case) -> Values:
    unit, tasks = task_of(case)
    body = "\n".join([
        f"“{_named(case, tasks)}”（{case.number}）由你单位承办，办理时限为{due_of(case, tasks)}，{_progress(tasks)}",
        "经研究，定于　　月　　日　　时在　　　　　　就该事项约谈你单位负责同志。请携带办理情况书面材料准时参加。",
    ])  # fmt: skip
    return {"title": "约谈通知", "about": unit, "to": unit, "body": body, "cc": ""}


def _named(case: Case, tasks: list[Assignment]) -> str:
    return tasks[0].task if case.loop == "assignment" and tasks else case.title


def _progress(tasks: list[Assignment]) -> str:
    said = next((task.progress for task in tasks if task.progress), "")
    return f"目前进展：{said.rstrip('。')}。" if said else "目前没有收到进展反馈。"


def _extension(case: Case) -> Values:
    unit, tasks = task_of(case)
    asked = next((task for task in tasks if task.days), None)
    return {
        "title": "延期审批表", "about": unit, "to": unit, "matter": top(case).title, "case_no": case.number,
        "due": due_of(case, tasks), "days": f"{asked.days}个工作日" if asked else "", "ground": asked.ground if asked else "",
        "body": "",
    }  # fmt: skip


def _extension_sheet(v: Values) -> Sheet:
    return form(v, [
        (16, [("事项名称", v.get("matter", ""))]),
        (14, [("承办单位", v.get("to", "")), ("事项编号", v.get("case_no", ""))]),
        (15, [("原定时限", v.get("due", "")), ("申请延长", v.get("days", ""))]),
        (50, [("延期理由", v.get("ground", ""))]),
        (30, [("承办单位\n负责人意见", "（签字、盖章）　　　　　　　　　　　　年　　月　　日")]),
        (30, [("经办人意见", v.get("body", ""))]),
        (30, [("部领导意见", "　　　　　　　　　　　　　　　　　　　　年　　月　　日")]),
    ])  # fmt: skip


assignment_order = PaperKind(
    "order", "交办单", OF, _order, order, (TITLE, MATTER, UNIT, HELPERS, BASIS, DUE, REQUEST),
)  # fmt: skip
urging = PaperKind("urging", "催办单", OF, _urging, letter, (TITLE, TO, BODY, CC))
supervision_letter = PaperKind(
    "supervision_letter", "督办函", OF, _supervision, letter, (TITLE, TO, BODY, CC)
)
interview = PaperKind("interview", "约谈通知", OF, _interview, letter, (TITLE, TO, BODY, CC))
extension = PaperKind(
    "extension", "延期审批表", OF, _extension, _extension_sheet,
    (TITLE, MATTER, Part("to", "承办单位"), DUE, DAYS, GROUND, Part("body", "经办人意见", "words")),
)  # fmt: skip
