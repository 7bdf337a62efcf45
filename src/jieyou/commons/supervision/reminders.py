"""提醒: before a deadline and some days after it, once each. (At the deadline itself `kernel.notify` tells the desk.)"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef, QuerySet

from jieyou.commons.supervision import offices
from jieyou.commons.supervision.models import Reminded
from jieyou.kernel.calendar import clock as watch
from jieyou.kernel.calendar import store
from jieyou.kernel.calendar.workdays import Days
from jieyou.kernel.loop import rules, timing
from jieyou.kernel.loop.models import Clock, Dial
from jieyou.kernel.notify import outbox
from jieyou.kernel.people.models import Account
from jieyou.kernel.people.roles import CLERK, HEAD, OFFICER

BEFORE, AFTER = "supervision.before", "supervision.after"
_DEFAULT = {BEFORE: 2, AFTER: 3}


def remind(at: datetime) -> int:
    """Tell of every deadline that comes near, and of every one passed some working days ago. Returns how many clocks."""
    days = store.days()
    return sum(_before(row, days, at) for row in _coming(days, at)) + sum(
        _after(row, days, at) for row in _passed(at)
    )


def _coming(days: Days, at: datetime) -> Iterable[Clock]:
    """Due before the working day after the last that any place reminds of."""
    longest = _longest(BEFORE)
    last = watch.end_of(days.add(watch.local(at), longest + 1).day - timedelta(days=1))
    return _running("before").filter(due__gte=at, due__lte=last, fired_at=None) if longest else ()


def _passed(at: datetime) -> Iterable[Clock]:
    return _running("after").filter(due__lt=at, fired_at__lt=at) if _longest(AFTER) else ()


def _running(kind: str) -> QuerySet[Clock]:
    """Clocks that run and were not reminded of (for this deadline)."""
    said = Reminded.objects.filter(clock=OuterRef("pk"), kind=kind, due=OuterRef("due"))
    rows = Clock.objects.filter(~Exists(said), stopped_at=None, paused_at=None, case__open=True).exclude(
        unit="hour"
    )
    return rows.select_related("case__home__place", "case__place").order_by(F("due"))


def _before(row: Clock, days: Days, at: datetime) -> int:
    left, limit = days.between(watch.local(at), watch.local(row.due)), _limit(BEFORE, row)
    started = watch.local(row.started) == watch.local(at)
    if not limit or left > limit or started:
        return 0
    people = outbox.holding([(row.case.desk_id, row.case.desk_role), *_holder(row)])
    return _tell(
        row, "before", people, f"还剩 {left} 个工作日：{row.title}" if left else f"今天到期：{row.title}", at
    )


def _after(row: Clock, days: Days, at: datetime) -> int:
    late, limit = days.between(watch.local(row.due), watch.local(at)), _limit(AFTER, row)
    if not limit or late < limit:
        return 0
    case = row.case
    pairs = [(case.desk_id, case.desk_role), *_holder(row)]
    if not case.sealed:
        pairs += [(case.home_id, CLERK), (case.home_id, HEAD)]
    people = {a.pk: a for a in outbox.holding(pairs)}
    if not case.sealed:
        people |= {a.pk: a for a in offices.told(case.home)}
    return _tell(row, "after", people.values(), f"超期 {late} 个工作日：{row.title}", at)


def _holder(row: Clock) -> list[tuple[UUID | None, str]]:
    """A task is its unit's, wherever its desk is while somebody answers a question about it."""
    case = row.case
    return [] if case.sealed or case.loop != "assignment" else [(case.holder_id, OFFICER)]


def _tell(row: Clock, kind: str, people: Iterable[Account], title: str, at: datetime) -> int:
    """Mark first, tell then: two ticks at once tell once."""
    try:
        with transaction.atomic():
            Reminded.objects.create(clock=row, kind=kind, due=row.due, at=at)
            key = f"{kind}{row.pk}@{row.due:%Y%m%d%H%M}"
            outbox.tell(people, key, title, f"{row.case.number} {row.case.title}", row.case, at)
    except IntegrityError:
        return 0
    return 1


def _limit(code: str, row: Clock) -> int:
    return rules.dial(code, timing.tree_code(row.case), watch.today(), _DEFAULT[code])


def _longest(code: str) -> int:
    values = Dial.objects.filter(code=code, since__lte=watch.today()).values_list("value", flat=True)
    return max(values, default=_DEFAULT[code])
