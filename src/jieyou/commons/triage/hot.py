"""热点: what many people in one place raised lately, for 会前协商. Inner pages only, never public."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F, Value
from django.db.models.functions import Coalesce, NullIf

from jieyou.commons.reports.models import Category, Report
from jieyou.kernel.loop.models import Case
from jieyou.kernel.places.codes import column_of

WEEK, MONTH = timedelta(days=7), timedelta(days=30)
LEAST = 2
"""From so many reports on something is listed."""
HOT = 5
"""From so many reports in a month on it is marked."""


@dataclass
class Matter:
    """One category in one place. ``week`` and ``month``: reports, not people of whom anything is known."""

    place: str
    category: str
    week: int = 0
    month: int = 0
    cases: dict[UUID, Case] = field(default_factory=dict)

    @property
    def hot(self) -> bool:
        return self.month >= HOT


def matters(codes: Iterable[str], now: datetime) -> list[Matter]:
    """Open, unsealed matters under these place codes, the most often raised first. Two queries."""
    found: dict[tuple[UUID, str], Matter] = {}
    titles = dict(Category.objects.values_list("code", "title"))
    for report in _reports(set(codes), now - MONTH):
        key = (report.place_id, report.about)
        one = found.setdefault(key, Matter(report.place.name, titles.get(report.about, "类别没有定")))
        one.month += 1
        one.week += report.registered_at > now - WEEK
        one.cases[report.case_id] = report.case
    listed = [one for one in found.values() if one.month >= LEAST]
    return sorted(listed, key=lambda one: (-one.week, -one.month, one.place, one.category))


def _reports(codes: set[str], since: datetime) -> Iterable[Report]:
    """Each branch runs on the index of open cases of its level."""
    about = Coalesce(
        NullIf(F("suggestion__chosen"), Value("")),
        NullIf(F("category"), Value("")),
        F("suggestion__category"),
        Value(""),
    )
    for code in sorted(codes):
        open_here = {f"case__{column_of(code)}": code, "case__open": True, "case__sealed": False}
        rows = Report.objects.filter(
            **open_here, withdrawn_at=None, registered_at__gt=since, accused=False
        ).annotate(about=about)
        yield from rows.select_related("case", "place").defer("told_words", "name", "phone", "accused_words")
