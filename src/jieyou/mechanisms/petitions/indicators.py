"""Figures of petitions. Sealed cases are in none of them; no unit is ranked."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Max, OuterRef, Q, Subquery

from jieyou.commons.reports.models import Category, Report
from jieyou.kernel.calendar import clock
from jieyou.kernel.indicator.declare import Fact, Line, Ratio, Scope, Tally
from jieyou.kernel.loop.models import Case, Clock, Event
from jieyou.kernel.loop.rules import dial
from jieyou.kernel.people.models import Unit
from jieyou.kernel.places.codes import column_of
from jieyou.mechanisms.petitions.models import (
    Petition,
    PetitionAdvice,
    PetitionMediation,
    PetitionRule,
    RotaDay,
)
from jieyou.mechanisms.petitions.sitting import missing


def _here(scope: Scope, prefix: str = "case__") -> dict[str, Any]:
    return {f"{prefix}{column_of(scope.place.code)}": scope.place.code, f"{prefix}sealed": False}


def _moments(scope: Scope) -> tuple[datetime, datetime]:
    """From the first moment of the period to the first after it."""
    return clock.at(scope.first, 0), clock.at(scope.last + timedelta(days=1), 0)


def _petitions(scope: Scope) -> Any:
    """Petitions that came in the period."""
    first, after = _moments(scope)
    return Petition.objects.filter(case__opened_at__gte=first, case__opened_at__lt=after, **_here(scope))


def _concluded(scope: Scope) -> Any:
    """Rounds of mediation that ended in the period."""
    return PetitionMediation.objects.filter(
        ended_on__gte=scope.first, ended_on__lte=scope.last, **_here(scope, "petition__case__")
    )


def _mediated(scope: Scope) -> Any:
    return Case.objects.filter(pk__in=_concluded(scope).values("petition"))


def _succeeded(scope: Scope) -> Any:
    """Petitions whose last round of the period succeeded, with its agreement in the file."""
    last = _concluded(scope).filter(petition=OuterRef("petition")).order_by().values("petition")
    rows = _concluded(scope).filter(round=Subquery(last.annotate(top=Max("round")).values("top")))
    return Case.objects.filter(pk__in=rows.filter(result="success").exclude(document="").values("petition"))


def _success_rate(scope: Scope) -> tuple[Any, Any]:
    return _succeeded(scope), _mediated(scope)


def _success_of_accepted(scope: Scope) -> tuple[Any, Any]:
    """The other reading: of everything whose mediation began in the period, whether it has ended or not."""
    begun = PetitionMediation.objects.filter(
        Q(started_on__gte=scope.first, started_on__lte=scope.last), **_here(scope, "petition__case__")
    )
    taken = Case.objects.filter(
        Q(pk__in=begun.values("petition")) | Q(pk__in=_concluded(scope).values("petition"))
    )
    return _succeeded(scope), taken


def _rules(scope: Scope) -> tuple[int, Any]:
    """Domains that have a rule document in force on the last day; the city's own hold in every county."""
    rows = PetitionRule.objects.filter(case__l2=scope.place.code[:4], in_force_from__lte=scope.last)
    rows = rows.filter(Q(in_force_until=None) | Q(in_force_until__gt=scope.last))
    return rows.values("domain").distinct().count(), rows


def _sitting(scope: Scope) -> tuple[list[Line], list[Line]]:
    """Working days with a leader of the city receiving, of all working days so far."""
    last = min(scope.last, clock.today())
    rows = RotaDay.objects.filter(
        absent=False, day__gte=scope.first, day__lte=last, rota__case__home__place__level="city",
        rota__case__l2=scope.place.code[:4],
    )  # fmt: skip
    days = set(rows.values_list("day", flat=True))
    lines = [Line(f"{day:%Y-%m-%d}", "", day in days) for day in missing(scope.first, last, set())]
    return [line for line in lines if line.met], lines


def _receptions(scope: Scope) -> Any:
    return RotaDay.objects.filter(
        received=True, day__gte=scope.first, day__lte=scope.last, **_here(scope, "rota__case__")
    )


def _visitors(scope: Scope) -> tuple[int, Any]:
    rows = _receptions(scope)
    return sum(rows.values_list("visitors", flat=True)), rows


def _batches(scope: Scope) -> tuple[int, Any]:
    rows = _receptions(scope)
    return sum(rows.values_list("batches", flat=True)), rows


