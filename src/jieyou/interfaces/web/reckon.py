"""What a deadline being typed works out to (htmx)."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.html import escape

from jieyou.interfaces.web.days import reckoned
from jieyou.interfaces.web.staff import StaffRequest, staff


@staff
def reckon(request: StaffRequest) -> HttpResponse:
    """A line of words: the last day of so many working days, or that a day is a rest day."""
    name = request.GET.get("name", "")
    return HttpResponse(
        escape(reckoned(request.GET.get(f"{name}-day", ""), request.GET.get(f"{name}-days", "")))
    )
