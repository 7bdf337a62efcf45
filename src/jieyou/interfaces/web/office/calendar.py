"""工作日历: a year as a grid, the notices behind it, and entering a notice after having seen what it moves."""

from __future__ import annotations

import calendar as months
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.db.models import Max, Min
from django.http import HttpResponse
from django.shortcuts import redirect, render

from jieyou.commons.changes import calendars
from jieyou.commons.changes.calendars import Text
from jieyou.interfaces.web import forms
from jieyou.interfaces.web.days import day_words
from jieyou.interfaces.web.office import recent
from jieyou.interfaces.web.office.pages import WHY
from jieyou.interfaces.web.office.territory import KeeperRequest, reads, whole_city
from jieyou.kernel.calendar import clock, store
from jieyou.kernel.calendar.models import Notice
from jieyou.kernel.calendar.notices import Arranged
from jieyou.kernel.calendar.workdays import Days
from jieyou.kernel.loop import answers, upkeep
from jieyou.kernel.loop.declare import Ask
from jieyou.kernel.loop.refused import Refused

STATE = "国务院办公厅关于{year}年部分节假日安排的通知"
MOST_MOVES = 200
NOTICE = (
    Ask("kind", "哪一种", "choice", choices=(("state", "国务院放假通知"), ("local", "本地放假、调休"))),
    Ask("year", "哪一年的", "number", at_least=2000, at_most=2100),
    Ask("text", "放什么假", "words", help="把通知正文整段粘贴进来；也可以一行一天，如：2027-01-01至2027-01-03 休 元旦，2027-01-30 班 调休"),
    Ask("number", "文号", "line", required=False, at_most=40, help="如：国办发明电〔2026〕9号"),
    Ask("title", "通知标题", "line", required=False, at_most=120, help="国务院的通知可以不写；本地的写文件名称"),
    Ask("published_on", "公布日期", "day"),
    Ask("source", "出处", "line", help="如：中国政府网；本地的写发文单位"),
    WHY,
)  # fmt: skip


@dataclass(frozen=True)
class Cell:
    """One day on the grid. ``mark``: 休 or 班 where a notice moves it; ``rests``: nobody works."""

    day: date
    mark: str
    rests: bool
    name: str
    today: bool


@dataclass(frozen=True)
class Move:
    """So many deadlines of one kind go from one day to another."""

    title: str
    before: date
    after: date
    provisional: bool
    count: int


@reads
def year(request: KeeperRequest) -> HttpResponse:
    """A year with its days off and make-up days, and the notices that arrange them."""
    shown = _year(request.GET.get("year", ""))
    bounds = Notice.objects.aggregate(first=Min("year"), last=Max("year"))
    days = store.days()
    context = {
        "here": "settings", "year": shown, "months": _months(shown, days), "published": shown in days.years,
        "before": shown - 1 if shown > (bounds["first"] or shown) else None, "after": shown + 1 if shown <= (bounds["last"] or shown) else None,
        "notices": Notice.objects.filter(year=shown),
        "total": _workdays(shown, days), "keeper": request.keeper, "recent": recent.of(request.keeper, "calendar"),
    }  # fmt: skip
    return render(request, "web/office/calendar.html", context)


def _year(typed: str) -> int:
    return int(typed) if typed.isdecimal() and 2000 <= int(typed[:5]) <= 2100 else clock.today().year


def _workdays(of: int, days: Days) -> int:
    return days.between(date(of - 1, 12, 31), date(of, 12, 31))


def _months(of: int, days: Days) -> list[tuple[int, list[list[Cell | None]]]]:
    marks = store.marks(date(of, 1, 1), date(of, 12, 31))
    weeks = months.Calendar(firstweekday=0)
    return [
        (month, [[_cell(day, month, marks, days) for day in week] for week in weeks.monthdatescalendar(of, month)])
        for month in range(1, 13)
    ]  # fmt: skip


def _cell(day: date, month: int, marks: dict[date, Arranged], days: Days) -> Cell | None:
    if day.month != month:
        return None
    given = marks.get(day)
    mark = "" if given is None else "班" if given.works else "休"
    return Cell(day, mark, not days.works(day), given.name if given else "", day == clock.today())


@whole_city
def new(request: KeeperRequest) -> HttpResponse:
    """Enter a notice: first what it changes is shown, then it is kept."""
    if request.method != "POST":
        typed = {"kind": "state", "year": str(_next_unpublished()), "source": "中国政府网"}
        return _page(request, typed)
    typed = forms.read(NOTICE, request.POST)
    try:
        given = answers.clean(NOTICE, forms.raw(NOTICE, typed))
        text = _text(given)
        seen = _seen(text)
        if "keep" not in request.POST:
            return _page(request, typed, seen=seen)
        made = calendars.enter(text, request.actor, given["why"], request.keeper.place)
    except Refused as no:
        return _page(request, typed, no)
    except store.BadNotice as no:
        return _page(
            request, typed, Refused("；".join(no.sentences), errors={"text": " ".join(no.sentences)})
        )
    messages.success(
        request, f"已录入：{made.title}。{seen['count']} 个时限已按新日历重算，每一件都记在办理记录里。"
    )
    return redirect(f"{request.path}../?year={text.year}")


def _next_unpublished() -> int:
    this = clock.today().year
    return next(n for n in range(this, this + 9) if n not in store.days().years)


def _text(given: dict[str, Any]) -> Text:
    title = given["title"] or (STATE.format(year=given["year"]) if given["kind"] == "state" else "")
    if not title:
        raise Refused("请补充：通知标题", "title")
    rows = store.parse_notice(given["text"].splitlines(), given["year"])
    return Text(given["year"], given["number"], title, given["published_on"], given["source"], rows)


def _seen(text: Text) -> dict[str, Any]:
    """What the notice changes: days, and deadlines of open items by their kind and day."""
    before, after = store.foresee(*text)
    moved = sorted((before.off | before.on) ^ (after.off | after.on))
    changes = [(day_words(day), "上班" if after.works(day) else "休息") for day in moved]
    found: Counter[tuple[str, date, date, bool]] = Counter()
    for row, due in upkeep.foresee(after, min([*moved, date(text.year, 1, 1)])):
        found[row.title, clock.local(due), clock.local(row.due), row.provisional] += 1
    moves = [Move(*key, count) for key, count in sorted(found.items())]
    return {"days": changes, "moves": moves[:MOST_MOVES], "more": len(moves) > MOST_MOVES, "count": sum(found.values()),
            "work": _workdays(text.year, after), "was": _workdays(text.year, before)}  # fmt: skip


def _page(
    request: KeeperRequest, typed: forms.Typed, no: Refused | None = None, seen: Any = None
) -> HttpResponse:
    form = forms.Form(NOTICE, typed, None, no.errors if no else {})
    context = {"here": "settings", "form": form, "sentence": no.sentence if no else "", "seen": seen}
    return render(request, "web/office/calendar_new.html", context, status=422 if no else 200)


def unpublished(by: date) -> int | None:
    """A year that clocks will soon run into and that has no notice yet: next year from November on."""
    soon = (by + timedelta(days=45)).year
    return soon if soon not in store.days().years else None