def _in_time(code: str) -> Any:
    """Share of the period's petitions whose clock stopped in time; those still within it are not counted yet."""

    def parts(scope: Scope) -> tuple[Any, Any]:
        first, after = _moments(scope)
        rows = Clock.objects.filter(
            Q(code=code) | Q(code__startswith=f"{code}@"), case__loop="petition", case__opened_at__gte=first,
            case__opened_at__lt=after, **_here(scope),
        )  # fmt: skip
        over = rows.filter(Q(stopped_at__isnull=False) | Q(due__lt=clock.now()))
        return over.filter(stopped_at__lte=F("due")), over

    return parts


def _rateable(scope: Scope) -> Any:
    """Reports of first petitions that went through the petition procedure and were answered."""
    told = (
        _petitions(scope).exclude(first="repeat").filter(route="", accepted_on__isnull=False).values("case")
    )
    return Report.objects.filter(case__in=told, replied_at__isnull=False, withdrawn_at=None)


def _rated(scope: Scope) -> tuple[Any, Any]:
    rows = _rateable(scope)
    return rows.exclude(rating=""), rows


def _content(scope: Scope) -> tuple[Any, Any]:
    rows = _rateable(scope).exclude(rating="")
    return rows.filter(rating__in=("good", "fair")), rows


def _repeated(scope: Scope) -> tuple[Any, Any]:
    rows = _petitions(scope)
    return rows.filter(first="repeat"), rows


def _settled_once(scope: Scope) -> tuple[Any, Any]:
    """First petitions that ended and did not come again."""
    rows = _petitions(scope).filter(first="first", case__open=False)
    again = Petition.objects.filter(repeats__in=rows.values("case")).values("repeats")
    return rows.exclude(case__in=again), rows


def _events(*transitions: str, loop: str = "petition") -> Any:
    """Steps of these kinds that were made in the period."""

    def rows(scope: Scope) -> Any:
        return Event.objects.filter(
            case__loop=loop, transition__in=transitions, **scope.during("at"), **_here(scope)
        )

    return rows


def _joint(scope: Scope) -> Any:
    """Petitions of as many people as make a joint one (the dial of the place)."""
    least = dial("petition.joint_from", scope.place.code, scope.last, default=5)
    return _petitions(scope).filter(people__gte=least)


def _ended(scope: Scope) -> Any:
    first, after = _moments(scope)
    return Case.objects.filter(loop="petition", ended_at__gte=first, ended_at__lt=after, **_here(scope, ""))


def _asked_again(field: str) -> Any:
    def rows(scope: Scope) -> Any:
        days = {f"{field}__gte": scope.first, f"{field}__lte": scope.last}
        return Petition.objects.filter(**days, **_here(scope))

    return rows


def _advice_adopted(scope: Scope) -> tuple[Any, Any]:
    """Suggestions whose written answer came in the period."""
    replied = _events("reply", loop="petition_advice")(scope).values("case")
    rows = PetitionAdvice.objects.filter(case__in=replied)
    return rows.filter(adoption__in=("adopted", "partly")), rows


def _fields() -> dict[str, str]:
    return dict(Category.objects.values_list("code", "title"))


def _handlers() -> dict[str, str]:
    """Units that have had a petition in hand, by name: no order of merit."""
    with_some = Petition.objects.exclude(handler=None).order_by().values("handler").distinct()
    rows = Unit.objects.filter(pk__in=with_some).order_by("place__code", "name")
    return {key.hex: name for key, name in rows.values_list("pk", "name")}


came = Tally("petitions.came", "信访事项", "件", "报告期内登记的信访事项，密封件不计",
             lambda s: Case.objects.filter(pk__in=_petitions(s).values("case")))  # fmt: skip
rule_domains = Fact("petitions.rules", "法治化实施办法", "个", "截至期末施行中的实施办法覆盖的“法治化”个数，同一个法治化的几个版本计一个", _rules,
                    ("N31",))  # fmt: skip
mediated = Tally("petitions.mediated", "调解信访事项", "件", "报告期内调解结束（成功、不成、终止）的信访事项，同一件几轮调解计一件", _mediated,
                 ("N32",))  # fmt: skip
success = Ratio("petitions.mediated.success", "调解成功率", "%", "最后一轮调解成功且有协议附卷的件数 ÷ 调解结束的件数", _success_rate,
                ("N33",))  # fmt: skip
