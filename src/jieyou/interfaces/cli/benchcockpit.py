"""`jieyou bench cockpit`: server time of the cockpit and of the year's report, with kept sums made by `tick` beforehand."""

from __future__ import annotations

import statistics
import time
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jieyou.interfaces.demo.city import HOME_COUNTY
from jieyou.interfaces.documents.reports import Report, before
from jieyou.kernel.calendar import clock
from jieyou.kernel.indicator import cells
from jieyou.kernel.indicator.scope import Scope
from jieyou.kernel.loop.models import Event
from jieyou.kernel.people.models import Account
from jieyou.kernel.people.posts import SYSTEM
from jieyou.kernel.places import tree

#: What a filled city has: two to nine events a concern, four a task (`demo.volume`).
EVENTS_A_CASE = 5
PAGES = ("?span=week", "?span=month", "?span=year", "?span=month&back=1", f"?place={HOME_COUNTY}&span=month")


def cockpit(rounds: int) -> dict[str, Any]:
    """The cockpit as the city's clerk and of one county; the first tick's summing, and the year's report, in seconds."""
    begun = time.perf_counter()
    days = cells.roll()
    summed = time.perf_counter() - begun
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as the database does by itself, some minutes later
    client = Client(headers={"host": settings.ALLOWED_HOSTS[0]})
    client.force_login(Account.objects.get(username="city"), "django.contrib.auth.backends.ModelBackend")
    found = [_page(client, f"/desk/cockpit/{query}", rounds) for query in PAGES]
    return {
        "events": Event.objects.count(), "days_summed": days, "summing_seconds": round(summed, 1), "pages": found,
        "ms_p50": statistics.median(p["ms_p50"] for p in found), "ms_p95_worst": max(p["ms_p95"] for p in found),
        "annual_report_seconds": _annual(),
    }  # fmt: skip


def _page(client: Client, path: str, rounds: int) -> dict[str, Any]:
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        status = client.get(path).status_code
    asked, took, rounds, busy = len(queries), [], max(rounds, 5), time.process_time()
    for _ in range(rounds):
        begun = time.perf_counter()
        client.get(path)
        took.append((time.perf_counter() - begun) * 1000)
    busy = (time.process_time() - busy) * 1000 / rounds
    took.sort()
    return {
        "path": path, "status": status, "queries": asked, "cpu_ms": round(busy, 1), "ms_best": round(took[0], 1),
        "ms_p50": round(statistics.median(took), 1), "ms_p95": round(took[int(len(took) * 0.95)], 1),
    }  # fmt: skip


def _annual() -> float:
    """The city's report of the last year as PDF."""
    begun, last = time.perf_counter(), clock.today()
    scope = Scope(tree.by_code("6106"), last - timedelta(days=365), last)
    Report("annual", scope, before(scope), SYSTEM).pdf()
    return round(time.perf_counter() - begun, 1)
