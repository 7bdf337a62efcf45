"""What a person chose is kept beside what was proposed; agreement is figured from it, drift is seen in it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from jieyou.commons.triage.models import Suggestion
from jieyou.kernel.loop.models import Case, Event
from jieyou.kernel.statements import kept


def on_advanced(sender: object, event: Event, case: Case, transition: Any, step: Any, **_: Any) -> None:
    """Receiver of ``advanced``: a step that asks for the category answers what was proposed for the case's reports."""
    asked = transition is not None and any(ask.name == "category" for ask in transition.asks)
    chosen = step.data.get("category") if asked else ""
    if not chosen or step.actor.kind != "staff":
        return
    keys = _proposed(case.pk)
    if keys:
        rows = Suggestion.objects.filter(pk__in=keys)
        rows.update(chosen=chosen, chosen_by=step.actor.person, chosen_at=event.at)


@kept
def _proposed(case: UUID) -> QuerySet[Any]:
    return Suggestion.objects.filter(report__case_id=case).values_list("pk", flat=True)
