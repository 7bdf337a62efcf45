"""Days in words, for the pages."""

from __future__ import annotations

from datetime import date, datetime

from jieyou.kernel.calendar import clock, store
from jieyou.kernel.calendar.reckon import rest_warning

WEEK = "一二三四五六日"
#: Numbers of working days whose last day the forms say beforehand.
USUAL = (3, 5, 7, 15, 30)


def day_words(day: date) -> str:
    """``2026年11月23日（周一）``; this year's without the year."""
    year = "" if day.year == clock.today().year else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日（周{WEEK[day.weekday()]}）"


def moment_words(at: datetime) -> str:
    """``11-23 15:04``, with the year where it is another one."""
    local = at.astimezone(clock.ZONE)
    return f"{local:%m-%d %H:%M}" if local.year == clock.today().year else f"{local:%Y-%m-%d %H:%M}"


def reckoned(day: str, workdays: str) -> str:
    """What a typed deadline means: the day that so many working days give, or a warning that the day is a rest day."""
    if workdays.isdecimal() and 1 <= int(workdays) <= 250:
        due = store.days().add(clock.today(), int(workdays))
        return f"到{day_words(due.day)}{'，暂定' if due.provisional else ''}"
    try:
        return rest_warning(date.fromisoformat(day), store.days()) if day else ""
    except ValueError:
        return ""


def usual() -> list[tuple[int, str]]:
    """Some numbers of working days from today, and the days they give."""
    days, today = store.days(), clock.today()
    found = [(n, days.add(today, n)) for n in USUAL]
    return [(n, f"{day_words(due.day)}{'，暂定' if due.provisional else ''}") for n, due in found]
