"""How often people agree with what the desk assistant proposes. About messages only; there is no figure by person."""

from __future__ import annotations

from typing import Any

from django.db.models import F

from jieyou.commons.triage.models import Suggestion
from jieyou.kernel.indicator.declare import Ratio, Scope, Tally


def _decided(scope: Scope) -> Any:
    here = scope.inside("report__case") | scope.during("chosen_at")
    return Suggestion.objects.filter(report__case__sealed=False, **here).exclude(chosen="")


def _agreed(scope: Scope) -> tuple[Any, Any]:
    rows = _decided(scope).filter(ask_person=False)
    return rows.filter(chosen=F("category")), rows


def _asked(scope: Scope) -> tuple[Any, Any]:
    rows = _decided(scope)
    return rows.filter(ask_person=True), rows


def _unsure(scope: Scope) -> tuple[Any, Any]:
    """Of what came in, so many messages the model in use was not sure of."""
    here = scope.inside("report__case") | scope.during("report__registered_at")
    rows = Suggestion.objects.filter(report__case__sealed=False, **here).exclude(model=None)
    return rows.filter(ask_person=True), rows


decided = Tally("triage.decided", "研判定类", "件", "有类别建议、由人定了类别的反映", _decided)
agreement = Ratio(
    "triage.agreement", "类别建议被采纳", "%", "人定的类别与建议相同的 ÷ 给出建议并由人定了类别的；下降说明该重新训练", _agreed,
)  # fmt: skip
left_to_people = Ratio(
    "triage.left_to_people", "请人工判断", "%", "没有把握、请人工判断的 ÷ 由人定了类别的", _asked
)
drift = Ratio(
    "triage.drift", "模型没有把握的来件", "%", "模型没有把握的 ÷ 模型看过的来件；比训练时高出许多，说明来件变了，该重新训练", _unsure,
)  # fmt: skip
