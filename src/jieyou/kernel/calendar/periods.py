"""Reporting periods: weeks from Monday, months, quarters, years, and any day to any day."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, order=True, slots=True)
class Period:
    """From ``first`` to ``last``, both counted; ``title`` is what a report prints."""

    first: date
    last: date
    title: str

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("止期早于起期")

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    @property
    def length(self) -> int:
        """Calendar days."""
        return (self.last - self.first).days + 1


def week_of(day: date) -> Period:
    """Monday to Sunday; numbered as in GB/T 7408 (ISO 8601): a week belongs to the year of its Thursday."""
    monday = day - timedelta(days=day.weekday())
    sunday = monday + timedelta(days=6)
    year, number, _ = day.isocalendar()
    return Period(monday, sunday, f"{year}年第{number}周（{_short(monday)}—{_short(sunday)}）")


def month_of(day: date) -> Period:
    return Period(day.replace(day=1), _month_end(day.year, day.month), f"{day.year}年{day.month}月")


def quarter_of(day: date) -> Period:
    quarter = (day.month - 1) // 3
    first = date(day.year, quarter * 3 + 1, 1)
    return Period(first, _month_end(day.year, quarter * 3 + 3), f"{day.year}年第{'一二三四'[quarter]}季度")


def year_of(day: date) -> Period:
    return Period(date(day.year, 1, 1), date(day.year, 12, 31), f"{day.year}年")


def span(first: date, last: date) -> Period:
    """Any day to any day, both counted."""
    return Period(first, last, f"{first.year}年{_short(first)}至{last.year}年{_short(last)}")


def weeks(first: date, last: date) -> list[Period]:
    """Every whole week that has a day from ``first`` to ``last``; likewise the three below."""
    return _walk(week_of, first, last)


def months(first: date, last: date) -> list[Period]:
    return _walk(month_of, first, last)


def quarters(first: date, last: date) -> list[Period]:
    return _walk(quarter_of, first, last)


def years(first: date, last: date) -> list[Period]:
    return _walk(year_of, first, last)


def _walk(period_of: Callable[[date], Period], first: date, last: date) -> list[Period]:
    found: list[Period] = []
    day = first
    while day <= last:
        found.append(period_of(day))
        day = found[-1].last + timedelta(days=1)
    return found


def _month_end(year: int, month: int) -> date:
    following = date(year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1)


def _short(day: date) -> str:
    return f"{day.month}月{day.day}日"
