"""Deadlines in days: what a clock rule says, reckoned over a calendar."""

from datetime import date, timedelta
from typing import Literal

from jieyou.kernel.calendar.notices import say
from jieyou.kernel.calendar.workdays import Days, Due

Unit = Literal["day", "workday"]


def due_after(start: date, length: int, unit: Unit, roll: bool, days: Days) -> Due:
    """The last day of a limit of ``length`` days from ``start`` (itself not counted).

    ``roll``: a limit in calendar days that ends on a rest day ends on the next working day instead. Calendar
    days without roll ask no notice, so they are never provisional.
    """
    if length < 0:
        raise ValueError("期限不能小于0天")
    if unit == "workday":
        return days.add(start, length)
    end = start + timedelta(days=length)
    if not roll:
        return Due(end, provisional=False)
    rolled = days.roll(end)
    return Due(rolled, not days.published(end, rolled))


def rest_warning(day: date, days: Days) -> str:
    """A sentence when a date fixed by a leader is a rest day, else ``""``: it warns and moves nothing."""
    return "" if days.works(day) else f"{say(day)}是休息日，期限不顺延，请提前安排。"
