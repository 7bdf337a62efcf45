"""When the calendar or the place tree changes, open cases follow, with a reason and a trace. Receivers of signals."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from jieyou.kernel.calendar import clock as watch
from jieyou.kernel.calendar import store
from jieyou.kernel.calendar.signals import calendar_changed
from jieyou.kernel.calendar.workdays import Days
from jieyou.kernel.ledger import chain
from jieyou.kernel.loop import opening, timing, words
from jieyou.kernel.loop.models import Case, Clock
from jieyou.kernel.loop.remark import remark
from jieyou.kernel.people.posts import SYSTEM
from jieyou.kernel.places import tree
from jieyou.kernel.places.models import Place
from jieyou.kernel.places.signals import tree_changed


def recompute(year: int, first: date) -> int:
    """Reckon every running clock that a notice for ``year`` may touch: provisional ones, and those due on or after the
    first day that it changed. Fixed dates stay. Returns how many moved."""
    days = store.days()
    return sum(_redo(row, days, year) for row in list(_touched(first)))


def foresee(days: Days, first: date) -> Iterator[tuple[Clock, datetime]]:
    """(clock as it would be, when it runs out now) of every clock that this calendar would change; nothing is kept.

    ``first``: the first day that the calendar changes. Sealed cases are left out: nobody is to count them.
    """
    for row in _touched(first).filter(fixed=False, case__sealed=False).iterator(1000):
        now = (row.due, row.provisional)
        timing.redo(row, days)
        if (row.due, row.provisional) != now:
            yield row, now[0]


def _touched(first: date) -> QuerySet[Clock]:
    rows = Clock.objects.filter(stopped_at=None, case__open=True)
    return rows.filter(Q(provisional=True) | Q(due__gte=watch.at(first, 0))).select_related("case")


def _redo(row: Clock, days: Days, year: int) -> int:
    if row.fixed:
        return _warn(row, days, year)
    before = (row.due, row.provisional)
    timing.redo(row, days)
    if (row.due, row.provisional) == before:
        return 0
    with transaction.atomic():
        Clock.objects.filter(pk=row.pk).update(due=row.due, provisional=row.provisional)
        _note(row, "recalendar", "时限重新计算", {
            "clock": row.title, "before": str(watch.local(before[0])), "after": str(watch.local(row.due)),
            "why": f"{year} 年节假日安排公布或更正",
        })  # fmt: skip
        timing.write_due(row.case)
    return 1


def _warn(row: Clock, days: Days, year: int) -> int:
    day = watch.local(row.due)
    if day.year == year and not days.works(day):
        _note(
            row,
            "rest_day",
            "固定日期逢休息日",
            {"clock": row.title, "day": str(day), "why": "领导定的日期不变，请提前安排"},
        )
    return 0


def _note(row: Clock, name: str, title: str, data: dict[str, Any]) -> None:
    remark(row.case_id, name, title, SYSTEM, data, watch.now())


def _calendar(sender: object, year: int, changed: dict[date, bool], by: str, **_: Any) -> None:
    body = {"year": year, "by": by, "days": {str(day): works for day, works in sorted(changed.items())}}
    chain.append("calendar", "calendar", body)
    recompute(year, min(changed, default=date(year, 1, 1)))


def rewrite_levels(places: Any) -> int:
    """Open cases' level columns follow the tree; an ended case keeps the codes of its day."""
    count = 0
    for place in places:
        stands = _today(place)
        cases = Case.objects.filter(place=place, open=True)
        if stands is not None:
            keys = list(cases.values_list("pk", flat=True))
            count += cases.update(**opening.level_columns(stands))
            words.follow_all(keys)
    return count


def _today(place: Place) -> Place | None:
    """The place that stands for it now; ``None`` after a split: a person must choose, until then the old codes stay."""
    try:
        return tree.today(place)
    except tree.UnknownPlace:
        return None


def _tree(sender: object, places: Any, **_: Any) -> None:
    rewrite_levels(places)


def connect() -> None:
    """Called once, when all apps are loaded."""
    calendar_changed.connect(_calendar, dispatch_uid="loop.calendar")
    tree_changed.connect(_tree, dispatch_uid="loop.tree")
