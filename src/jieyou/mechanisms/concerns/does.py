"""What some steps do to a concern beside moving it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from jieyou.commons.approvals import signing
from jieyou.commons.assignments import handing_back
from jieyou.commons.assignments.loops import ASSIGNMENTS
from jieyou.commons.handovers import sending
from jieyou.commons.lists import checks
from jieyou.commons.meetings import agenda
from jieyou.commons.reports import effects
from jieyou.kernel.loop.declare import Guard, Situation
from jieyou.mechanisms.concerns.levels import office_for

#: The same table, drafted at the meeting and kept with the item until the minutes are signed.
DRAFTED = replace(ASSIGNMENTS, required=False, keep=True)


def _has_evidence(s: Situation) -> str | None:
    return (
        None
        if s.evidence() or s.data.get("evidence") or s.children("assignment") or s.children("jieyou")
        else "请附上办理依据（照片或材料）"
    )


has_evidence = Guard("has_evidence", _has_evidence, "附有办理依据")


def retitle(step: Any) -> None:
    """登记: the clerk's name for the matter replaces the resident's first words."""
    step.case.title = step.data["title"]


def take_lead(step: Any) -> None:
    """The lead unit of the decision has the case in hand from now on."""
    lead = next(row["unit"] for row in step.rows or step.data["assignments"] if row["kind"] == "lead")
    step.case.holder = step.facts.lead = lead


def as_decided(step: Any) -> None:
    """会后交办: the assignments ARE what the meeting decided and the minutes say; nothing is typed again."""
    step.rows = agenda.decided_rows(step.case, step.facts.meeting)
    checks.stop(step.case, step.rows)
    step.facts.decision = agenda.item_of(step.case, step.facts.meeting).decision
    take_lead(step)


def perfect(step: Any) -> None:
    """完善方案: after 原则同意, the plan as it was perfected."""
    step.facts.plan = step.data["plan"]


def carry(step: Any) -> None:
    """转入下次会议: the same item on the agenda of a later meeting, to be decided there."""
    agenda.put(step)
    step.facts.outcome, step.facts.assignments = "", []


def to(door: str) -> Callable[[Any], None]:
    """Hand the matter over to another door, and say so to those who raised it."""
    return partial(_hand_over, door=door)


def _hand_over(step: Any, door: str) -> None:
    sending.send(step.case, door, step.data["to_unit"], step.data["words"], step.actor, step.at)
    if step.data.get("tell"):
        effects.tell(step, step.data["tell"])


def propose(step: Any) -> None:
    """提出人民建议: drawn from a matter that is answered; each page links to the other."""
    sending.send(
        step.case, "suggestion", step.data["to_unit"], step.data["words"], step.actor, step.at, child=False
    )


def ask_city(step: Any) -> None:
    """提请市级送签: the county's leader signs what is asked of the city."""
    text = "\n".join(
        f"{title}\n{step.data[name]}"
        for title, name in (
            ("一、县级已做工作", "county_work"),
            ("二、症结", "crux"),
            ("三、请求事项", "request"),
        )
    )
    signing.send(step.case, "raise", text, step.actor)


def finished_anew(step: Any) -> None:
    """申请销号: what was checked before an earlier application is checked again."""
    step.facts.verified = ""


def called(step: Any) -> None:
    """登记回访: how many households were reached adds up; of many a sample is enough."""
    effects.called(step)
    if step.data["visited"] == "reached":
        step.facts.households += step.data.get("households") or 1


def _sampled(s: Situation) -> str | None:
    voices, rated = effects.voices(s.facts.pk)
    if voices < s.dial("jieyou.sample_from", 10) or s.facts.visited != "reached":
        return None
    share = -(-voices * s.dial("jieyou.sample_share", 30) // 100)
    need, have = max(share, s.dial("jieyou.sample_least", 5)), rated + s.facts.households
    return f"{voices}人反映，至少要回访 {need} 户，已回访和评价 {have} 户" if have < need else None


sampled = Guard("sampled", _sampled, "多户的已按比例抽样回访")


def relead(step: Any) -> None:
    """补充交办: a new lead unit has the case in hand from now on."""
    if any(row["kind"] == "lead" for row in step.data["assignments"]):
        take_lead(step)


def repoint(step: Any) -> None:
    """任务改派 after 退办: the unit that took the leading task over leads."""
    lead = handing_back.lead_after(step)
    if lead is not None:
        step.case.holder = step.facts.lead = lead


def again(step: Any) -> None:
    """退回再办: a new round asks the residents anew."""
    take_lead(step)
    step.facts.visited, step.facts.satisfied, step.facts.solved, step.facts.households = "", "", None, 0


def conclude(step: Any) -> None:
    """归档: “已解决” is counted apart from the other results."""
    step.case.outcome = step.facts.result or "explained"


def unseal(step: Any) -> None:
    """解除密封: an ordinary case again, run by the office of the place where it lies."""
    step.case.sealed = False
    effects.unseal(step)
    office = office_for(step.case.l3)
    if office is not None:
        step.case.home = office
