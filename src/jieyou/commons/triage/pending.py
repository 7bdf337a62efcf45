"""Which reports nothing was proposed for yet. Reports are walked in the order of their keys, which is the order of time."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db.models import QuerySet

from jieyou.commons.reports.models import Report
from jieyou.commons.triage.models import Suggestion

SLACK = timedelta(hours=1)
"""A long import may commit rows with keys older than those of others that came meanwhile."""


def reports(most: int, after: UUID | None = None) -> list[Report]:
    """The first of them, oldest first; sealed and withdrawn ones never. ``after``: a run goes on behind its last one."""
    start = {"pk__gt": after} if after else {"pk__gte": _frontier()}
    return list(plain().filter(suggestion=None, **start).order_by("pk")[:most])


def plain() -> QuerySet[Report]:
    """Reports that the assistant may read."""
    rows = Report.objects.filter(accused=False, case__sealed=False, withdrawn_at=None)
    return rows.select_related("case", "place").defer("told_words", "name", "phone", "accused_words")


def _frontier() -> UUID:
    """A little before the last report that something was proposed for: what is older is done."""
    last = Suggestion.objects.order_by("-report").values_list("report", flat=True).first()
    if last is None:
        return UUID(int=0)
    moment = max((last.int >> 80) - int(SLACK.total_seconds() * 1000), 0)
    return UUID(int=moment << 80)
