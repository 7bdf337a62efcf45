"""`jieyou bench NAME`: figures of this machine, on this database (a demo city must be in it).

All is done in a copy of the database with ``--cases`` more cases (:mod:`.benchground`); nothing of the city's own is
touched. `lifecycle` walks whole concerns through the engine, with ``--api`` through a real server; `pages` asks the
staff's pages as the county clerk and counts queries. Machines are noisy: read ratios and medians.
"""

from __future__ import annotations

import statistics
import time
from datetime import timedelta
from itertools import count
from random import Random
from typing import Annotated, Any

import typer
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jieyou.collector import settle
from jieyou.commons.meetings.models import Meeting
from jieyou.interfaces.cli import benchapi, benchcockpit, benchground, benchregister, benchtriage
from jieyou.interfaces.cli.out import answer, refuse
from jieyou.interfaces.demo import city as towns
from jieyou.interfaces.demo.city import HOME_COUNTY, City
from jieyou.interfaces.demo.matters import MATTERS
from jieyou.interfaces.demo.walk import Item, Walk
from jieyou.interfaces.demo.year import carry_out, communities, prepare
from jieyou.kernel.calendar import clock, store
from jieyou.kernel.loop.models import Case, Event
from jieyou.kernel.people.models import Account

NAMES = ("lifecycle", "pages", "cockpit", "triage", "register")
PAGES = ("/desk/", "/desk/notices/", "/desk/meetings/", "/desk/search/?q=路灯", "/desk/search/?q=施工噪声扰民", "/desk/search/?q=BT-2024-00",
         "/desk/search/?q=桥沟")  # fmt: skip
#: The list as a clerk uses it: by tab, sorted, filtered, searched.
LISTS = ("", "?tab=assess", "?tab=tracked", "?tab=late", "?tab=ended", "?tab=all", "?tab=all&page=9", "?tab=all&page=40", "?tab=all&sort=due",
         "?tab=all&category=heating", "?tab=all&unit=住房", "?tab=all&q=路灯", "?tab=all&q=施工噪声扰民", "?tab=ended&q=电梯停运",
         "?tab=all&place=610602005", "?loop=assignment&tab=working")  # fmt: skip


