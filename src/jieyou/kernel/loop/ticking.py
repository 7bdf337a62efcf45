"""``tick``: what time itself does. Idempotent; catches up after a stop; made with the system Actor."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from functools import reduce
from operator import or_

from django.db import transaction
from django.db.models import Q, QuerySet

from jieyou.kernel.calendar import clock as watch
from jieyou.kernel.loop import registry
from jieyou.kernel.loop.engine import advance
from jieyou.kernel.loop.models import Clock
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.loop.signals import ran_out, ticked
from jieyou.kernel.loop.timing import base
from jieyou.kernel.people.posts import SYSTEM

log = logging.getLogger(__name__)


def tick(now: datetime | None = None) -> int:
    """Make every timed transition that is due and tell about every other clock that ran out. Returns how many."""
    moment = now or watch.now()
    timed = {t.after for loop in registry.loops().values() for t in loop.transitions.values() if t.after}
    any_round = reduce(or_, (Q(code__startswith=f"{code}@") for code in timed), Q(code__in=timed))
    timed_rows, others = _due(moment).filter(any_round), _due(moment).exclude(any_round)
    made = sum(_safely(_make, key, moment) for key in timed_rows.values_list("pk", flat=True))
    made += sum(_safely(_tell, key, moment) for key in others.values_list("pk", flat=True))
    return made + _others(moment)


def _others(moment: datetime) -> int:
    """What the floors above do with time. One that fails is logged and asked again at the next tick."""
    count = 0
    for receiver, answer in ticked.send_robust(Clock, at=moment):
        if isinstance(answer, Exception):
            log.error("tick: %s", receiver, exc_info=answer)
        else:
            count += int(answer or 0)
    return count


def _safely(act: Callable[[int, datetime], int], key: int, moment: datetime) -> int:
    """One case that cannot be handled must not hold up the others: it is logged and met again at the next tick."""
    try:
        with transaction.atomic():
            return act(key, moment)
    except Exception:
        log.exception("tick: clock %s", key)
        return 0


def _due(moment: datetime) -> QuerySet[Clock]:
    return Clock.objects.filter(due__lt=moment, stopped_at=None, paused_at=None, fired_at=None).order_by(
        "due"
    )


def _make(key: int, moment: datetime) -> int:
    row = Clock.objects.select_related("case__home", "case__holder", "case__place").get(pk=key)
    case = row.case
    for t in case.declared.leaving(case.stage):
        if t.after != base(row.code):
            continue
        try:
            advance(case, t.name, SYSTEM, {}, moment)
        except Refused as no:
            log.info("tick: %s %s: %s", case.number, t.name, no.sentence)
            return 0
        Clock.objects.filter(pk=key).update(fired_at=moment)
        return 1
    return _tell(key, moment)


def _tell(key: int, moment: datetime) -> int:
    """Mark first, tell then: two ticks at once tell once."""
    if not Clock.objects.filter(pk=key, fired_at=None).update(fired_at=moment):
        return 0
    row = Clock.objects.select_related("case__desk").get(pk=key)
    ran_out.send(Clock, clock=row, at=moment)
    return 1
