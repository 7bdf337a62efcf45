"""撤回补录: everything that a batch brought in is withdrawn, or nothing."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import Q

from jieyou.commons.backfill.models import Filled, LedgerBatch
from jieyou.commons.meetings.models import AgendaItem, Attendance
from jieyou.commons.reports.models import Report
from jieyou.commons.reports.undoing import runs
from jieyou.kernel.ledger import tracked
from jieyou.kernel.loop import backfill
from jieyou.kernel.loop.models import Case
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.people.posts import SYSTEM

#: Loop → the stage in which what was taken back ends.
ENDS = {settings.INTAKE_LOOP: "withdrawn", "assignment": "taken_back", "meeting": "cancelled"}


def take_back(step: Any) -> None:
    """The effect of the batch's own step ``undo``. Raises :class:`Refused` once somebody has worked on a row."""
    batch = LedgerBatch.objects.get(pk=step.case.pk)
    mine = Filled.objects.filter(batch=batch)
    keys = list(mine.values_list("case", flat=True))
    sentence = worked_on(keys)
    if sentence:
        raise Refused(sentence)
    every = Case.objects.filter(Q(pk__in=mine.values("case")) | Q(parent__in=mine.values("case")))
    cases = list(every.select_related("home", "holder", "place").order_by("pk"))
    for item in AgendaItem.objects.filter(
        Q(case__in=mine.values("case")) | Q(meeting__in=mine.values("case"))
    ):
        tracked.delete(item, step.actor.person, "撤回补录")
    Attendance.objects.filter(meeting__in=mine.values("case")).delete()
    Report.objects.filter(first_case__in=mine.values("case")).update(
        withdrawn_at=step.at, fingerprint="", source_no=""
    )
    backfill.take_back(cases, ENDS, SYSTEM, step.at)
    mine.update(key="", number="")
    LedgerBatch.objects.filter(pk=batch.pk).update(undone_at=step.at)
    step.data["taken_back"] = runs(case.number for case in cases if case.parent_id is None)


def worked_on(keys: list[Any]) -> str:
    """Why the batch cannot be taken back, as a sentence; "" while nobody has touched it."""
    first = backfill.worked_on(keys)
    if first is not None:
        return f"{first.case.number} 已经有人办理（{first.title}），这一批不能撤回"
    others = (
        AgendaItem.objects.filter(meeting__in=keys).exclude(case__in=keys).select_related("meeting", "case")
    )
    linked = others.first()
    if linked is not None:
        return f"{linked.case.number} 后来排进了{linked.meeting}，这一批不能撤回"
    joined = (
        Report.objects.filter(first_case__in=keys).exclude(case__in=keys).select_related("first_case").first()
    )
    return f"{joined.first_case.number} 的反映已经并入别的事项，这一批不能撤回" if joined else ""
