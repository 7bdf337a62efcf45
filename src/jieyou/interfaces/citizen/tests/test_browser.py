"""The pages in a real browser, on a phone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

from playwright.sync_api import Page, expect

from jieyou.commons.reports.models import Report
from jieyou.interfaces.citizen.tests.conftest import WORDS, photo
from jieyou.kernel.evidence import store

Visitor = Callable[..., Page]


def fill_in(page: Page) -> None:
    page.goto("/report/")
    page.get_by_label("供热供水").check()
    page.get_by_label("说说情况").fill(WORDS)
    page.select_option("#county", "610602")


def test_photos_are_made_small_on_the_phone(city: SimpleNamespace, visitor: Visitor, tmp_path: Path) -> None:
    page = visitor(phone=True)
    fill_in(page)
    page.wait_for_selector("#township:not([disabled])")
    page.select_option("#township", "610602100")
    (tmp_path / "big.jpg").write_bytes(photo(size=(3200, 2400)).read())
    page.set_input_files("#photos", tmp_path / "big.jpg")
    page.wait_for_selector("#shots img")
    page.get_by_role("button", name="下一步").last.click()
    page.get_by_role("button", name="提交反映").click()
    page.wait_for_selector("p#secret")
    kept = store.of(Report.objects.get().pk).get()
    assert kept.size < 1_000_000 and Report.objects.get().place.code == "610602100"


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
    expect(page.locator("#wrongs")).to_be_focused()
    page.get_by_role("link", name="请选一下事情发生在哪个县区").click()
    expect(page.locator("#county")).to_be_focused()
