"""A small city for the tests: Yan'an's real places, offices and people of 宝塔区 and 安塞区, and the way of a concern.

Founded once per test process and kept as a second copy of the test database; a module that asks for ``town`` works on
that copy, every other module on the empty one. ``Town.concern(stage)`` walks a concern to a stage by the real doors.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

import pytest
from django.db import connection

from jieyou.interfaces.demo.city import HOME_COUNTY, HOME_TOWNSHIP, City, found
from jieyou.interfaces.demo.matters import MATTERS
from jieyou.interfaces.demo.walk import Item, Walk
from jieyou.kernel import shortly
from jieyou.kernel.calendar import clock
from jieyou.kernel.ledger import triggers
from jieyou.kernel.loop.engine import advance
from jieyou.kernel.loop.models import Case, Event
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.people.actor import Actor
from jieyou.kernel.people.models import Account, Unit
from jieyou.kernel.people.posts import actor_of
from jieyou.kernel.places import tree
from support import pristine

NAME = "town"
COUNTIES = (HOME_COUNTY, "610603")
PASSWORD = "解忧-demo-2026"
FIRST_DAY = date(2024, 5, 20)
MEETING_DAY = date(2024, 6, 3)
#: How far a concern may be walked, in order.
STAGES = (
    "clue",
    "assess",
    "consult",
    "meeting",
    "decided",
    "handed",
    "tracked",
    "strike",
    "visit",
    "archived",
)
Told = Callable[..., list[str]]
_city: list[City] = []


@dataclass(repr=False)
class Town:
    """The people of the small city by the name they log in with, and what they do."""

    city: City
    walk: Walk
    _meetings: dict[date, Case] = field(default_factory=dict)

    def account(self, username: str) -> Account:
        """``city county leader caller bureau township city-sealed county-610603 leader-610603 admin`` and others."""
        return Account.objects.get(username=username)

    def actor(self, username: str) -> Actor:
        """The account with the posts it holds now (read anew: posts change in stories)."""
        return actor_of(self.account(username))

    def unit(self, kind: str = "住建", code: str = HOME_COUNTY) -> Unit:
        """A bureau by its kind; the office by ``office``; the township by ``街道``."""
        if kind == "office":
            return self.city.offices[code].unit
        return self.city.units[HOME_TOWNSHIP if kind == "街道" else code, kind]

    def item(self, matter: int = 0, code: str = HOME_COUNTY) -> Item:
        """A concern nobody has told yet, in a village of 宝塔区 (of the home township)."""
        township = HOME_TOWNSHIP if code == HOME_COUNTY else tree.children(tree.by_code(code))[0].code
        place = tree.children(tree.by_code(township))[0]
        return Item(MATTERS[matter], place, self.city.offices[code], 3)

    def act(
        self, case: Case | None, name: str, username: str, at: datetime | None = None, **data: Any
    ) -> Case:
        """One step by one person on the case as it is now; :class:`Refused` is left to the test."""
        fresh = self.fresh(case)
        with clock.moved(at or max(fresh.moved_at, clock.at(FIRST_DAY)) + timedelta(hours=1)):
            return advance(fresh, name, self.actor(username), data)

    def refusal(
        self, case: Case | None, name: str, username: str, at: datetime | None = None, **data: Any
    ) -> str:
        """The sentence with which a step is refused; fails when it is not."""
        with pytest.raises(Refused) as caught:
            self.act(case, name, username, at, **data)
        return caught.value.sentence

    def fresh(self, case: Case | None) -> Case:
        """The case as the database has it now."""
        assert case is not None
        return Case.objects.select_related("home", "holder", "place").get(pk=case.pk)

    def events(self, case: Case | None) -> list[Event]:
        """Every step, oldest first."""
        assert case is not None
        return list(Event.objects.filter(case_id=case.pk).order_by("seq"))

    def concern(self, upto: str = "archived", matter: int = 0, name: str = "", phone: str = "") -> Item:
        """A concern that a resident of 宝塔区 told on ``FIRST_DAY`` and that has come to this one of ``STAGES``."""
        item, walk = self.item(matter), self.walk
        walk.tell(item, clock.at(FIRST_DAY), name=name, phone=phone)
        for stage in STAGES[1 : STAGES.index(upto) + 1]:
            getattr(self, f"_to_{stage}")(item)
        if item.case is not None:
            item.case = self.fresh(item.case)
        return item

    def _to_assess(self, item: Item) -> None:
        self.walk.register(item, clock.at(FIRST_DAY + timedelta(days=1)))

    def _to_consult(self, item: Item) -> None:
        self.walk.judge(item, clock.at(date(2024, 5, 22)))
        self.walk.agree_meeting(item, clock.at(date(2024, 5, 22), 15))

    def _to_meeting(self, item: Item) -> None:
        self.walk.consult(item, clock.at(date(2024, 5, 24)))
        if MEETING_DAY in self._meetings and self.fresh(self._meetings[MEETING_DAY]).stage != "preparing":
            self._meetings.clear()
        self.walk.table(item, self.meeting(), clock.at(date(2024, 5, 29)))

    def _to_decided(self, item: Item) -> None:
        self.walk.hold(item.staff, self.meeting(), MEETING_DAY, [item])

    def _to_handed(self, item: Item) -> None:
        self.walk.sign_minutes(item.staff, self.meeting(), MEETING_DAY)
        self._meetings.clear()
        self.walk.hand_out(item, clock.at(date(2024, 6, 4)))

    def _to_tracked(self, item: Item) -> None:
        self.walk.sign_for(item, clock.at(date(2024, 6, 5)))

    def _to_strike(self, item: Item) -> None:
        self.walk.work(item, clock.at(date(2024, 6, 10)))
        self.walk.finish(item, clock.at(date(2024, 6, 18)))
        self.walk.step(item.case, "apply", self.walk.officer_of_lead(item), clock.at(date(2024, 6, 20)), result="solved",
                       reply=item.fill("您反映的事情已经办好，{p}恢复正常，感谢您的支持和耐心等待。"))  # fmt: skip
        self.walk.verify(item, clock.at(date(2024, 6, 20), 14))

    def _to_visit(self, item: Item) -> None:
        self.walk.step(
            item.case, "agree_strike", item.staff.head, clock.at(date(2024, 6, 20), 15), words="同意。"
        )

    def _to_archived(self, item: Item) -> None:
        self.walk.call(item, clock.at(date(2024, 6, 21)))
        self.walk.archive(item, clock.at(date(2024, 6, 24)))

    def meeting(self, day: date = MEETING_DAY, number: int | None = None) -> Case:
        """The office's meeting of that day, called once; its number is given by hand."""
        if day not in self._meetings:
            staff = self.city.offices[HOME_COUNTY]
            taken = Case.objects.filter(loop="meeting", home=staff.unit).count()
            self._meetings[day] = self.walk.call_meeting(
                staff, number or taken + 1, day, clock.at(date(2024, 5, 27))
            )
        return self._meetings[day]


