"""Clocks of a case: started, stopped, paused, extended; ``Case.due`` is the earliest that runs.

What a clock may do is a function of values (:mod:`jieyou.kernel.calendar.reckon`); :class:`Clocks` keeps one case's rows:
read once, changed in memory, written once.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from jieyou.kernel import statements
from jieyou.kernel.born import born
from jieyou.kernel.calendar import clock as watch
from jieyou.kernel.calendar import store
from jieyou.kernel.calendar.reckon import due_after
from jieyou.kernel.calendar.workdays import Days
from jieyou.kernel.loop.models import Case, Clock
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.loop.rules import rule_for
from jieyou.kernel.places import tree
from jieyou.kernel.statements import kept


def reckon(started: datetime, length: int, unit: str, roll: bool, days: Days) -> tuple[datetime, bool]:
    """When a clock runs out, and whether that is only 暂定. Days run to the end of the local day."""
    if unit == "hour":
        return started + timedelta(hours=length), False
    due = due_after(watch.local(started), length, "workday" if unit == "workday" else "day", roll, days)
    return watch.end_of(due.day), due.provisional


def new_clock(case: Case, code: str, started: datetime, days: Days) -> Clock | None:
    """An unsaved clock by the rule in force, or ``None`` where a city has none (then nothing ticks)."""
    rule = rule_for(code, tree_code(case), watch.local(started))
    if rule is None:
        return None
    due, provisional = reckon(started, rule.length, rule.unit, rule.roll, days)
    return born(
        Clock, case=case, code=code, rule=rule, title=rule.title, started=started, due=due, provisional=provisional,
        length=rule.length, unit=rule.unit, roll=rule.roll,
    )  # fmt: skip


def redo(row: Clock, days: Days) -> None:
    """Reckon a clock again from its start (new calendar, pause, extension). Fixed dates never come here."""
    if row.length is None:
        return
    more = row.paused_days + row.extended
    row.due, row.provisional = reckon(row.started, row.length, row.unit, row.roll, days)
    if more and row.unit == "hour":
        row.due += timedelta(days=more)
    elif more:
        due = due_after(
            watch.local(row.due), more, "workday" if row.unit == "workday" else "day", row.roll, days
        )
        row.due, row.provisional = watch.end_of(due.day), row.provisional or due.provisional


def base(code: str) -> str:
    """The rule's code of a clock that was begun anew (``code@2``)."""
    return code.partition("@")[0]


def tree_code(case: Case) -> str:
    """The code by which rules are looked up: the deepest level column."""
    return case.l5 or case.l4 or case.l3 or case.l2 or tree.levels_of(case.place)["l2"]


#: What may change on a clock once it is there.
_MOVING = ("rule_id", "title", "length", "unit", "roll", "due", "provisional", "fixed", "paused_at", "paused_days",
           "extended", "stopped_at", "fired_at")  # fmt: skip


