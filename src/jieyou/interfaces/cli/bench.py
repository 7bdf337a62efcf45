"""`jieyou bench NAME`: figures of this machine, on this database (a demo city must be in it). Nothing is kept.

Ratios and medians: machines are noisy. `lifecycle` walks whole concerns through the engine and takes them back;
`pages` asks the staff's pages as the county clerk and counts queries.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from datetime import timedelta
from itertools import count
from random import Random
from typing import Annotated, Any

import typer
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jieyou.commons.meetings.models import Meeting
from jieyou.interfaces.cli.out import answer, progress, refuse, say
from jieyou.interfaces.demo import city as towns
from jieyou.interfaces.demo.city import HOME_COUNTY, City
from jieyou.interfaces.demo.matters import MATTERS
from jieyou.interfaces.demo.walk import Item, Walk
from jieyou.interfaces.demo.year import carry_out, communities, prepare
from jieyou.kernel.calendar import clock, store
from jieyou.kernel.loop.bulk import NewCase, open_many
from jieyou.kernel.loop.models import Case, Event
from jieyou.kernel.people.models import Account
from jieyou.kernel.people.posts import SYSTEM

BATCH = 1_000
PAGES = ("/desk/", "/desk/cases/", "/desk/cases/?tab=late", "/desk/cases/?tab=ended", "/desk/meetings/")


def bench(
    name: str,
    cases: Annotated[int, typer.Option(help="先垫这么多件事项")] = 0,
    rounds: Annotated[int, typer.Option(help="量几遍")] = 10,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Measure; NAME is lifecycle or pages."""
    known: dict[str, Callable[[City, int], dict[str, Any]]] = {"lifecycle": lifecycle, "pages": pages}
    if name not in known:
        refuse(f"没有名为 {name} 的量法，可选：{'、'.join(known)}")
    city = towns.read()
    if HOME_COUNTY not in city.offices:
        refuse("请先运行 jieyou demo load：没有演示城市就没有可量的东西。")
    with transaction.atomic():
        _pad(city, cases)
        figures = known[name](city, rounds)
        transaction.set_rollback(True)
    answer({"bench": name, "database": connection.vendor, "padded": cases, **figures}, as_json)


def lifecycle(city: City, rounds: int) -> dict[str, Any]:
    """Whole concerns, report to archive, with meeting and assignments; steps and lifecycles a second (CPU and wall)."""
    walk, luck = Walk(city, Random(1)), Random(2)
    staff, places = city.offices[HOME_COUNTY], communities(HOME_COUNTY)
    day = store.days().roll(clock.today() - timedelta(days=120))
    numbers = count(Meeting.objects.filter(unit=staff.unit).count() + 1_000)
    took: list[float] = []
    events = Event.objects.count()
    cpu = time.process_time()
    for n in range(rounds):
        begun = time.perf_counter()
        item = Item(MATTERS[n % len(MATTERS)], luck.choice(places), staff, n % 7 + 2)
        prepare(walk, item, day, luck)
        meeting = walk.call_meeting(staff, next(numbers), day, clock.at(day - timedelta(days=6)))
        walk.table(item, meeting, clock.at(day - timedelta(days=5)))
        walk.hold(staff, meeting, day, [item])
        walk.sign_minutes(staff, meeting, day)
        carry_out(walk, item, day, luck)
        took.append(time.perf_counter() - begun)
    made, used = Event.objects.count() - events, time.process_time() - cpu
    return {
        "lifecycles": rounds,
        "steps": made,
        "steps_per_second": round(made / sum(took), 1),
        "ms_per_lifecycle_p50": round(statistics.median(took) * 1000, 1),
        "cpu_ms_per_step": round(used / made * 1000, 2),
    }


def pages(city: City, rounds: int) -> dict[str, Any]:
    """Server time and query count of the staff's pages, as the county clerk."""
    client = Client(headers={"host": settings.ALLOWED_HOSTS[0]})
    client.force_login(Account.objects.get(username="county"), "django.contrib.auth.backends.ModelBackend")
    case = Case.objects.filter(loop="jieyou", l3=HOME_COUNTY, stage="tracked").first()
    paths = [*PAGES, *([f"/desk/cases/{case.number}/"] if case else [])]
    return {"pages": [_page(client, path, rounds) for path in paths]}


def _page(client: Client, path: str, rounds: int) -> dict[str, Any]:
    with CaptureQueriesContext(connection) as queries:
        status = client.get(path).status_code
    asked, took = len(queries), []
    for _ in range(max(rounds, 5)):
        begun = time.perf_counter()
        client.get(path)
        took.append((time.perf_counter() - begun) * 1000)
    took.sort()
    return {
        "path": path,
        "status": status,
        "queries": asked,
        "ms_p50": round(statistics.median(took), 1),
        "ms_p95": round(took[int(len(took) * 0.95)], 1),
    }


def _pad(city: City, cases: int) -> None:
    """Fill up with cases by the bulk path, spread over the counties."""
    if not cases:
        return
    homes = [(staff.unit, communities(code)) for code, staff in city.offices.items() if code != "6106"]
    luck = Random(3)
    with progress("垫底") as show:
        for done in range(0, cases, BATCH):
            rows = []
            for n in range(min(BATCH, cases - done)):
                unit, places = homes[n % len(homes)]
                title = MATTERS[n % len(MATTERS)].title.format(p="某社区", n=n % 9 + 1)
                rows.append(NewCase(title, luck.choice(places), unit, {"category": "other"}))
            open_many(settings.INTAKE_LOOP, SYSTEM, rows)
            show(done + len(rows), cases)
    say(f"已垫 {cases} 件。")
