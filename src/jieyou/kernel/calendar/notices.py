"""What a notice may say: one arranged day, and the faults that are refused before anything is kept."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from jieyou.kernel.calendar.workdays import Days

FESTIVALS = ("元旦", "春节", "清明", "劳动", "端午", "中秋", "国庆")
WEEKDAYS = "一二三四五六日"


class BadNotice(Exception):
    """A notice refused; ``sentences`` say why, one fault each."""

    def __init__(self, *sentences: str) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = sentences


class Arranged(NamedTuple):
    """One day that a notice names: worked or not, and for which festival."""

    day: date
    works: bool
    name: str


def say(day: date) -> str:
    """``2027年1月3日（星期日）``."""
    return f"{day.year}年{day.month}月{day.day}日（星期{WEEKDAYS[day.weekday()]}）"


def arranges_year(rows: Iterable[Arranged]) -> bool:
    """Does it arrange all seven festivals, as the yearly notice does and a correction does not?"""
    return not _missing(rows)


def check(year: int, published_on: date, rows: Sequence[Arranged], others: Days, whole: bool) -> None:
    """``BadNotice`` unless the rows can stand. ``others``: the calendar as the other notices make it;
    ``whole``: this must be the notice that arranges the year."""
    faults = [*_of_dates(year, published_on, rows), *_of_rows(rows, others)]
    if whole and rows and (missing := _missing(rows)):
        faults.append(
            f"{year}年还没有全年安排，这份通知缺少：{'、'.join(missing)}。请先登记全年放假通知，再登记补充或更正。"
        )
    if faults:
        raise BadNotice(*faults)


def _missing(rows: Iterable[Arranged]) -> list[str]:
    resting = [row.name for row in rows if not row.works]
    return [festival for festival in FESTIVALS if not any(festival in name for name in resting)]


def _of_dates(year: int, published_on: date, rows: Sequence[Arranged]) -> list[str]:
    faults = [] if rows else ["没有写任何一天。"]
    if published_on.year not in (year - 1, year):
        faults.append(f"{year}年的通知，发布日期应在{year - 1}年或{year}年，现在写的是{published_on}。")
    # New Year's holiday may begin in the old year (2018-12-29, 2022-12-31); nothing else crosses.
    first, last = date(year - 1, 12, 25), date(year + 1, 1, 7)
    faults += [f"{say(row.day)}不在{year}年假期之内。" for row in rows if not first <= row.day <= last]
    twice = [day for day, times in Counter(row.day for row in rows).items() if times > 1]
    return faults + [f"{say(day)}写了两次。" for day in sorted(twice)]


def _of_rows(rows: Sequence[Arranged], others: Days) -> list[str]:
    faults = [f"{say(row.day)}没有写节日名称。" for row in rows if not row.name.strip()]
    faults += [f"{say(row.day)}的名称太长，最多40个字。" for row in rows if len(row.name) > 40]
    needless = [row.day for row in rows if row.works and row.day.weekday() < 5 and row.day not in others.off]
    return faults + [f"{say(day)}本来就是工作日，不用写上班。" for day in sorted(needless)]
