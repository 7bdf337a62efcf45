"""The journeys of a resident, measured in a browser; ``python bench/journeys.py`` writes the figures to docs/usability.md."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect
from support.city import Town, new_town
from support.pages import Visitor

from jieyou.commons.reports.models import Report
from journeys.meter import Meter

WORDS = "南门坡小区 3 号楼二单元暖气一周都不热，家里 14 度，有老人，请来人看看。"
KILOBYTES = 60


@pytest.fixture
def town(town_database: None, transactional_db: None) -> Iterator[Town]:
    yield new_town()
    new_town()


@pytest.fixture
def note() -> Any:
    """``note(meter, name, limits)``: a line for docs/usability.md, where somebody wants one."""

    def write(meter: Meter, name: str, limits: str) -> None:
        if path := os.environ.get("JIEYOU_TEST_JOURNEYS"):
            with Path(path).open("a", encoding="utf-8") as out:
                out.write(meter.row(name, limits) + "\n")

    return write


def reports(meter: Meter, first: str = "/") -> str:
    """From the first page to the query number."""
    page = meter.page
    meter.opens(first)
    meter.titles.clear()
    meter.taps_on(page.locator(".cats").get_by_text("供热供水"))
    expect(page.get_by_label("供热供水")).to_be_checked()
    meter.sees()
    meter.taps_on(page.get_by_label("说说情况"))
    page.get_by_label("说说情况").fill(WORDS)
    meter.chooses(page.locator("#county"), "610602")
    meter.taps_on(page.locator("#report button.cta").last)
    expect(page.get_by_role("heading", level=1)).to_contain_text("还没有提交")
    meter.sees()
    meter.taps_on(page.get_by_role("button", name="提交反映"))
    secret = page.locator("p#secret").inner_text()
    meter.sees()
    return secret


def looks(meter: Meter, secret: str) -> None:
    """From the first page to how far it is, by typing the number."""
    meter.opens("/")
    meter.titles.clear()
    meter.taps_on(meter.page.get_by_role("link", name="查办理进度").first)
    expect(meter.page.locator("#secret")).to_be_focused()
    meter.sees()
    meter.page.keyboard.type(secret)
    meter.taps_on(meter.page.get_by_role("button", name="查询"))
    expect(meter.page.get_by_role("heading", name="办理进度", exact=True)).to_be_visible()
    meter.sees()


def rates(meter: Meter) -> None:
    meter.taps_on(meter.page.locator(".faces label").first)
    meter.taps_on(meter.page.get_by_role("button", name="提交评价"))
    expect(meter.page.get_by_text("谢谢您的评价")).to_be_visible()


def answered(town: Town) -> str:
    """A concern that has come to its answer, and its query number."""
    item = town.concern("visit")
    assert item.receipt is not None
    return item.receipt.secret


@pytest.mark.parametrize("elder", [False, True], ids=["usual", "elder"])
@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_a_report_takes_three_screens_six_taps_and_sixty_kilobytes(
    town: Town, visitor: Visitor, note: Any, elder: bool, script: bool
) -> None:
    page = visitor(phone=True, java_script_enabled=script)
    if elder:
        page.goto("/elder/?on=1")
    meter = Meter(page)
    secret = reports(meter)
    name = ("长辈版反映一件事" if elder else "反映一件事") + ("" if script else "（没有脚本）")
    note(meter, name, f"≤ 6 次、≤ 3 屏、≤ {KILOBYTES} KB")
    assert len(secret) == 14 and Report.objects.filter(words__startswith="南门坡").count() == 1
    assert meter.taps <= 6 and len(meter.titles) <= 3 and meter.bytes < KILOBYTES * 1024


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_looking_takes_two_taps_and_rating_two(town: Town, visitor: Visitor, note: Any, script: bool) -> None:
    secret = answered(town)
    look = Meter(visitor(phone=True, java_script_enabled=script))
    looks(look, secret)
    tail = "" if script else "（没有脚本）"
    note(look, "查办理进度" + tail, "≤ 2 次")
    rate = Meter(look.page)
    rates(rate)
    note(rate, "评价" + tail, "≤ 2 次")
    assert look.taps <= 2 and rate.taps <= 2


def test_a_phone_that_remembers_the_number_needs_no_typing(town: Town, visitor: Visitor, note: Any) -> None:
    meter = Meter(visitor(phone=True))
    reports(meter)
    meter.page.get_by_role("button", name="让这部手机记住编号").click()
    meter.taps, meter.bytes = 0, 0
    meter.opens("/")
    meter.titles.clear()
    meter.taps_on(meter.page.get_by_role("link", name="查办理进度").first)
    meter.sees()
    meter.taps_on(meter.page.locator("#remembered .hits button").first)
    expect(meter.page.get_by_text("正在等待登记")).to_be_visible()
    meter.sees()
    note(meter, "查办理进度（手机记住了编号）", "≤ 2 次")
    assert meter.taps <= 2


def checked(page: Page) -> Page:
    """Filled in and looked over, not sent yet."""
    page.goto("/report/?category=heating")
    page.get_by_label("说说情况").fill(WORDS)
    page.select_option("#county", "610602")
    page.locator("#next").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("还没有提交")
    page.wait_for_load_state()  # the heading is there before the script that knows what to do without network
    return page


def ours() -> int:
    return Report.objects.filter(words__startswith="南门坡").count()


def test_a_report_from_a_tunnel_arrives_once(town: Town, visitor: Visitor) -> None:
    page = checked(visitor(phone=True))
    page.context.set_offline(True)
    page.get_by_role("button", name="提交反映").click()
    expect(page.locator("#waiting")).to_contain_text("网络一恢复就自动提交")
    page.get_by_role("button", name="提交反映").click()
    assert ours() == 0
    page.context.set_offline(False)
    expect(page.locator("p#secret")).to_be_visible()
    assert ours() == 1


def test_an_answer_lost_on_its_way_makes_no_second_report(town: Town, visitor: Visitor) -> None:
    page, lost = checked(visitor(phone=True)), []

    def lose(route: Route) -> None:
        if not lost:
            lost.append(route.fetch().text())
            return route.abort()
        return route.continue_()

    page.route("**/report/sent/", lose)
    page.get_by_role("button", name="提交反映").click()
    expect(page.locator("p#secret")).to_be_visible()
    assert page.locator("#secret").inner_text() in lost[0] and ours() == 1


def test_whoever_closed_the_page_in_the_tunnel_finds_it_sent(town: Town, visitor: Visitor) -> None:
    page = checked(visitor(phone=True))
    page.context.set_offline(True)
    page.get_by_role("button", name="提交反映").click()
    expect(page.locator("#waiting")).to_contain_text("网络一恢复")
    context = page.context
    page.close()
    context.set_offline(False)
    page = context.new_page()
    page.goto("/")
    page.get_by_role("link", name="接着交").click()
    expect(page.locator("p#secret")).to_be_visible()
    assert ours() == 1 and page.evaluate("localStorage.length") == 0


def test_without_network_a_page_says_what_to_do(town: Town, visitor: Visitor) -> None:
    page = visitor(phone=True)
    page.goto("/")
    page.evaluate("navigator.serviceWorker.ready.then(() => 1)")
    page.context.set_offline(True)
    page.goto("/track/")
    expect(page.get_by_role("heading", level=1)).to_have_text("现在没有网络")
    assert page.evaluate("getComputedStyle(document.querySelector('.cta')).borderRadius") != "0px"


def test_the_place_is_chosen_on_the_phone_and_never_leaves_it(
    town: Town, visitor: Visitor, settings: Any
) -> None:
    settings.DEMO = True
    asked: list[str] = []
    page = visitor(
        phone=True, geolocation={"latitude": 36.6, "longitude": 109.49}, permissions=["geolocation"]
    )
    page.on("request", lambda request: asked.append(request.url + (request.post_data or "")))
    page.goto("/report/")
    page.get_by_role("button", name="用我的位置选").click()
    expect(page.locator("#county")).to_have_value("610602")
    assert not [one for one in asked if "109.4" in one or "36.6" in one]
