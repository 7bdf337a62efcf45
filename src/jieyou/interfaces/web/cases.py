"""The list of cases and the page of one case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from jieyou.interfaces.web import begin, beside, casepage, habits, listing, menu, notices, tabs, together
from jieyou.interfaces.web.listing import Filters
from jieyou.interfaces.web.staff import StaffRequest, case_or_404, staff
from jieyou.kernel.calendar import clock
from jieyou.kernel.loop.models import Case
from jieyou.kernel.loop.seen import may_see
from jieyou.kernel.places.models import Place

#: Loops whose cases have pages of their own and are listed there.
ELSEWHERE = {"meeting": "web:meetings", "import": "web:imports"}


@dataclass(frozen=True)
class Chip:
    """A filter in force, and the address of the list without it."""

    words: str
    without: str


@staff
def cases(request: StaffRequest) -> HttpResponse:
    """The list: tabs and filters from the address; htmx asks for the part below the filters only."""
    loop = together.loop_of(request.GET.get("loop") or settings.INTAKE_LOOP)
    if loop.code in ELSEWHERE:
        return redirect(ELSEWHERE[loop.code])
    if (exact := _exact(request)) is not None:
        return redirect("web:case", exact.number)
    tab = request.GET.get("tab") or tabs.MINE
    filters = Filters.read(loop, tab, request.GET)
    context = _context(request, filters, clock.now())
    part = request.htmx and not request.htmx.history_restore_request
    return render(request, "web/_list.html" if part else "web/list.html", context)


def _exact(request: StaffRequest) -> Case | None:
    """Somebody typed a whole number: straight to the case."""
    word = request.GET.get("q", "").strip().upper()
    if not any(c.isdigit() for c in word) or "-" not in word or request.htmx:
        return None
    case = Case.objects.filter(number=word).first()
    return case if case and may_see(request.actor, case) else None


def _context(request: StaffRequest, filters: Filters, now: datetime) -> dict[str, Any]:
    loop, actor = filters.loop, request.actor
    mine = menu.desk_counts(request).get(loop.code, 0)
    shown = tabs.counted(tabs.tabs_of(loop), actor, loop, mine, now)
    tab = next((t for t in shown if t.key == filters.tab), None)
    if tab is None:
        raise Http404("没有这个页签")
    words = listing.Words(listing.counties(), listing.categories(loop))
    page = listing.page_of(filters, actor, now, words, tab.count)
    return {
        "here": "cases" if loop.code == settings.INTAKE_LOOP else loop.code,
        "loop": loop,
        "heading": "解忧事项" if loop.code == settings.INTAKE_LOOP else loop.title,
        "filters": filters,
        "tabs": [(t, filters.address(tab=t.key, sort="")) for t in shown],
        "tab": tab,
        "page": page,
        "habits": habits.of(request.user, loop.code, request.GET.get("removed", "")),
        "tail": beside.tail(filters, filters.page),
        "list": filters.address(page=filters.page if filters.page > 1 else ""),
        "actions": together.offered(loop, {row.case.stage for row in page.rows if row.case.open}, actor),
        "counties": words.counties if any(h.place_level == "city" for h in actor.holdings) else {},
        "categories": words.categories,
        "sorts": listing.SORTS,
        "prev_url": filters.address(page=filters.page - 1),
        "next_url": filters.address(page=filters.page + 1),
        "chips": _chips(filters, words),
        "may_begin": begin.may_begin(actor, loop),
        "takes_reports": menu.takes_reports(actor) and loop.code == settings.INTAKE_LOOP,
    }


def _chips(filters: Filters, names: listing.Words) -> list[Chip]:
    category = names.categories.get(filters.category, filters.category)
    words = {
        "q": f"“{filters.q}”" if filters.q else "",
        "place": _place(filters.place),
        "county": names.counties.get(filters.county, filters.county),
        "category": f"类别：{category}" if category else "",
        "unit": f"单位：{filters.unit}" if filters.unit else "",
    }
    return [Chip(said, filters.address(**{name: ""})) for name, said in words.items() if said]


def _place(code: str) -> str:
    named = Place.objects.filter(code=code).values_list("name", flat=True).first() if code else ""
    return named or code


@staff
def case(request: StaffRequest, number: str) -> HttpResponse:
    """One case of any loop, read off its declaration."""
    found = case_or_404(request, number)
    if found.loop == "import":
        return redirect("web:import", found.number)
    notices.read_about(request, found.number)
    query = request.GET.get("list", "").replace("\0", "")
    along = beside.in_list(found, request.actor, query, clock.now()) if query else None
    page = casepage.build(found, request.actor, clock.now(), along)
    if query:
        page |= {"back": together.back(query), "onward": "?" + urlencode({"next": request.get_full_path()})}
    return render(request, casepage.template(found), page)
