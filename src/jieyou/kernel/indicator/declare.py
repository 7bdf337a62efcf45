"""What an indicator is. A number without a unit, a meaning and its records is not shown.

Records are a queryset (of cases, or of rows that have a ``case`` or a ``place``), or a list of :class:`Line` where what is counted
is no row (a week, a stage). Every kind answers ``read(scope)`` (value, as printed, how many records) and ``behind(scope)``
(exactly those records). Sealed cases are in no ordinary indicator: ``records`` leaves them out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import Any, Literal, TypeAlias

from django.db.models import Count, QuerySet, Sum

from jieyou.kernel.calendar import clock, store
from jieyou.kernel.indicator.printing import NOTHING, Printing, exact, for_all, percent
from jieyou.kernel.indicator.scope import Scope

__all__ = ["Computed", "Fact", "Indicator", "Line", "Ratio", "Records", "Scope", "Span", "Tally"]

#: ``flow`` counts what lies in the period, ``to_date`` everything up to its last day, ``stock`` what is there on its last day.
Timing: TypeAlias = Literal["flow", "to_date", "stock"]
TIMINGS: Mapping[Timing, str] = {"flow": "报告期内", "to_date": "截至期末累计", "stock": "期末时点"}


@dataclass(frozen=True)
class Line:
    """One thing that was counted and is no row of a table: a week, a stage."""

    title: str
    note: str = ""
    met: bool = True


Records: TypeAlias = "QuerySet[Any] | list[Line]"


@dataclass(frozen=True)
class Computed:
    """A value as printed, and how many records lie behind it. Of a ratio also the two numbers that it was made of."""

    value: str
    printed: str
    records: int
    over: int | None = None

    @property
    def public(self) -> str:
        """As something public may show it."""
        return for_all(self.printed, self.records)


def size(records: Records | int) -> int:
    """How many records there are."""
    if isinstance(records, int):
        return records
    return len(records) if isinstance(records, list) else records.count()


@dataclass(frozen=True)
class Tally:
    """A count of records, or with ``total`` the sum of one of their fields: ``records(scope)`` is what lies behind the number.

    ``reading`` names one of several honest readings of the same figure. ``cut``: a field by which the records may be told apart,
    ``words`` the titles of its values. ``moment``: the field that puts a record of a flow on its day: then days are kept summed
    (:mod:`.cells`). ``standing``: ``open`` or ``late`` and the loop whose open cases are counted: then they are kept counted.
    """

    key: str
    title: str
    unit: str
    meaning: str
    records: Callable[[Scope], Any]
    ids: tuple[str, ...] = ()
    timing: Timing = "flow"
    total: str = ""
    printing: Printing = exact
    reading: str = ""
    cut: str = ""
    words: Callable[[], Mapping[str, str]] | None = None
    moment: str = ""
    standing: tuple[Literal["open", "late"], str] | None = None

    def behind(self, scope: Scope, part: str = "") -> Records:
        rows = self.records(scope)
        return rows.filter(**{self.cut: part}) if part and self.cut else rows

    def read(self, scope: Scope) -> Computed:
        rows = self.records(scope)
        if not self.total:
            count = size(rows)
            return self.computed(Decimal(count), count)
        found = rows.aggregate(n=Count("pk"), total=Sum(self.total))
        return self.computed(Decimal(found["total"] or 0), found["n"])

    def computed(self, value: Decimal, records: int) -> Computed:
        return Computed(exact(value), self.printing(value), records)


@dataclass(frozen=True)
class Fact:
    """A number that stands in records (the ordinal of a meeting): ``read_one(scope)`` gives it and the records it stands in."""

    key: str
    title: str
    unit: str
    meaning: str
    read_one: Callable[[Scope], tuple[Any, Any]]
    ids: tuple[str, ...] = ()
    timing: Timing = "stock"
    reading: str = ""

    def behind(self, scope: Scope, part: str = "") -> Records:
        return self.read_one(scope)[1]

    def read(self, scope: Scope) -> Computed:
        value, records = self.read_one(scope)
        return Computed(str(value), str(value), size(records))


@dataclass(frozen=True)
class Ratio:
    """Σ over Σ, in percent: ``parts(scope)`` gives the records above and below the line. Lines above are those that are ``met``."""

    key: str
    title: str
    unit: str
    meaning: str
    parts: Callable[[Scope], tuple[Any, Any]]
    ids: tuple[str, ...] = ()
    places: int = 1
    timing: Timing = "flow"
    reading: str = ""
    moment: str = ""

    def behind(self, scope: Scope, part: str = "") -> Records:
        """The records below the line, or with ``over`` those above it."""
        over, under = self.parts(scope)
        return over if part == "over" else under

    def read(self, scope: Scope) -> Computed:
        over, under = self.parts(scope)
        return self.computed(size(over), size(under))

    def computed(self, over: int, under: int) -> Computed:
        value = percent(Decimal(over), Decimal(under), self.places)
        return Computed(
            "" if value is None else str(value), NOTHING if value is None else str(value), under, over
        )


@dataclass(frozen=True)
class Span:
    """Working days between two moments of the records, in the median: ``start`` and ``stop`` are their fields."""

    key: str
    title: str
    unit: str
    meaning: str
    records: Callable[[Scope], Any]
    start: str
    stop: str
    ids: tuple[str, ...] = ()
    timing: Timing = "flow"
    reading: str = ""

    def behind(self, scope: Scope, part: str = "") -> Records:
        return self.records(scope)

    def read(self, scope: Scope) -> Computed:
        days = store.days()
        took = [
            days.between(clock.local(a), clock.local(b))
            for a, b in self.records(scope).values_list(self.start, self.stop)
        ]
        if not took:
            return Computed("", NOTHING, 0)
        value = exact(Decimal(str(median(took))))
        return Computed(value, value, len(took))


Indicator: TypeAlias = Tally | Fact | Ratio | Span
