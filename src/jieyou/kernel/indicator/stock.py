"""What is open now, kept counted by loop, county, stage and day of the deadline: triggers add +1 and −1, `tick` folds them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, Sum
from django.db.models.functions import TruncDate

from jieyou.kernel.calendar import clock
from jieyou.kernel.indicator.models import Standing
from jieyou.kernel.loop.models import Case
from jieyou.kernel.places import codes
from jieyou.kernel.places.models import Place

#: Unfolded rows that a tick puts up with.
UNFOLDED = 2_000


def at(place: Place) -> dict[str, str]:
    """Filter for what lies in a city or county."""
    return {codes.column_of(place.code): place.code}


def standing(loop: str, place: Place) -> dict[tuple[str, str], int]:
    """(stage, county) → how many are open."""
    rows = Standing.objects.filter(loop=loop, **at(place)).values_list("stage", "l3").annotate(total=Sum("n"))
    return {(stage, county): n for stage, county, n in rows if n}


def late(loop: str, place: Place) -> dict[str, int]:
    """County → how many are past their deadline: kept up to yesterday's deadlines, today's from the records."""
    now, today = clock.now(), clock.today()
    found: dict[str, int] = defaultdict(int)
    for county, n in (
        Standing.objects.filter(loop=loop, due_day__lt=today, **at(place))
        .values_list("l3")
        .annotate(total=Sum("n"))
    ):
        found[county] += n
    rows = Case.objects.filter(
        loop=loop, open=True, sealed=False, due__gte=clock.at(today, 0), due__lt=now, **at(place)
    )
    for county, n in rows.values_list("l3").annotate(total=Count("pk")):
        found[county] += n
    return found


@transaction.atomic
def fold() -> None:
    """Many rows of +1 and −1 become one a kind. Rows that others add meanwhile are neither read nor deleted."""
    last = Standing.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    rows = Standing.objects.filter(pk__lte=last)
    held = rows if connection.vendor == "sqlite" else rows.select_for_update()
    keys = list(held.values_list("pk", "loop", "l2", "l3", "stage", "due_day", "n"))
    sums: dict[tuple[Any, ...], int] = defaultdict(int)
    for _, *kind, n in keys:
        sums[tuple(kind)] += n
    for some in in_parts([pk for pk, *_ in keys]):
        Standing.objects.filter(pk__in=some).delete()
    _write(sums)


def in_parts(rows: list[int], size: int = 500) -> Iterator[list[int]]:
    """Keys in parts that one statement takes."""
    for at in range(0, len(rows), size):
        yield rows[at : at + size]


@transaction.atomic
def count_open() -> None:
    """What is open now, anew from the records."""
    Standing.objects.all().delete()
    day = TruncDate("due", tzinfo=clock.ZONE)
    rows = Case.objects.filter(open=True, sealed=False).order_by().annotate(_day=day)
    kinds = rows.values_list("loop", "l2", "l3", "stage", "_day").annotate(n=Count("pk"))
    _write({tuple(kind): n for *kind, n in kinds})


def _write(sums: dict[tuple[Any, ...], int]) -> None:
    rows = [Standing(loop=a, l2=b, l3=c, stage=d, due_day=e, n=n) for (a, b, c, d, e), n in sums.items() if n]
    Standing.objects.bulk_create(rows, batch_size=1_000)
