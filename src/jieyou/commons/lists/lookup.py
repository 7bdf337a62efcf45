"""Which lists are in force for a unit, and their items. Lists are few and kept for a few seconds; items are read when asked for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from jieyou.commons.lists.judging import Entry, Judgement, judge
from jieyou.commons.lists.models import DutyItem, DutyList
from jieyou.kernel.calendar import clock
from jieyou.kernel.loop.models import Case
from jieyou.kernel.people.models import Unit
from jieyou.kernel.shortly import shortly

#: Which list holds for a unit of this kind. Other units (bureaus, enterprises) have the departments' list.
KIND_OF = {"township": "township", "community": "village"}


def for_unit(unit: Unit, on: date | None = None) -> list[DutyList]:
    """The lists that hold for a unit: those made for it, else the ones of the narrowest place around it, newest edition."""
    kind, day = KIND_OF.get(unit.kind, "department"), on or clock.today()
    fit = [
        one for one in _around(unit.place.code, day) if one.kind == kind and one.unit_id in (None, unit.pk)
    ]
    own = [one for one in fit if one.unit_id is not None]
    return _narrowest(own or fit)


def at_place(code: str, on: date | None = None) -> list[DutyList]:
    """Every list in force at a place: its own and those of the places around it."""
    return _around(code, on or clock.today())


def entries(unit: Unit) -> list[Entry]:
    """The items against which a task of the unit is judged."""
    lists = for_unit(unit)
    if not lists:
        return []
    rows = (
        DutyItem.objects.filter(_there(), duty_list__in=lists)
        .select_related("unit")
        .order_by("category", "id")
    )
    return [entry(row) for row in rows]


def judged(task: str, unit: Unit, part: str = "lead") -> Judgement:
    """The judgement on a task for a unit, by the lists in force."""
    return judge(task, unit.pk.hex, entries(unit), part)


def entry(row: DutyItem) -> Entry:
    """A row as the judgement takes it. In a list for townships the unit named is the superior one, not the doer."""
    mine = row.unit_id.hex if row.unit_id and row.category == "duty" else ""
    words = tuple(word.strip() for word in row.words.split("|") if word.strip())
    return Entry(row.code, row.text, row.category, words, mine, row.responsible, row.pk.hex)


def item(code: str, case: Case) -> DutyItem | None:
    """The item of this number in a list in force where the case lies or where its task's unit is."""
    codes = {case.place.code, case.home.place.code, *([case.holder.place.code] if case.holder else [])}
    lists = {one.pk for place in codes for one in at_place(place)}
    rows = DutyItem.objects.filter(_there(), code=code.strip(), duty_list__in=lists)
    return rows.select_related("duty_list", "unit").order_by("duty_list__kind", "id").first()


def _there() -> Q:
    return Q(until__isnull=True) | Q(until__gt=clock.today())


def _around(code: str, on: date) -> list[DutyList]:
    return [
        one
        for one in _all()
        if code.startswith(one.place.code) and one.since <= on and (one.until is None or on < one.until)
    ]


def _narrowest(lists: Iterable[DutyList]) -> list[DutyList]:
    """Of several, those of the narrowest place; of its editions the newest."""
    rows = list(lists)
    deep = max((len(one.place.code) for one in rows), default=0)
    rows = [one for one in rows if len(one.place.code) == deep]
    newest = max((one.since for one in rows), default=None)
    return [one for one in rows if one.since == newest]


@shortly(DutyList)
def _all() -> list[DutyList]:
    return list(DutyList.objects.select_related("place"))
