"""综合研判 by keyboard: one message after another, what is proposed beside it, Enter takes it. And 热点.

One form registers a message and gives the opinion on it (登记, 填写研判意见); without a recommendation it only registers, and the
message comes back as one to be judged. A plain form does all of it; ``assess.js`` only adds keys.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import F, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from jieyou.commons.reports.intake import HARM_CLOCK
from jieyou.commons.reports.models import Category, Report
from jieyou.commons.triage import hot, summary
from jieyou.interfaces.web import assist, opinion
from jieyou.interfaces.web.staff import StaffRequest, case_or_404, holding_or_404, staff
from jieyou.kernel.calendar import clock
from jieyou.kernel.loop import seen
from jieyou.kernel.loop.engine import advance
from jieyou.kernel.loop.models import Case, Clock
from jieyou.kernel.loop.refused import Overtaken, Refused
from jieyou.kernel.loop.situation import facts_of
from jieyou.kernel.people.actor import Actor
from jieyou.kernel.people.roles import CLERK

NEAR = 200
"""How far one can leaf."""
KEYS = "123456789abcdefghilmnopquvwxz"
"""Keys of categories; ``assess.js`` has j, k, r, s, t and y for other things."""


@staff
def assess(request: StaffRequest) -> HttpResponse:
    """The message that is next, or the one in the address. POST takes what the form says and goes on."""
    holding_or_404(request, CLERK, kind="office")
    if request.method == "POST":
        return _decided(request)
    return _page(request, request.GET.get("at", ""))


def waiting(actor: Actor, stage: str = "clue") -> QuerySet[Case]:
    """Messages on the clerk's desk that nobody has registered, or (``assess``) judged: urgent ones first, then as they came."""
    rows = seen.inbox(actor).filter(loop="jieyou", stage=stage, desk_role=CLERK, sealed=False)
    return rows.order_by(F("due").asc(nulls_last=True), "pk")


@dataclass(frozen=True)
class Queue:
    """What waits, in order: first to be registered, then to be judged. ``numbers``: as far as one can leaf."""

    numbers: list[str]
    new: int
    registered: int

    @property
    def total(self) -> int:
        return self.new + self.registered


def queue_of(actor: Actor) -> Queue:
    """Two or four queries."""
    new, known = (
        list(waiting(actor, stage).values_list("number", flat=True)[:NEAR]) for stage in ("clue", "assess")
    )
    many = [
        len(some) if len(some) < NEAR else waiting(actor, stage).count()
        for stage, some in (("clue", new), ("assess", known))
    ]
    return Queue((new + known)[:NEAR], *many)


def _page(
    request: StaffRequest, at: str, no: Refused | None = None, typed: Any = None, drafted: str = ""
) -> HttpResponse:
    queue = queue_of(request.actor)
    numbers = queue.numbers
    number = at if at in numbers else numbers[0] if numbers else ""
    context: dict[str, Any] = {"here": "assess", "queue": queue}
    if number:
        spot, typed = (
            numbers.index(number),
            typed if number == at else None,
        )  # one's words for another stay there
        context |= _shown(number, typed, request.actor) | {
            "spot": spot + 1, "before": numbers[spot - 1] if spot else "",
            "after": numbers[spot + 1] if spot + 1 < len(numbers) else "",
            "sentence": no.sentence if no else "", "errors": no.errors if no else {},
            "next": f"{reverse('web:assess')}?at={number}", "summary": drafted if number == at else "",
        }  # fmt: skip
    return render(request, "web/assess.html", context, status=422 if no else 200)


def _shown(number: str, typed: Any, actor: Actor) -> dict[str, Any]:
    case = Case.objects.select_related("place", "home").get(number=number)
    reports = _reports(case)
    helped = assist.of_case(case, reports, actor)
    harm = bool(helped and helped.signs.harm)
    told, facts = (reports[0].category if reports else ""), facts_of(case)
    chosen = facts.category if case.stage == "assess" else ""
    said = typed or {
        "category": chosen or ("" if harm else (helped.category if helped else "") or told), "title": case.title,
        **opinion.draft(facts, helped),
    }  # fmt: skip
    return {
        "case": case, "reports": reports, "help": helped, "choices": _choices(helped, told), "said": said,
        "options": opinion.CHOICES, "summarised": summary.offered(case, reports), "unattended": harm and _unattended(case),
    }  # fmt: skip


def _reports(case: Case) -> list[Report]:
    rows = Report.objects.filter(case=case, withdrawn_at=None).select_related("place")
    return list(rows.order_by("registered_at"))


def _unattended(case: Case) -> bool:
    """Whether the two hours run in which somebody must be sent."""
    return Clock.objects.filter(case=case, code=HARM_CLOCK, stopped_at=None).exists()


def _choices(helped: assist.Assist | None, told: str) -> list[tuple[str, Category]]:
    """Categories with a key each: the proposed one and the one told first, then in the city's order."""
    first = [code for code in ((helped.category if helped else ""), told) if code]
    rows = sorted(
        Category.objects.filter(until=None),
        key=lambda c: first.index(c.code) if c.code in first else len(first),
    )
    return [(KEYS[n] if n < len(KEYS) else "", row) for n, row in enumerate(rows)]


def _decided(request: StaffRequest) -> HttpResponse:
    case = case_or_404(request, request.POST.get("number", ""))
    typed = {"category": request.POST.get("category", ""), "title": request.POST.get("title", "")}
    typed |= opinion.typed(request.POST)
    after = request.POST.get("after", "")
    try:
        if request.POST.get("turn") != str(case.turn):
            raise Overtaken
        if request.POST.get("act") == "summary":
            return _page(request, case.number, typed=typed, drafted=summary.draft(case, _reports(case)))
        _looked_at(case, typed)
        done = _take(case, typed, request.actor)
    except opinion.Redrafted as no:
        return _page(request, case.number, no, typed | no.draft)
    except Refused as no:
        return _page(request, case.number, no, typed)
    messages.success(request, f"{case.number} {done}。")
    return redirect(f"{reverse('web:assess')}?at={after}" if after else "web:assess")


def _looked_at(case: Case, typed: dict[str, str]) -> None:
    """Nobody sends an opinion that he has not seen."""
    reports = _reports(case)
    if reports and typed["category"]:
        opinion.still_fits(typed, assist.routed_by(reports[0], typed["category"]))


@transaction.atomic
def _take(case: Case, typed: dict[str, str], actor: Actor) -> str:
    """Register it, and judge it where a recommendation is given; both or neither. What was done, in words."""
    new = case.stage == "clue"
    if new:
        advance(case, "register", actor, {name: typed[name] for name in ("title", "category")})
    if not (typed["recommend"] or not new):
        return "已登记，还没有研判意见"
    advance(case, "judge", actor, {name: typed[name] for name in ("category", *opinion.FIELDS)})
    return "已登记，研判意见已报部领导" if new else "研判意见已报部领导"


@staff
def hot_matters(request: StaffRequest) -> HttpResponse:
    """What many raised lately in the office's territory."""
    if not any(h.unit_kind == "office" for h in request.actor.holdings):
        holding_or_404(request, CLERK, kind="office")
    codes = {h.place_code for h in request.actor.holdings if h.unit_kind == "office"}
    found = hot.matters(codes, clock.now())
    return render(request, "web/hot.html", {"here": "hot", "matters": found[:100], "least": hot.HOT})
