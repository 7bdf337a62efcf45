"""Figures of the weekly loop. Sealed cases are in none of them."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from jieyou.commons.meetings.models import AgendaItem, Meeting
from jieyou.kernel.calendar import clock
from jieyou.kernel.calendar.periods import Period, weeks
from jieyou.kernel.indicator.declare import Fact, Line, Ratio, Scope, Span, Tally
from jieyou.kernel.indicator.watch import watch
from jieyou.kernel.loop import options
from jieyou.kernel.loop.models import Case, Clock
from jieyou.mechanisms.concerns.asks import CATEGORY
from jieyou.mechanisms.concerns.loops import WeeklyJieyou
from jieyou.mechanisms.concerns.models import Concern

RESOLVED = ("resolved", "in_principle")
HELD = ("held", "signing", "issued", "past")
#: Endings that are no ending of the matter: it goes on in another case, or never was one.
ELSEWHERE = ("joined", "withdrawn")
SOLVED, UNHAPPY = ("solved",), "unsatisfied"
RATED = ("good", "fair", "bad")
watch("concerns_concern", "category", "opened_at")
watch("concerns_concern", "satisfied", "ended_at")


# Meetings and what they resolved ------------------------------------------------------------------------------


def _meetings(scope: Scope, level: str) -> Any:
    return Meeting.objects.filter(
        level=level, case__stage__in=HELD, held_on__lte=scope.last, **scope.inside("case")
    )


def _held(scope: Scope) -> Any:
    """Meetings of both levels within the days: a county's own, the city's own."""
    days = (scope.first, scope.last)
    return Meeting.objects.filter(case__stage__in=HELD, held_on__range=days, **scope.inside("case"))


def _items(scope: Scope, **meetings: Any) -> Any:
    """Distinct cases lying in the place, with a resolution of one of the meetings: one tabled twice counts once."""
    tabled = AgendaItem.objects.filter(
        outcome__in=RESOLVED, case__sealed=False, meeting__case__stage__in=HELD,
        **{f"meeting__{name}": value for name, value in meetings.items()},
    )  # fmt: skip
    return Case.objects.filter(pk__in=tabled.values("case"), **scope.inside())


def _resolved(scope: Scope, level: str) -> Any:
    """Up to the last day. A matter counts at a level only by that level's own meeting, and where it lies."""
    return _items(scope, level=level, held_on__lte=scope.last)


def _resolved_now(scope: Scope) -> Any:
    return _items(scope, held_on__range=(scope.first, scope.last))


def _sixteenth(scope: Scope) -> tuple[Any, Any]:
    rows = _meetings(scope, "city").filter(held_on="2024-08-26")
    return (rows.values_list("seq_no", flat=True).first() or "", rows)


def _heating(scope: Scope) -> tuple[Any, Any]:
    """The day of that meeting, where an item of its agenda was resolved."""
    held = _meetings(scope, "city").filter(held_on="2024-08-26")
    items = AgendaItem.objects.filter(meeting__in=held, outcome__in=RESOLVED, case__sealed=False)
    day = items.values_list("meeting__held_on", flat=True).first()
    return (str(day) if day else "", items)


def _weeks(scope: Scope) -> list[Line]:
    """Every week of the period, and whether the city held a meeting in it."""
    days = list(_meetings(scope, "city").values_list("held_on", flat=True))
    return [_week(week, [day for day in days if day in week]) for week in weeks(scope.first, scope.last)]


def _week(week: Period, held: list[Any]) -> Line:
    said = "、".join(f"{day:%m月%d日}" for day in held)
    return Line(week.title, f"召开会议：{said}" if held else "没有召开市级会议", bool(held))


def _weekly(scope: Scope) -> tuple[list[Line], list[Line]]:
    lines = _weeks(scope)
    return [line for line in lines if line.met], lines


def _frequency(scope: Scope) -> tuple[str, list[Line]]:
    """Weeks with a meeting over weeks, as a whole number: the article's 周周."""
    over, lines = _weekly(scope)
    return str(round(len(over) / len(lines))) if lines else "0", lines