class Clocks:
    """One case's clocks during one step. ``fresh``: the case is being opened and has none yet."""

    def __init__(self, case: Case, fresh: bool = False) -> None:
        self.case, self.fresh = case, fresh
        self._changed: set[str] = set()
        self._read: dict[str, dict[str, Any]] = {}

    @cached_property
    def rows(self) -> dict[str, Clock]:
        found = {} if self.fresh else {row.code: row for row in _clocks_of(self.case.pk)}
        self._read = {code: _moving(row) for code, row in found.items()}
        return found

    @cached_property
    def _days(self) -> Days:
        return store.days()

    def start(self, code: str, at: datetime) -> None:
        """Start a clock once. One that was stopped runs on with its old date; one that runs is left alone."""
        code = self._newest(code)
        old = self.rows.get(code)
        if old is None:
            made = new_clock(self.case, code, at, self._days)
            if made is not None:
                self._put(made)
        elif old.stopped_at is not None:
            old.stopped_at = None
            self._changed.add(code)

    def anew(self, code: str, at: datetime) -> None:
        """Begin a clock whose time is another office's own: the earlier one stops and stays on record, the new is ``code@2``."""
        old = self._newest(code)
        self.stop([old], at)
        made = new_clock(self.case, code, at, self._days)
        if made is not None:
            made.code = f"{code}@{int(old.partition('@')[2] or 1) + 1}" if old in self.rows else code
            self._put(made)

    def _newest(self, code: str) -> str:
        """Under which code the latest round of a clock stands."""
        last, n = code, 2
        while f"{code}@{n}" in self.rows:
            last, n = f"{code}@{n}", n + 1
        return last

    def set_due(self, code: str, at: datetime, answer: dict[str, Any]) -> None:
        """Set a clock from an answer of kind ``due``: ``{"day": date}`` is fixed, ``{"workdays": n}`` is reckoned."""
        rule = rule_for(code, tree_code(self.case), watch.local(at))
        row = self.rows.get(code) or Clock(case=self.case, code=code, started=at)
        row.rule, row.title, row.stopped_at = rule, rule.title if rule else "办理时限", None
        row.fired_at = None
        if answer.get("day"):
            day = answer["day"] if isinstance(answer["day"], date) else date.fromisoformat(answer["day"])
            row.due, row.provisional, row.fixed, row.length, row.unit = (
                watch.end_of(day),
                False,
                True,
                None,
                "",
            )
        else:
            row.length, row.unit, row.roll, row.fixed = int(answer["workdays"]), "workday", False, False
            row.due, row.provisional = reckon(at, row.length, "workday", False, self._days)
        self._put(row)

    def stop(self, codes: Iterable[str], at: datetime) -> None:
        """Stop clocks; already stopped ones keep their time."""
        for row in self._some(codes):
            if row.stopped_at is None:
                row.stopped_at = at
                self._changed.add(row.code)

    def stop_all(self, at: datetime) -> None:
        """The case has ended: nothing runs any more."""
        self.stop(self.rows, at)
        for row in self.rows.values():
            if row.paused_at is not None:
                row.paused_at = None
                self._changed.add(row.code)

    def pause(self, codes: Iterable[str], at: datetime) -> None:
        """Hold clocks (a hearing, waiting for the resident)."""
        for row in self._some(codes):
            if row.running:
                row.paused_at = at
                self._changed.add(row.code)

    def resume(self, codes: Iterable[str], at: datetime) -> None:
        """Let held clocks run on; the days of the pause are added, in the clock's own kind of day."""
        for row in self._some(codes):
            if row.paused_at is not None:
                self._add_pause(row, row.paused_at, at)
                row.paused_at = None
                self._changed.add(row.code)

    def _add_pause(self, row: Clock, held: datetime, at: datetime) -> None:
        if row.unit == "hour":
            row.due += at - held
            return
        first, last = watch.local(held), watch.local(at)
        row.paused_days += self._days.between(first, last) if row.unit == "workday" else (last - first).days
        if not row.fixed:
            redo(row, self._days)

    def extend(self, code: str, workdays: int) -> None:
        """Grant more days on a clock; what was granted is counted (``extended`` sums it) and never runs anew."""
        code = self._newest(code)
        row = self.rows.get(code)
        if row is None or row.stopped_at is not None:
            raise Refused("没有在走的时限，不用延期", "days")
        row.extended += workdays
        if row.fixed:
            due = due_after(watch.local(row.due), workdays, "workday", False, self._days)
            row.due, row.provisional = watch.end_of(due.day), due.provisional
        else:
            redo(row, self._days)
        row.fired_at = None
        self._changed.add(code)

    def save(self) -> None:
        """Write what changed, and set the case's ``due`` and ``provisional`` (the caller writes the case)."""
        for code in sorted(self._changed):
            _write(self.rows[code], self._read.get(code, {}))
            self._read[code] = _moving(self.rows[code])
        self._changed.clear()
        self.tell_case()

    def tell_case(self) -> None:
        """Set the case's ``due`` and ``provisional`` from the clocks as they stand here."""
        running = [r for r in self.rows.values() if r.running]
        first = min(running, key=lambda r: r.due, default=None)
        self.case.due, self.case.provisional = (first.due, first.provisional) if first else (None, False)

    def _put(self, row: Clock) -> None:
        self.rows[row.code] = row
        self._changed.add(row.code)

    def _some(self, codes: Iterable[str]) -> list[Clock]:
        wanted = [self._newest(c) for c in codes if c]
        return [self.rows[c] for c in wanted if c in self.rows] if wanted else []


@kept
def _clocks_of(case: UUID) -> QuerySet[Clock]:
    return Clock.objects.filter(case_id=case)


def _moving(row: Clock) -> dict[str, Any]:
    return {name: getattr(row, name) for name in _MOVING}


def _write(row: Clock, before: dict[str, Any]) -> None:
    """Insert, or write what differs from ``before``."""
    if row.pk is None:
        return statements.insert(row)
    changed = {
        name: value for name, value in _moving(row).items() if name not in before or value != before[name]
    }
    if changed:
        statements.update(Clock, {"id": row.pk}, changed)
    return None


def write_due(case: Case) -> None:
    """Read the case's clocks and put its ``due`` right (after a clock was changed outside of a step)."""
    clocks = Clocks(case)
    clocks.save()
    Case.objects.filter(pk=case.pk).update(due=case.due, provisional=case.provisional)
