"""A small city with its offices and people, a resident with a phone, and the way of a case up to the call-back."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from jieyou.commons.reports.models import Report
from jieyou.kernel.evidence import store
from jieyou.kernel.loop import engine
from jieyou.kernel.loop.models import Case
from jieyou.kernel.people import units
from jieyou.kernel.people.models import Account
from jieyou.kernel.people.posts import actor_of, appoint
from jieyou.kernel.places import load, tree

SINCE = date(2024, 4, 22)
PLACES = """code,name,level
6106,延安市,city
610602,宝塔区,county
610603,安塞区,county
610602100,枣园镇,township
610603100,砖窑湾镇,township
610602100200,枣园村,village
610603100200,杨桥畔村,village
"""
PEOPLE = {
    "city_clerk": ("city", "经办人"), "keeper": ("city", "密件专办"), "clerk": ("office", "经办人"),
    "second": ("office", "经办人"), "head": ("office", "部领导"), "caller": ("office", "回访人员"),
    "officer": ("bureau", "承办人"),
}  # fmt: skip
WORDS = "3 号楼暖气不热，家里 14 度，已经一周了。"


@pytest.fixture(autouse=True)
def public_zone(settings: Any) -> None:
    settings.ROOT_URLCONF = "jieyou.interfaces.citizen.tests.urls"
    settings.CSRF_FAILURE_VIEW = "jieyou.interfaces.citizen.views.token_failed"


@pytest.fixture
def city(db: None, tmp_path: Path) -> SimpleNamespace:
    """Offices of city and county, a bureau, and their people as actors."""
    return build(tmp_path)


def build(folder: Path) -> SimpleNamespace:
    (folder / "places.csv").write_text(PLACES, encoding="utf-8")
    load.load_csv(folder / "places.csv", "system", date(2020, 1, 1))
    at = SimpleNamespace(
        city=units.add("中共延安市委社会工作部", "office", tree.by_code("6106"), "system", prefix="YA"),
        office=units.add("中共宝塔区委社会工作部", "office", tree.by_code("610602"), "system", prefix="BT"),
        bureau=units.add("宝塔区住房和城乡建设局", "bureau", tree.by_code("610602"), "system"),
    )
    for username, (unit, role) in PEOPLE.items():
        account = Account.objects.create_user(username, username)
        appoint(account, getattr(at, unit), role, SINCE, "system")
        setattr(at, username, actor_of(account))
    return at


@pytest.fixture
def resident(client: Client) -> Resident:
    return Resident(client)


class Resident:
    """Somebody with a phone and no account."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def form(self, **answers: Any) -> dict[str, Any]:
        """The first page filled in, with that page's own key."""
        page = self.client.get("/report/").content.decode()
        key = re.search(r'name="client_key" value="([^"]+)"', page)
        assert key
        usual = {"category": "heating", "words": WORDS, "county": "610602", "township": "610602100"}
        return {**usual, "village": "610602100200", "client_key": key[1], **answers}

    def report(self, **answers: Any) -> str:
        """Fill in, check, send; the query number on the last page."""
        form = self.form(**answers)
        assert "还没有提交" in self.text(self.client.post("/report/check/", form))
        return self.secret(self.client.post("/report/sent/", form))

    def track(self, secret: str) -> str:
        """The page that the query number opens."""
        return self.text(self.client.post("/track/", {"secret": secret}, follow=True))

    @staticmethod
    def text(response: Any) -> str:
        return response.content.decode()

    @classmethod
    def secret(cls, response: Any) -> str:
        found = re.search(r'id="secret">([^<]+)<', cls.text(response))
        assert found, cls.text(response)
        return found[1]


@pytest.fixture
def solve(city: SimpleNamespace) -> Callable[[Report], Case]:
    """The office's way with a report, from registering to the answer."""
    return lambda report: _solve(city, report)


def _solve(at: SimpleNamespace, report: Report) -> Case:
    task = {"task": "检修管网", "kind": "lead", "unit": at.bureau, "due": 7}
    judged = {
        "category": "heating",
        "urgency": "normal",
        "level": "county",
        "recommend": "direct",
        "reason": "热力公司的事",
    }
    step(report, "register", at.clerk, title="佳苑小区供暖不热", category="heating")
    step(report, "judge", at.clerk, **judged)
    step(report, "direct", at.head, assignments=[task])
    child = Case.objects.get(parent=report.case_id, loop="assignment")
    engine.advance(child, "sign_for", at.officer)
    store.keep(child.pk, photo(), at.officer)
    engine.advance(child, "finish", at.officer, {"report": "已经更换循环泵，室温到 20 度。"})
    engine.advance(child, "accept", at.second)
    reply = "热力公司已更换循环泵，11 月 20 日入户测温 20 度，如有反复请再联系。"
    step(report, "apply", at.officer, result="solved", reply=reply)
    step(report, "verify", at.clerk, verified="site", words="入户看过，室温二十度。")
    return step(report, "agree_strike", at.head)


def step(report: Report, name: str, actor: Any, **data: Any) -> Case:
    return engine.advance(Case.objects.get(pk=Report.objects.get(pk=report.pk).case_id), name, actor, data)


def photo(name: str = "a.jpg", size: tuple[int, int] = (400, 300)) -> SimpleUploadedFile:
    out = BytesIO()
    Image.effect_noise(size, 40).convert("RGB").save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")
