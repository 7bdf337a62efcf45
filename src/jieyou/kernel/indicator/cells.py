"""Kept sums, so that a page is as quick at ten million events as at a hundred thousand; the records stay the truth.

A flow is summed by day and county for every day that is over; today, and days that a trigger has marked, are counted from the
records when they are asked for. What is open now is counted by county, stage and deadline. ``roll`` sums what is due to be
summed (by `tick`), ``rebuild`` forgets and sums everything. A property test proves that both say what the records say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, F, Min, QuerySet, Sum, Value
from django.db.models.functions import TruncDate

from jieyou.kernel.calendar import clock
from jieyou.kernel.indicator import stock
from jieyou.kernel.indicator.behind import case_path
from jieyou.kernel.indicator.declare import Indicator, Ratio, Tally
from jieyou.kernel.indicator.declared import indicators
from jieyou.kernel.indicator.models import Day, Dirty, Done, Standing
from jieyou.kernel.indicator.scope import Scope
from jieyou.kernel.loop.models import Case
from jieyou.kernel.places import codes
from jieyou.kernel.places.models import Place

#: More stretches of unsummed days than this are counted from the records in one go.
STRETCHES = 6
#: Marks that are read one by one.
MANY = 2_000
#: Days that are summed in one transaction.
AT_ONCE = 90
#: (cut, county) → count
Counts = dict[tuple[str, str], int]
ONE_DAY = timedelta(days=1)


def kept(i: Indicator, scope: Scope) -> bool:
    """Are sums kept of this number at this place?"""
    if codes.level_of(scope.place.code) not in ("city", "county"):
        return False
    if isinstance(i, Tally) and i.standing:
        return scope.last >= clock.today()
    return (
        isinstance(i, (Tally, Ratio))
        and bool(i.moment)
        and i.timing == "flow"
        and not getattr(i, "total", "")
    )


def parts(i: Indicator) -> tuple[str, ...]:
    return ("over", "under") if isinstance(i, Ratio) else ("",)


# Flows by day -------------------------------------------------------------------------------------------------


@contextmanager
def remembering(keys: Iterable[str], *scopes: Scope) -> Generator[None, None, None]:
    """Inside the block the kept sums of these numbers are read once a period, and which days are summed once a period."""
    token = _memory.set({})
    try:
        for scope in scopes:
            _read_many([i for i in map(indicators().__getitem__, keys) if kept(i, scope)], scope)
        yield
    finally:
        _memory.reset(token)


_memory: ContextVar[dict[Any, Any] | None] = ContextVar("kept_sums", default=None)


def _read_many(wanted: list[Any], scope: Scope) -> None:
    """Many numbers of one period: one question for all kept days, one a number for the others."""
    memory, found = _memory.get(), defaultdict(list)
    loose, rows = _loose(scope)
    if memory is None or len(loose) > STRETCHES:
        return
    there = (
        rows.filter(key__in=[i.key for i in wanted])
        .values_list("key", "part", "cut", "l3")
        .annotate(total=Sum("n"))
    )
    for key, part, cut, county, n in there:
        found[key, part].append((cut, county, n))
    for i in wanted:
        for part in parts(i):
            memory["counts", i.key, part, scope] = found[i.key, part]


def _loose(scope: Scope) -> tuple[list[tuple[date, date]], QuerySet[Day]]:
    """Days of which no true sum is kept, and the kept rows of the others."""
    loose = unsummed(_asked(scope))
    rows = Day.objects.filter(day__range=(scope.first, scope.last), **stock.at(scope.place))
    for first, last in loose[: STRETCHES + 1]:
        rows = rows.exclude(day__range=(first, last))
    return loose, rows


def counts(i: Indicator, scope: Scope, part: str = "") -> Counts:
    """How many records of a flow, by cut and county: kept days and, from the records, the others."""
    found: Counts = defaultdict(int)
    loose, there = _loose(scope)
    if len(loose) > STRETCHES:
        loose, rows = [(scope.first, scope.last)], []
    else:
        memory = _memory.get() or {}
        known = memory.get(("counts", i.key, part, scope))
        rows = list(known if known is not None else _sums(there, i.key, part))
    for first, last in loose:
        rows += _grouped(i, replace(scope, first=first, last=last), part)
    for cut, county, n in rows:
        found[cut, county] += n
    return found


def _sums(there: QuerySet[Day], key: str, part: str) -> list[tuple[str, str, int]]:
    return list(there.filter(key=key, part=part).values_list("cut", "l3").annotate(total=Sum("n")))


def by_day(i: Tally, scope: Scope) -> dict[date, int]:
    """How many records of a flow on each day."""
    found: dict[date, int] = defaultdict(int)
    loose, there = _loose(scope)
    if len(loose) > STRETCHES:
        return from_records(i, scope)
    for day, n in there.filter(key=i.key).values_list("day").annotate(total=Sum("n")):
        found[day] += n
    for first, last in loose:
        for day, n in from_records(i, replace(scope, first=first, last=last)).items():
            found[day] += n
    return found


def from_records(i: Tally, scope: Scope) -> dict[date, int]:
    """The same from the records alone."""
    day = TruncDate(i.moment, tzinfo=clock.ZONE)
    return dict(i.records(scope).order_by().annotate(_day=day).values_list("_day").annotate(n=Count("pk")))


def unsummed(days: list[date]) -> list[tuple[date, date]]:
    """Stretches of these days of which no true sum is kept."""
    if not days:
        return []
    memory, between = _memory.get(), (days[0], days[-1])
    if memory is not None and between in memory:
        return memory[between]
    done = set(Done.objects.filter(day__range=between).values_list("day", flat=True))
    done -= set(Dirty.objects.filter(day__range=between).values_list("day", flat=True).distinct())
    found = _stretches(day for day in days if day not in done)
    if memory is not None:
        memory[between] = found
    return found


def _stretches(days: Iterable[date]) -> list[tuple[date, date]]:
    found: list[tuple[date, date]] = []
    for day in days:
        if found and found[-1][1] + ONE_DAY == day:
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found


def _asked(scope: Scope) -> list[date]:
    return [scope.first + n * ONE_DAY for n in range((scope.last - scope.first).days + 1)]


def _records(i: Any, scope: Scope, part: str) -> QuerySet[Any]:
    return i.parts(scope)[0 if part == "over" else 1] if part else i.records(scope)


def _by_county(rows: QuerySet[Any], i: Any) -> tuple[QuerySet[Any], str]:
    """The records with their county and the value that they are told apart by."""
    path = case_path(rows.model)
    before = f"{path}__" if path else ""
    cut = F(i.cut) if getattr(i, "cut", "") else Value("")
    return rows.order_by().annotate(_cut=cut, _l2=F(f"{before}l2"), _l3=F(f"{before}l3")), before


def _grouped(i: Any, scope: Scope, part: str) -> list[tuple[str, str, int]]:
    rows, _ = _by_county(_records(i, scope, part), i)
    return list(rows.values_list("_cut", "_l3").annotate(n=Count("pk")))


# Summing ------------------------------------------------------------------------------------------------------


def roll() -> int:
    """Sum the days that are over and not summed, and those that were marked; fold what is open. Answers how many days."""
    first = Case.objects.aggregate(first=Min("opened_at"))["first"]
    if first is None or not Place.objects.filter(level="city", until=None).exists():
        return 0
    if Dirty.objects.all()[:MANY].count() == MANY:
        _fewer_marks()
    marks = list(Dirty.objects.values_list("pk", "day"))
    days = _asked(_everything(clock.local(first), clock.today() - ONE_DAY))
    stretches = [piece for stretch in unsummed(days) for piece in _pieces(*stretch)]
    for begin, end in stretches:
        with transaction.atomic():
            _sum(begin, end)
    for some in stock.in_parts([pk for pk, _ in marks]):
        Dirty.objects.filter(pk__in=some).delete()
    if Standing.objects.count() > stock.UNFOLDED:
        stock.fold()
    return sum((end - begin).days + 1 for begin, end in stretches)


def _fewer_marks() -> None:
    """After a bulk load a day is marked many times: once is enough. Marks that others make meanwhile stay."""
    if connection.vendor == "sqlite":  # one writer at a time
        with transaction.atomic():
            days = set(Dirty.objects.values_list("day", flat=True).distinct())
            Dirty.objects.all().delete()
            Dirty.objects.bulk_create([Dirty(day=day) for day in days])
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH gone AS (DELETE FROM indicator_dirty RETURNING day)"
            " INSERT INTO indicator_dirty (day) SELECT DISTINCT day FROM gone"
        )


def _pieces(first: date, last: date) -> Iterator[tuple[date, date]]:
    """A stretch in parts that are summed in one short transaction each."""
    while first <= last:
        end = min(last, first + AT_ONCE * ONE_DAY)
        yield first, end
        first = end + ONE_DAY


def on_ticked(sender: Any, **_: Any) -> int:
    """Receiver of ``ticked``: keeping sums is no step, so it counts as nothing done."""
    roll()
    return 0


def rebuild() -> int:
    """Forget every sum and make it anew from the records. Answers how many days were summed."""
    with transaction.atomic():
        for model in (Day, Done, Dirty):
            model.objects.all().delete()
        stock.count_open()
    return roll()


def _everything(first: date, last: date) -> Scope:
    """The whole city, which is everything: a city is a tenant."""
    return Scope(Place.objects.filter(level="city", until=None).order_by("code")[0], first, last)


def _sum(first: date, last: date) -> None:
    """One stretch of days: for each number one statement, from records to sums inside the database."""
    Day.objects.filter(day__range=(first, last)).delete()
    Done.objects.filter(day__range=(first, last)).delete()
    scope = _everything(first, last)
    for i in indicators().values():
        if kept(i, scope) and not getattr(i, "standing", None):
            for part in parts(i):
                _sum_one(i, part, scope)
    Done.objects.bulk_create([Done(day=day) for day in _asked(scope)])


def _sum_one(i: Any, part: str, scope: Scope) -> None:
    rows, _ = _by_county(_records(i, scope, part), i)
    day = TruncDate(i.moment, tzinfo=clock.ZONE)
    grouped = rows.annotate(_day=day).values("_cut", "_l2", "_l3", "_day").annotate(_n=Count("pk"))
    sql, params = grouped.query.sql_with_params()
    into = 'INSERT INTO indicator_day ("key", part, cut, l2, l3, day, n) SELECT %s, %s, q."_cut", q."_l2", q."_l3", q."_day", q."_n"'
    with connection.cursor() as cursor:
        cursor.execute(f"{into} FROM ({sql}) q", [i.key, part, *params])
