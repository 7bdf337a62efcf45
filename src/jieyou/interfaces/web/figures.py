"""数据: every number with its meaning, its target, what was frozen of it, and exactly the records behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from jieyou.interfaces.web import asked as asking
from jieyou.interfaces.web.asked import Asked
from jieyou.interfaces.web.staff import StaffRequest, holding, staff
from jieyou.kernel.calendar import clock
from jieyou.kernel.indicator import behind, freezing, rollup, targets
from jieyou.kernel.indicator.declare import TIMINGS, Computed, Indicator, Line, Ratio
from jieyou.kernel.indicator.declared import indicator, indicators, sections
from jieyou.kernel.indicator.models import Reading, Target
from jieyou.kernel.loop.models import Case
from jieyou.kernel.people.roles import BUSINESS
from jieyou.kernel.places.models import Place
from jieyou.kernel.register.registry import of_model

PAGE = 50


@dataclass(frozen=True)
class Row:
    """One number of the list: live, as it was before, as it was frozen, what it should be."""

    indicator: Indicator
    now: Computed
    before: Computed
    frozen: Reading | None
    target: Target | None

    @property
    def missed(self) -> bool:
        return self.target is not None and targets.met(self.target, self.now) is False

    @property
    def timing(self) -> str:
        return TIMINGS[self.indicator.timing]


@dataclass(frozen=True)
class Shown:
    """One record of a list: the record in words, and the case that it leads to."""

    title: str
    note: str
    case: Case | None
    met: bool = True
    url: str = ""


@staff
def figures(request: StaffRequest) -> HttpResponse:
    """All numbers of a place and period."""
    asked = asking.read(request)
    wanted = targets.in_force(indicators(), asked.scope)
    frozen = freezing.of(asked.scope.place, asked.scope.first, asked.scope.last)
    parts = [
        (
            title,
            [
                Row(i, i.read(asked.scope), i.read(asked.before), frozen.get(i.key), wanted.get(i.key))
                for i in mine
            ],
        )
        for title, mine in sections().items()
    ]
    context = {"here": "figures", "asked": asked, "spans": asking.SPANS, "parts": parts}
    return render(request, "web/figures.html", context)


@staff
def figure(request: StaffRequest, key: str) -> HttpResponse:
    """One number: what it means, the places it is made of, the list behind it."""
    i = indicator(key)
    if i is None:
        raise Http404("没有这个指标")
    asked, part = asking.read(request, key), request.GET.get("part", "")
    page = request.GET.get("page", "1")
    at = int(page) if page.isdecimal() and 0 < len(page) < 6 else 1
    found = behind.behind(i, asked.scope, request.actor, part, (max(at, 1) - 1) * PAGE, PAGE)
    scope = asked.scope
    context = {
        "here": "figures", "asked": asked, "spans": asking.SPANS, "i": i, "now": i.read(scope), "part": part, "page": max(at, 1),
        "found": found, "rows": [_shown(r) for r in found.rows], "last": -(-found.visible // PAGE),
        "ratio": isinstance(i, Ratio), "timing": TIMINGS[i.timing], "below": _below(i, asked), "cuts": _cuts(i, part, asked),
        "target": targets.in_force([key], scope).get(key), "frozen": freezing.history(scope.place, key, scope.first, scope.last),
        "reading": getattr(i, "reading", ""), "office": holding(request.actor, *BUSINESS, kind="office") is not None,
    }  # fmt: skip
    return render(request, "web/figure.html", context)


def _below(i: Indicator, asked: Asked) -> list[tuple[Place, Computed]]:
    """The same number at the places right below, by their codes: no order of merit. Places with nothing are left out."""
    level = asking.next_level(asked.scope.place)
    if level is None:
        return []
    found = rollup.table([i.key], asked.scope, level)
    places = {p.code: p for p in rollup.places_of(asked.scope.place, level)}
    return [(places[code], row[i.key]) for code, row in found.items() if row[i.key].records]


def _cuts(i: Indicator, part: str, asked: Asked) -> list[tuple[str, str, bool]]:
    """The parts that a number's records may be told apart by: (value, words, chosen)."""
    if isinstance(i, Ratio):
        return [("", "分母：全部", not part), ("over", "分子：符合的", part == "over")]
    words: Any = getattr(i, "words", None)
    if i.timing == "stock" and asked.scope.last < clock.today():
        return []  # how a record stood then is not in its row any more
    pairs = [("", "全部"), *words().items()] if words and getattr(i, "cut", "") else []
    return [(value, title, value == part) for value, title in pairs]


def _shown(record: Any) -> Shown:
    if isinstance(record, Line):
        return Shown(record.title, record.note, None, record.met)
    case = behind.case_of(record)
    if case is None:
        register = of_model(type(record))
        url = reverse("web:register_row", args=[register.code, record.pk]) if register else ""
        return Shown(str(record), "", None, url=url)
    return Shown(case.title, "" if isinstance(record, Case) else _said(record, case), case)


def _said(record: Any, case: Case) -> str:
    """What the record says that its case does not."""
    words = str(record)
    plain = words.startswith(f"{type(record).__name__} object")
    return "" if plain or words in (case.title, str(case)) else words
