"""For which place and which days a number is asked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from jieyou.kernel.calendar import clock
from jieyou.kernel.places import codes
from jieyou.kernel.places.models import Place


@dataclass(frozen=True)
class Scope:
    """For which place and which days (both included): flows count what lies in the days, stocks what is there on ``last``."""

    place: Place
    first: date
    last: date

    def inside(self, path: str = "") -> dict[str, Any]:
        """Filter for records whose case (``path`` leads to it, ``""`` is it) lies in the place: one level column, an index.

        A grid has no column of its own: there the place itself is compared.
        """
        before = f"{path}__" if path else ""
        if codes.level_of(self.place.code) == "grid":
            return {f"{before}place": self.place}
        return {f"{before}{codes.column_of(self.place.code)}": self.place.code}

    def inside_place(self, path: str = "place") -> dict[str, Any]:
        """The same for records that have a place and no case: a range of codes."""
        low, high = codes.within(self.place.code)
        return {f"{path}__code__gte": low, f"{path}__code__lt": high}

    def during(self, field: str) -> dict[str, tuple[datetime, datetime]]:
        """Filter for moments in the days."""
        return {f"{field}__range": (clock.at(self.first, 0), self.end)}

    @property
    def end(self) -> datetime:
        """The last second of the last day."""
        return clock.end_of(self.last)

    def at(self, place: Place) -> Scope:
        """The same days at another place."""
        return replace(self, place=place)
