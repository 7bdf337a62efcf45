"""Who gets in, and who is told nothing."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from jieyou.interfaces.api.tests import walk
from jieyou.interfaces.api.tests.conftest import Caller, County, told
from jieyou.kernel.calendar import clock
from jieyou.kernel.people.accounts import close, end_key
from jieyou.kernel.people.models import ApiKey

STRANGERS = ("neighbour", "town", "officer", "admin")


@pytest.fixture
def number(county: County) -> str:
    return walk.told(county)["number"]


@pytest.mark.parametrize("name", STRANGERS)
def test_for_a_stranger_the_case_is_not_there(county: County, number: str, name: str) -> None:
    stranger = county.callers[name]
    assert stranger.get(f"/jieyou/{number}").status == 404
    assert stranger.get("/jieyou").body["items"] == []
    for body in (None, {}, {"title": "改名", "category": "x"}, {"turn": 99}, {"turn": 1}):
        assert stranger.post(f"/jieyou/{number}/register", body).status == 404
    assert walk.upload(stranger, number, "jieyou").status == 404


def test_a_case_that_never_was_sounds_the_same_as_one_of_others(county: County, number: str) -> None:
    other = county.neighbour.get(f"/jieyou/{number}")
    assert other == county.neighbour.get("/jieyou/BT-2026-9999") == county.neighbour.get("/jieyou/%00")


def test_a_case_is_found_only_in_its_own_loop(county: County, number: str) -> None:
    assert county.clerk.get(f"/assignment/{number}").status == 404
    assert county.clerk.post(f"/assignment/{number}/sign_for").status == 404


def test_without_a_key_nobody_gets_in(county: County, number: str) -> None:
    for path in ("/me", "/loops", "/jieyou", f"/jieyou/{number}", "/choices/category"):
        refused = county.nobody.get(path)
        assert refused.status == 401 and "接口密钥" in refused.body["sentence"]
    assert county.nobody.post(f"/jieyou/{number}/register", {}).status == 401
    assert county.nobody.post("/reports", {}).status == 401


def test_a_key_that_has_ended_is_no_key(county: County) -> None:
    row, text = ApiKey.new(county.accounts["clerk"], "停用的", None)
    assert Caller(text).get("/me").status == 200
    end_key(row, clock.today(), "system")
    assert Caller(text).get("/me").body["sentence"] == "接口密钥不对，或已经停用"


def test_who_has_left_is_refused_with_his_key(county: County) -> None:
    close(county.accounts["clerk"], clock.today(), "system", "调离")
    assert county.clerk.get("/me").status == 401


def test_guessing_keys_ends_in_429(county: County) -> None:
    moment = clock.at(clock.today(), 10)
    with clock.moved(moment):
        answers = [Caller(f"jy_{n}").get("/me").status for n in range(22)]
    assert answers == [401] * 20 + [429] * 2
    with clock.moved(moment + timedelta(minutes=6)):
        assert Caller("jy_x").get("/me").status == 401


def test_two_who_looked_at_the_same_turn(county: County, number: str) -> None:
    seen = county.clerk.get(f"/jieyou/{number}").body["turn"]
    body = {"title": "漏水", "category": walk.category(county), "turn": seen}
    assert county.clerk.post(f"/jieyou/{number}/register", body).status == 200
    late = county.clerk.post(f"/jieyou/{number}/register", body)
    assert late.status == 409 and late.body["sentence"] == "这件事刚刚有人办过，请看一下最新情况再办"


def test_the_wrong_post_reads_whose_it_is(county: County, number: str) -> None:
    refused = county.head.post(f"/jieyou/{number}/register", {"title": "漏水", "category": "x"})
    assert (refused.status, refused.body["sentence"]) == (422, "登记由主办经办人办理")


def test_the_session_of_the_pages_gets_in_only_with_its_token(county: County, number: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(county.accounts["clerk"], backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/api/v1/me").json()["name"] == "李明"
    address, text = f"/api/v1/jieyou/{number}/register", json.dumps({"title": "漏水", "category": "x"})
    refused = told(client.post(address, text, content_type="application/json"))
    assert refused.status == 403 and "CSRF" in refused.body["sentence"]
    token = "a" * 32
    client.cookies["csrftoken"] = token
    with_token = client.post(address, text, content_type="application/json", headers={"X-CSRFToken": token})
    assert with_token.status_code == 422


def test_a_key_needs_no_token(county: County, number: str) -> None:
    caller = Caller(county.clerk.key, Client(enforce_csrf_checks=True))
    assert caller.post(f"/jieyou/{number}/register", {}).status == 422


@pytest.fixture
def sealed(county: County) -> dict[str, Any]:
    return walk.told(county, accused=True, accused_words="枣园街道办事处某干部")


@pytest.mark.parametrize("name", ["clerk", "head", "neighbour", "town", "city", "sealed", "admin"])
def test_a_sealed_case_is_nowhere_for_anybody(county: County, sealed: dict[str, Any], name: str) -> None:
    caller, number = county.callers[name], sealed["number"]
    assert caller.get(f"/jieyou/{number}").status == 404
    assert caller.get(f"/reports/{sealed['id']}").status == 404
    assert caller.get("/jieyou").body["count"] == 0
    assert caller.get("/jieyou", q=number).body["items"] == []
    for step in ("register", "pass_discipline", "unseal"):
        assert caller.post(f"/jieyou/{number}/{step}", {"words": "看看"}).status == 404
    assert walk.upload(caller, number, "jieyou").status == 404


def test_me_says_in_which_posts(county: County) -> None:
    me = county.clerk.get("/me").body
    assert me["title"] == "中共宝塔区委社会工作部 经办人 李明"
    assert [post["role"] for post in me["holdings"]] == ["经办人", "会务人员"]


def test_any_other_address_is_a_sentence_too(county: County) -> None:
    assert county.clerk.get("/nothing/at/all").status == 404
    assert county.clerk.post("/jieyou/BT-2026-0001/no_such_step", {}).status == 404