success_of_accepted = Ratio("petitions.mediated.success_of_accepted", "调解成功率（按受理数）", "%",
                            "另一种口径：调解成功的件数 ÷ 报告期内开始或结束调解的件数", _success_of_accepted)  # fmt: skip
sitting = Ratio("petitions.sitting", "市级领导每日坐班接访", "%", "有市级领导接访的工作日 ÷ 报告期内工作日，缺席又没有替换的不计", _sitting,
                ("E28",))  # fmt: skip
batches = Fact("petitions.reception.batches", "领导接访批次", "批", "报告期内登记的接访批次", _batches)
visitors = Fact("petitions.reception.visitors", "领导接访人次", "人次", "报告期内登记的接访人次", _visitors)
dispatched = Ratio("petitions.dispatched", "及时转送交办率", "%", "十五日内转送、交办、报请的件数 ÷ 应转送交办的件数（信访部门）",
                   _in_time("petition.dispatch"))  # fmt: skip
noticed = Ratio(
    "petitions.noticed",
    "及时受理告知率",
    "%",
    "十五日内书面告知的件数 ÷ 应告知的件数（承办单位）",
    _in_time("petition.notice"),
)
closed = Ratio(
    "petitions.closed",
    "按期答复率",
    "%",
    "期限内出具处理意见的件数 ÷ 应办结的件数，批准延期的按延长后的期限",
    _in_time("petition.close"),
)
rated = Ratio("petitions.rated", "群众参评率", "%", "已评价 ÷ 可评价的初次信访件", _rated)
content = Ratio("petitions.content", "参评满意率", "%", "满意、基本满意 ÷ 已评价", _content)
repeated = Ratio("petitions.repeated", "重复信访率", "%", "重复信访件数 ÷ 信访总件数", _repeated)
settled_once = Ratio(
    "petitions.settled_once",
    "初次信访一次性化解率",
    "%",
    "已办结且没有再次信访的初次件 ÷ 已办结的初次件",
    _settled_once,
)
first = Tally(
    "petitions.first",
    "初次信访",
    "件",
    "报告期内登记的初次信访事项",
    lambda s: _petitions(s).filter(first="first"),
)
people = Tally(
    "petitions.people", "信访人次", "人次", "报告期内登记的信访事项涉及的人数之和", _petitions, total="people"
)
joint = Tally("petitions.joint", "集体信访", "件", "报告期内登记、人数达到集体访标准的信访事项", _joint)
forwarded = Tally(
    "petitions.forwarded", "转送", "件次", "报告期内转送有权处理的机关、单位", _events("forward")
)
assigned = Tally(
    "petitions.assigned", "交办", "件次", "报告期内交办（要求反馈结果）", _events("assign", "decided")
)
reported = Tally("petitions.reported", "报请决定", "件次", "报告期内报请党委、政府决定", _events("report_up"))
urged = Tally("petitions.urged", "督办（催办）", "次", "报告期内对承办单位催办", _events("urge"))
ended = Tally(
    "petitions.ended", "办结信访事项", "件", "报告期内办结、终结、不予受理、引导告知等结束的信访事项", _ended
)
reviewed = Tally(
    "petitions.reviewed", "申请复查", "件", "报告期内收到复查请求", _asked_again("review_asked_on")
)
rechecked = Tally(
    "petitions.rechecked", "申请复核", "件", "报告期内收到复核请求", _asked_again("recheck_asked_on")
)
advised = Tally(
    "petitions.advised", "三项建议", "份", "报告期内送达的改进工作、完善政策、追究责任建议",
    _events("send", loop="petition_advice"),
)  # fmt: skip
advice_adopted = Ratio(
    "petitions.advice_adopted",
    "三项建议采纳率",
    "%",
    "采纳、部分采纳 ÷ 报告期内书面反馈的建议",
    _advice_adopted,
)
fields = Tally("petitions.fields", "信访事项（按领域）", "件", "报告期内登记的信访事项，按内容分类", _petitions,
               cut="category", words=_fields)  # fmt: skip
units = Tally("petitions.units", "信访事项（按承办单位）", "件", "报告期内登记、已转到承办单位的信访事项，按单位",
              lambda s: _petitions(s).exclude(handler=None), cut="handler", words=_handlers)  # fmt: skip
