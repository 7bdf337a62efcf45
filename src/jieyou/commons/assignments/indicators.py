"""Figures of tasks: are they done in their time. Of tasks and matters, never of persons; nothing is ranked."""

from __future__ import annotations

from typing import Any

from django.db.models import F

from jieyou.kernel.indicator.declare import Ratio, Scope, Tally
from jieyou.kernel.indicator.watch import watch
from jieyou.kernel.loop.models import Case, Clock

watch("loop_clock", "stopped_at", "ended_at")
watch("loop_clock", "due", "ended_at")


def _tasks(scope: Scope) -> Any:
    return Case.objects.filter(loop="assignment", sealed=False, **scope.inside())


def _sent(scope: Scope) -> Any:
    return _tasks(scope).filter(**scope.during("opened_at"))


def _done(scope: Scope) -> Any:
    """Accepted in the period."""
    return _tasks(scope).filter(open=False, outcome="done", **scope.during("ended_at"))


def _in_time(scope: Scope) -> tuple[Any, Any]:
    """Handed in within the deadline, an extension that was granted included."""
    kept = Clock.objects.filter(code="assignment.due", stopped_at__lte=F("due"))
    done = _done(scope)
    return done.filter(pk__in=kept.values("case")), done


sent = Tally("tasks.sent", "交办任务", "项", "报告期内交办到单位的任务", _sent, moment="opened_at")
done = Tally("tasks.done", "办结任务", "项", "报告期内审核通过的任务", _done, moment="ended_at")
in_time = Ratio(
    "tasks.in_time", "按时办结率", "%", "在时限内提交办结的 ÷ 报告期内审核通过的任务；批准的延期计入时限，退办不重算", _in_time,
    moment="ended_at",
)  # fmt: skip
