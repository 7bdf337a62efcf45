"""The list of cases: filters from the address, one page of rows, each as it is shown. No query per row."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.apps import apps
from django.db.models import F, Q, QuerySet
from django.http import QueryDict

from jieyou.interfaces.web import choices, ribbon
from jieyou.interfaces.web.lamps import ENDED as LAMP_ENDED
from jieyou.interfaces.web.lamps import Lamp, lamp
from jieyou.interfaces.web.tabs import ALL, ENDED, MINE, rows_of
from jieyou.kernel.loop import registry, seen
from jieyou.kernel.loop.declare import Ask, Loop
from jieyou.kernel.loop.models import Case
from jieyou.kernel.people.actor import Actor
from jieyou.kernel.people.models import Unit
from jieyou.kernel.places.models import Place

PAGE = 50
NEAR = 10
"""Pages that are read from the indexes; who leafs further waits a little longer."""
SORTS = (("due", "按时限"), ("-moved_at", "按最近办理"))
_FIELDS = ("q", "county", "category", "unit", "sort")


@dataclass(frozen=True)
class Filters:
    """What the address says. ``q`` a number or words of the title, ``county`` its code, ``unit`` a unit's name."""

    loop: type[Loop]
    tab: str
    q: str = ""
    county: str = ""
    category: str = ""
    unit: str = ""
    sort: str = "due"
    page: int = 1

    @classmethod
    def read(cls, loop: type[Loop], tab: str, get: QueryDict) -> Filters:
        page = get.get("page", "1")
        words = {name: get.get(name, "").replace("\x00", "").strip() for name in _FIELDS}
        fallback = "-moved_at" if tab in (ENDED, ALL) else "due"
        words["sort"] = words["sort"] if words["sort"] in dict(SORTS) else fallback
        return cls(loop, tab, **words, page=max(1, int(page)) if page.isdecimal() and len(page) < 7 else 1)

    @property
    def narrowed(self) -> bool:
        """Is anything filtered beside the tab?"""
        return any((self.q, self.county, self.category, self.unit))

    def address(self, **changes: Any) -> str:
        """The query string with something changed; the page starts again at 1."""
        words = {
            "loop": self.loop.code,
            "tab": self.tab,
            **{name: getattr(self, name) for name in _FIELDS},
        } | changes
        return "?" + urlencode({k: v for k, v in words.items() if v})

    def on(self, page: int) -> Filters:
        """The same on another page."""
        return replace(self, page=page)

    def apply(self, rows: QuerySet[Case]) -> QuerySet[Case]:
        """The rows that the filters leave."""
        if self.q:
            rows = rows.filter(Q(number__istartswith=self.q) | Q(title__icontains=self.q))
        if self.county:
            rows = rows.filter(l3=self.county)
        if self.unit:
            rows = rows.filter(holder__in=Unit.objects.filter(name__contains=self.unit).values("pk"))
        if self.category and self.loop.facts:
            kept = apps.get_model(self.loop.facts).objects.filter(category=self.category)
            rows = rows.filter(pk__in=kept.values("pk"))
        return rows


