"""领导接访公示: who receives on which day, as published; the next weeks, of the city or one county."""

from __future__ import annotations

from datetime import timedelta
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from jieyou.interfaces.citizen.page import show
from jieyou.kernel.calendar import clock
from jieyou.kernel.calendar.notices import say
from jieyou.mechanisms.petitions.models import RotaDay

#: How many days ahead are shown.
AHEAD = 45


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Published days from today on. Names, posts and portfolios are public by rule; nothing else is read."""
    today = clock.today()
    rows = RotaDay.objects.filter(
        day__gte=today, day__lte=today + timedelta(days=AHEAD), rota__case__sealed=False
    )
    found = rows.select_related("rota__case__home").order_by("day", "half", "leader")
    return show(
        request, "reception", days=[(say(day), list(each)) for day, each in groupby(found, lambda r: r.day)]
    )
