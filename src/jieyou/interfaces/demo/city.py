"""The demo city's offices, bureaus and people: 13 counties, the accounts of 宝塔区 with a password, the others without."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from random import Random

from jieyou.interfaces.demo.matters import BUREAUS, GIVEN, SURNAMES
from jieyou.kernel.people import units
from jieyou.kernel.people.actor import Actor
from jieyou.kernel.people.models import Account, Post, Unit
from jieyou.kernel.people.posts import actor_of, appoint
from jieyou.kernel.people.roles import (
    ADMIN, AUDITOR, CALLER, CLEARED, CLERK, HEAD, LEADER, MEETING_CLERK, OFFICER, UNIT_HEAD,
)  # fmt: skip
from jieyou.kernel.places import load, tree
from jieyou.kernel.places.models import Place

SINCE = date(2024, 4, 22)
BY = "system"
HOME_COUNTY = "610602"
PREFIXES = {
    "610602": "BT", "610603": "AS", "610621": "YCG", "610622": "YCN", "610625": "ZD", "610626": "WQ", "610627": "GQ",
    "610628": "FX", "610629": "LC", "610630": "YIC", "610631": "HLG", "610632": "HLN", "610681": "ZC",
}  # fmt: skip


@dataclass
class Staff:
    """The people of one office, by what they do. In a small county some are the same person."""

    unit: Unit
    clerk: Account
    meeting_clerk: Account
    head: Account
    caller: Account


@dataclass
class City:
    """Everything the demo's walk needs."""

    offices: dict[str, Staff] = field(default_factory=dict)
    bureaus: dict[tuple[str, str], Account] = field(default_factory=dict)
    units: dict[tuple[str, str], Unit] = field(default_factory=dict)
    townships: dict[str, Account] = field(default_factory=dict)
    cleared: Account | None = None
    admin: Account | None = None

    _actors: dict[str, Actor] = field(default_factory=dict)

    def actor(self, account: Account) -> Actor:
        """The account's actor, built once (posts do not change during the load)."""
        if account.pk.hex not in self._actors:
            self._actors[account.pk.hex] = actor_of(account)
        return self._actors[account.pk.hex]


def found(password: str, counties: tuple[str, ...] = tuple(PREFIXES)) -> City:
    """Places, units, people. ``counties``: which of them get offices (tests take two)."""
    load.load_yanan(BY)
    city, names = City(), _names()
    _found_city(city, names, password)
    for code in counties:
        _found_county(city, tree.by_code(code), names, password)
    return city


def _names() -> list[str]:
    names = [s + g for g in GIVEN for s in SURNAMES]
    Random(610600).shuffle(names)
    return names


def person(username: str, name: str, password: str = "") -> Account:
    """An account; without a password nobody can log in with it."""
    return Account.objects.create_user(username, name, password or None, by=BY, why="演示数据")


def _office(place: Place, name: str, short: str, prefix: str) -> Unit:
    return units.add(name, "office", place, BY, short=short, prefix=prefix)


def _found_city(city: City, names: list[str], password: str) -> None:
    place = tree.by_code("6106")
    office = _office(place, "中共延安市委社会工作部", "市委社会工作部", "YA")
    clerk = person("city", names.pop(), password)
    head, caller = person("city-head", names.pop()), person("city-caller", names.pop())
    city.cleared = person("city-sealed", names.pop(), password)
    city.admin = person("admin", names.pop(), password)
    for account, role in (
        (clerk, CLERK), (clerk, MEETING_CLERK), (head, HEAD), (head, LEADER), (caller, CALLER), (city.cleared, CLEARED),
        (city.admin, ADMIN), (city.admin, AUDITOR),
    ):  # fmt: skip
        appoint(account, office, role, SINCE, BY)
    city.offices["6106"] = Staff(office, clerk, clerk, head, caller)
    _found_bureaus(city, place, "延安市", names, {})


def _found_county(city: City, place: Place, names: list[str], password: str) -> None:
    mine = place.code == HOME_COUNTY
    office = _office(place, f"中共{place.name}委社会工作部", f"{place.name}委社会工作部", PREFIXES[place.code])
    word = password if mine else ""
    clerk = person("county" if mine else f"county-{place.code}", names.pop(), word)
    head = person("leader" if mine else f"leader-{place.code}", names.pop(), word)
    caller = person("caller" if mine else f"caller-{place.code}", names.pop(), word)
    for account, role in ((clerk, CLERK), (clerk, MEETING_CLERK), (head, HEAD), (caller, CALLER)):
        appoint(account, office, role, SINCE, BY)
    city.offices[place.code] = Staff(office, clerk, clerk, head, caller)
    _found_bureaus(city, place, place.name, names, {"住建": ("bureau", word)} if mine else {})
    for n, township in enumerate(tree.children(place)):
        _found_township(city, township, names, password if mine and township.code == "610602005" else "", n)


def _found_bureaus(city: City, place: Place, title: str, names: list[str], logins: dict[str, tuple[str, str]]) -> None:
    for n, (kind, suffix) in enumerate(BUREAUS.items()):
        unit_kind = "company" if kind == "热力" else "bureau"
        unit = units.add(f"{title}{suffix}", unit_kind, place, BY, short=f"{title}{kind}")
        username, word = logins.get(kind, (f"b{place.code}-{n}", ""))
        _staff(city, (place.code, kind), unit, person(username, names.pop(), word))


def _found_township(city: City, place: Place, names: list[str], password: str, n: int) -> None:
    county = place.parent
    assert county is not None
    ending = "办事处" if place.name.endswith("街道") else "人民政府"
    unit = units.add(f"{county.name}{place.name}{ending}", "township", place, BY, short=place.name)
    officer = person("township" if password else f"t{place.code}", names.pop(), password)
    _staff(city, (place.code, "街道"), unit, officer)
    city.townships[place.code] = officer


def _staff(city: City, key: tuple[str, str], unit: Unit, officer: Account) -> None:
    for role in (OFFICER, UNIT_HEAD):
        appoint(officer, unit, role, SINCE, BY)
    city.bureaus[key], city.units[key] = officer, unit


def existing() -> bool:
    """Has the demo city been founded in this database?"""
    return Post.objects.filter(account__username="city-sealed").exists()
