"""Figures of mediation. Sealed cases are in none of them; no mediator is scored or ranked. (调解信访事项 N32, N33 are figures of petitions.)"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Q

from jieyou.kernel.calendar import clock
from jieyou.kernel.indicator.declare import Fact, Line, Ratio, Scope, Tally
from jieyou.kernel.indicator.printing import about
from jieyou.kernel.loop.models import Case
from jieyou.kernel.places.codes import column_of
from jieyou.mechanisms.mediation.models import Mediation, Recognition, Term

DEPUTIES = "“两代表一委员”"


def _here(scope: Scope, prefix: str = "case__") -> dict[str, Any]:
    return {f"{prefix}{column_of(scope.place.code)}": scope.place.code, f"{prefix}sealed": False}


def _cases(rows: Any) -> Any:
    return Case.objects.filter(pk__in=rows.values("case"))


def _ended(scope: Scope) -> Any:
    """Mediations that ended in the period: agreed, failed or stopped."""
    return Mediation.objects.filter(ended_on__gte=scope.first, ended_on__lte=scope.last, **_here(scope))


def _agreed(scope: Scope) -> Any:
    return _ended(scope).filter(result="success")


def _of_alliance(scope: Scope) -> Any:
    """Everything that the alliance's people ever settled, up to the last day."""
    rows = Mediation.objects.filter(
        result="success", ended_on__lte=scope.last, alliance__isnull=False, **_here(scope)
    )
    return _cases(rows)


def _rate(scope: Scope) -> tuple[Any, Any]:
    return _agreed(scope), _ended(scope)


def _rate_of_accepted(scope: Scope) -> tuple[Any, Any]:
    """The other reading: of everything that was accepted up to now and ended in the period or has not ended."""
    open_ones = Q(
        result="",
        case__stage__in=("choosing", "talks", "signing"),
        case__opened_at__lt=clock.at(scope.last + timedelta(days=1), 0),
    )
    ended = Q(ended_on__gte=scope.first, ended_on__lte=scope.last)
    return _agreed(scope), Mediation.objects.filter(open_ones | ended, **_here(scope))


def _performed(scope: Scope) -> tuple[Any, Any]:
    rows = _agreed(scope).exclude(performed="")
    return rows.filter(performed="whole"), rows


def _confirmed(scope: Scope) -> tuple[Any, Any]:
    rows = _agreed(scope).filter(form="written")
    return rows.exclude(applied_on=None), rows


def _outside(scope: Scope) -> tuple[Any, Any]:
    rows = _ended(scope).exclude(choice="")
    return rows.filter(choice__startswith="out:"), rows


def _terms(scope: Scope, kind: str) -> Any:
    rows = Term.objects.filter(kind=kind)
    return rows.filter(Q(until=None) | Q(until__gt=scope.last))


def _roles(scope: Scope) -> tuple[int, list[Line]]:
    found = _lines(_terms(scope, "role").filter(basis=DEPUTIES))
    return len(found), found


def _pools(scope: Scope) -> tuple[int, list[Line]]:
    found = _lines(_terms(scope, "pool"))
    return len(found), found


def _lines(terms: Any) -> list[Line]:
    return [Line(term.title, term.basis) for term in terms]


def _recognised(scope: Scope) -> list[Line]:
    here = {"body__place__code__startswith": scope.place.code}
    rows = Recognition.objects.filter(Q(on=None) | Q(on__lte=scope.last), level="national", **here)
    return [Line(f"{row.body} {row.title}", row.basis) for row in rows.select_related("body")]


alliance = Tally(
    "mediation.alliance",
    "化解大小矛盾纠纷",
    "起",
    "调解联盟成员主持或参加、调解成功的案件，历年累计到期末",
    _of_alliance,
    ("N21",),
    timing="to_date",
    printing=about(100, "多"),
)
ended = Tally(
    "mediation.ended",
    "调解结束的案件",
    "件",
    "报告期内调解成功、不成、终止的案件",
    lambda s: _cases(_ended(s)),
)
agreed = Tally(
    "mediation.agreed",
    "调解成功的案件",
    "件",
    "报告期内达成协议的案件，书面、口头都计",
    lambda s: _cases(_agreed(s)),
)
rate = Ratio("mediation.rate", "调解成功率", "%", "调解成功 ÷ 调解结束（成功、不成、终止）", _rate)
rate_of_accepted = Ratio(
    "mediation.rate.accepted",
    "调解成功率（按受理数）",
    "%",
    "另一种口径：调解成功 ÷ 受理（报告期内结束的和还在办的）",
    _rate_of_accepted,
)
performed = Ratio("mediation.performed", "协议履行率", "%", "已全部履行 ÷ 已登记履行情况的协议", _performed)
confirmed = Ratio("mediation.confirmed", "司法确认申请率", "%", "双方共同申请司法确认 ÷ 书面协议", _confirmed)
outside = Ratio("mediation.outside", "菜单外选择率", "%", "选了菜单外说事人的案件 ÷ 选定了人的案件", _outside)
deputies = Fact(
    "mediation.deputies", "两代表一委员", "类身份", "说事人公共身份里“两代表一委员”的类数", _roles, ("E06",)
)
experts = Fact("mediation.experts", "专家库类别", "类", "专家库类别清单的行数，可以增加", _pools, ("E07",))
recognised = Tally(
    "mediation.recognised",
    "入选全国典型案例",
    "项",
    "调解组织入选的全国级典型案例、表彰",
    _recognised,
    ("E21",),
)