def row(unit: Unit, kind: str = "lead", due: Any = 7, task: str = "更换供热管段") -> dict[str, Any]:
    """One line of the table of assignments."""
    return {"task": task, "kind": kind, "unit": unit, "due": due}


@pytest.fixture(scope="module")
def town_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The copy of the test database with the small city in it, for one module."""
    with django_db_blocker.unblock():
        if not pristine.kept(NAME):
            _city[:] = [found(PASSWORD, COUNTIES)]
            pristine.take(NAME)
        pristine.use(NAME)
    yield
    with django_db_blocker.unblock():
        pristine.use(pristine.PRISTINE)


@pytest.fixture
def town(town_database: None, db: None) -> Iterator[Town]:
    """The small city; what a test does in it is gone after it."""
    yield new_town()
    _look_again()


def new_town() -> Town:
    """The people of the copy in use. A module's own fixture may walk with it, in ``django_db_blocker.unblock()``."""
    _look_again()
    city = deepcopy(_city[0])
    return Town(city, Walk(city, Random(1)))


def _look_again() -> None:
    """Rules and posts are kept for seconds by the process; another test's were rolled back."""
    shortly.forget()


@contextmanager
def tampering() -> Iterator[None]:
    """Somebody who rules the database takes the triggers off, does his work and puts them back."""
    with triggers.suspended(connection):
        yield
