"""A resident looks at the own answer."""

from __future__ import annotations

import re
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client

from jieyou.commons.reports.models import Report, Supplement
from jieyou.interfaces.citizen.tests.conftest import WORDS, Resident, step
from jieyou.kernel.loop.models import Case, Event
from jieyou.kernel.notify.models import Delivery

NOBODYS = "7K2M-Q9XW-4TFA"


def test_the_number_may_be_typed_in_any_way(city: SimpleNamespace, resident: Resident) -> None:
    secret = resident.report()
    page = resident.track(f" {secret.lower().replace('-', ' ')} ")
    assert "已收到" in page and WORDS in page and city.office.name in page
    assert re.search(r"承诺 <b>\d+月\d+日</b>前登记", page)


def test_a_wrong_number_tells_nothing(city: SimpleNamespace, resident: Resident) -> None:
    resident.report()
    assert "没有查到" in resident.track(NOBODYS)
    assert "查询编号是 12 位" in resident.track("7K2M")


def test_number_and_words_are_in_no_address(city: SimpleNamespace, resident: Resident) -> None:
    secret = resident.report()
    response = resident.client.post("/track/", {"secret": secret}, follow=True)
    assert response.redirect_chain == [("/track/", 302)]
    assert secret not in str(resident.client.cookies) and secret not in resident.text(response)


def test_ten_wrong_numbers_shut_the_door_for_a_while(city: SimpleNamespace, resident: Resident) -> None:
    secret = resident.report()
    for _ in range(10):
        resident.track(NOBODYS)
    shut = resident.client.post("/track/", {"secret": secret})
    assert shut.status_code == 429 and "12345" in resident.text(shut)
    elsewhere = resident.client.post("/track/", {"secret": secret}, REMOTE_ADDR="10.1.1.1")
    assert elsewhere.status_code == 302


def test_when_the_whole_city_guesses_each_address_has_few_tries(
    city: SimpleNamespace, resident: Resident, monkeypatch
) -> None:
    monkeypatch.setenv("JIEYOU_TRACK_TRIES_ALL", "5")
    answers = [
        resident.client.post("/track/", {"secret": NOBODYS}, REMOTE_ADDR=f"10.0.0.{n}") for n in range(5)
    ]
    assert {a.status_code for a in answers} == {200}
    last = [resident.client.post("/track/", {"secret": NOBODYS}, REMOTE_ADDR="10.9.9.9") for _ in range(4)]
    assert [a.status_code for a in last] == [200, 200, 200, 429]


def test_behind_our_proxy_each_visitor_is_counted_alone(
    city: SimpleNamespace, resident: Resident, monkeypatch
) -> None:
    monkeypatch.setenv("JIEYOU_PROXIES", "1")
    monkeypatch.setenv("JIEYOU_TRACK_TRIES", "1")
    codes = [
        resident.client.post(
            "/track/", {"secret": NOBODYS}, HTTP_X_FORWARDED_FOR=f"6.6.6.{n}, {ip}"
        ).status_code
        for n, ip in enumerate(["1.1.1.1", "2.2.2.2", "1.1.1.1"])
    ]
    assert codes == [200, 200, 429]


def test_leaving_forgets_the_number(city: SimpleNamespace, resident: Resident) -> None:
    resident.track(resident.report())
    assert WORDS in resident.text(resident.client.get("/track/"))
    resident.client.post("/track/leave/")
    assert WORDS not in resident.text(resident.client.get("/track/"))


def test_one_number_opens_one_report(city: SimpleNamespace, resident: Resident) -> None:
    mine = resident.report()
    resident.report(words="隔壁楼道的灯坏了。")
    page = resident.track(mine)
    assert WORDS in page and "隔壁" not in page


def test_supplements_reach_the_desk_with_numbers_covered(city: SimpleNamespace, resident: Resident) -> None:
    resident.track(resident.report())
    resident.client.post("/track/add/", {"words": "今天 13 度，可打 13812346021。"})
    resident.client.post("/track/add/", {"words": "今天 13 度，可打 13812346021。"})
    assert Supplement.objects.get().words == "今天 13 度，可打 138****6021。"
    assert Event.objects.filter(transition="supplement").count() == 1
    assert Delivery.objects.filter(title="群众补充", account__username="clerk").exists()
    assert "138****6021" in resident.text(resident.client.get("/track/?done=added"))


def test_words_added_to_a_sealed_report_are_sealed(city: SimpleNamespace, resident: Resident) -> None:
    resident.track(resident.report(accused="1"))
    resident.client.post("/track/add/", {"words": "李四也在场。"})
    assert "李四" not in Supplement.objects.get().words
    told = set(Delivery.objects.filter(title="群众补充").values_list("account__username", flat=True))
    assert told == {"keeper"}
    assert "李四" not in resident.text(resident.client.get("/track/"))


