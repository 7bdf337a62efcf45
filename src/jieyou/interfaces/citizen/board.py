"""公开栏: what was published, by community. Reads published rows and nothing else."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from jieyou.commons.publication import board
from jieyou.interfaces.citizen.page import show


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What was published at a place (``?place=CODE``) and below, the newest first."""
    code, page = request.GET.get("place", ""), request.GET.get("page", "")
    found = board.at(code, int(page) if page.isdecimal() and len(page) < 5 else 1)
    return show(request, "board", found=found, back=board.above(found.code))


@require_safe
def item(request: HttpRequest, key: UUID) -> HttpResponse:
    """One published matter; 我也一样 leads to the ordinary report door."""
    row = board.one(key)
    if row is None:
        raise Http404
    return show(request, "board_item", row=row, same=board.same(row))
