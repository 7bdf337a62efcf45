"""核定环节: where a case of the running ledger stands, told afterwards by the clerk."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from jieyou.commons.meetings import agenda
from jieyou.kernel.loop.declare import Ask, Guard, Situation
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
ASSIGNMENTS = replace(does.DRAFTED, keep=False, help="会后交办、跟踪督办的，写清哪个单位办什么")
ASKS = (
    STAGE,
    replace(LEAD, required=False, help="会前协商的要写；交办的以任务表里的牵头单位为准"),
    replace(MEETING, required=False, help="待上会的，选排进哪一次"),
    ASSIGNMENTS,
    replace(RESULT, required=False, help="已办结的，写清怎么解决的；不知道就不填"),
    WORDS.optional(),
)


def _unsettled(s: Situation) -> str | None:
    """At 例会解难 only what was brought in without its meeting."""
    if not s.times("backfill") or getattr(s.facts, "meeting_id", None):
        return "不是待核的补录事项"
    return None


def _complete(s: Situation) -> str | None:
    stage, given = s.data.get("stage"), s.data
    if stage == "consult" and not given.get("lead"):
        return "会前协商的，请选牵头单位"
    if stage == "meeting" and not given.get("meeting"):
        return "待上会的，请选排进哪一次会议；还没有建会的，先去筹备会议"
    if stage in ("handed", "tracked") and not (given.get("assignments") or s.children("assignment")):
        return "交办、办理中的，请在任务表里写清哪个单位办什么"
    return None


unsettled = Guard("unsettled", _unsettled, "补录后还没有核定")
complete = Guard("complete", _complete, "这一环节要有的都写了")


def settle(step: Any) -> None:
    """Put it on the agenda chosen; the lead unit has it in hand; an ended one carries its result as told."""
    if step.data["stage"] == "meeting":
        agenda.put(step)
    if step.data.get("assignments"):
        does.take_lead(step)
    if step.data["stage"] in ("archived", "filed"):
        step.case.outcome = step.data.get("result") or ""