def test_words_of_harm_in_a_supplement_call_a_person(city: SimpleNamespace, resident: Resident) -> None:
    resident.track(resident.report())
    after = resident.client.post("/track/add/", {"words": "再没人管我就从楼上跳下去自杀。"}, follow=True)
    assert "tel:110" in resident.text(after) and Case.objects.get().clocks.filter(code="report.harm").exists()


@pytest.mark.parametrize("rating, words", [("good", "满意"), ("fair", "基本满意"), ("bad", "不满意")])
def test_the_resident_rates_the_answer(
    city: SimpleNamespace, resident: Resident, solve: Callable, rating: str, words: str
) -> None:
    secret = resident.report()
    solve(Report.objects.get())
    assert "更换循环泵" in resident.track(secret)
    resident.client.post("/track/rate/", {"rating": rating, "words": "见面说"})
    report = Report.objects.get()
    assert (report.rating, report.rating_words) == (rating, "见面说")
    assert f"<p>{words}</p>" in resident.text(resident.client.get("/track/"))


def test_an_unhappy_answer_sends_it_back_and_a_new_answer_asks_anew(
    city: SimpleNamespace, resident: Resident, solve: Callable
) -> None:
    resident.track(resident.report())
    solve(Report.objects.get())
    resident.client.post("/track/rate/", {"rating": "bad", "words": "还是不热"})
    task = {"task": "再查", "kind": "lead", "unit": city.bureau, "due": 5}
    step(Report.objects.get(), "reopen", city.caller, words="群众说不热", assignments=[task])
    page = resident.text(resident.client.get("/track/"))
    assert "已经交办" in page and "提交评价" not in page


def test_nobody_rates_twice_or_before_an_answer(
    city: SimpleNamespace, resident: Resident, solve: Callable
) -> None:
    resident.track(resident.report())
    assert "现在不用评价" in resident.text(resident.client.post("/track/rate/", {"rating": "bad"}))
    solve(Report.objects.get())
    for rating in ("good", "bad"):
        resident.client.post("/track/rate/", {"rating": rating})
    assert Report.objects.get().rating == "good"


def test_not_wanting_to_rate_is_an_answer(city: SimpleNamespace, resident: Resident, solve: Callable) -> None:
    resident.track(resident.report())
    solve(Report.objects.get())
    assert "不评价也可以" in resident.text(
        resident.client.post("/track/rate/", {"rating": "none"}, follow=True)
    )
    report = Report.objects.get()
    assert report.rating == "" and report.rated_at and report.case.open


def test_inner_words_stay_inside(city: SimpleNamespace, resident: Resident, solve: Callable) -> None:
    secret = resident.report()
    solve(Report.objects.get())
    page = resident.track(secret)
    for inner in ("热力公司的事", "检修管网", "officer", "经办人</", Case.objects.get(parent=None).number):
        assert inner not in page


def test_a_report_passed_on_says_so_and_no_more(city: SimpleNamespace, resident: Resident) -> None:
    secret = resident.report(accused="1", words="村支书张三挪用危房款。")
    step(
        Report.objects.get(),
        "pass_discipline",
        city.keeper,
        paper_no="延社工函〔2026〕1号",
        passed_on="2026-11-20",
        words="移送",
    )
    page = resident.track(secret)
    assert "已移送" in page and "延社工函" not in page and "张三" not in page


def test_after_the_end_new_words_are_a_new_report(city: SimpleNamespace, resident: Resident) -> None:
    secret = resident.report(accused="1")
    step(
        Report.objects.get(),
        "pass_discipline",
        city.keeper,
        paper_no="1",
        passed_on="2026-11-20",
        words="移送",
    )
    assert "重新反映" in resident.track(secret)
    resident.client.post("/track/add/", {"words": "还有一件。"})
    assert not Supplement.objects.exists()


def test_without_a_number_nothing_can_be_added_or_rated(city: SimpleNamespace, client: Client) -> None:
    Resident(client).report()
    stranger = Client()
    lost = stranger.post("/track/add/", {"words": "冒充的补充"})
    stranger.post("/track/rate/", {"rating": "bad"})
    assert "请重新输入查询编号" in lost.content.decode() and "冒充的补充" in lost.content.decode()
    assert not Supplement.objects.exists() and Report.objects.get().rating == ""


def test_a_cookie_of_ones_own_making_opens_nothing(city: SimpleNamespace, resident: Resident) -> None:
    resident.report()
    stranger = Client()
    stranger.cookies["mine"] = Report.objects.get().pk.hex
    assert WORDS not in resident.text(stranger.get("/track/"))
