"""督办: what is due soon, what is late, what nobody owns, what was proposed. Matters and tasks, never people."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import render

from jieyou.commons.supervision import ownerless
from jieyou.commons.supervision.models import LETTERS, Finding
from jieyou.interfaces.web import lamps, listing
from jieyou.interfaces.web.staff import StaffRequest, holding_or_404, staff
from jieyou.interfaces.web.tabs import capped
from jieyou.kernel.calendar import clock
from jieyou.kernel.loop import seen
from jieyou.kernel.loop.models import Case, Event
from jieyou.kernel.people.actor import Actor, Holding
from jieyou.kernel.people.models import Unit
from jieyou.kernel.people.roles import BUSINESS

PAGE = 50
#: What is supervised, by the word in the address.
LOOPS = {"assignment": "交办任务", settings.INTAKE_LOOP: "解忧事项"}
TABS = {
    "soon": "即将到期",
    "late": "已超期",
    "ownerless": "无主",
    "escalation": "提级",
    "supervision": "督办文书",
}


@dataclass(frozen=True)
class Filters:
    """What the address says: ``tab``, ``loop``, ``county`` (its code), ``unit`` (part of a unit's name), ``page``."""

    tab: str = "soon"
    loop: str = ""
    county: str = ""
    unit: str = ""
    page: int = 1

    @classmethod
    def read(cls, get: QueryDict) -> Filters:
        words = {
            name: get.get(name, "").replace("\x00", "").strip() for name in ("tab", "loop", "county", "unit")
        }
        page = get.get("page", "1")
        return cls(
            words["tab"] if words["tab"] in TABS else "soon", words["loop"] if words["loop"] in LOOPS else "",
            words["county"], words["unit"], max(1, int(page)) if page.isdecimal() and len(page) < 5 else 1,
        )  # fmt: skip

    def address(self, **changes: Any) -> str:
        """The query string with something changed."""
        words = {"tab": self.tab, "loop": self.loop, "county": self.county, "unit": self.unit} | changes
        return "?" + urlencode({k: v for k, v in words.items() if v})

    def narrow(self, rows: QuerySet[Case]) -> QuerySet[Case]:
        """The rows that county and unit leave."""
        if self.county:
            rows = rows.filter(l3=self.county)
        if self.unit:
            rows = rows.filter(holder__in=Unit.objects.filter(name__contains=self.unit).values("pk"))
        return rows


@dataclass(frozen=True)
class Row:
    """One matter or task, and how often it was urged."""

    shown: listing.Row
    kind: str
    urged: int


@dataclass(frozen=True)
class Lost:
    """Something that nobody owns: a vacant post with so many cases, or a task that was not signed for."""

    row: Finding
    count: int = 0


@staff
def supervision(request: StaffRequest) -> HttpResponse:
    """One page for an office; each tab is an address."""
    office, filters, now = (
        holding_or_404(request, *BUSINESS, kind="office"),
        Filters.read(request.GET),
        clock.now(),
    )
    lost = _lost(office, request.actor, filters)
    cases = [] if filters.tab == "ownerless" else _cases(request.actor, filters, now)
    shown = cases[:PAGE]
    context = {
        "here": "watched", "filters": filters, "tabs": _tabs(request.actor, filters, now, len(lost)),
        "rows": _rows(shown, now), "lost": lost if filters.tab == "ownerless" else [], "more": len(cases) > PAGE,
        "next_url": filters.address(page=filters.page + 1), "prev_url": filters.address(page=filters.page - 1),
        "counties": listing.counties() if office.place_level == "city" else {}, "loops": LOOPS, "days": lamps.soon(),
    }  # fmt: skip
    return render(request, "web/supervision.html", context)


def _base(filters: Filters, now: datetime) -> QuerySet[Case]:
    """The open cases of a tab, before anybody's right to see them."""
    if filters.tab in ("escalation", "supervision"):
        return filters.narrow(Case.objects.filter(loop=filters.tab, open=True))
    rows = Case.objects.filter(open=True, loop__in=[filters.loop] if filters.loop else list(LOOPS))
    if filters.tab == "late":
        return filters.narrow(rows.filter(due__lt=now))
    last = clock.end_of(clock.local(now) + timedelta(days=lamps.soon()))
    return filters.narrow(rows.filter(due__gte=now, due__lte=last))


def _cases(actor: Actor, filters: Filters, now: datetime) -> list[Case]:
    offset = (filters.page - 1) * PAGE
    return seen.first(actor, _base(filters, now), "due", PAGE + 1, offset, ("holder", "place"))


def _tabs(actor: Actor, filters: Filters, now: datetime, lost: int) -> list[tuple[str, str, str, str]]:
    """(key, title, count, address): the other filters stay."""
    counts = {
        key: seen.count(actor, _base(replace(filters, tab=key), now)) for key in TABS if key != "ownerless"
    }
    return [
        (key, title, capped(counts.get(key, lost)), filters.address(tab=key)) for key, title in TABS.items()
    ]


def _rows(cases: list[Case], now: datetime) -> list[Row]:
    """Cases as rows; how often each was urged in one query."""
    counties = listing.counties()
    events = Event.objects.filter(case__in=[c.pk for c in cases], transition="urge").order_by()
    urged = dict(events.values_list("case").annotate(n=Count("pk")))
    return [Row(listing.row_of(c, counties, "", now), _kind(c), urged.get(c.pk, 0)) for c in cases]


def _kind(case: Case) -> str:
    """What it is: a task, a matter, a proposal; of a letter which letter."""
    return LOOPS.get(case.loop) or dict(LETTERS).get(case.kind) or case.declared.noun


def _lost(office: Holding, actor: Actor, filters: Filters) -> list[Lost]:
    """Open findings in the office's territory; tasks only as far as the actor may see them. No query per row."""
    rows = Finding.objects.filter(over_at=None, unit__place__code__startswith=office.place_code)
    if filters.unit:
        rows = rows.filter(unit__name__contains=filters.unit)
    if filters.county:
        rows = rows.filter(unit__place__code__startswith=filters.county)
    found = list(rows.select_related("unit", "case").order_by("found_at", "pk")[:500])
    mine = set(
        seen.seen_by(actor, Case.objects.filter(pk__in=[r.case_id for r in found if r.case_id])).values_list(
            "pk", flat=True
        )
    )
    counts = _lying([r for r in found if r.case_id is None])
    return [Lost(r, counts[r.unit_id, r.role]) for r in found if r.case_id is None or r.case_id in mine]


def _lying(rows: list[Finding]) -> Counter[Any]:
    """How much lies on these desks."""
    wanted = Q(pk__in=[])
    for row in rows:
        wanted |= Q(desk=row.unit_id, desk_role=row.role)
    desks = (
        ownerless.unsealed()
        .filter(wanted)
        .order_by()
        .values_list("desk", "desk_role")
        .annotate(n=Count("pk"))
    )
    return Counter({(unit, role): n for unit, role, n in desks})
