"""Days as running ledgers tell them: 2025.3.7, 2025年3月7日, 3月7日, 20250307, 45723, 2025/3, 3.7前, 3月7日至9日. Pure.

Only what is certain is a day; everything else stays in words. A text that looks like a day and cannot be one is a fault.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

FIRST, LAST = 1990, 2100
_EPOCH = date(1899, 12, 30)
_WEEKDAY = re.compile(r"[(]?(?:星期|礼拜|周)[一二三四五六日天][)]?")
_CLOCK = re.compile(r"\d{1,2}\s*[:时点]\s*\d{0,2}\s*(?:分|:\d\d)?")
_FULL = re.compile(r"(?<!\d)(\d{4}|['’]?\d\d)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)\s*[日号]?")
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)")
_SHORT = re.compile(
    r"(?<![\d.])(\d{1,2})\s*(?:月|[-/.])\s*(\d{1,2})(?![\d.]|\s*[万亿元%个户人次/])\s*[日号]?"
)
_MONTH = re.compile(r"(?<!\d)(\d{4})\s*[-/.年]\s*(\d{1,2})(?![\d.])\s*月?(?!\s*[-/.]?\d)")
_THEN = re.compile(r"\s*(?:至|到|-|—|–|~)+\s*(\d{1,2})\s*[日号]")
_SPAN = re.compile(r"^\s*(?:至|到|-|—|–|~)+\s*$")
_BEFORE = re.compile(r"^\s*(?:以前|之前|前|底前)")
YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*年?(?!\d)")


@dataclass(frozen=True)
class Day:
    """``day``: certain, or ``None``. ``before``: it says 前, by that day. ``wrong``: why the cell cannot be right, or ""."""

    day: date | None = None
    before: bool = False
    wrong: str = ""


def read(cell: object, year: int | None = None, last: bool = False) -> Day:
    """The day of a cell. ``year``: of the sheet, for days told without one; ``last``: of a range the end counts."""
    if isinstance(cell, datetime):
        return _within(cell.date())
    if isinstance(cell, date):
        return _within(cell)
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return _number(float(cell), year)
    return _text(str(cell), year, last) if isinstance(cell, str) else Day()


def year_in(text: str) -> int | None:
    """The one year that a sheet's name, a title line or a heading tells."""
    found = {int(y) for y in YEAR.findall(unicodedata.normalize("NFKC", text)) if FIRST <= int(y) < LAST}
    return found.pop() if len(found) == 1 else None


def _within(day: date) -> Day:
    return Day(day) if FIRST <= day.year < LAST else Day(wrong="年份不对，请核对")


def _number(value: float, year: int | None) -> Day:
    """A serial of Excel, 20250307, or 3.7 that Excel took for a number. 3.1 may be the tenth: that is not certain."""
    if value.is_integer():
        if 32_874 <= value < 73_050:
            return _within(_EPOCH + timedelta(days=int(value)))
        return _text(str(int(value)), year, False)
    if 32_874 <= value < 73_050:  # with a time of day
        return _within(_EPOCH + timedelta(days=int(value)))
    whole, _, part = f"{value:.2f}".rstrip("0").partition(".")
    sure = len(part) == 2 or part in "456789"
    return _made(year, int(whole), int(part)) if year and sure and 1 <= int(whole) <= 12 else Day()


def _text(told: str, year: int | None, last: bool) -> Day:
    text = _CLOCK.sub(" ", _WEEKDAY.sub(" ", unicodedata.normalize("NFKC", told))).strip()
    if re.fullmatch(r"\d{5}(?:\.\d+)?", text):
        return _number(float(text), year)
    found = list(_found(text, year))
    if not found:
        return Day()
    wrong = next((one for _, _, one in found if one.wrong), None)
    if wrong is not None:
        return Day(wrong="没有这一天，请核对")
    if len({one.day for _, _, one in found}) > 1 and not _is_range(text, found):
        return Day()
    start, end, day = found[-1 if last else 0]
    return Day(day.day, before=bool(_BEFORE.match(text[end:])) and start >= 0)


def _is_range(text: str, found: list[tuple[int, int, Day]]) -> bool:
    return len(found) == 2 and bool(
        _SPAN.match(text[found[0][1] : found[1][0]]) or found[1][0] == found[0][1]
    )


def _found(text: str, year: int | None) -> Iterator[tuple[int, int, Day]]:
    """``(start, end, day)`` of each day in a text; a day without a year takes the one before it, or the sheet's."""
    at = 0
    while at < len(text):
        hits = [m for p in (_FULL, _COMPACT, _SHORT) if (m := p.search(text, at))]
        if not hits:
            return
        hit = min(hits, key=lambda m: (m.start(), -m.end()))
        parts = hit.groups()
        if len(parts) == 2 and _MONTH.match(text, hit.start()):
            return
        y = _year(parts[0]) if len(parts) == 3 else year
        month, day = (int(p) for p in parts[-2:])
        if y is None or (
            len(parts) == 2 and "月" not in hit[0] and not (1 <= month <= 12 and 1 <= day <= 31)
        ):
            return  # no year is known; or 12.5 万, 35.2: a number, no day
        made, at, year = _made(y, month, day), hit.end(), y
        yield hit.start(), hit.end(), made
        then = _THEN.match(text, at)
        if then and made.day:
            yield at, then.end(), _made(y, month, int(then[1]))
            at = then.end()


def _year(word: str) -> int:
    digits = word.strip("'’")
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _made(year: int, month: int, day: int) -> Day:
    try:
        return _within(date(year, month, day))
    except ValueError:
        return Day(wrong="没有这一天，请核对")