def bench(
    name: str,
    cases: Annotated[int, typer.Option(help="先垫这么多件事项")] = 0,
    events: Annotated[int, typer.Option(help="先垫到大约这么多条办理记录（代替 --cases）")] = 0,
    rounds: Annotated[int, typer.Option(help="量几遍")] = 20,
    rows: Annotated[int, typer.Option(help="台账先垫这么多行（register 用）")] = 0,
    api: Annotated[bool, typer.Option("--api", help="经接口办，起一个真的服务")] = False,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Measure; NAME is lifecycle, pages, cockpit, triage or register."""
    cases = cases or events // benchcockpit.EVENTS_A_CASE
    if name not in NAMES:
        refuse(f"没有名为 {name} 的量法，可选：{'、'.join(NAMES)}")
    if name == "triage":
        answer({"bench": name, **benchtriage.triage(cases)}, as_json)
        return
    if HOME_COUNTY not in towns.read().offices:
        refuse("请先运行 jieyou demo load：没有演示城市就没有可量的东西。")
    if name == "register":
        with benchground.ground(rows, name, benchregister.fill):
            figures = benchregister.register(rounds)
        answer({"bench": name, "database": connection.vendor, **figures}, as_json)
        return
    with benchground.ground(cases):
        city, held = towns.read(), Case.objects.count()
        if name == "cockpit":
            figures = benchcockpit.cockpit(rounds)
        elif api and name == "lifecycle":
            figures = benchapi.lifecycle(city, rounds)
        else:
            figures = _taken_back(name, city, rounds)
    answer({"bench": name, "database": connection.vendor, "cases": held, **figures}, as_json)


def _taken_back(name: str, city: City, rounds: int) -> dict[str, Any]:
    """In this process, and rolled back."""
    with transaction.atomic():
        figures = lifecycle(city, rounds) if name == "lifecycle" else pages(rounds)
        transaction.set_rollback(True)
    return figures


def lifecycle(city: City, rounds: int) -> dict[str, Any]:
    """Whole concerns, report to archive, with meeting and assignments; steps and lifecycles a second (CPU and wall)."""
    walk, luck = Walk(city, Random(1)), Random(2)
    # A task of a 街道 that is not on its duty list needs an approval first: that is another way, not a slower one.
    matters = [one for one in MATTERS if "街道" not in (one.lead, *one.helpers)]
    staff, places = city.offices[HOME_COUNTY], communities(HOME_COUNTY)
    day = store.days().roll(clock.today() - timedelta(days=120))
    numbers = count(Meeting.objects.filter(unit=staff.unit).count() + 1_000)
    took: list[float] = []
    events = Event.objects.count()
    cpu = time.process_time()
    for n in range(rounds):
        begun = time.perf_counter()
        item = Item(matters[n % len(matters)], luck.choice(places), staff, n % 7 + 2)
        prepare(walk, item, day, luck)
        meeting = walk.call_meeting(staff, next(numbers), day, clock.at(day - timedelta(days=6)))
        walk.table(item, meeting, clock.at(day - timedelta(days=5)))
        walk.hold(staff, meeting, day, [item])
        walk.sign_minutes(staff, meeting, day)
        carry_out(walk, item, day, luck)
        took.append(time.perf_counter() - begun)
    used = time.process_time() - cpu
    made = Event.objects.count() - events
    return {
        "lifecycles": rounds,
        "steps": made,
        "steps_per_second": round(made / sum(took), 1),
        "ms_per_lifecycle_p50": round(statistics.median(took) * 1000, 1),
        "cpu_ms_per_step": round(used / made * 1000, 2),
    }


def pages(rounds: int) -> dict[str, Any]:
    """Server time and query count of the staff's pages, as the county clerk. On a busy machine only the CPU column
    compares; it holds SQLite's work, not a PostgreSQL server's."""
    client = Client(headers={"host": settings.ALLOWED_HOSTS[0]})
    client.force_login(Account.objects.get(username="county"), "django.contrib.auth.backends.ModelBackend")
    settle()  # as a worker of the server has done
    found = [
        _page(client, path, rounds)
        for path in [*PAGES, *(f"/desk/cases/{query}" for query in LISTS), *_cases()]
    ]
    return {"pages": found, "ms_p95_worst": max(page["ms_p95"] for page in found)}


def _cases() -> list[str]:
    """Pages of a case in work, of one that has ended, and of a task."""
    rows = Case.objects.filter(l3=HOME_COUNTY, sealed=False)
    wanted = (rows.filter(loop="jieyou", open=True, stage="tracked"), rows.filter(loop="jieyou", stage="archived"),
              rows.filter(loop="assignment", open=True))  # fmt: skip
    return [f"/desk/cases/{case.number}/" for one in wanted if (case := one.order_by("-moved_at").first())]


def _page(client: Client, path: str, rounds: int) -> dict[str, Any]:
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        status = client.get(path).status_code
    asked, took, used = len(queries), [], []
    for _ in range(max(rounds, 5)):
        begun, cpu = time.perf_counter(), time.process_time()
        client.get(path)
        took.append((time.perf_counter() - begun) * 1000)
        used.append((time.process_time() - cpu) * 1000)
    took.sort()
    return {
        "path": path,
        "status": status,
        "queries": asked,
        "ms_p50": round(statistics.median(took), 1),
        "ms_p95": round(took[int(len(took) * 0.95)], 1),
        "cpu_ms_p50": round(statistics.median(used), 1),
        "cpu_ms_p95": round(sorted(used)[int(len(used) * 0.95)], 1),
    }
