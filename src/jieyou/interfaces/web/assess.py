"""综合研判 by keyboard: one message after another, what is proposed beside it, Enter takes it. And 热点.

A plain form does all of it; ``assess.js`` only adds digits for categories and j/k for the next and the one before.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import F, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from jieyou.commons.reports.models import Category, Report
from jieyou.commons.triage import hot
from jieyou.interfaces.web import assist
from jieyou.interfaces.web.staff import StaffRequest, case_or_404, holding_or_404, staff
from jieyou.kernel.calendar import clock
from jieyou.kernel.loop import seen
from jieyou.kernel.loop.engine import advance
from jieyou.kernel.loop.models import Case
from jieyou.kernel.loop.refused import Overtaken, Refused
from jieyou.kernel.people.actor import Actor
from jieyou.kernel.people.roles import CLERK

NEAR = 200
"""How far one can leaf."""


@staff
def assess(request: StaffRequest) -> HttpResponse:
    """The message that is next, or the one in the address. POST registers it and goes on."""
    holding_or_404(request, CLERK, kind="office")
    if request.method == "POST":
        return _register(request)
    return _page(request, request.GET.get("at", ""))


def waiting(actor: Actor) -> QuerySet[Case]:
    """Messages on the actor's desk that nobody has registered: urgent ones first, then as they came."""
    rows = seen.inbox(actor).filter(loop="jieyou", stage="clue", sealed=False)
    return rows.order_by(F("due").asc(nulls_last=True), "pk")


def _page(request: StaffRequest, at: str, no: Refused | None = None, typed: Any = None) -> HttpResponse:
    numbers = list(waiting(request.actor).values_list("number", flat=True)[:NEAR])
    total = len(numbers) if len(numbers) < NEAR else waiting(request.actor).count()
    number = at if at in numbers else numbers[0] if numbers else ""
    context: dict[str, Any] = {"here": "assess", "total": total}
    if number:
        spot = numbers.index(number)
        context |= _shown(number, typed, request.actor) | {
            "spot": spot + 1, "before": numbers[spot - 1] if spot else "",
            "after": numbers[spot + 1] if spot + 1 < len(numbers) else "",
            "sentence": no.sentence if no else "", "errors": no.errors if no else {},
        }  # fmt: skip
    return render(request, "web/assess.html", context, status=422 if no else 200)


def _shown(number: str, typed: Any, actor: Actor) -> dict[str, Any]:
    case = Case.objects.select_related("place", "home").get(number=number)
    reports = list(
        Report.objects.filter(case=case, withdrawn_at=None).select_related("place").order_by("registered_at")
    )
    helped = assist.of_case(case, reports, actor)
    told = reports[0].category if reports else ""
    picked = typed["category"] if typed else (helped.category if helped else "") or told
    return {
        "case": case, "reports": reports, "help": helped, "choices": _choices(helped, told), "picked": picked,
        "title": typed["title"] if typed else case.title,
    }  # fmt: skip


def _choices(helped: assist.Assist | None, told: str) -> list[tuple[str, Category]]:
    """Categories with a key each: the proposed one and the one told first, then in the city's order."""
    first = [code for code in ((helped.category if helped else ""), told) if code]
    rows = sorted(
        Category.objects.filter(until=None),
        key=lambda c: first.index(c.code) if c.code in first else len(first),
    )
    keys = "123456789abcdefghilmnopqrstuvwxyz"
    return [(keys[n] if n < len(keys) else "", row) for n, row in enumerate(rows)]


def _register(request: StaffRequest) -> HttpResponse:
    case = case_or_404(request, request.POST.get("number", ""))
    typed = {"category": request.POST.get("category", ""), "title": request.POST.get("title", "")}
    after = request.POST.get("after", "")
    try:
        if request.POST.get("turn") != str(case.turn):
            raise Overtaken
        advance(case, "register", request.actor, typed)
    except Refused as no:
        return _page(request, case.number, no, typed)
    messages.success(request, f"{case.number} 已登记。")
    return redirect(f"{reverse('web:assess')}?at={after}" if after else "web:assess")


@staff
def hot_matters(request: StaffRequest) -> HttpResponse:
    """What many raised lately in the office's territory."""
    if not any(h.unit_kind == "office" for h in request.actor.holdings):
        holding_or_404(request, CLERK, kind="office")
    codes = {h.place_code for h in request.actor.holdings if h.unit_kind == "office"}
    found = hot.matters(codes, clock.now())
    return render(request, "web/hot.html", {"here": "hot", "matters": found[:100], "least": hot.HOT})
