"""撤回导入: all cases of a batch are withdrawn, or none, and the batch's own record lists what was taken back."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.db.models import F, QuerySet

from jieyou.commons.reports.effects import withdraw_all
from jieyou.commons.reports.models import Batch, Report
from jieyou.kernel.loop.bulk import end_many
from jieyou.kernel.loop.models import Case, Event
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.people.posts import SYSTEM


def take_back(step: Any) -> None:
    """The effect of the batch's own step ``undo``. Raises :class:`Refused` once somebody has worked on a row."""
    batch = Batch.objects.get(pk=step.case.pk)
    cases = list(cases_of(batch).select_related("home", "holder", "place").order_by("pk"))
    sentence = worked_on(batch)
    if sentence:
        raise Refused(sentence)
    end_many(cases, "withdraw", SYSTEM, step.at, withdraw_all)
    Batch.objects.filter(pk=batch.pk).update(undone_at=step.at)
    step.data["reports"] = len(cases)
    step.data["taken_back"] = runs(case.number for case in cases)


def cases_of(batch: Batch) -> QuerySet[Case]:
    """The cases that the batch opened."""
    return Case.objects.filter(pk__in=Report.objects.filter(batch=batch).values("first_case"))


def worked_on(batch: Batch) -> str:
    """Why the batch cannot be taken back, as a sentence; "" while nobody has touched it."""
    reports = Report.objects.filter(batch=batch)
    joined = reports.exclude(case=F("first_case")).select_related("first_case").first()
    if joined is not None:
        return f"{joined.first_case.number} 已经并入别的事项，这一批不能撤回"
    cases = reports.values("first_case")
    guests = Report.objects.filter(case__in=cases).exclude(batch=batch).select_related("case").first()
    if guests is not None:
        return f"{guests.case.number} 已经并入了别的反映，这一批不能撤回"
    steps = Event.objects.filter(case__in=cases, seq__gt=1).exclude(person=SYSTEM.person)
    first = steps.select_related("case").order_by("at").first()
    if first is None:
        return ""
    more = steps.values("case").distinct().count()
    return f"{first.case.number} 已经有人办理（{first.title}），共 {more} 件有人办理过，这一批不能撤回"


def runs(numbers: Iterable[str]) -> list[str]:
    """Numbers as runs, so that six thousand are read at a glance: ``BT-2026-0001—0412（412 件）``."""
    split = sorted((head, int(tail), tail) for head, _, tail in (n.rpartition("-") for n in numbers))
    out: list[str] = []
    for _, group in groupby(enumerate(split), key=lambda each: (each[1][0], each[1][1] - each[0])):
        rows = [row for _, row in group]
        first, last = f"{rows[0][0]}-{rows[0][2]}", rows[-1][2]
        out.append(first if len(rows) == 1 else f"{first}—{last}（{len(rows)} 件）")
    return out
