"""The demo city's offices, bureaus and people: 13 counties, the accounts of 宝塔区 with a password, the others without."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random

from django.db.models import Model

from jieyou.interfaces.demo.matters import BUREAUS, GIVEN, SURNAMES
from jieyou.kernel.ledger import tracked
from jieyou.kernel.people.actor import Actor
from jieyou.kernel.people.models import Account, Post, Unit
from jieyou.kernel.people.posts import actor_of
from jieyou.kernel.people.roles import (
    ADMIN,
    AUDITOR,
    CALLER,
    CLEARED,
    CLERK,
    HEAD,
    LEADER,
    MEDIATOR,
    MEETING_CLERK,
    OFFICER,
    UNIT_HEAD,
)  # fmt: skip
from jieyou.kernel.places import load, tree
from jieyou.kernel.places.models import Place

SINCE = date(2024, 4, 22)
BY = "system"
HOME_COUNTY, HOME_TOWNSHIP = "610602", "610602005"
PREFIXES = {
    "610602": "BT", "610603": "AS", "610621": "YCG", "610622": "YCN", "610625": "ZD", "610626": "WQ", "610627": "GQ",
    "610628": "FX", "610629": "LC", "610630": "YIC", "610631": "HLG", "610632": "HLN", "610681": "ZC",
}  # fmt: skip


@dataclass(frozen=True)
class Where:
    """Which city: its code, the county and township whose people can log in, a file of places (none: Yan'an as shipped)."""

    code: str = "6106"
    home: str = HOME_COUNTY
    township: str = HOME_TOWNSHIP
    places: Path | None = None
    counties: tuple[str, ...] = ()

    @classmethod
    def of(cls, places: Path) -> Where:
        """Another city, from its file of places: the first county and its first township are the ones to log in to."""
        load.load_csv(places, BY)
        with places.open(encoding="utf-8-sig", newline="") as lines:
            found = sorted(row["code"] for row in csv.DictReader(lines))
        city = next(code for code in found if len(code) == 4)
        counties = tuple(code for code in found if len(code) == 6)
        township = next(code for code in found if len(code) == 9 and code.startswith(counties[0]))
        return cls(city, counties[0], township, places, counties)


YANAN = Where()


def prefix_of(code: str) -> str:
    """Letters before the numbers of an office: Yan'an's own, elsewhere from the code."""
    return PREFIXES.get(code) or ("YA" if code == YANAN.code else f"S{code[4:6]}" if len(code) == 6 else "SJ")


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
    committees: dict[str, Unit] = field(default_factory=dict)
    mediators: dict[str, list[Account]] = field(default_factory=dict)
    cleared: Account | None = None
    admin: Account | None = None
    code: str = YANAN.code
    home: str = HOME_COUNTY

    _actors: dict[str, Actor] = field(default_factory=dict)

    def actor(self, account: Account) -> Actor:
        """The account's actor, built once (posts do not change during the load)."""
        if account.pk.hex not in self._actors:
            self._actors[account.pk.hex] = actor_of(account)
        return self._actors[account.pk.hex]


def found(password: str, counties: tuple[str, ...] = (), where: Where = YANAN) -> City:
    """Places, units, people. ``counties``: which of them get offices (tests take two; default: all)."""
    if where.places is None:
        load.load_yanan(BY)
    city, make = City(code=where.code, home=where.home), Founding(password, where)
    _found_city(city, make)
    for code in counties or where.counties or tuple(PREFIXES):
        _found_county(city, tree.by_code(code), make)
    if where.home in counties:
        make.post(make.person("county-admin", True), city.offices[where.home].unit, ADMIN)
    for code in city.offices:
        if code != city.code:
            _found_committee(city, tree.by_code(code), make)
    make.keep()
    return city


def names_of_people() -> list[str]:
    names = [s + g for g in GIVEN for s in SURNAMES]
    Random(610600).shuffle(names)
    return names


class Founding:
    """Rows of the city as they are thought up; ``keep`` writes them in bulk, on the record."""

    def __init__(self, password: str, where: Where = YANAN) -> None:
        self.password, self.where = password, where
        self.names = names_of_people()
        self.rows: dict[type[Model], list[Model]] = {Unit: [], Account: [], Post: []}

    def person(self, username: str, login: bool = False) -> Account:
        """An account; without a password nobody can log in with it."""
        account = Account(username=username, name=self.names.pop())
        if login:
            account.set_password(self.password)
        else:
            account.set_unusable_password()
        self.rows[Account].append(account)
        return account

    def unit(self, name: str, kind: str, place: Place, short: str, prefix: str = "") -> Unit:
        row = Unit(name=name, kind=kind, place=place, short=short, prefix=prefix)
        self.rows[Unit].append(row)
        return row

    def post(self, account: Account, unit: Unit, *roles: str) -> None:
        self.rows[Post] += [Post(account=account, unit=unit, role=role, since=SINCE) for role in roles]

    def keep(self) -> None:
        for model, rows in self.rows.items():
            model._default_manager.bulk_create(rows)
            tracked.adopt(rows, BY, "演示数据")


def _found_city(city: City, make: Founding) -> None:
    place = tree.by_code(city.code)
    office = make.unit(
        f"中共{place.name}委社会工作部", "office", place, "市委社会工作部", prefix_of(place.code)
    )
    clerk, head, caller = make.person("city", True), make.person("city-head"), make.person("city-caller")
    city.cleared, city.admin = make.person("city-sealed", True), make.person("admin", True)
    make.post(clerk, office, CLERK, MEETING_CLERK)
    make.post(head, office, HEAD, LEADER)
    make.post(caller, office, CALLER)
    make.post(city.cleared, office, CLEARED)
    make.post(city.admin, office, ADMIN)
    make.post(make.person("auditor", True), office, AUDITOR)
    city.offices[city.code] = Staff(office, clerk, clerk, head, caller)
    _found_bureaus(city, place, place.name, make)


def _found_county(city: City, place: Place, make: Founding) -> None:
    mine = place.code == city.home
    office = make.unit(
        f"中共{place.name}委社会工作部", "office", place, f"{place.name}委社会工作部", prefix_of(place.code)
    )
    clerk, head, caller = (
        make.person(word if mine else f"{word}-{place.code}", mine) for word in ("county", "leader", "caller")
    )
    make.post(clerk, office, CLERK, MEETING_CLERK)
    make.post(head, office, HEAD)
    make.post(caller, office, CALLER)
    city.offices[place.code] = Staff(office, clerk, clerk, head, caller)
    _found_bureaus(city, place, place.name, make)
    for township in tree.children(place):
        _found_township(city, place, township, make)


def _found_committee(city: City, place: Place, make: Founding) -> None:
    """人民调解委员会 of a county: two mediators, so that another one calls back."""
    mine = place.code == city.home
    unit = make.unit(
        f"{place.name}人民调解委员会", "bureau", place, place.name.rstrip("区县市")[:1], prefix_of(place.code)
    )
    for word in ("mediator", "mediator2"):
        account = make.person(word if mine else f"{word}-{place.code}", mine)
        make.post(account, unit, MEDIATOR, OFFICER)
        city.mediators.setdefault(place.code, []).append(account)
    city.committees[place.code] = unit


def _found_bureaus(city: City, place: Place, title: str, make: Founding) -> None:
    for n, (kind, suffix) in enumerate(BUREAUS.items()):
        unit = make.unit(
            f"{title}{suffix}", "company" if kind == "热力" else "bureau", place, f"{title}{kind}"
        )
        login = place.code == city.home and kind == "住建"
        _staff(
            city,
            make,
            (place.code, kind),
            unit,
            make.person("bureau" if login else f"b{place.code}-{n}", login),
        )


def _found_township(city: City, county: Place, place: Place, make: Founding) -> None:
    ending = "办事处" if place.name.endswith("街道") else "人民政府"
    unit = make.unit(f"{county.name}{place.name}{ending}", "township", place, place.name)
    login = place.code == make.where.township
    officer = make.person("township" if login else f"t{place.code}", login)
    _staff(city, make, (place.code, "街道"), unit, officer)
    city.townships[place.code] = officer


def _staff(city: City, make: Founding, key: tuple[str, str], unit: Unit, officer: Account) -> None:
    make.post(officer, unit, OFFICER, UNIT_HEAD)
    city.bureaus[key], city.units[key] = officer, unit


def read() -> City:
    """The city as it stands in this database (benchmarks, and whoever goes on where the demo stopped)."""
    city = City()
    if (
        office := Unit.objects.filter(kind="office", until=None, place__level="city")
        .select_related("place")
        .first()
    ):
        city.code = office.place.code
    people = {
        (p.unit_id, p.role): p.account for p in Post.objects.filter(until=None).select_related("account")
    }
    for unit in Unit.objects.filter(until=None).select_related("place"):
        if unit.kind == "office":
            clerk, head, caller = (people[unit.pk, role] for role in (CLERK, HEAD, CALLER))
            city.offices[unit.place.code] = Staff(unit, clerk, people[unit.pk, MEETING_CLERK], head, caller)
        elif (unit.pk, MEDIATOR) in people:
            city.committees[unit.place.code] = unit
        elif (unit.pk, OFFICER) in people:
            key = (unit.place.code, "街道" if unit.kind == "township" else _kind(unit))
            city.units[key], city.bureaus[key] = unit, people[unit.pk, OFFICER]
    return city


def _kind(unit: Unit) -> str:
    return next((kind for kind, suffix in BUREAUS.items() if unit.name.endswith(suffix)), unit.name)
