"""Working days: pure arithmetic over the days that State Council notices move.

Without a notice a day works from Monday to Friday. Nothing is guessed: a year whose notice is not published
counts Monday to Friday and every answer that goes through it is provisional (暂定).
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Due:
    """A last day, and whether a notice still to come may move it. Prints as ``2027-01-08 暂定``."""

    day: date
    provisional: bool

    def __str__(self) -> str:
        return f"{self.day.isoformat()} 暂定" if self.provisional else self.day.isoformat()


@dataclass(frozen=True)
class Days:
    """A published calendar: weekdays that rest, weekend days worked, years whose notice is published."""

    off: frozenset[date]
    on: frozenset[date]
    years: frozenset[int]

    def works(self, day: date) -> bool:
        return day in self.on or (day.weekday() < 5 and day not in self.off)

    def published(self, first: date, last: date) -> bool:
        """Is the notice of every year from ``first`` to ``last`` known?"""
        return all(year in self.years for year in range(first.year, last.year + 1))

    def add(self, day: date, n: int) -> Due:
        """The ``n``-th working day after ``day``, which is not counted itself; ``n`` = 0 is ``day``."""
        if n < 0:
            raise ValueError("工作日数不能小于0")
        start = day.toordinal()
        end = date.fromordinal(self._count.nth(self._count.upto(start) + n)) if n else day
        path_from = date.fromordinal(start + 1) if n else day
        return Due(end, not self.published(path_from, end))

    def roll(self, day: date) -> date:
        """The first working day on or after ``day``."""
        return date.fromordinal(self._count.nth(self._count.upto(day.toordinal() - 1) + 1))

    def between(self, a: date, b: date) -> int:
        """Working days in (``a``, ``b``]; negative when ``b`` is before ``a``."""
        return self._count.upto(b.toordinal()) - self._count.upto(a.toordinal())

    @cached_property
    def _count(self) -> "_Count":
        return _Count.of(self)


@dataclass(frozen=True, slots=True)
class _Count:
    """Working days numbered 1, 2, 3… from the first moved day on, so that both directions are one look-up.

    Tabled only from the first to the last moved day; before and after them the week is plain arithmetic.
    """

    first: int  # ordinal of the first tabled day
    ranks: tuple[int, ...]  # [i] = working days from ``first`` to ``first + i``
    working: tuple[int, ...]  # [r - 1] = ordinal of working day number r

    @classmethod
    def of(cls, days: Days) -> "_Count":
        moved = days.off | days.on
        if not moved:
            return cls(1, (), ())
        ranks: list[int] = []
        working: list[int] = []
        first = min(moved).toordinal()
        for ordinal in range(first, max(moved).toordinal() + 1):
            if days.works(date.fromordinal(ordinal)):
                working.append(ordinal)
            ranks.append(len(working))
        return cls(first, tuple(ranks), tuple(working))

    def upto(self, ordinal: int) -> int:
        """The number of the last working day not after ``ordinal`` (0 and below: before the table)."""
        if ordinal < self.first:
            return _weekdays(ordinal) - _weekdays(self.first - 1)
        if ordinal - self.first < len(self.ranks):
            return self.ranks[ordinal - self.first]
        return len(self.working) + _weekdays(ordinal) - _weekdays(self._last)

    def nth(self, rank: int) -> int:
        """The ordinal of working day number ``rank``."""
        if rank <= 0:
            return _nth_weekday(rank + _weekdays(self.first - 1))
        if rank <= len(self.working):
            return self.working[rank - 1]
        return _nth_weekday(rank - len(self.working) + _weekdays(self._last))

    @property
    def _last(self) -> int:
        return self.first + len(self.ranks) - 1


def _weekdays(ordinal: int) -> int:
    """Mondays to Fridays from 0001-01-01 (a Monday) to ``ordinal``."""
    weeks, rest = divmod(ordinal, 7)
    return weeks * 5 + min(rest, 5)


def _nth_weekday(n: int) -> int:
    weeks, rest = divmod(n - 1, 5)
    return weeks * 7 + rest + 1
