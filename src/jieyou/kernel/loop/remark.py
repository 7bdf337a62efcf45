"""Events that move nothing: what the software did to a case, with its reason (a new calendar, a changed place tree)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from jieyou.kernel.loop import record
from jieyou.kernel.loop.models import Case
from jieyou.kernel.loop.situation import facts_of
from jieyou.kernel.people.actor import Actor


def remark(key: Any, name: str, title: str, actor: Actor, data: dict[str, Any], at: datetime) -> Case:
    """Write one event at the end of a case's chain; stage and clocks stay as they are."""
    with transaction.atomic():
        Case.objects.filter(pk=key).update(turn=F("turn") + 1)  # holds the row: the next event is ours
        case = Case.objects.select_related("home", "holder", "place").get(pk=key)
        record.write(case, facts_of(case), name, title, case.stage, actor, data, at)
    return case
