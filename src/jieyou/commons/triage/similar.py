"""The concerns that a case resembles, for its page: what was found when its reports came in, as far as one may see it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from jieyou.commons.reports.models import Report
from jieyou.commons.triage.models import Likeness
from jieyou.kernel.loop import seen
from jieyou.kernel.loop.models import Case
from jieyou.kernel.people.actor import Actor

MOST, NEAREST, REPORTS = 5, 40, 50
"""Concerns shown, rows read each way, reports of the case that are asked for."""


@dataclass(frozen=True)
class Similar:
    """A concern like this one. ``percent``: how like; ``strong``: place and problem agree; ``joins``: 并件 is possible now."""

    case: Case
    percent: int
    strong: bool
    reasons: list[str]
    joins: bool


def like(case: Case, actor: Actor) -> list[Similar]:
    """The most alike first, each concern once; sealed ones and what the actor may not see are not there. Four queries, or one."""
    if case.sealed:
        return []
    best = dict[UUID, Likeness]()
    for row in _rows(case):
        theirs = row.other if row.report.case_id == case.pk else row.report
        if theirs.withdrawn_at is None and theirs.case_id != case.pk:
            best.setdefault(theirs.case_id, row)
    cases = seen.seen_by(actor, Case.objects.filter(pk__in=best, sealed=False)) if best else []
    found = [_similar(case, one, best[one.pk]) for one in cases]
    return sorted(found, key=lambda one: (not one.strong, -one.percent, one.case.number))[:MOST]


def _rows(case: Case) -> list[Likeness]:
    """Both ways, each by its own index: what its reports were like, and what came later and is like them."""
    mine = list(Report.objects.filter(case=case).values_list("pk", flat=True)[:REPORTS])
    rows = Likeness.objects.select_related("report", "other").order_by("-strong", "-score")
    both = [*rows.filter(report__in=mine)[:NEAREST], *rows.filter(other__in=mine)[:NEAREST]] if mine else []
    return sorted(both, key=lambda row: (not row.strong, -row.score))


def _similar(case: Case, other: Case, row: Likeness) -> Similar:
    joins = case.stage in ("clue", "assess") and other.open and other.home_id == case.home_id
    return Similar(other, round(row.score * 100), row.strong, row.reasons, joins)
