"""What was filled in becomes values. One validation for form, API, import, demo and test.

A value goes to the facts row and, as plain JSON, into the event's payload (units with their names, so that the record
reads by itself years later).
"""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet

from jieyou.kernel.evidence.models import Attachment
from jieyou.kernel.ledger.canon import clean as tidy
from jieyou.kernel.loop import options
from jieyou.kernel.loop.declare import Ask
from jieyou.kernel.loop.models import Case
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.people.models import Unit
from jieyou.kernel.statements import kept

LINE, WORDS = 200, 5000
FIRST_YEAR, LAST_YEAR = 1990, 2100


def clean(asks: tuple[Ask, ...], raw: dict[str, Any]) -> dict[str, Any]:
    """All answers, cleaned. Raises :class:`Refused` with one sentence per wrong answer."""
    values: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for ask in asks:
        try:
            values[ask.name] = clean_one(ask, raw.get(ask.name))
        except Refused as no:
            errors[ask.name] = no.sentence
    if errors:
        raise Refused("；".join(errors.values()), errors=errors)
    return values


def clean_one(ask: Ask, raw: Any) -> Any:
    """One answer. Blank is ``None``, ``[]`` or ``False`` where blank is allowed."""
    if isinstance(raw, str):
        raw = tidy(raw).strip()
    if raw in (None, "", [], (), {}):
        if ask.required and ask.kind != "yes":
            raise Refused(f"请补充：{ask.label}")
        return {
            "units": [],
            "rows": [],
            "evidence": [],
            "yes": False,
            "line": "",
            "words": "",
            "choice": "",
        }.get(ask.kind)
    return _CLEANERS[ask.kind](ask, raw)


def plain(value: Any) -> Any:
    """The JSON form of an answer, for the record."""
    if value is None or type(value) in (str, bool, int):
        return value
    if isinstance(value, Unit):
        return {"id": value.pk.hex, "name": value.name}
    if isinstance(value, Case):
        return {"id": value.pk.hex, "number": value.number}
    if isinstance(value, Model):
        return {"id": value.pk.hex}
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    return value.isoformat() if isinstance(value, date) else value.hex if isinstance(value, UUID) else value


def _text(limit: int) -> Any:
    def read(ask: Ask, raw: Any) -> str:
        text = tidy(str(raw))
        most = min(limit, ask.at_most)
        if len(text) > most:
            raise Refused(f"{ask.label}太长了：最多 {most} 个字，现在 {len(text)} 个字")
        if len(text) < ask.at_least:
            raise Refused(f"{ask.label}太短了：至少写 {ask.at_least} 个字")
        return text

    return read


def _choice(ask: Ask, raw: Any) -> str:
    choices = dict(options.of(ask))
    if str(raw) not in choices:
        raise Refused(f"{ask.label}没有“{raw}”这一项，可选：{'、'.join(choices.values())}")
    return str(raw)


def _yes(_: Ask, raw: Any) -> bool:
    return raw in (True, 1, "1", "on", "true", "True", "是")


def _day(ask: Ask, raw: Any) -> date:
    try:
        day = raw if isinstance(raw, date) else date.fromisoformat(str(raw))
    except ValueError:
        raise Refused(f"{ask.label}“{raw}”不是日期，请写成 2026-11-23 这样") from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Refused(f"{ask.label}“{day}”不对，请核对年份")
    return day


def _number(ask: Ask, raw: Any) -> int:
    try:
        number = int(str(raw))
    except ValueError:
        raise Refused(f"{ask.label}“{raw}”不是整数") from None
    if not ask.at_least <= number <= ask.at_most:
        raise Refused(f"{ask.label}请写 {ask.at_least} 到 {ask.at_most} 之间的整数")
    return number


def _due(ask: Ask, raw: Any) -> dict[str, Any]:
    """``{"day": date}`` or ``{"workdays": n}``; also the text ``2026-11-23``, or ``7`` for seven working days."""
    if isinstance(raw, dict):
        raw = raw.get("day") or raw.get("workdays")
    if str(raw).isdecimal() and len(str(raw)) <= 8:
        days = int(raw)
        if not 1 <= days <= 250:
            raise Refused(f"{ask.label}请写 1 到 250 个工作日")
        return {"workdays": days}
    return {"day": _day(ask, raw)}


def _unit(ask: Ask, raw: Any) -> Unit:
    unit = raw if isinstance(raw, Unit) else _find_unit(str(raw))
    if unit is None:
        raise Refused(f"{ask.label}：没有找到单位“{raw}”")
    if unit.until is not None:
        raise Refused(f"{ask.label}：{unit.name}已经撤销，请选现在的单位")
    return unit


def _find_unit(word: str) -> Unit | None:
    try:
        return next(iter(_unit_of(UUID(word))), None)
    except ValueError:
        found = list(Unit.objects.filter(name=word)[:2])
        return found[0] if len(found) == 1 else None


def _units(ask: Ask, raw: Any) -> list[Unit]:
    many = raw if isinstance(raw, (list, tuple)) else str(raw).split(",")
    return list(dict.fromkeys(_unit(ask, one) for one in many))


def _case(ask: Ask, raw: Any) -> Case:
    if isinstance(raw, Case):
        return raw
    word = str(raw)
    found = Case.objects.filter(number=word).first()
    if found is None:
        try:
            found = Case.objects.filter(pk=UUID(word)).first()
        except ValueError:
            found = None
    if found is None:
        raise Refused(f"{ask.label}：没有找到“{word}”")
    return found


def _evidence(ask: Ask, raw: Any) -> list[str]:
    many = raw if isinstance(raw, (list, tuple)) else [raw]
    try:
        keys = [one.pk if isinstance(one, Attachment) else UUID(str(one)) for one in many]
    except ValueError:
        raise Refused(f"{ask.label}：有附件没有传上来，请重新选一次") from None
    if not all(_is_attached(key) for key in keys):
        raise Refused(f"{ask.label}：有附件没有传上来，请重新选一次")
    return [key.hex for key in keys]


@kept
def _unit_of(key: UUID) -> QuerySet[Unit]:
    return Unit.objects.filter(pk=key)


@kept
def _is_attached(key: UUID) -> QuerySet[Any]:
    return Attachment.objects.filter(pk=key).values_list("pk")


def _rows(ask: Ask, raw: Any) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    if not isinstance(raw, (list, tuple)) or not all(isinstance(row, dict) for row in raw):
        raise Refused(f"{ask.label}应是一张表，每行一项")
    for n, row in enumerate(raw, 1):
        try:
            rows.append(clean(ask.rows, row))
        except Refused as no:
            raise Refused(f"{ask.label}第 {n} 行：{no.sentence}") from None
    return rows


_CLEANERS: dict[str, Any] = {
    "line": _text(LINE), "words": _text(WORDS), "choice": _choice, "yes": _yes, "day": _day, "due": _due,
    "number": _number, "unit": _unit, "units": _units, "case": _case, "evidence": _evidence, "rows": _rows,
}  # fmt: skip
