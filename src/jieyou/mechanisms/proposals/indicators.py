"""Figures of proposals. Sealed ones are in none; of proposals that were joined each counts as one that came."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q

from jieyou.commons.reports.models import Report
from jieyou.kernel.calendar import clock
from jieyou.kernel.indicator.declare import Ratio, Scope, Tally
from jieyou.kernel.loop.models import Case, Clock
from jieyou.mechanisms.proposals.models import Proposal, ProposalResult, ProposalTopic

ADOPTED = ("adopted", "partly")


def _came(scope: Scope) -> Any:
    return Case.objects.filter(loop="proposal", sealed=False, **scope.inside(), **scope.during("opened_at"))


def _answered(scope: Scope) -> Any:
    return Proposal.objects.filter(
        case__sealed=False, replied_on__gte=scope.first, replied_on__lte=scope.last, **scope.inside("case")
    ).exclude(adoption="")


def _adopted(scope: Scope) -> Any:
    return _answered(scope).filter(adoption__in=ADOPTED)


def _converted(scope: Scope) -> tuple[Any, Any]:
    rows = _adopted(scope)
    return rows.filter(pk__in=ProposalResult.objects.filter(on__lte=scope.last).values("proposal")), rows


def _in_time(scope: Scope) -> tuple[Any, Any]:
    """Replies that were due in the period or given in it; those still within their time are not counted yet."""
    rows = Clock.objects.filter(
        code="proposal.reply", case__sealed=False, **scope.inside("case"), **scope.during("due")
    )
    over = rows.filter(Q(stopped_at__isnull=False) | Q(due__lt=clock.now()))
    return over.filter(stopped_at__lte=F("due")), over


def _content(scope: Scope) -> tuple[Any, Any]:
    rows = Report.objects.filter(
        case__in=_answered(scope).values("case"), withdrawn_at=None, rated_at__isnull=False
    ).exclude(rating="")
    return rows.filter(rating__in=("good", "fair")), rows


def _results(scope: Scope) -> Any:
    return ProposalResult.objects.filter(
        proposal__case__sealed=False,
        on__gte=scope.first,
        on__lte=scope.last,
        **scope.inside("proposal__case"),
    )


def _awarded(scope: Scope) -> Any:
    return Proposal.objects.filter(
        case__sealed=False, awarded_on__gte=scope.first, awarded_on__lte=scope.last, **scope.inside("case")
    )


def _topics(scope: Scope) -> Any:
    return ProposalTopic.objects.filter(
        case__sealed=False,
        published_on__gte=scope.first,
        published_on__lte=scope.last,
        **scope.inside("case"),
    )


came = Tally("proposals.came", "人民建议", "件", "报告期内收到的人民建议，密封件不计", _came)
topics = Tally("proposals.topics", "征集议题", "个", "报告期内公开征集的议题", _topics)
answered = Tally("proposals.answered", "已答复建议", "件", "报告期内审定采纳情况并答复的建议", _answered)
adopted = Ratio(
    "proposals.adopted",
    "建议采纳率",
    "%",
    "采纳、部分采纳 ÷ 报告期内已答复",
    lambda s: (_adopted(s), _answered(s)),
)
converted = Ratio(
    "proposals.converted", "建议转化率", "%", "截至期末有转化成果的 ÷ 报告期内采纳、部分采纳的", _converted
)
in_time = Ratio(
    "proposals.in_time",
    "建议按期答复率",
    "%",
    "期限内答复的 ÷ 答复期限在报告期内的，没有到期的不计",
    _in_time,
)
content = Ratio("proposals.content", "建议人满意率", "%", "满意、基本满意 ÷ 作了评价的", _content)
results = Tally(
    "proposals.results", "建议转化成果", "项", "报告期内登记的文件、制度、项目、解忧事项等成果", _results
)
awarded = Tally("proposals.awarded", "奖励建议", "件", "报告期内经公示决定奖励的建议", _awarded)
