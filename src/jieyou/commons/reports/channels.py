"""来件渠道: in which series a source numbers, and whether it is fed back. Also: have we this number already?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from jieyou.commons.reports.models import SOURCES, Channel, Report
from jieyou.kernel.ledger import tracked
from jieyou.kernel.people.models import Unit
from jieyou.kernel.statements import kept

SHOWN = 20


@dataclass(frozen=True)
class Series:
    """Which sources number for the whole city, and which want an answer: one query for a whole import."""

    citywide: frozenset[str]
    answers: frozenset[str]

    def scope(self, source: str, office: Unit) -> str:
        """Whose series a number of this source is: "" the city's, else the office's key in hex."""
        return "" if source in self.citywide else office.pk.hex


def series() -> Series:
    """The rows as they are now."""
    rows = _channels()
    return Series(
        frozenset(code for code, citywide, _ in rows if citywide),
        frozenset(code for code, _, answers in rows if answers),
    )


def known(source: str, number: str, scope: str) -> list[Report]:
    """Reports of this source that have this very number in this series, the newest first. Those under seal are no answer."""
    if not number:
        return []
    keys = _numbered(scope, source, number)  # nearly always none
    if not keys:
        return []
    return list(Report.objects.filter(pk__in=keys).select_related("case").order_by("-registered_at"))


@kept
def _channels() -> QuerySet[Any]:
    return Channel.objects.values_list("code", "citywide", "answers")


@kept
def _numbered(scope: str, source: str, number: str) -> QuerySet[Any]:
    rows = Report.objects.filter(source=source, source_no=number, scope=scope, withdrawn_at=None)
    rows = rows.filter(case__sealed=False, accused=False)
    return rows.order_by("-registered_at").values_list("pk", flat=True)[:SHOWN]


def change(code: str, by: str, why: str, *, citywide: bool, answers: bool, basis: str) -> Channel:
    """Set what holds of a source from now on, on the record; what has come in stays as it is."""
    row = Channel.objects.get(code=code)
    row.citywide, row.answers, row.basis = citywide, answers, basis.strip()[:120] or row.basis
    tracked.save(row, by, why)
    return row


def title(code: str) -> str:
    """The words for a source."""
    return dict(SOURCES).get(code, code)
