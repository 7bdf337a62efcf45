"""消息: what the account was told, and marking it as seen."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from jieyou.interfaces.web import menu
from jieyou.interfaces.web.staff import StaffRequest, staff
from jieyou.kernel.calendar import clock
from jieyou.kernel.notify.models import Delivery

PAGE = 50


@staff
def notices(request: StaffRequest) -> HttpResponse:
    """All notices, newest first."""
    word = request.GET.get("page", "1")
    page = max(1, int(word)) if word.isdecimal() and len(word) < 7 else 1
    rows = Delivery.objects.filter(account=request.user, channel="in_app").order_by("-at")
    found = list(rows[(page - 1) * PAGE : page * PAGE + 1])
    context = {"here": "notices", "rows": found[:PAGE], "page": page, "more": len(found) > PAGE}
    return render(request, "web/notices.html", context)


@staff
def notice(request: StaffRequest, key: UUID) -> HttpResponse:
    """Open what a notice is about; it counts as seen from now on."""
    row = get_object_or_404(Delivery, pk=key, account=request.user, channel="in_app")
    Delivery.objects.filter(pk=row.pk, seen_at=None).update(seen_at=clock.now())
    return redirect("web:case", row.number) if row.number else redirect("web:notices")


def read_about(request: StaffRequest, number: str) -> None:
    """Whoever opens a case, from wherever, has read what he was told about it. Costs nothing where all is read."""
    if not menu.unread(request):
        return
    mine = Delivery.objects.filter(account=request.user, channel="in_app", seen_at=None, number=number)
    if keys := list(mine.values_list("pk", flat=True)):
        Delivery.objects.filter(pk__in=keys).update(seen_at=clock.now())
        menu.count_again(request)


@require_POST
@staff
def seen_all(request: StaffRequest) -> HttpResponse:
    """Mark everything as seen."""
    Delivery.objects.filter(account=request.user, channel="in_app", seen_at=None).update(seen_at=clock.now())
    return redirect("web:notices")
