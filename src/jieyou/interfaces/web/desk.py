"""The desk: what lies on it, what came back, who may be in danger, what is new."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, QuerySet
from django.http import HttpResponse
from django.shortcuts import render

from jieyou.commons.reports.intake import HARM_CLOCK
from jieyou.interfaces.web import lamps, listing, menu
from jieyou.interfaces.web.staff import StaffRequest, staff
from jieyou.kernel.calendar import clock
from jieyou.kernel.loop import seen
from jieyou.kernel.loop.models import Case, Clock, Event
from jieyou.kernel.notify.models import Delivery
from jieyou.kernel.people.actor import Actor

SHOWN, NEWS = 50, 6
#: Cases of harm that the desk names before “all of them”; how many it counts.
FIRST, MOST = 5, 200
ONLY = {"late": "已超期", "soon": "即将到期", "back": "退回的"}


@dataclass(frozen=True)
class Lying:
    """One case on the desk, as a row; ``back``: it was sent back and has not moved since."""

    row: listing.Row
    back: bool


@staff
def desk(request: StaffRequest) -> HttpResponse:
    """The first page after login."""
    now = clock.now()
    only = request.GET.get("only", "")
    mine = seen.inbox(request.actor)
    back, found = came_back(mine), dangers(request.actor)
    context = {
        "here": "desk",
        "dangers": found if only == "harm" else found[:FIRST],
        "in_danger": len(found),
        "tiles": _tiles(request, mine, back, now),
        "lying": _lying(_narrowed(mine, only, back, now), back, now),
        "only": ONLY.get(only, ""),
        "news": Delivery.objects.filter(account=request.user, channel="in_app").order_by("-at")[:NEWS],
        "today": clock.today(),
    }
    return render(request, "web/desk.html", context)


def _tiles(
    request: StaffRequest, mine: QuerySet[Case], back: set[Any], now: datetime
) -> list[tuple[str, str, int]]:
    """(filter, words, count): each is a link to the list behind the number."""
    late = mine.filter(due__lt=now).count()
    soon = mine.filter(due__gte=now, due__lt=_soon(now)).count()
    total = sum(menu.desk_counts(request).values())
    return [
        ("", "我的待办", total),
        ("late", ONLY["late"], late),
        ("soon", ONLY["soon"], soon),
        ("back", ONLY["back"], len(back)),
    ]


def _soon(now: datetime) -> datetime:
    return clock.end_of(clock.local(now) + timedelta(days=lamps.soon())) + timedelta(seconds=1)


def _narrowed(mine: QuerySet[Case], only: str, back: set[Any], now: datetime) -> QuerySet[Case]:
    if only == "late":
        return mine.filter(due__lt=now)
    if only == "soon":
        return mine.filter(due__gte=now, due__lt=_soon(now))
    return mine.filter(pk__in=back) if only == "back" else mine


def _lying(mine: QuerySet[Case], back: set[Any], now: datetime) -> list[Lying]:
    ordered = mine.select_related("holder", "place", "parent").order_by(F("due").asc(nulls_last=True), "pk")
    counties = listing.counties()
    return [Lying(listing.row_of(case, counties, "", now), case.pk in back) for case in ordered[:SHOWN]]


def came_back(mine: QuerySet[Case]) -> set[Any]:
    """Which of these cases came into their present stage from a later one, and have not moved since. One query."""
    arrivals = Event.objects.filter(case__in=mine.values("pk"), target=F("case__stage")).exclude(source="")
    arrivals = arrivals.exclude(source=F("target"))
    last: dict[Any, tuple[str, str, str]] = {}
    for case, loop_code, source, target in arrivals.order_by("seq").values_list(
        "case", "case__loop", "source", "target"
    ):
        last[case] = (loop_code, source, target)
    return {case for case, step in last.items() if listing.goes_back(*step)}


def dangers(actor: Actor) -> list[Case]:
    """Cases whose reporter spoke of harm and to whom nobody has been sent yet."""
    waiting = Clock.objects.filter(code=HARM_CLOCK, stopped_at=None, case__open=True).values("case")
    found = seen.seen_by(actor, Case.objects.filter(pk__in=waiting)).select_related("place")
    return list(found.order_by("opened_at", "pk")[:MOST])
