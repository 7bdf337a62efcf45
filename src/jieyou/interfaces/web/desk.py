"""The desk: what lies on it, what came back, who may be in danger, what is new."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render

from jieyou.commons.reports.intake import HARM_CLOCK
from jieyou.interfaces.web import lamps, listing
from jieyou.interfaces.web.staff import StaffRequest, staff
from jieyou.kernel.calendar import clock
from jieyou.kernel.loop import seen
from jieyou.kernel.loop.models import Case, Clock
from jieyou.kernel.notify.models import Delivery
from jieyou.kernel.people.actor import Actor

SHOWN, NEWS = 50, 6
#: Cases of harm that the desk names before “all of them”; how many it counts.
FIRST, MOST = 5, 200
ONLY = {"late": "已超期", "soon": "即将到期", "back": "退回的"}


@dataclass(frozen=True)
class Lying:
    """One case on the desk, as a row; ``back``: it was sent back into its stage."""

    row: listing.Row
    back: bool


@staff
def desk(request: StaffRequest) -> HttpResponse:
    """The first page after login."""
    now = clock.now()
    only = request.GET.get("only", "")
    mine = seen.inbox(request.actor)
    found = dangers(request.actor)
    context = {
        "here": "desk",
        "dangers": found if only == "harm" else found[:FIRST],
        "in_danger": len(found),
        "tiles": _tiles(mine, now),
        "lying": _lying(_narrowed(mine, only, now), now),
        "only": ONLY.get(only, ""),
        "news": Delivery.objects.filter(account=request.user, channel="in_app").order_by("-at")[:NEWS],
        "today": clock.today(),
    }
    return render(request, "web/desk.html", context)


def _tiles(mine: QuerySet[Case], now: datetime) -> list[tuple[str, str, int]]:
    """(filter, words, count): each is a link to the list behind the number. One query."""
    late, soon = Q(due__lt=now), Q(due__gte=now, due__lt=_soon(now))
    counts = mine.aggregate(
        all=Count("pk"), late=Count("pk", filter=late), soon=Count("pk", filter=soon), back=Count("pk", filter=Q(returned=True))
    )  # fmt: skip
    return [("", "我的待办", counts["all"]), *((key, words, counts[key]) for key, words in ONLY.items())]


def _soon(now: datetime) -> datetime:
    return clock.end_of(clock.local(now) + timedelta(days=lamps.soon())) + timedelta(seconds=1)


def _narrowed(mine: QuerySet[Case], only: str, now: datetime) -> QuerySet[Case]:
    if only == "late":
        return mine.filter(due__lt=now)
    if only == "soon":
        return mine.filter(due__gte=now, due__lt=_soon(now))
    return mine.filter(returned=True) if only == "back" else mine


def _lying(mine: QuerySet[Case], now: datetime) -> list[Lying]:
    ordered = mine.select_related("holder", "place", "parent").order_by(F("due").asc(nulls_last=True), "pk")
    counties = listing.counties()
    return [Lying(listing.row_of(case, counties, "", now), case.returned) for case in ordered[:SHOWN]]


def dangers(actor: Actor) -> list[Case]:
    """Cases whose reporter spoke of harm and to whom nobody has been sent yet."""
    waiting = list(Clock.objects.filter(code=HARM_CLOCK, stopped_at=None).values_list("case", flat=True))
    if not waiting:
        return []
    found = seen.seen_by(actor, Case.objects.filter(pk__in=waiting, open=True)).select_related("place")
    return list(found.order_by("opened_at", "pk")[:MOST])
