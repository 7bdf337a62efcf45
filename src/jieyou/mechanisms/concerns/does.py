"""What some steps do to a concern beside moving it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from jieyou.commons.assignments.loops import ASSIGNMENTS
from jieyou.commons.reports import effects
from jieyou.kernel.loop.declare import Guard, Situation
from jieyou.kernel.people.models import Unit

#: The same table, drafted at the meeting and kept with the item until the minutes are signed.
DRAFTED = replace(ASSIGNMENTS, required=False, keep=True)


def _has_evidence(s: Situation) -> str | None:
    return (
        None
        if s.evidence() or s.data.get("evidence") or s.children("assignment")
        else "请附上办理依据（照片或材料）"
    )


has_evidence = Guard("has_evidence", _has_evidence, "附有办理依据")


def retitle(step: Any) -> None:
    """登记: the clerk's name for the matter replaces the resident's first words."""
    step.case.title = step.data["title"]


def take_lead(step: Any) -> None:
    """The lead unit of the decision has the case in hand from now on."""
    lead = next(row["unit"] for row in step.data["assignments"] if row["kind"] == "lead")
    step.case.holder = step.facts.lead = lead


def again(step: Any) -> None:
    """退回再办: a new round asks the residents anew."""
    take_lead(step)
    step.facts.visited, step.facts.satisfied, step.facts.solved = "", "", None


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


def office_for(code: str) -> Unit | None:
    """The social-work office of a county (or the city), by its place's code."""
    return Unit.objects.filter(kind="office", place__code=code, until=None).first()
