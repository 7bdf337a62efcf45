"""Is a row of somebody's workbook right? One place, for the dry run and for the run. Pure.

A wrong cell gets a sentence that says what to write instead. What residents are not obliged to say (time, name,
telephone, place, category) may be missing; what is there must be readable.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from jieyou.commons.reports import moments
from jieyou.commons.reports.columns import Header
from jieyou.commons.reports.words import fingerprint
from jieyou.commons.reports.workbook import Row
from jieyou.kernel.calendar.clock import ZONE
from jieyou.kernel.privacy.numbers import is_telephone
from jieyou.kernel.privacy.plain import plain

SHORTEST = 5
LONGEST = 20_000
#: Characters that a cell may have where that is less than ``LONGEST``.
LIMITS = {
    "title": 200, "where": 120, "category": 60, "number": 80, "name": 60, "source_name": 80, "instruction": 2000,
}  # fmt: skip
#: Columns of a day to come; a time of day in them says nothing.
DAYS = ("source_due", "instruction_due")
#: What people write into a cell that has nothing to say.
NOTHING = frozenset(
    [
        "",
        "-",
        "--",
        "—",
        "——",
        "/",
        "\\",
        "无",
        "暂无",
        "没有",
        "未知",
        "不详",
        "未填",
        "空",
        "none",
        "null",
        "nan",
        "n/a",
    ]
)
_YES = frozenset(["是", "有", "涉及", "1", "yes", "y", "true", "√", "✓", "✔"])
_NO = frozenset(["否", "无", "不", "不涉及", "未涉及", "没有", "0", "no", "n", "false", "×", "-", "/"])
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_SEVERAL = re.compile(r"[、,，/;；\n]")
_EXTENSION = re.compile(r"(?:转|ext\.?|-|#)\d{1,5}$", re.IGNORECASE)


@dataclass(slots=True)
class Checked:
    """A row read: its values, and ``wrong``: field → sentence (empty: the row can be taken in)."""

    row: Row
    number: str = ""
    title: str = ""
    words: str = ""
    told_at: datetime | None = None
    category: str = ""
    name: str = ""
    phone: str = ""
    where: str = ""
    source: str = ""
    source_name: str = ""
    received_at: datetime | None = None
    source_due: date | None = None
    instruction: str = ""
    instruction_due: date | None = None
    must_answer: bool | None = None
    accused: bool = False
    wrong: dict[str, str] = field(default_factory=dict)

    @property
    def fingerprint(self) -> str:
        """Of title and words; "" while the words are wrong: rows that all say “见附件” are not one message."""
        return "" if "words" in self.wrong else fingerprint(self.title, self.words)


def check(row: Row, header: Header, now: datetime) -> Checked:
    """Read and judge one row. ``now``: nothing can have been told later."""
    cells = row.cells
    out = Checked(row)
    for key in (
        "number",
        "title",
        "category",
        "name",
        "phone",
        "where",
        "source",
        "source_name",
        "instruction",
    ):
        value = text(cells.get(key))
        setattr(out, key, "" if key != "title" and value.lower() in NOTHING else value)
    out.words = text(cells.get("words"))
    out.number = unicodedata.normalize("NFKC", out.number)
    _lengths(out, header)
    for key in ("told_at", "received_at"):
        setattr(out, key, _past(key, out, header, now))
    for key in DAYS:
        setattr(out, key, _day(key, out, header))
    if out.phone and not all(is_phone(part) for part in phones(out.phone)):
        out.wrong["phone"] = f"“{header.title('phone')}”不像电话号码，请核对；没有的可以留空"
    _accused(out, header)
    out.must_answer = _yes_or_no("must_answer", out, header)
    return out


def text(value: Any) -> str:
    """A cell as text: whole numbers without a point, no control characters, trimmed."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e21:
        return str(int(value))
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}"
    if isinstance(value, date | time | timedelta):
        return str(value)
    return _CONTROL.sub("", str(value).replace("\r\n", "\n").replace("\r", "\n")).strip()


def phones(words: str) -> list[str]:
    """The telephones of a telephone cell; there may be two in one."""
    parts = [part.strip() for part in _SEVERAL.split(words)]
    return [part for part in parts if part]


def is_phone(words: str) -> bool:
    """A mobile, or a landline with or without area code and extension."""
    smooth = re.sub(r"[ ()]", "", plain(words))
    for number in (smooth, _EXTENSION.sub("", smooth)):
        digits = number.replace("-", "")
        if is_telephone(digits) or re.fullmatch(r"[2-8]\d{6,7}", digits):
            return True
    return False


def _lengths(out: Checked, header: Header) -> None:
    for key in header.at:
        value = getattr(out, key) if key not in _READ else text(out.row.cells.get(key))
        most = LIMITS.get(key, LONGEST)
        if len(value) > most:
            hint = "请写短一些，或者留空" if key == "title" else "请写短一些"
            out.wrong[key] = f"“{header.title(key)}”有 {len(value)} 个字，最多 {most} 个字，{hint}"
    if not out.words:
        out.wrong["words"] = f"“{header.title('words')}”是空的，请写清是什么事，至少 {SHORTEST} 个字"
    elif len(out.words) < SHORTEST:
        out.wrong["words"] = (
            f"“{header.title('words')}”只有 {len(out.words)} 个字，请写清是什么事，至少 {SHORTEST} 个字"
        )


#: Fields that are something else than the text of their cell.
_READ = frozenset({"told_at", "received_at", *DAYS, "must_answer", "accused"})


def _moment(key: str, out: Checked, header: Header) -> datetime | None:
    cell = out.row.cells.get(key)
    said = text(cell)
    if said.lower() in NOTHING or key in out.wrong:
        return None
    try:
        return moments.read(said if isinstance(cell, str) else cell)
    except moments.Unreadable:
        pattern = "2020-1-6" if key in DAYS else "2020-1-6 12:09"
        out.wrong[key] = f"“{header.title(key)}”“{said[:40]}”看不懂，请写成 {pattern} 这样，或者留空"
        return None


def _past(key: str, out: Checked, header: Header, now: datetime) -> datetime | None:
    """A moment that must have come already."""
    at = _moment(key, out, header)
    if at is not None and at > now:
        shown = at.astimezone(ZONE)
        out.wrong[key] = f"“{header.title(key)}”{shown:%Y-%m-%d %H:%M} 还没有到，请核对"
        return None
    return at


def _day(key: str, out: Checked, header: Header) -> date | None:
    at = _moment(key, out, header)
    return at.astimezone(ZONE).date() if at is not None else None


def _accused(out: Checked, header: Header) -> None:
    """是 seals the row; what is neither 是 nor 否 is never taken for 否."""
    out.accused = bool(_yes_or_no("accused", out, header))


def _yes_or_no(key: str, out: Checked, header: Header) -> bool | None:
    said = text(out.row.cells.get(key)).lower()
    if said and said not in _YES and said not in _NO:
        out.wrong[key] = f"“{header.title(key)}”请填“是”或“否”"
    return said in _YES if said else None
