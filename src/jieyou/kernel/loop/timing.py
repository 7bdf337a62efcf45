"""Clocks of a case: started, stopped, paused, extended; `due` of the case is the earliest that runs.

What a clock may do is a function of values (:mod:`jieyou.kernel.calendar.reckon`); this file keeps the rows.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q

from jieyou.kernel.calendar import clock as watch
from jieyou.kernel.calendar import store
from jieyou.kernel.calendar.reckon import due_after
from jieyou.kernel.calendar.workdays import Days
from jieyou.kernel.loop.models import Case, Clock, ClockRule, Dial
from jieyou.kernel.places import tree


def rule_for(code: str, place_code: str, on: date) -> ClockRule | None:
    """The rule in force on a day: the one of the narrowest place that contains ``place_code``."""
    rules = _in_force(ClockRule.objects.filter(code=code), place_code, on)
    return rules[0] if rules else None


def dial(code: str, place_code: str, on: date, default: int) -> int:
    """The value of a dial in force on a day, narrowest place first."""
    rows = _in_force(Dial.objects.filter(code=code), place_code, on)
    return rows[0].value if rows else default


def _in_force(rows: Any, place_code: str, on: date) -> list[Any]:
    rows = rows.filter(Q(until=None) | Q(until__gt=on), since__lte=on).select_related("place")
    fit = [r for r in rows if r.place is None or place_code.startswith(r.place.code)]
    return sorted(fit, key=lambda r: (len(r.place.code) if r.place else 0, r.since), reverse=True)


def reckon(started: datetime, length: int, unit: str, roll: bool, days: Days) -> tuple[datetime, bool]:
    """When a clock runs out, and whether that is only 暂定. Days run to the end of the local day."""
    if unit == "hour":
        return started + timedelta(hours=length), False
    due = due_after(watch.local(started), length, "workday" if unit == "workday" else "day", roll, days)
    return watch.end_of(due.day), due.provisional


def new_clock(case: Case, code: str, started: datetime, place_code: str, days: Days) -> Clock | None:
    """An unsaved clock by the rule in force, or ``None`` where a city has none (then nothing ticks)."""
    rule = rule_for(code, place_code, watch.local(started))
    if rule is None:
        return None
    due, provisional = reckon(started, rule.length, rule.unit, rule.roll, days)
    return Clock(
        case=case, code=code, rule=rule, title=rule.title, started=started, due=due, provisional=provisional,
        length=rule.length, unit=rule.unit, roll=rule.roll,
    )  # fmt: skip


def start(case: Case, code: str, at: datetime) -> None:
    """Start a clock once. One that was stopped runs on with its old date; one that runs is left alone."""
    old = Clock.objects.filter(case=case, code=code).first()
    if old is None:
        fresh = new_clock(case, code, at, tree_code(case), store.days())
        if fresh is not None:
            fresh.save()
    elif old.stopped_at is not None:
        Clock.objects.filter(pk=old.pk).update(stopped_at=None)


def set_due(case: Case, code: str, at: datetime, answer: dict[str, Any]) -> Clock:
    """Set a clock from an answer of kind ``due``: ``{"day": date}`` is fixed, ``{"workdays": n}`` is reckoned."""
    row = Clock.objects.filter(case=case, code=code).first() or Clock(case=case, code=code, started=at)
    rule = rule_for(code, tree_code(case), watch.local(at))
    row.rule, row.title = rule, rule.title if rule else "办理时限"
    if answer.get("day"):
        day = answer["day"] if isinstance(answer["day"], date) else date.fromisoformat(answer["day"])
        row.due, row.provisional, row.fixed = watch.end_of(day), False, True
        row.length, row.unit = None, ""
    else:
        row.length, row.unit, row.roll, row.fixed = int(answer["workdays"]), "workday", False, False
        row.due, row.provisional = reckon(at, row.length, "workday", False, store.days())
    row.stopped_at = None
    row.save()
    return row


def stop(case: Case, codes: Iterable[str], at: datetime) -> None:
    """Stop clocks; already stopped ones keep their time."""
    Clock.objects.filter(case=case, code__in=list(codes), stopped_at=None).update(stopped_at=at)


def stop_all(case: Case, at: datetime) -> None:
    """The case has ended: nothing runs any more."""
    Clock.objects.filter(case=case, stopped_at=None).update(stopped_at=at, paused_at=None)


def pause(case: Case, codes: Iterable[str], at: datetime) -> None:
    """Hold clocks (a hearing, waiting for the resident)."""
    Clock.objects.filter(case=case, code__in=list(codes), stopped_at=None, paused_at=None).update(paused_at=at)


def resume(case: Case, codes: Iterable[str], at: datetime) -> None:
    """Let held clocks run on; the days of the pause are added, in the clock's own kind of day."""
    days = store.days()
    for row in Clock.objects.filter(case=case, code__in=list(codes)).exclude(paused_at=None):
        held = row.paused_at
        assert held is not None
        _add_pause(row, held, at, days)
        row.paused_at = None
        row.save()


def _add_pause(row: Clock, held: datetime, at: datetime, days: Days) -> None:
    if row.unit == "hour":
        row.due += at - held
        return
    first, last = watch.local(held), watch.local(at)
    row.paused_days += days.between(first, last) if row.unit == "workday" else (last - first).days
    if not row.fixed:
        redo(row, days)


def extend(case: Case, code: str, workdays: int) -> None:
    """Grant more days on a clock, once granted always counted (``extended`` sums them)."""
    row = Clock.objects.get(case=case, code=code)
    row.extended += workdays
    if row.fixed:
        due = due_after(watch.local(row.due), workdays, "workday", False, store.days())
        row.due, row.provisional = watch.end_of(due.day), due.provisional
    else:
        redo(row, store.days())
    row.save()


def redo(row: Clock, days: Days) -> None:
    """Reckon a clock again from its start (new calendar, pause, extension). Fixed dates never come here."""
    if row.length is None:
        return
    more = row.paused_days + row.extended
    row.due, row.provisional = reckon(row.started, row.length, row.unit, row.roll, days)
    if more and row.unit == "hour":
        row.due += timedelta(days=more)
    elif more:
        due = due_after(watch.local(row.due), more, "workday" if row.unit == "workday" else "day", row.roll, days)
        row.due, row.provisional = watch.end_of(due.day), due.provisional


def earliest(case: Case) -> tuple[datetime | None, bool]:
    """``Case.due`` and whether it is provisional: the earliest clock that runs."""
    rows = Clock.objects.filter(case=case, stopped_at=None, paused_at=None).order_by("due")
    first = rows.values_list("due", "provisional").first()
    return (first[0], first[1]) if first else (None, False)


def tree_code(case: Case) -> str:
    """The code by which rules are looked up: the deepest level column."""
    return case.l5 or case.l4 or case.l3 or case.l2 or tree.levels_of(case.place)["l2"]
