"""退办: a unit says that a task is not its own. Never a way to win time, never endless.

``dispute`` of the facts: "" nothing open · ``asked`` the home answers · ``ruling`` the limit is passed, the 部领导 rules ·
``ruled`` final. ``bounces`` counts along the whole task, whichever unit asked: it goes on to the unit that takes it over.
"""

from __future__ import annotations

from typing import Any

from jieyou.commons.lists import lookup
from jieyou.kernel.calendar import clock as watch
from jieyou.kernel.loop import rules, timing
from jieyou.kernel.loop.declare import Guard, Situation
from jieyou.kernel.loop.models import Case, Clock
from jieyou.kernel.loop.opening import open_case
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.people.models import Unit
from jieyou.kernel.people.roles import HEAD

MOST, WITHIN = "assignment.bounce", "assignment.bounce_days"
_DUE = "assignment.due"
#: What a task that goes on to another unit keeps of its deadline.
_KEPT = (
    "rule", "title", "started", "length", "unit", "roll", "due", "provisional", "fixed", "paused_days", "extended", "fired_at",
)  # fmt: skip


def _settled(s: Situation) -> str | None:
    if s.facts.dispute == "asked":
        return "已经申请退办，请等主办单位答复；不退了，请先撤回退办申请"
    return "退办正等部领导裁定" if s.facts.dispute == "ruling" else None


def _not_ruled(s: Situation) -> str | None:
    return "部领导已经裁定责任单位，不能再退办" if s.facts.dispute == "ruled" else None


def _in_time(s: Situation) -> str | None:
    days = s.dial(WITHIN, 2)
    return None if s.workdays() <= days else f"退办要在交办后 {days} 个工作日内申请，已经过了"


def _answerable(s: Situation) -> str | None:
    return None if s.facts.dispute == "asked" else "承办单位没有申请退办"


def _for_ruling(s: Situation) -> str | None:
    return None if s.facts.dispute == "ruling" else "退办还没有超过次数，由主办单位答复"


settled = Guard("bounce_settled", _settled, "没有未答复的退办申请")
not_ruled = Guard("not_ruled", _not_ruled, "没有裁定过责任单位")
in_time = Guard("bounce_in_time", _in_time, "在退办期限内")
asked = Guard("bounce_asked", _answerable, "有退办申请")
answerable = Guard("bounce_answerable", _answerable, "有未答复的退办申请")
for_ruling = Guard("bounce_for_ruling", _for_ruling, "退办超过次数，等待裁定")


def ask(step: Any) -> None:
    """申请退办: counted; past the limit it goes to the 部领导's desk for a ruling."""
    case, facts = step.case, step.facts
    if step.data["instead"].pk == case.holder_id:
        raise Refused("“应当由哪个单位办”要写另一个单位", "instead")
    if step.data["duty"] and lookup.item(step.data["duty"], case) is None:
        raise Refused(
            f"职责清单里没有编号“{step.data['duty']}”，请核对；清单里没有的不填编号，把依据写进退办理由",
            "duty",
        )
    facts.bounces += 1
    facts.dispute = "asked"
    if facts.bounces > rules.dial(MOST, timing.tree_code(case), watch.today(), default=2):
        facts.dispute = "ruling"
        case.desk_role = case.desk_role if case.sealed else HEAD


def close(step: Any) -> None:
    """维持交办, 撤回: the unit goes on, on the clocks that ran all the time."""
    step.facts.dispute = ""


def rule(step: Any) -> None:
    """裁定: final."""
    step.facts.dispute = "ruled"


def pass_on(step: Any) -> None:
    """同意退办: a new task for the other unit on the same parent, due on the same day; the old one ends as 已退办."""
    step.facts.dispute = ""
    _pass_on(step, "")


def rule_over(step: Any) -> None:
    """裁定改由其他单位承办: final for that unit too."""
    step.facts.dispute = "ruled"
    _pass_on(step, "ruled")


def _pass_on(step: Any, dispute: str) -> None:
    case, facts, unit = step.case, step.facts, step.data["unit"]
    if unit.pk == case.holder_id:
        raise Refused("要改派给另一个单位；仍由本单位办的，请用“维持交办”或“裁定由本单位承办”", "unit")
    if case.parent_id is None:
        raise Refused("这件任务没有上级事项，不能改派")
    kept = {
        "task": facts.task,
        "unit": unit,
        "due": facts.due,
        "bounces": facts.bounces,
        "dispute": dispute,
        "origin": case,
    }
    new = open_case(
        "assignment", step.actor, title=case.title, place=case.place, home=case.home, holder=unit, kind=case.kind, facts=kept,
        parent=Case.objects.get(pk=case.parent_id), at=step.at,
    )  # fmt: skip
    _same_deadline(case, new)


def _same_deadline(old: Case, new: Case) -> None:
    """The deadline goes on where it was: neither started anew nor stopped on the way."""
    row = Clock.objects.filter(case=old, code=_DUE).first()
    if row is not None:
        Clock.objects.create(case=new, code=_DUE, **{name: getattr(row, name) for name in _KEPT})
        timing.write_due(new)


def lead_after(step: Any) -> Unit | None:
    """For the parent's ``repoint``: the new lead unit, if the task that went on was the leading one."""
    child: Case = step.data["child"]
    return step.data["unit"] if child.kind == "lead" else None