@dataclass(frozen=True)
class Row:
    """One case in a list."""

    case: Case
    county: str
    bars: list[str]
    place_in_loop: str
    stage: str
    lamp: Lamp
    category: str = ""
    tags: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Page:
    """One page of rows, and what is before and after it. ``total`` is ``None`` when it was not counted."""

    rows: list[Row]
    number: int
    more: bool
    total: int | None

    @property
    def last(self) -> int | None:
        return None if self.total is None or self.total > seen.COUNT_CAP else max(1, -(-self.total // PAGE))


@dataclass(frozen=True)
class Words:
    """Names for codes, read once a page: of the counties and of the categories."""

    counties: dict[str, str] = field(default_factory=dict)
    categories: dict[str, str] = field(default_factory=dict)


def page_of(filters: Filters, actor: Actor, now: datetime, words: Words, total: int | None) -> Page:
    """The page that the filters ask for. ``total``: the tab's own count, used when nothing else is filtered."""
    offset = (filters.page - 1) * PAGE
    cases = _cases(filters, actor, filters.apply(rows_of(filters.tab, filters.loop, actor, now)), offset)
    more = len(cases) > PAGE
    if filters.narrowed or total is None:
        total = offset + len(cases) if not more else None
    return Page(present(filters.loop, cases[:PAGE], words, now), filters.page, more, total)


def _cases(filters: Filters, actor: Actor, rows: QuerySet[Case], offset: int) -> list[Case]:
    """One row more than the page holds. The first pages come from the indexes, branch by branch; far ones by one sort."""
    related = ("holder", "place")
    if filters.tab != MINE and filters.page <= NEAR:
        return seen.first(actor, rows, filters.sort, PAGE + 1, offset, related)
    mine = rows if filters.tab == MINE else seen.seen_by(actor, rows)  # the desk is its own right to see
    order = F("moved_at").desc() if filters.sort == "-moved_at" else F("due").asc(nulls_last=True)
    return list(mine.select_related(*related).order_by(order, "pk")[offset : offset + PAGE + 1])


def cases_of(filters: Filters, actor: Actor, now: datetime) -> list[Case]:
    """The page's cases and the first of the next page."""
    rows = filters.apply(rows_of(filters.tab, filters.loop, actor, now))
    return _cases(filters, actor, rows, (filters.page - 1) * PAGE)


def all_cases(filters: Filters, actor: Actor, now: datetime, most: int) -> list[Case]:
    """Every row that the filters leave, in the list's order, up to ``most``."""
    rows = filters.apply(rows_of(filters.tab, filters.loop, actor, now))
    if filters.tab != MINE:
        return seen.first(actor, rows, filters.sort, most, 0, ("holder", "place"))
    order = F("moved_at").desc() if filters.sort == "-moved_at" else F("due").asc(nulls_last=True)
    return list(rows.select_related("holder", "place").order_by(order, "pk")[:most])


def present(loop: type[Loop], cases: list[Case], words: Words, now: datetime) -> list[Row]:
    """Cases as rows. One query for the categories of all."""
    kept = _categories_of(loop, cases)
    return [
        row_of(case, words.counties, words.categories.get(kept.get(case.pk, ""), ""), now) for case in cases
    ]


def row_of(case: Case, counties: dict[str, str], category: str, now: datetime) -> Row:
    bars, where = ribbon.mini(case.declared, case.stage)
    light = lamp(case.due, case.provisional, now) if case.open else LAMP_ENDED
    return Row(case, counties.get(case.l3, ""), bars, where, case.at_stage.title, light, category)


def categories(loop: type[Loop]) -> dict[str, str]:
    """Code → words, for loops whose facts have a category."""
    asked = _category(loop)
    return dict(choices.of(asked, None)) if asked else {}


def _category(loop: type[Loop]) -> Ask | None:
    asks = (ask for t in loop.transitions.values() for ask in t.asks if ask.name == "category")
    return next(asks, None)


def _categories_of(loop: type[Loop], cases: list[Case]) -> dict[Any, str]:
    if not cases or not loop.facts or _category(loop) is None:
        return {}
    rows = apps.get_model(loop.facts).objects.filter(pk__in=[case.pk for case in cases])
    return dict(rows.values_list("pk", "category"))


def counties() -> dict[str, str]:
    """Code → name of the counties, in the order of their codes."""
    return dict(Place.objects.filter(level="county", until=None).order_by("code").values_list("code", "name"))


def goes_back(loop_code: str, source: str, target: str) -> bool:
    """Does a step between these two stages go back along the ribbon?"""
    stages = registry.loop(loop_code).stages
    before, after = stages.get(source), stages.get(target)
    return before is not None and after is not None and 0 < after.number < before.number
