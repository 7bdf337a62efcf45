"""甘泉路调委会 for the stories: a committee with a desk, an alliance, three people on the menu, two neighbours."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from support.city import HOME_COUNTY, Town

from jieyou.kernel.calendar import clock
from jieyou.kernel.ledger import tracked
from jieyou.kernel.loop.models import Case, Clock
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.places import tree
from jieyou.mechanisms.mediation import applying, lists
from jieyou.mechanisms.mediation.applying import Person
from jieyou.mechanisms.mediation.models import Body, Mediation, Mediator, Party

DAY = date(2024, 6, 3)
ANNA, BEN = Person("郝春梅", "13800000001"), Person("贺长山", "13800000002")
WORDS = "楼上漏水泡了我家屋顶，郝春梅说是管子的事，贺长山说不是。"
AGREED = {
    "facts": "楼上水管渗漏，楼下屋顶受潮。", "liability": "楼上承担维修责任。", "terms": "楼上三天内修好水管，赔偿楼下 800 元。",
    "how": "现金，当面付清。", "perform_by": "2024-07-01", "amount": 800,
}  # fmt: skip
MADE = {"day": "2024-06-06", "where": "调解室", "record": "双方到场，说清了漏水的经过。"}


@dataclass
class Room:
    """The committee's room: who sits there, and a dispute walked by the doors."""

    town: Town
    body: Body
    lead: Mediator
    talker: Mediator
    secrets: dict[str, str] = field(default_factory=dict)

    def apply(self, category: str = "neighbour", at: datetime | None = None) -> Case:
        with clock.moved(at or clock.at(DAY, 9)):
            receipt = applying.apply(self.body, category, WORDS, ANNA, BEN)
            self.secrets = {"a": receipt.secret, "b": applying.join(receipt.case.number, BEN.phone).secret}
        return receipt.case

    def party(self, letter: str) -> Party:
        found = applying.lookup(self.secrets[letter])
        assert found is not None
        return found

    def says(self, letter: str, name: str, at: datetime | None = None, **data: Any) -> Case:
        with clock.moved(at or clock.at(DAY, 10)):
            return applying.act(self.party(letter), name, data)

    def does(
        self, case: Case, name: str, at: datetime | None = None, who: str = "mediator", **data: Any
    ) -> Case:
        return self.town.act(case, name, who, at or clock.at(DAY, 11), **data)

    def signs(self, letter: str, name: str, at: datetime | None = None) -> Case:
        with clock.moved(at or clock.at(DAY + timedelta(days=4), 9)):
            return applying.sign(self.party(letter), name, self.secrets[letter], True)

    def to_choosing(self, category: str = "neighbour") -> Case:
        case = self.apply(category)
        for letter in "ab":
            self.says(letter, "consent", told=True)
        return self.does(case, "accept")

    def to_signing(self, category: str = "neighbour") -> Case:
        case = self.to_choosing(category)
        self.says("a", "propose", pick=self.lead.pk.hex)
        self.says("b", "agree", with_side="a")
        case = self.does(case, "begin", mediator=self.lead.pk.hex)
        case = self.does(case, "check", checked=True)
        case = self.does(case, "session", **MADE)
        return self.does(case, "draft", clock.at(DAY + timedelta(days=3), 16), **AGREED)

    def to_performing(self, category: str = "neighbour") -> Case:
        case, day = self.to_signing(category), clock.at(DAY + timedelta(days=4), 10)
        self.signs("a", ANNA.name)
        case = self.does(case, "seal", day)
        case = self.does(case, "sign_mediator", day + timedelta(hours=1))
        return self.town.fresh(self.signs("b", BEN.name, day + timedelta(hours=2)))

    def facts(self, case: Case) -> Mediation:
        return Mediation.objects.get(pk=case.pk)

    def refused(self, act: Callable[[], Any]) -> str:
        with pytest.raises(Refused) as caught:
            act()
        return caught.value.sentence

    def clock(self, case: Case, code: str) -> Clock:
        return Clock.objects.get(case=case, code=f"mediation.{code}")


@pytest.fixture
def room(town: Town) -> Room:
    return new_room(town)


def new_room(town: Town) -> Room:
    """The committee, its people and its alliance, on the record."""
    place = tree.by_code(HOME_COUNTY)
    unit, account = town.city.committees[HOME_COUNTY], town.account("mediator")
    body = Body.objects.create(kind="committee", name=unit.name, place=place, unit=unit)
    alliance = Body.objects.create(kind="alliance", name="“樊九平式”调解联盟", place=place)
    lead = Mediator.objects.create(
        name=account.name, committee=body, alliance=alliance, engaged=True, account=account
    )  # fmt: skip
    talker = Mediator.objects.create(name="白玉成", committee=body, role="npc_deputy", pool="talker")
    tracked.adopt([body, alliance, lead, talker], "system", "设立")
    assert lists.committee_for(tree.by_code(HOME_COUNTY)) == body
    return Room(town, body, lead, talker)
