"""The demo city's offices, bureaus and people: 13 counties, the accounts of 宝塔区 with a password, the others without."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
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

    _actors: dict[str, Actor] = field(default_factory=dict)

    def actor(self, account: Account) -> Actor:
        """The account's actor, built once (posts do not change during the load)."""
        if account.pk.hex not in self._actors:
            self._actors[account.pk.hex] = actor_of(account)
        return self._actors[account.pk.hex]


def found(password: str, counties: tuple[str, ...] = tuple(PREFIXES)) -> City:
    """Places, units, people. ``counties``: which of them get offices (tests take two)."""
    load.load_yanan(BY)
    city, make = City(), Founding(password)
    _found_city(city, make)
    for code in counties:
        _found_county(city, tree.by_code(code), make)
    for code in counties:
        _found_committee(city, tree.by_code(code), make)
    make.keep()
    return city


def names_of_people() -> list[str]:
    names = [s + g for g in GIVEN for s in SURNAMES]
    Random(610600).shuffle(names)
    return names


class Founding:
    """Rows of the city as they are thought up; ``keep`` writes them in bulk, on the record."""

    def __init__(self, password: str) -> None:
        self.password = password
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
    place = tree.by_code("6106")
    office = make.unit("中共延安市委社会工作部", "office", place, "市委社会工作部", "YA")
    clerk, head, caller = make.person("city", True), make.person("city-head"), make.person("city-caller")
    city.cleared, city.admin = make.person("city-sealed", True), make.person("admin", True)
    make.post(clerk, office, CLERK, MEETING_CLERK)
    make.post(head, office, HEAD, LEADER)
    make.post(caller, office, CALLER)
    make.post(city.cleared, office, CLEARED)
    make.post(city.admin, office, ADMIN)
    make.post(make.person("auditor", True), office, AUDITOR)
    city.offices["6106"] = Staff(office, clerk, clerk, head, caller)
    _found_bureaus(city, place, "延安市", make)


def _found_county(city: City, place: Place, make: Founding) -> None:
    mine = place.code == HOME_COUNTY
    office = make.unit(
        f"中共{place.name}委社会工作部", "office", place, f"{place.name}委社会工作部", PREFIXES[place.code]
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
    mine = place.code == HOME_COUNTY
    unit = make.unit(
        f"{place.name}人民调解委员会", "bureau", place, place.name.rstrip("区县市")[:1], PREFIXES[place.code]
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
        login = place.code == HOME_COUNTY and kind == "住建"
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
    login = place.code == HOME_TOWNSHIP
    officer = make.person("township" if login else f"t{place.code}", login)
    _staff(city, make, (place.code, "街道"), unit, officer)
    city.townships[place.code] = officer


def _staff(city: City, make: Founding, key: tuple[str, str], unit: Unit, officer: Account) -> None:
    make.post(officer, unit, OFFICER, UNIT_HEAD)
    city.bureaus[key], city.units[key] = officer, unit


def read() -> City:
    """The city as it stands in this database (benchmarks, and whoever goes on where the demo stopped)."""
    city = City()
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
