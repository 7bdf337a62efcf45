"""What an indicator is. A number without a unit, a meaning and its records is not shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from jieyou.kernel.places.models import Place


@dataclass(frozen=True)
class Scope:
    """For which place and which days (both included); stocks are taken at ``last``."""

    place: Place
    first: date
    last: date


@dataclass(frozen=True)
class Computed:
    """A value as printed, and how many records lie behind it."""

    value: str
    printed: str
    records: int


@dataclass(frozen=True)
class Tally:
    """A count of records: ``records(scope)`` is the queryset behind the number."""

    key: str
    title: str
    unit: str
    meaning: str
    records: Callable[[Scope], Any]
    ids: tuple[str, ...] = ()

    def read(self, scope: Scope) -> Computed:
        count = self.records(scope).count()
        return Computed(str(count), str(count), count)


@dataclass(frozen=True)
class Fact:
    """A number that stands in one record (the ordinal of a meeting): ``read_one(scope)`` gives it and the count of rows."""

    key: str
    title: str
    unit: str
    meaning: str
    read_one: Callable[[Scope], tuple[Any, int]]
    ids: tuple[str, ...] = ()

    def read(self, scope: Scope) -> Computed:
        value, count = self.read_one(scope)
        return Computed(str(value), str(value), count)


@dataclass(frozen=True)
class Ratio:
    """Σ over Σ, in percent: ``parts(scope)`` gives numerator and denominator."""

    key: str
    title: str
    unit: str
    meaning: str
    parts: Callable[[Scope], tuple[int, int]]
    ids: tuple[str, ...] = ()
    places: int = 1

    def read(self, scope: Scope) -> Computed:
        over, under = self.parts(scope)
        if not under:
            return Computed("", "—", 0)
        value = (Decimal(100) * over / under).quantize(Decimal(1).scaleb(-self.places), ROUND_HALF_UP)
        return Computed(str(value), f"{value}", under)


Indicator = Tally | Fact | Ratio
