"""核定环节: where a case of the running ledger stands, told afterwards by the clerk."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from jieyou.commons.meetings import agenda
from jieyou.kernel.calendar import clock as watch
from jieyou.kernel.loop.declare import Ask, Guard, Situation
from jieyou.kernel.loop.rules import rule_for
from jieyou.kernel.loop.timing import tree_code
from jieyou.mechanisms.concerns import does
from jieyou.mechanisms.concerns.asks import LEAD, MEETING, RESULT, WORDS

STAGE = Ask(
    "stage", "现在的环节", "choice", becomes="stage", keep=False,
    choices=(
        ("assess", "综合研判"), ("consult", "会前协商"), ("meeting", "例会解难（待上会）"), ("handed", "会后交办（待签收）"),
        ("tracked", "跟踪督办（办理中）"), ("strike", "办结销号（待销号）"), ("visit", "事后回访（待回访）"), ("archived", "已归档（已办结）"),
        ("filed", "存查"),
    ),
)  # fmt: skip
ASSIGNMENTS = replace(does.DRAFTED, keep=False, help="几家一起办、或者另有时限的，写清哪个单位办什么")
ASKS = (
    STAGE,
    replace(LEAD, required=False, help="会前协商的要写；交办、办理中的，只有一家办就写在这里，任务表空着"),
    replace(MEETING, required=False, help="待上会的，选排进哪一次"),
    ASSIGNMENTS,
    replace(RESULT, required=False, help="已办结的，写清怎么解决的；不知道就不填"),
    WORDS.optional(),
)


def _unsettled(s: Situation) -> str | None:
    """Once, and only where the software has not put it on an agenda itself."""
    if not s.times("backfill") or s.times("settle") or s.times("table"):
        return "不是待核的补录事项"
    return None


def _complete(s: Situation) -> str | None:
    stage, given = s.data.get("stage"), s.data
    if stage == "consult" and not given.get("lead"):
        return "会前协商的，请选牵头单位"
    if stage == "meeting" and not given.get("meeting"):
        return "待上会的，请选排进哪一次会议；还没有建会的，先去筹备会议"
    if stage in ("handed", "tracked") and not (
        given.get("assignments") or given.get("lead") or s.children("assignment")
    ):
        return "交办、办理中的，请选牵头单位，或者在任务表里写清哪个单位办什么"
    return None


unsettled = Guard("unsettled", _unsettled, "补录后还没有核定")
complete = Guard("complete", _complete, "这一环节要有的都写了")


def settle(step: Any) -> None:
    """Put it on the agenda chosen; the lead unit has it in hand; an ended one carries its result as told."""
    if step.data["stage"] == "meeting":
        agenda.put(step)
    if step.data["stage"] in ("handed", "tracked") and not step.data["assignments"] and step.data["lead"]:
        step.rows = [_whole(step)]
    if step.rows or step.data["assignments"]:
        does.take_lead(step)
    if step.data["stage"] in ("archived", "filed"):
        step.case.outcome = step.data.get("result") or ""


def _whole(step: Any) -> dict[str, Any]:
    """The matter itself as the lead unit's task, with the usual time from today, where the table was left blank."""
    rule = rule_for("assignment.due", tree_code(step.case), watch.local(step.at))
    due = {"workdays": rule.length} if rule is not None and rule.unit == "workday" else None
    return {"task": step.case.title, "kind": "lead", "unit": step.data["lead"], "due": due}
