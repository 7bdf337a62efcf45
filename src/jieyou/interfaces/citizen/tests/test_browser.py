"""The pages in a real browser, on a phone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from playwright.sync_api import Page
from support.pages import axe, shoot

from jieyou.commons.reports.models import Report
from jieyou.interfaces.citizen.tests.conftest import WORDS, photo
from jieyou.kernel.evidence import store

MOST = 60 * 1024
Visitor = Callable[..., Page]


def fill_in(page: Page) -> None:
    page.goto("/report/")
    page.get_by_label("供热供水").check()
    page.get_by_label("说说情况").fill(WORDS)
    page.select_option("#county", "610602")


def test_three_screens_from_words_to_number(city: SimpleNamespace, visitor: Visitor, tmp_path: Path) -> None:
    page = visitor(phone=True)
    fill_in(page)
    page.wait_for_selector("#township:not([disabled])")
    page.select_option("#township", "610602100")
    (tmp_path / "big.jpg").write_bytes(photo(size=(3200, 2400)).read())
    page.set_input_files("#photos", tmp_path / "big.jpg")
    page.wait_for_selector("#shots img")
    shoot(page, "citizen_report")
    page.get_by_role("button", name="下一步").last.click()
    shoot(page, "citizen_check")
    page.get_by_role("button", name="提交反映").click()
    secret = page.inner_text("#secret")
    shoot(page, "citizen_receipt")
    page.goto(f"/track/#{secret}")
    assert secret not in page.url
    page.get_by_role("button", name="查询").click()
    page.get_by_text("正在等待登记").wait_for()
    kept = store.of(Report.objects.get().pk).get()
    assert kept.size < 1_000_000 and Report.objects.get().place.code == "610602100"


def test_the_same_without_script(city: SimpleNamespace, visitor: Visitor) -> None:
    page = visitor(phone=True, java_script_enabled=False)
    fill_in(page)
    page.get_by_role("button", name="接着选镇街和社区").click()
    page.select_option("#township", "610602100")
    page.get_by_role("button", name="下一步").last.click()
    page.get_by_role("button", name="提交反映").click()
    assert len(page.inner_text("#secret")) == 14


def test_what_was_typed_is_there_again_but_not_of_a_sealed_matter(
    city: SimpleNamespace, visitor: Visitor
) -> None:
    page = visitor(phone=True)
    fill_in(page)
    page.wait_for_timeout(600)
    page.goto("/")
    page.goto("/report/")
    assert page.input_value("#words") == WORDS
    page.locator("label[for=accused]").click()
    page.wait_for_timeout(600)
    page.goto("/")
    page.goto("/report/")
    assert page.input_value("#words") == ""


def test_the_enter_key_goes_on_and_errors_get_the_focus(city: SimpleNamespace, visitor: Visitor) -> None:
    page = visitor(phone=True)
    page.goto("/report/")
    page.get_by_label("具体位置").press("Enter")
    page.wait_for_selector("#wrongs")
    assert page.evaluate("document.activeElement.id") == "wrongs"
    page.get_by_role("link", name="请选一下事情发生在哪个县区").click()
    assert page.evaluate("document.activeElement.id") == "county"


@pytest.mark.parametrize("elder", [False, True], ids=["usual", "elder"])
def test_pages_are_light_narrow_and_open_to_everybody(
    city: SimpleNamespace, visitor: Visitor, elder: bool
) -> None:
    page = visitor(phone=True)
    bytes_: list[int] = []
    page.on("response", lambda r: bytes_.append(len(r.body()) if r.status == 200 else 0))
    page.goto(f"/elder/?on={int(elder)}")
    least = 60 if elder else 44
    for address in ("/", "/report/", "/track/"):
        bytes_.clear()
        page.goto(address, wait_until="networkidle")
        shoot(page, f"citizen_{'elder' if elder else 'usual'}_{address.strip('/') or 'home'}")
        assert sum(bytes_) < MOST
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert axe(page) == []
        assert page.evaluate(SMALL, least) == []


SMALL = """least => [...document.querySelectorAll("a:not(.skip), button:not(.vh), input:not([type=radio]), select, textarea, summary")]
  .filter(e => { const b = e.getBoundingClientRect(); return b.width > 2 && !e.closest("p:not(.note)")
    && (e.type === "checkbox" ? e.nextElementSibling : e).getBoundingClientRect().height < least - 0.5; })
  .map(e => e.outerHTML.slice(0, 80))"""
