"""When something was said, in the many ways in which a cell says it. Pure.

Excel keeps a moment as days since 1899-12-30 (ECMA-376 part 1, §18.17.4); people type it as text in a dozen ways.
A moment without a zone is local wall-clock time; a cell without one is no fault.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, time, timedelta

from jieyou.kernel.calendar.clock import ZONE

FIRST, LAST = 1990, 2100
"""Years that a message can be of; a number outside of them is not a date that Excel lost the format of."""
_EPOCH = datetime(1899, 12, 30)
_SERIAL = ((datetime(FIRST, 1, 1) - _EPOCH).days, (datetime(LAST, 1, 1) - _EPOCH).days)

_WEEKDAY = re.compile(r"\(?(?:星期|礼拜|周)[一二三四五六日天]\)?")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T?\s*(\d\d)(\d\d)(\d\d)?)?")
_NUMBER = re.compile(r"\d{5}(?:\.\d+)?")
_HALF = "上午|下午|凌晨|早上|早晨|中午|傍晚|晚上|[AaPp][Mm]"
_WRITTEN = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?"
    rf"(?:[T,\s]*({_HALF})?\s*(\d{{1,2}})\s*[:时点]\s*(?:(\d{{1,2}})\s*分?(?:\s*:?\s*(\d{{1,2}})(?:\.\d+)?\s*秒?)?)?"
    r"\s*([AaPp][Mm])?)?\s*(Z|[+-]\d\d:?\d\d)?"
)


class Unreadable(ValueError):
    """The cell holds something, and it is no moment."""


def read(cell: object) -> datetime | None:
    """The moment of a cell, aware, in UTC; ``None`` for an empty one. Raises :class:`Unreadable`."""
    if cell is None or cell == "":
        return None
    moment = _naive(cell)
    if not FIRST <= moment.year < LAST:
        raise Unreadable
    return (moment if moment.tzinfo else moment.replace(tzinfo=ZONE)).astimezone(UTC)


def _naive(cell: object) -> datetime:
    if isinstance(cell, datetime):
        return cell.replace(microsecond=0)
    if isinstance(cell, date):
        return datetime.combine(cell, time())
    if isinstance(cell, bool):
        raise Unreadable
    if isinstance(cell, (int, float)):
        return _number(float(cell))
    if isinstance(cell, str):
        return _text(cell)
    raise Unreadable


def _number(value: float) -> datetime:
    """43836.5068 (days), or 20200106 and 20200106120938 that somebody typed without separators."""
    if _SERIAL[0] <= value < _SERIAL[1]:
        return _EPOCH + timedelta(seconds=round(value * 86400))
    if value.is_integer() and value > 0:
        return _compact(str(int(value)))
    raise Unreadable


def _text(value: str) -> datetime:
    text = _WEEKDAY.sub(" ", unicodedata.normalize("NFKC", value)).strip()
    if _NUMBER.fullmatch(text):
        return _number(float(text))
    found = _WRITTEN.fullmatch(text)
    return _compact(text) if found is None else _parts(found)


def _compact(text: str) -> datetime:
    found = _COMPACT.fullmatch(text)
    if found is None:
        raise Unreadable
    return _made(*(int(part or 0) for part in found.groups()))


def _parts(found: re.Match[str]) -> datetime:
    year, month, day, half, hour, minute, second, tail, zone = found.groups()
    moment = _made(int(year), int(month), int(day), _hour(int(hour or 0), (half or tail or "").lower()),
                   int(minute or 0), int(second or 0))  # fmt: skip
    return (
        moment if zone is None else datetime.fromisoformat(moment.isoformat() + zone.replace("Z", "+00:00"))
    )


def _hour(hour: int, half: str) -> int:
    """12 下午 is noon, 12 AM is midnight; a clock that says 15 needs no half."""
    if half in ("下午", "傍晚", "晚上", "中午", "pm") and hour < 12 and not (half == "中午" and hour > 9):
        return hour + 12
    return 0 if half in ("am", "凌晨") and hour == 12 else hour


def _made(*parts: int) -> datetime:
    try:
        return datetime(*parts)  # type: ignore[arg-type]
    except ValueError:
        raise Unreadable from None
