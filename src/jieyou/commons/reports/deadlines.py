"""Clocks that a report brings with it: the source's own deadline, the day in a leader's instruction.

Both are fixed days: no calendar notice moves them. Each report keeps its own, also when several are joined in one case,
and ``Case.due`` is the earliest of all: the stricter wins.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from jieyou.commons.reports.models import Report
from jieyou.kernel.calendar import clock as watch
from jieyou.kernel.loop import timing
from jieyou.kernel.loop.models import Case, Clock

SOURCE_DUE, INSTRUCTION = "report.source_due", "report.instruction"


def follow(case: Case, at: datetime) -> None:
    """Put the case's clocks right after reports came or went: run those of its reports, stop those of the others.

    ``case`` gets its new ``due``; the caller's step, or :func:`write`, stores it.
    """
    wanted = {code: (title, day) for r in _dated(case) for code, title, day in days_of(r)}
    clocks = timing.Clocks(case)
    ours = {code for code in clocks.rows if code.split("@")[0] in (SOURCE_DUE, INSTRUCTION)}
    if not wanted and not ours:
        return
    for code, (title, day) in wanted.items():
        if code in clocks.rows:
            clocks.start(code, at)  # stopped by a join that was undone: runs on
        else:
            clocks.set_due(code, at, {"day": day})
            clocks.rows[code].title = title
    clocks.stop(ours - wanted.keys(), at)
    clocks.save()


def write(case: Case, at: datetime) -> None:
    """The same outside of a step of this very case."""
    follow(case, at)
    Case.objects.filter(pk=case.pk).update(due=case.due, provisional=case.provisional)


def start_many(reports: Iterable[Report], at: datetime) -> None:
    """The clocks of many fresh reports, each the first of its own case, in two statements."""
    rows: list[Clock] = []
    for report in reports:
        for code, title, day in days_of(report):
            due = watch.end_of(day)
            rows.append(Clock(case=report.case, code=code, title=title, started=at, due=due, fixed=True))
            if report.case.due is None or due < report.case.due:
                report.case.due, report.case.provisional = due, False
    if rows:
        Clock.objects.bulk_create(rows)
        Case.objects.bulk_update({row.case_id: row.case for row in rows}.values(), ["due", "provisional"])


def days_of(report: Report) -> list[tuple[str, str, date]]:
    """(clock code, title, day) of one report. In the case that it opened the code is bare, elsewhere its key is added."""
    tail = "" if report.case_id == report.first_case_id else f"@{report.pk.hex}"
    found = (
        (SOURCE_DUE, f"{report.get_source_display()}原时限", report.source_due),  # type: ignore[attr-defined]
        (INSTRUCTION, "批示时限", report.instruction_due),
    )
    return [(f"{code}{tail}", title, day) for code, title, day in found if day is not None]


def _dated(case: Case) -> Iterable[Report]:
    rows = Report.objects.filter(case=case, withdrawn_at=None)
    return rows.exclude(source_due=None, instruction_due=None)