def _stages(scope: Scope) -> tuple[Any, list[Line]]:
    stages = WeeklyJieyou.ribbon()
    return len(stages), [Line(s.title, f"第 {s.number} 环节") for s in stages]


def _year(scope: Scope) -> tuple[Any, list[Line]]:
    """Whole years from the first day to the last."""
    first, last = scope.first, scope.last
    years = last.year - first.year - ((last.month, last.day) < (first.month, first.day))
    return years, [Line(f"{first:%Y-%m-%d} 至 {last:%Y-%m-%d}", "报告期参数")]


meetings_city = Tally(
    "jieyou.meetings.city", "市级召开会议", "次", "市级周“解忧”会议，已召开的计数，取消的不计；不按序号推算",
    lambda s: _meetings(s, "city"), ("N34",), "to_date",
)  # fmt: skip
items_city = Tally(
    "jieyou.items.city", "市级研究解决事项", "项", "市级会议议定的事项，同一事项多次上会计一项",
    lambda s: _resolved(s, "city"), ("N35",), "to_date",
)  # fmt: skip
meetings_county = Tally(
    "jieyou.meetings.county", "县级召开会议", "次", "各县（市、区）周“解忧”会议，已召开的计数，取消的不计",
    lambda s: _meetings(s, "county"), ("N36",), "to_date",
)  # fmt: skip
items_county = Tally(
    "jieyou.items.county", "县级研究解决事项", "项", "县级会议议定的事项，同一事项多次上会计一项",
    lambda s: _resolved(s, "county"), ("N37",), "to_date",
)  # fmt: skip
sixteenth = Fact(
    "jieyou.meeting.sixteenth", "2024年8月26日市级会议序号", "次（序号）", "序号由办公室人工编定，不按周次推算",
    _sixteenth, ("N26",),
)  # fmt: skip
heating = Fact(
    "jieyou.meeting.heating", "市级会议研究供热并网事项", "日期", "2024年8月26日市级会议的议题中有议定事项时，印出开会日期",
    _heating, ("T09",),
)  # fmt: skip
eight_stages = Fact("jieyou.stages", "闭环环节", "环节", "流程声明中的编号环节数", _stages, ("E15",))
report_year = Fact("jieyou.report_year", "报告期", "年", "报告期参数：首日到末日的整年数", _year, ("E26",))
frequency = Fact(
    "jieyou.frequency", "市级周“解忧”会议频度", "次/周", "有市级会议召开的周数 ÷ 报告期内周数，取整；没有召开的周列在清单里",
    _frequency, ("E27",), "flow", reading="频度",
)  # fmt: skip
weekly = Ratio(
    "jieyou.weekly", "周周“解忧”", "%", "有市级会议召开的周数 ÷ 报告期内周数", _weekly, ("E27",), reading="覆盖的周",
)  # fmt: skip
held = Tally(
    "jieyou.meetings", "召开会议", "次", "报告期内召开的周“解忧”会议，本级和下级都计，取消的不计", _held,
)  # fmt: skip
resolved = Tally(
    "jieyou.items", "议定事项", "项", "报告期内的会议议定的事项，同一事项多次上会计一项", _resolved_now,
)  # fmt: skip


# The matters themselves ---------------------------------------------------------------------------------------


def _matters(scope: Scope) -> Any:
    return Case.objects.filter(loop=WeeklyJieyou.code, sealed=False, **scope.inside()).exclude(
        outcome__in=ELSEWHERE
    )


def _received(scope: Scope) -> Any:
    return _matters(scope).filter(**scope.during("opened_at"))


def _by_category(scope: Scope) -> Any:
    window = scope.during("case__opened_at") | scope.inside("case")
    rows = Concern.objects.filter(case__loop=WeeklyJieyou.code, case__sealed=False, **window)
    return rows.exclude(case__outcome__in=ELSEWHERE)


def _ended(scope: Scope) -> Any:
    return _matters(scope).filter(open=False, **scope.during("ended_at"))


