"""改动记录: what was done to a row of a register, who did it, and what became different by it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from jieyou.kernel.ledger import tracked
from jieyou.kernel.ledger.tracked import Change
from jieyou.kernel.people.models import Account
from jieyou.kernel.places.models import Place
from jieyou.kernel.register.declare import Part, Register


@dataclass(frozen=True)
class Entry:
    """One change: why, who, when, and (label, before, after) of what it changed."""

    why: str
    who: str
    at: datetime
    lines: list[tuple[str, str, str]]


def of(register: Register, row: Any) -> list[Entry]:
    """The history of a row, the newest first. Three queries."""
    changes = tracked.history(row)
    names, places = _names(changes), _places(changes)
    found = []
    for before, after in zip([None, *changes], changes, strict=False):
        lines = _lines(register, before.fields if before else None, after.fields, places)
        found.append(Entry(after.why, names.get(after.by, "系统"), after.at, lines))
    return found[::-1]


def _lines(
    register: Register, before: dict[str, Any] | None, after: dict[str, Any] | None, places: dict[str, str]
) -> list[tuple[str, str, str]]:  # fmt: skip
    if before is None or after is None:
        return []  # the first record: everything is new
    labels = {"place": "辖区", "until": "移出日期"} | {
        one.name: register.label(one) for one in register.columns
    }
    return [
        (label, _said(register, name, before.get(name), places), _said(register, name, after.get(name), places))
        for name, label in labels.items()
        if (before.get(name) or "") != (after.get(name) or "")
    ]  # fmt: skip


def _said(register: Register, name: str, value: Any, places: dict[str, str]) -> str:
    if value in (None, ""):
        return "（空）"
    if name == "place":
        return places.get(_hex(value), "（原辖区）")
    if any(isinstance(one, Part) and one.name == name for one in register.columns):
        return "（已登记的人）"
    choices = dict(register.field(name).flatchoices)
    return str(
        choices.get(value, {True: "是", False: "否"}.get(value, value) if value in (True, False) else value)
    )


def _names(changes: list[Change]) -> dict[str, str]:
    keys = {UUID(one.by) for one in changes if len(one.by) == 32}
    return {key.hex: name for key, name in Account.objects.filter(pk__in=keys).values_list("pk", "name")}


def _places(changes: list[Change]) -> dict[str, str]:
    keys = {UUID(_hex(one.fields["place"])) for one in changes if one.fields and one.fields.get("place")}
    return {key.hex: name for key, name in Place.objects.filter(pk__in=keys).values_list("pk", "name")}


def _hex(value: Any) -> str:
    return str(value).replace("-", "")
