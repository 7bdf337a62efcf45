"""The doors by which lists and items change: from a workbook and by hand. Every change is on the record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from jieyou.commons.lists import reading
from jieyou.commons.lists.models import DutyItem, DutyList
from jieyou.kernel.ledger import tracked
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.people.models import Unit
from jieyou.kernel.people.units import current


@dataclass(frozen=True)
class Taken:
    """What came of a workbook. ``strange``: names of units that the system does not have (kept as they are written)."""

    added: int
    known: int
    blank: list[tuple[str, int]]
    left_out: list[str]
    strange: list[str]


@transaction.atomic
def save_list(row: DutyList, by: str, why: str) -> DutyList:
    """A new list, or a changed one. Raises :class:`Refused`."""
    if row.until is not None and row.until <= row.since:
        raise Refused("停用日期要晚于起用日期", "until")
    if row.unit is not None and not row.unit.place.code.startswith(row.place.code):
        raise Refused(f"{row.unit.name}不在{row.place.name}", "unit")
    tracked.save(row, by, why)
    return row


@transaction.atomic
def save_item(row: DutyItem, by: str, why: str) -> DutyItem:
    """A new item, or a changed one. Two items in force with one number are refused."""
    same = DutyItem.objects.filter(duty_list=row.duty_list, code=row.code, until=None).exclude(pk=row.pk)
    if row.until is None and same.exists():
        raise Refused(f"这个清单里已有编号 {row.code}，请另写一个", "code")
    tracked.save(row, by, why)
    return row


@transaction.atomic
def take_in(into: DutyList, path: Path, by: str) -> Taken:
    """Add the items of a workbook; those that are there already (same kind of item, same words) are left alone.

    Raises :class:`~jieyou.commons.reports.workbook.NotAWorkbook`."""
    found = reading.read(path, into.kind)
    units, strange = {u.name: u for u in current()} | {u.short: u for u in current()}, dict[str, None]()
    there = set(DutyItem.objects.filter(duty_list=into, until=None).values_list("category", "text"))
    codes = set(DutyItem.objects.filter(duty_list=into, until=None).values_list("code", flat=True))
    fresh: list[DutyItem] = []
    for line in found.lines:
        if (line.category, line.text) in there:
            continue
        there.add((line.category, line.text))
        fresh.append(_item(into, line, units, codes))
        if line.unit and fresh[-1].unit is None:
            strange[line.unit] = None
    DutyItem.objects.bulk_create(fresh, batch_size=500)
    tracked.adopt(fresh, by, f"从表格导入：{into}")
    return Taken(len(fresh), len(found.lines) - len(fresh), found.blank, found.left_out, list(strange))


def _item(into: DutyList, line: reading.Line, units: dict[str, Unit], codes: set[str]) -> DutyItem:
    unit = units.get(line.unit)
    code, n = line.code, 2
    while code in codes:
        code, n = f"{line.code}-{n}", n + 1
    codes.add(code)
    return DutyItem(
        duty_list=into, code=code, topic=line.topic, category=line.category, text=line.text, words=line.words, unit=unit,
        unit_name="" if unit else line.unit, level=line.level, note=line.note,
    )  # fmt: skip


def stop(row: DutyItem, on: date, by: str, why: str) -> Any:
    """The item holds no more from the day on; what was judged by it keeps it."""
    row.until = on
    return tracked.save(row, by, why, update_fields=["until"])
