"""清单外交办: a task beside the list needs a ground in words and a signature before it goes out."""

from __future__ import annotations

from typing import Any

from jieyou.commons.approvals import signing
from jieyou.commons.lists import judging, lookup
from jieyou.commons.lists.models import OffList
from jieyou.kernel.ledger import tracked
from jieyou.kernel.loop.declare import Ask, Guard
from jieyou.kernel.loop.models import Case
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.people.models import Unit

PAPER = "off_list"
ASKS = (
    Ask("unit", "交办给哪个镇街、村社区", "unit", keep=False),
    Ask("task", "任务", "line", keep=False, help="和之后交办任务表里写的一字不差"),
    Ask("ground", "交办依据和理由", "words", keep=False, at_least=10, help="为什么必须由它办、法律政策依据、经费人员怎么保障"),
)  # fmt: skip


def _listed(s: Any) -> str | None:
    kinds = {one.kind for one in lookup.at_place(s.case.place.code)}
    return None if kinds & set(lookup.KIND_OF.values()) else "这里没有安装镇街、村社区的职责清单"


listed = Guard("listed", _listed, "装有镇街、村社区清单")


def send(step: Any) -> None:
    """清单外交办送签: the approval, and what exactly it is for."""
    unit, task, ground = step.data["unit"], step.data["task"], step.data["ground"]
    if unit.kind not in lookup.KIND_OF:
        raise Refused("只有派给镇街、村社区的任务要过清单，这家单位直接交办就行", "unit")
    said = lookup.judged(task, unit, "co")
    text = f"任务：{task}\n单位：{unit.name}\n清单：{said.reason}\n依据和理由：{ground}"
    paper = signing.send(step.case, PAPER, text, step.actor)
    row = OffList(case=step.case, unit=unit, task=task, ground=ground, paper=paper)
    tracked.save(row, step.actor.person, "清单外交办送签", force_insert=True)


def approved(case: Case, task: str, unit: Unit) -> bool:
    """Has this very task for this very unit been signed?"""
    rows = OffList.objects.filter(case=case, unit=unit, paper__outcome="signed").values_list(
        "task", flat=True
    )
    return any(judging.same(task, one) for one in rows)
