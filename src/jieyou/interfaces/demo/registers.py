"""Rows of the registers: a year of people of the new trades who reported to their communities, and example organisations.

All names, telephones and organisations are thought up; nobody has an identity number, no organisation a credit code (a made-up
one might be somebody's). Each row comes in by the door that the page uses, on its own day.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from django.db import transaction

from jieyou.commons.directory.registers import organisations
from jieyou.interfaces.demo.city import City, names_of_people
from jieyou.interfaces.demo.year import communities
from jieyou.kernel.calendar import clock
from jieyou.kernel.people.actor import Actor
from jieyou.kernel.people.posts import actor_of
from jieyou.kernel.places.models import Place
from jieyou.kernel.register import keeping
from jieyou.mechanisms.new_employment.registers import workers

REPORTED = 606
WAITING = 6
ORGANISATIONS = 140
FIRST, DAYS = date(2024, 4, 24), 360
TRADES = ("rider", "rider", "rider", "courier", "courier", "driver", "driver", "trucker", "other")
COMPANIES = {
    "rider": "外卖配送站",
    "courier": "快递网点",
    "driver": "网约车平台",
    "trucker": "货运平台",
    "other": "家政服务部",
}
WILLING = ("随手拍，反映路上看到的问题", "志愿服务", "网格兼职", "夜间巡防", "")
SHOPS = (
    ("鲜果批发部", "individual", "零售"), ("便民超市", "individual", "零售"), ("物业服务公司", "enterprise", "物业服务"),
    ("苹果专业合作社", "cooperative", "种植"), ("建筑劳务公司", "enterprise", "建筑"), ("电子商务公司", "enterprise", "互联网"),
    ("志愿者协会", "society", "志愿服务"), ("老年书画协会", "society", "文化"), ("社会工作服务中心", "service", "社会工作"),
    ("幼儿园", "service", "教育"),
)  # fmt: skip
SAID = {"individual": "市场监管登记", "enterprise": "市场监管登记", "cooperative": "市场监管登记"}


def load(city: City, reported: int = REPORTED, many: int = ORGANISATIONS) -> None:
    """Those who reported in the home county, some whom their community has not checked yet, organisations of every county."""
    luck, staff = Random(606), city.offices[city.home]
    clerk, places = actor_of(staff.clerk), communities(city.home)
    with transaction.atomic():
        for n in range(reported):
            day = FIRST + timedelta(days=n * DAYS // reported)
            _report(n, day, day + timedelta(days=luck.randrange(3)), places, clerk, luck)
        for n in range(reported, reported + WAITING):
            _report(n, clock.today() - timedelta(days=n - reported + 1), None, places, clerk, luck)
    with transaction.atomic():
        _organisations(city, many, luck)


def _report(n: int, day: date, checked: date | None, places: list[Place], clerk: Actor, luck: Random) -> None:
    names, trade = names_of_people(), luck.choice(TRADES)
    place = luck.choice(places)
    told = {
        "place": place, "person-name": names[n % len(names)], "person-phone": f"1390911{n:04d}", "trade": trade,
        "company": f"{place.parent.name if place.parent else ''}{COMPANIES[trade]}", "reported_on": day, "checked_on": checked or "",
        "channel": luck.choice(("desk", "desk", "visit", "company")), "willing": luck.choice(WILLING), "agreed": True,
    }  # fmt: skip
    with clock.moved(clock.at(checked or day, 10)):
        keeping.add(workers, told, clerk)


def _organisations(city: City, many: int, luck: Random) -> None:
    """Half of them in the home county; some stood still or closed during the year."""
    homes = {code: communities(code) for code in city.offices if code != city.code}
    clerks = {code: actor_of(city.offices[code].clerk) for code in homes}
    others = [code for code in homes if code != city.home] or [city.home]
    for n in range(many):
        code = city.home if n % 2 else others[n // 2 % len(others)]
        with clock.moved(clock.at(FIRST + timedelta(days=n % 60), 11)):
            told = _organisation(n, luck.choice(homes[code]), luck)
            row = keeping.add(organisations, told, clerks[code])
        if n % 9 == 4:
            stopped = {"status": luck.choice(("paused", "closed", "lost")), "status_source": "实地走访"}
            day = FIRST + timedelta(days=120 + n)
            with clock.moved(clock.at(day, 15)):
                keeping.change(
                    organisations, row, told | stopped | {"status_since": day}, clerks[code], "走访发现"
                )


def _organisation(n: int, place: Place, luck: Random) -> dict[str, Any]:
    word, kind, industry = SHOPS[n % len(SHOPS)]
    town = place.parent.name if place.parent else place.name
    return {
        "place": place, "name": f"{town}{word}（示例 {n + 1:03d}）", "uscc": "", "kind": kind, "industry": industry,
        "address": f"{town}{luck.randrange(1, 200)}号", "status": "operating",
        "status_since": date(2019 + n % 5, 1 + n % 12, 1 + n % 28), "status_source": SAID.get(kind, "民政登记"),
        "people": luck.randrange(1, 60),
    }  # fmt: skip
