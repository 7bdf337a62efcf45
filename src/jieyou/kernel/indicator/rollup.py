"""The same number for every place of a level: city → county → township → village → grid, from the records, one query a number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import CharField, Count, F, QuerySet, Sum
from django.db.models.functions import Substr

from jieyou.kernel.calendar.periods import Period
from jieyou.kernel.indicator import cells, stock
from jieyou.kernel.indicator.behind import case_path
from jieyou.kernel.indicator.declare import Computed, Indicator, Ratio, Tally
from jieyou.kernel.indicator.declared import indicators
from jieyou.kernel.indicator.scope import Scope
from jieyou.kernel.places import codes, tree
from jieyou.kernel.places.codes import Level
from jieyou.kernel.places.models import Place

LENGTHS = {"city": 4, "county": 6, "township": 9, "village": 12}


def table(keys: Iterable[str], scope: Scope, level: Level) -> dict[str, dict[str, Computed]]:
    """Code of a place → key → number, for every place of ``level`` in the scope's place, also those with nothing."""
    places = places_of(scope.place, level)
    found: dict[str, dict[str, Computed]] = {place.code: {} for place in places}
    for key in keys:
        for place, number in _row(indicators()[key], scope, level, places):
            found[place.code][key] = number
    return found


def places_of(place: Place, level: Level) -> list[Place]:
    """The places of a level in (or at) a place, by code."""
    return list(tree.under(place).filter(level=level))


def number(i: Indicator, scope: Scope) -> Computed:
    """The number, from kept sums where they are kept, else from the records. Both say the same."""
    if not cells.kept(i, scope):
        return i.read(scope)
    if isinstance(i, Tally):
        n = sum(_counted(i, scope).values())
        return i.computed(Decimal(n), n)
    over, under = (sum(cells.counts(i, scope, part).values()) for part in ("over", "under"))
    assert isinstance(i, Ratio)
    return i.computed(over, under)


def _counted(i: Tally, scope: Scope) -> cells.Counts:
    """(cut, county) → count of a number that is kept."""
    if i.standing is None:
        return cells.counts(i, scope)
    kind, loop = i.standing
    if kind == "open":
        return stock.standing(loop, scope.place)
    return {("", county): n for county, n in stock.late(loop, scope.place).items()}


def by_cut(key: str, scope: Scope) -> list[tuple[str, str, int]]:
    """(value, words, count) for each value that a number's records may be told apart by, in the order of the words."""
    i = indicators()[key]
    if not isinstance(i, Tally) or i.words is None:
        raise ValueError(f"{key} is not told apart by anything")
    if cells.kept(i, scope):
        found: dict[str, int] = defaultdict(int)
        for (value, _), n in _counted(i, scope).items():
            found[value] += n
    else:
        found = dict(i.records(scope).order_by().values_list(i.cut).annotate(n=Count("pk")))
    return [(value, title, found.get(value, 0)) for value, title in i.words().items()]


def by_day(key: str, scope: Scope) -> dict[date, int]:
    """Local day → count, of the days that have any."""
    i = indicators()[key]
    if not isinstance(i, Tally) or not i.moment:
        raise ValueError(f"{key} is counted on no day")
    return cells.by_day(i, scope) if cells.kept(i, scope) else cells.from_records(i, scope)


def series(key: str, place: Place, over: Sequence[Period]) -> list[int]:
    """The number of each of some periods that follow each other."""
    days = by_day(key, Scope(place, over[0].first, over[-1].last))
    return [sum(n for day, n in days.items() if day in period) for period in over]


def _row(i: Indicator, scope: Scope, level: Level, places: list[Place]) -> list[tuple[Place, Computed]]:
    """One indicator at many places: grouped where its records are rows, else asked place by place."""
    if level == "county" and cells.kept(i, scope):
        return _row_kept(i, scope, places)
    if isinstance(i, Tally) and (rows := _rows(i.records(scope))) is not None:
        found = grouped(rows, level, i.total)
        return [(p, i.computed(*found.get(p.code, (Decimal(0), 0)))) for p in places]
    if isinstance(i, Ratio):
        over, under = (_rows(part) for part in i.parts(scope))
        if over is not None and under is not None:
            above, below = grouped(over, level), grouped(under, level)
            none = (Decimal(0), 0)
            return [(p, i.computed(above.get(p.code, none)[1], below.get(p.code, none)[1])) for p in places]
    return [(p, i.read(scope.at(p))) for p in places]


def _row_kept(i: Indicator, scope: Scope, places: list[Place]) -> list[tuple[Place, Computed]]:
    """County by county, from kept sums."""
    if isinstance(i, Ratio):
        over, under = (_counties(cells.counts(i, scope, part)) for part in ("over", "under"))
        return [(p, i.computed(over.get(p.code, 0), under.get(p.code, 0))) for p in places]
    assert isinstance(i, Tally)
    found = _counties(_counted(i, scope))
    return [(p, i.computed(Decimal(found.get(p.code, 0)), found.get(p.code, 0))) for p in places]


def _counties(counts: cells.Counts) -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    for (_, county), n in counts.items():
        found[county] += n
    return found


def _rows(records: Any) -> QuerySet[Any] | None:
    return records if isinstance(records, QuerySet) else None


def grouped(rows: QuerySet[Any], level: Level, total: str = "") -> dict[str, tuple[Decimal, int]]:
    """Code of a place → (sum or count, count)."""
    code = _code(rows, level)
    counts = rows.order_by().annotate(_at=code).values("_at")
    counts = counts.annotate(_n=Count("pk"), **({"_sum": Sum(total)} if total else {}))
    return {r["_at"]: (Decimal(r["_sum"] or 0) if total else Decimal(r["_n"]), r["_n"]) for r in counts}


def _code(rows: QuerySet[Any], level: Level) -> Any:
    path = case_path(rows.model)
    before = f"{path}__" if path else ""
    if path is None or level == "grid":
        place = "place__code" if path is None else f"{before}place__code"
        return F(place) if level == "grid" else Substr(place, 1, LENGTHS[level], output_field=CharField())
    return F(f"{before}l{codes.LEVELS.index(level) + 2}")
