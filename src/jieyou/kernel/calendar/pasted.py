"""A notice as a clerk pastes it: one day on a line, or the paragraphs of the notice itself.

One day (or one stretch) on a line::

    2027-01-01 休 元旦
    2027-02-05至2027-02-11 休 春节
    2027-01-03 班 调休

Paragraphs as printed («二、春节：1月28日（农历除夕、周二）至2月4日……放假调休，共8天。1月26日（周日）上班。»)
are checked against themselves: weekdays in brackets, number of days. What is not understood is refused.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from jieyou.kernel.calendar.notices import WEEKDAYS, Arranged, BadNotice, say

_DAY = r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?"
_LINE = re.compile(rf"{_DAY}(?:\s*(?:至|到|~|—)\s*{_DAY})?[\s,;]+(休|班)(?:[\s,;]+(.+))?")
_PARAGRAPH = re.compile(r"(?:[一二三四五六七八九十]+、)?\s*([^:]{2,30}):(.+)")
_MOMENT = re.compile(r"(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日(?:\(([^)]*)\))?")
_WEEKDAY = re.compile(r"(?:周|星期)([一二三四五六日])")
_AROUND = re.compile(
    r"#|日期[,\s]|国务院|国办发明电|部分节假日|各省、|经国务院|经党中央|按照上述|现将|节假日期间|鼓励"
    r"|\d{4}年\d{1,2}月\d{1,2}日$"
)


def parse(lines: Iterable[str], year: int | None = None) -> list[Arranged]:
    """The days of a pasted notice, in order; ``year`` is needed for paragraphs.

    ``BadNotice`` with a sentence for every line that is not understood or contradicts itself.
    """
    found: list[Arranged] = []
    faults: list[str] = []
    for number, raw in enumerate(lines, start=1):
        text = unicodedata.normalize("NFKC", raw).strip()
        try:
            found += _line(text, year)
        except ValueError as fault:
            faults.append(f"第{number}行：{fault}")
    if faults:
        raise BadNotice(*faults)
    return sorted(set(found))


def _line(text: str, year: int | None) -> list[Arranged]:
    if not text or _AROUND.match(text):
        return []
    if short := _LINE.fullmatch(text):
        return _short(short)
    paragraph = _PARAGRAPH.fullmatch(text)
    if not paragraph or not ("放假" in text or "上班" in text):
        raise ValueError(f"看不懂“{text}”。请写成：2027-01-01 休 元旦，或 2027-01-03 班 调休。")
    if year is None:
        raise ValueError("这是通知原文，请先填写年份。")
    return list(_paragraph(paragraph[1].strip(), paragraph[2], year))


def _short(found: re.Match[str]) -> list[Arranged]:
    y, m, d, y2, m2, d2, kind, name = found.groups()
    first = _date(int(y), int(m), int(d))
    last = _date(int(y2), int(m2), int(d2)) if y2 else first
    if kind == "休" and not name:
        raise ValueError(f"{say(first)}没有写节日名称。")
    return [Arranged(day, kind == "班", (name or "调休").strip()) for day in _stretch(first, last)]


def _paragraph(name: str, text: str, year: int) -> Iterator[Arranged]:
    for sentence in re.split("[。;]", text):
        if "鼓励" in sentence:  # «鼓励各单位……安排职工在除夕休息» orders nothing
            continue
        resting: list[date] = []
        for clause in _clauses(sentence):
            days = _days(clause, year)
            works = "上班" in clause
            if days and not works and not re.search("放假|调休|补休|公休", clause):
                raise ValueError(f"“{clause}”没有写放假还是上班。")
            yield from (Arranged(day, works, name) for day in days)
            resting += [] if works else days
        _count(resting, sentence)


def _clauses(sentence: str) -> list[str]:
    """Split at commas, but not inside brackets: «4月5日放假,4月6日(星期一)补休»."""
    return re.split(r",(?![^(]*\))", sentence)


def _days(clause: str, year: int) -> list[date]:
    """Every day the clause names, a stretch «A至B» spelled out; a missing month or year is the one before."""
    days: list[date] = []
    month = 0
    end_of_last = 0
    for found in _MOMENT.finditer(clause):
        year = int(found[1] or year)
        month = int(found[2] or month)
        day = _date(year, month, int(found[3]))
        _agree(day, found[4] or "")
        joined = clause[end_of_last : found.start()].strip() == "至" and days
        days += list(_stretch(days[-1], day))[1:] if joined else [day]
        end_of_last = found.end()
    return days


def _agree(day: date, brackets: str) -> None:
    said = _WEEKDAY.search(brackets)
    if said and said[1] != WEEKDAYS[day.weekday()]:
        raise ValueError(f"{say(day)}，通知里写的是星期{said[1]}，请核对。")


def _count(resting: list[date], sentence: str) -> None:
    said = re.search(r"共(\d+)天", sentence)
    if said and resting and int(said[1]) != len(set(resting)):
        raise ValueError(f"“{sentence}”写的是{said[1]}天，按日期数是{len(set(resting))}天，请核对。")


def _date(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(f"没有{year}年{month}月{day}日这一天。") from None


def _stretch(first: date, last: date) -> Iterator[date]:
    if not timedelta(0) <= last - first <= timedelta(days=20):
        raise ValueError(f"{say(first)}至{say(last)}不像一个假期，请核对起止日期。")
    return (first + timedelta(days=i) for i in range((last - first).days + 1))