def _solved(scope: Scope) -> Any:
    return _ended(scope).filter(outcome__in=SOLVED)


def _open(scope: Scope) -> Any:
    """Open at the end of the last day: of today what is open now."""
    there = _matters(scope).filter(opened_at__lte=scope.end)
    if scope.last >= clock.today():
        return there.filter(open=True)
    return there.filter(Q(open=True) | Q(ended_at__gt=scope.end))


def _late(scope: Scope) -> Any:
    """Open, and past its deadline: today by the case's own, of an earlier day by the clocks that ran on it."""
    if scope.last >= clock.today():
        return _open(scope).filter(due__lt=clock.now())
    ran = Clock.objects.filter(
        Q(stopped_at=None) | Q(stopped_at__gt=scope.end), due__lte=scope.end, started__lte=scope.end
    )
    return _open(scope).filter(pk__in=ran.values("case"))


def _rated(scope: Scope) -> tuple[Any, Any]:
    """Matters that ended in the period and whose reporter was asked and answered."""
    window = scope.during("case__ended_at") | scope.inside("case")
    rows = Concern.objects.filter(
        case__loop=WeeklyJieyou.code, case__sealed=False, satisfied__in=RATED, **window
    )
    return rows.filter(satisfied__in=RATED[:2]), rows


def _answered(scope: Scope) -> Any:
    return _ended(scope).exclude(outcome__in=(*SOLVED, UNHAPPY))


received = Tally("jieyou.received", "收到事项", "件", "报告期内收到的群众反映形成的事项，并件、撤回导入的不计", _received,
                 moment="opened_at")  # fmt: skip
by_category = Tally(
    "jieyou.category", "收到事项（按类别）", "件", "同“收到事项”，按类别分开；一件事项一个类别", _by_category,
    cut="category", words=lambda: dict(options.of(CATEGORY)), moment="case__opened_at",
)  # fmt: skip
ended = Tally(
    "jieyou.ended",
    "办结归档",
    "件",
    "报告期内办结归档的事项，并件、撤回导入的不计",
    _ended,
    moment="ended_at",
)
solved = Tally(
    "jieyou.solved", "其中已解决", "件", "办结归档的事项中，结果为“已解决”的", _solved, moment="ended_at"
)
explained = Tally(
    "jieyou.answered", "其中解释答复", "件", "办结归档的事项中，解释说明、不予采纳、存查、转办已答复等没有列为“已解决”的", _answered,
    moment="ended_at",
)  # fmt: skip
unhappy = Tally(
    "jieyou.unsatisfied", "已依规办结、群众不满意", "件", "退回再办次数用完、由指定领导复核办结的，如实单列",
    lambda s: _ended(s).filter(outcome=UNHAPPY), moment="ended_at",
)  # fmt: skip
still_open = Tally(
    "jieyou.open",
    "在办",
    "件",
    "期末还没有办结的事项",
    _open,
    timing="stock",
    cut="stage",
    standing=("open", WeeklyJieyou.code),
    words=lambda: {s.name: s.title for s in WeeklyJieyou.ribbon()},
)
late = Tally(
    "jieyou.late", "超期在办", "件", "期末还没有办结、并且已经过了当前时限的事项", _late, timing="stock", standing=("late", WeeklyJieyou.code),
)  # fmt: skip
late_share = Ratio(
    "jieyou.late_share", "在办超期占比", "%", "超期在办 ÷ 在办", lambda s: (_late(s), _open(s)), timing="stock",
)  # fmt: skip
satisfaction = Ratio(
    "jieyou.satisfaction", "群众满意率", "%", "评价满意、基本满意的 ÷ 作了评价的（报告期内办结归档的；未联系上、不愿评价的不计）", _rated,
    moment="case__ended_at",
)  # fmt: skip
took = Span(
    "jieyou.took", "办理用时（中位数）", "工作日", "报告期内已解决的事项，从收到到归档的工作日，取中位数", _solved, "opened_at", "ended_at",
)  # fmt: skip
