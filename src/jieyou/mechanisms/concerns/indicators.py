"""Figures of the weekly loop. Sealed cases are in none of them."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from jieyou.commons.meetings.models import AgendaItem, Meeting
from jieyou.kernel.calendar.periods import weeks
from jieyou.kernel.indicator.declare import Fact, Ratio, Scope, Tally
from jieyou.kernel.loop.models import Case
from jieyou.kernel.places.codes import column_of
from jieyou.mechanisms.concerns.loops import WeeklyJieyou

HELD = ("held", "signing", "issued", "past")


def _meetings(scope: Scope, level: str) -> Any:
    here = {f"case__{column_of(scope.place.code)}": scope.place.code}
    return Meeting.objects.filter(level=level, case__stage__in=HELD, held_on__lte=scope.last, **here)


def _items(scope: Scope, level: str) -> Any:
    """Distinct cases with a resolution of a meeting of that level: one tabled twice counts once."""
    tabled = AgendaItem.objects.filter(
        Q(outcome="resolved") | Q(outcome="in_principle"),
        meeting__in=_meetings(scope, level),
        case__sealed=False,
    )
    return Case.objects.filter(pk__in=tabled.values("case"))


def _sixteenth(scope: Scope) -> tuple[Any, int]:
    rows = _meetings(scope, "city").filter(held_on="2024-08-26").values_list("seq_no", flat=True)
    return (rows[0] if rows else "", len(rows))


def _heating(scope: Scope) -> tuple[Any, int]:
    """The day of that meeting, where an item of its agenda was resolved."""
    held = _meetings(scope, "city").filter(held_on="2024-08-26")
    items = AgendaItem.objects.filter(
        meeting__in=held, outcome__in=("resolved", "in_principle"), case__sealed=False
    )
    day = items.values_list("meeting__held_on", flat=True).first()
    return (str(day) if day else "", items.count())


def _weekly(scope: Scope) -> tuple[int, int]:
    days = set(_meetings(scope, "city").values_list("held_on", flat=True))
    all_weeks = weeks(scope.first, scope.last)
    return sum(1 for week in all_weeks if any(week.first <= day <= week.last for day in days)), len(all_weeks)


def _stages(scope: Scope) -> tuple[Any, int]:
    return len(WeeklyJieyou.ribbon()), len(WeeklyJieyou.ribbon())


def _year(scope: Scope) -> tuple[Any, int]:
    """Whole years from the first day to the last."""
    first, last = scope.first, scope.last
    return last.year - first.year - ((last.month, last.day) < (first.month, first.day)), (last - first).days


meetings_city = Tally("jieyou.meetings.city", "市级召开会议", "次", "市级周“解忧”会议，已召开的计数，取消的不计；不按序号推算",
                      lambda s: _meetings(s, "city"), ("N34",))  # fmt: skip
items_city = Tally(
    "jieyou.items.city",
    "市级研究解决事项",
    "项",
    "市级会议议定的事项，同一事项多次上会计一项",
    lambda s: _items(s, "city"),
    ("N35",),
)
meetings_county = Tally("jieyou.meetings.county", "县级召开会议", "次", "各县（市、区）周“解忧”会议，已召开的计数",
                        lambda s: _meetings(s, "county"), ("N36",))  # fmt: skip
items_county = Tally(
    "jieyou.items.county",
    "县级研究解决事项",
    "项",
    "县级会议议定的事项，同一事项多次上会计一项",
    lambda s: _items(s, "county"),
    ("N37",),
)
sixteenth = Fact(
    "jieyou.meeting.sixteenth",
    "2024年8月26日市级会议序号",
    "次（序号）",
    "序号由办公室人工编定，不按周次推算",
    _sixteenth,
    ("N26",),
)
heating = Fact(
    "jieyou.meeting.heating",
    "市级会议研究供热并网事项",
    "日期",
    "2024年8月26日市级会议的议题中有议定事项时，印出开会日期",
    _heating,
    ("T09",),
)
eight_stages = Fact("jieyou.stages", "闭环环节", "环节", "流程声明中的编号环节数", _stages, ("E15",))
report_year = Fact("jieyou.report_year", "报告期", "年", "报告期参数", _year, ("E26",))
weekly = Ratio("jieyou.weekly", "周周“解忧”", "%", "有市级会议召开的周数 ÷ 报告期内周数", _weekly, ("E27",))
