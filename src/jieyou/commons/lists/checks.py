"""准入校验: the gate before a task goes to a township or a village, and what is kept of each that went."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from jieyou.commons.lists import lookup, off_list
from jieyou.commons.lists.models import DutyCheck
from jieyou.kernel.ledger import tracked
from jieyou.kernel.loop.gates import gate
from jieyou.kernel.loop.models import Case
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.people.models import Unit
from jieyou.kernel.people.posts import SYSTEM

Row = dict[str, Any]


@gate("duty_list")
def judge_step(step: Any) -> str | None:
    """The gate: every task of the step for a township or a village."""
    rows = [row for ask in step.transition.asks if ask.kind == "rows" for row in step.data[ask.name] or []]
    unit = step.data.get("unit")
    if not rows and isinstance(unit, Unit):  # one task that goes on to another unit
        rows = [{"task": step.facts.task, "unit": unit, "kind": step.case.kind}]
        return objection(step.case.parent or step.case, rows)
    return objection(step.case, rows)


def objection(matter: Case, rows: Iterable[Row]) -> str | None:
    """The first task that is neither on its unit's list nor approved beside it, as a sentence."""
    for row in rows:
        task, unit = row["task"], row["unit"]
        if unit.kind not in lookup.KIND_OF:
            continue
        said = lookup.judged(task, unit, row.get("kind", "lead"))
        if said.on_list is False and not off_list.approved(matter, task, unit):
            return (
                f"“{task}”不在{unit.name}的清单内：{said.reason}。"
                "确需交办的，先在事项上“清单外交办送签”，签发后再交办；任务和单位要与送签的一致"
            )
    return None


def stop(matter: Case, rows: Iterable[Row]) -> None:
    """The same for a step that makes its tasks itself (会后交办). Raises :class:`Refused`."""
    sentence = objection(matter, rows)
    if sentence:
        raise Refused(sentence)


def on_advanced(sender: object, case: Case, transition: Any, step: Any, **_: Any) -> None:
    """Receiver of ``advanced``: a task that has just gone to a township or a village gets its line."""
    if transition is not None or case.loop != "assignment" or case.holder is None:
        return
    unit = case.holder
    if unit.kind not in lookup.KIND_OF:
        return
    task = str(step.data.get("task", case.title))
    said = lookup.judged(task, unit, case.kind)
    verdict = {None: "none", True: "on", False: "off"}[said.on_list]
    if verdict == "off" and not (case.parent and off_list.approved(case.parent, task, unit)):
        verdict = "late"  # 急办: done first, signed afterwards
    key = said.item.key if said.item else None
    row = DutyCheck(
        task=case, unit=unit, verdict=verdict, item_id=key, words=said.reason[:300], at=case.opened_at
    )
    tracked.save(row, SYSTEM.person, "清单校验", force_insert=True)
