"""The list of cases: filters from the address, one page of rows, each as it is shown. No query per row."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.apps import apps
from django.db.models import Exists, F, OuterRef, QuerySet
from django.http import QueryDict

from jieyou.interfaces.web import choices
from jieyou.interfaces.web.lamps import ENDED as LAMP_ENDED
from jieyou.interfaces.web.lamps import Lamp, lamp
from jieyou.interfaces.web.tabs import ALL, ENDED, MINE, rows_of
from jieyou.kernel.among import among
from jieyou.kernel.loop import finding, seen
from jieyou.kernel.loop.declare import Ask, Loop
from jieyou.kernel.loop.models import Case
from jieyou.kernel.people.actor import Actor
from jieyou.kernel.people.models import Unit
from jieyou.kernel.places import codes
from jieyou.kernel.places.models import Place

PAGE = 50
LAST = 40
"""The last page that can be leafed to: whoever looks for something older filters or searches."""
SORTS = (("due", "按时限"), ("-moved_at", "按最近办理"))
_FIELDS = ("q", "county", "place", "category", "unit", "sort")


@dataclass(frozen=True)
class Filters:
    """What the address says. ``q`` a number or words, ``county`` and ``place`` their codes, ``unit`` a unit's name."""

    loop: type[Loop]
    tab: str
    q: str = ""
    county: str = ""
    place: str = ""
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
        if not _is_place(words["place"]):
            words["place"] = ""
        return cls(
            loop, tab, **words, page=min(LAST, max(1, int(page))) if page.isdecimal() and len(page) < 7 else 1
        )

    @property
    def narrowed(self) -> bool:
        """Is anything filtered beside the tab?"""
        return any((self.q, self.county, self.place, self.category, self.unit))

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

    def apply(self, rows: QuerySet[Case], actor: Actor) -> QuerySet[Case]:
        """The rows that the filters leave."""
        if self.q:
            only_open = self.tab not in (ENDED, ALL)
            rows = rows.filter(among(finding.keys(actor, self.q, self.loop.code, only_open)))
        if self.county:
            rows = rows.filter(l3=self.county)
        if self.place:
            rows = rows.filter(**{codes.column_of(self.place): self.place})
        if self.unit:
            units = Unit.objects.filter(name__contains=self.unit).values_list("pk", flat=True)
            rows = rows.filter(holder__in=list(units))
        if self.category and self.loop.facts:
            kept = apps.get_model(self.loop.facts).objects.filter(category=self.category, pk=OuterRef("pk"))
            rows = rows.filter(Exists(kept))
        return rows


def _is_place(code: str) -> bool:
    """A code of a city, county, township or village: what a case has a column for."""
    return code.isascii() and code.isdecimal() and len(code) in (4, 6, 9, 12)


@dataclass(frozen=True)
class Row:
    """One case in a list."""

    case: Case
    county: str
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
    def shut(self) -> bool:
        """There is more, but not by leafing."""
        return self.more and self.number >= LAST

    @property
    def turns(self) -> bool:
        return self.more and not self.shut

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
    cases = _cases(
        filters, actor, filters.apply(rows_of(filters.tab, filters.loop, actor, now), actor), offset
    )
    more = len(cases) > PAGE
    if filters.narrowed or total is None:
        total = offset + len(cases) if not more else None
    return Page(present(filters.loop, cases[:PAGE], words, now), filters.page, more, total)


def _cases(filters: Filters, actor: Actor, rows: QuerySet[Case], offset: int) -> list[Case]:
    """One row more than the page holds."""
    related = ("holder", "place")
    if filters.tab != MINE:
        return seen.first(actor, rows, filters.sort, PAGE + 1, offset, related)
    order = F("moved_at").desc() if filters.sort == "-moved_at" else F("due").asc(nulls_last=True)
    return list(
        rows.select_related(*related).order_by(order, "pk")[offset : offset + PAGE + 1]
    )  # one's own desk


def cases_of(filters: Filters, actor: Actor, now: datetime) -> list[Case]:
    """The page's cases and the first of the next page."""
    rows = filters.apply(rows_of(filters.tab, filters.loop, actor, now), actor)
    return _cases(filters, actor, rows, (filters.page - 1) * PAGE)


def all_cases(filters: Filters, actor: Actor, now: datetime, most: int) -> list[Case]:
    """Every row that the filters leave, in the list's order, up to ``most``."""
    rows = filters.apply(rows_of(filters.tab, filters.loop, actor, now), actor)
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
    light = lamp(case.due, case.provisional, now) if case.open else LAMP_ENDED
    return Row(case, counties.get(case.l3, ""), case.at_stage.title, light, category)


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
