"""宝塔区 and its neighbour 安塞区, the people of both, and a caller with a key for each of them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from django.test import Client

from jieyou.kernel.people import units
from jieyou.kernel.people.models import Account, ApiKey, Unit
from jieyou.kernel.people.posts import appoint
from jieyou.kernel.places import changes
from jieyou.kernel.places.changes import New

SINCE = date(2024, 4, 22)
DONE = {"on": date(2020, 1, 1), "by": "system", "why": "建库"}
#: username, name, unit, roles.
PEOPLE = (
    ("clerk", "李明", "office", ("经办人", "会务人员")),
    ("head", "王强", "office", ("部领导",)),
    ("caller", "赵敏", "office", ("回访人员",)),
    ("officer", "孙磊", "bureau", ("承办人",)),
    ("chief", "周洁", "bureau", ("单位负责人",)),
    ("town", "吴刚", "township", ("承办人",)),
    ("neighbour", "郑华", "next_office", ("经办人", "部领导")),
    ("city", "冯云", "city_office", ("经办人",)),
    ("sealed", "陈静", "city_office", ("密件专办",)),
    ("admin", "卫东", "office", ("系统管理员",)),
)


@dataclass
class Answer:
    """What came back."""

    status: int
    body: Any


@dataclass
class Caller:
    """Somebody with a key."""

    key: str
    client: Client = field(default_factory=lambda: Client(raise_request_exception=True))

    def get(self, path: str, **query: Any) -> Answer:
        return told(self.client.get(f"/api/v1{path}", query, headers=self._headers()))

    def post(self, path: str, body: Any = None, **headers: str) -> Answer:
        text = "" if body is None else json.dumps(body)
        given = self._headers() | headers
        return told(self.client.post(f"/api/v1{path}", text, content_type="application/json", headers=given))

    def upload(self, path: str, file: Any) -> Answer:
        return told(self.client.post(f"/api/v1{path}", {"file": file}, headers=self._headers()))

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.key}"} if self.key else {}


def told(response: Any) -> Answer:
    """Status and JSON; every refusal must be one."""
    body = json.loads(response.content)
    if response.status_code >= 400:
        assert set(body) == {"sentence", "errors"} and body["sentence"]
    return Answer(response.status_code, body)


@dataclass
class County:
    """The units, the accounts and the callers by name."""

    units: dict[str, Unit]
    accounts: dict[str, Account]
    callers: dict[str, Caller]

    def __getattr__(self, name: str) -> Caller:
        try:
            return self.callers[name]
        except KeyError:
            raise AttributeError(name) from None

    @property
    def nobody(self) -> Caller:
        return Caller("")


def people(make: dict[str, Unit]) -> dict[str, Account]:
    accounts: dict[str, Account] = {}
    for username, name, unit, roles in PEOPLE:
        accounts[username] = Account.objects.create_user(username, name)
        for role in roles:
            appoint(accounts[username], make[unit], role, SINCE, "system")
    return accounts


@pytest.fixture
def county(db: None) -> County:
    city = changes.found(New("延安市", "6106"), **DONE)
    here = changes.found(New("宝塔区", "610602"), **DONE)
    following = changes.found(New("安塞区", "610603"), **DONE)
    town = changes.found(New("枣园街道", "610602005"), **DONE)
    changes.found(New("枣园社区居民委员会", "610602005001"), **DONE)
    made = {
        "city_office": units.add("中共延安市委社会工作部", "office", city, "system", prefix="YA"),
        "office": units.add("中共宝塔区委社会工作部", "office", here, "system", prefix="BT"),
        "next_office": units.add("中共安塞区委社会工作部", "office", following, "system", prefix="AS"),
        "bureau": units.add("宝塔区住房和城乡建设局", "bureau", here, "system", short="区住建局"),
        "township": units.add("宝塔区枣园街道办事处", "township", town, "system", short="枣园街道"),
    }
    accounts = people(made)
    keys = {name: ApiKey.new(account, "试验", None)[1] for name, account in accounts.items()}
    return County(made, accounts, {name: Caller(key) for name, key in keys.items()})
