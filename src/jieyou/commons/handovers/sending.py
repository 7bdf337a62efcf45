"""The door through which a matter goes to another one."""

from __future__ import annotations

from datetime import datetime

from jieyou.commons.handovers.models import DOORS
from jieyou.kernel.loop.models import Case
from jieyou.kernel.loop.opening import open_case
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.people.actor import Actor
from jieyou.kernel.people.models import Unit


def send(
    origin: Case, door: str, unit: Unit | None, words: str, actor: Actor, at: datetime, child: bool = True
) -> Case:
    """Open a hand-over of ``origin``. ``unit`` that takes it, or ``None`` where the other side is not in the system: then
    our own clerk follows it up. ``child=False``: the origin need not wait for it (it may have ended)."""
    if unit is not None and unit.pk == origin.home_id:
        raise Refused("不能转给本单位", "to_unit")
    return open_case(
        "handover", actor, title=f"转{dict(DOORS)[door]}：{origin.title}"[:200], place=origin.place, home=origin.home,
        holder=unit, kind=door, facts={"origin": origin, "unit": unit, "words": words},
        parent=origin if child else None, at=at,
    )  # fmt: skip


def linked(case: Case) -> list[Case]:
    """Hand-overs of a matter that are not its children: what was drawn from it afterwards."""
    rows = Case.objects.filter(loop="handover", parent=None, pk__in=case.handed_over.values("pk"))
    return list(rows.select_related("holder").order_by("opened_at"))
