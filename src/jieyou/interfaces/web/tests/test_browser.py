"""The staff pages in a real browser, quick by keyboard. (Whether each page is open to everybody: ``tests/face``.)"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect
from support.city import Town, new_town
from support.pages import Visitor

from jieyou.interfaces.web.tests.test_story import LEAD
from jieyou.kernel.loop.models import Case


@pytest.fixture
def busy(town_database: None, transactional_db: None) -> Iterator[Town]:
    """The small city with one concern at each of four stages, really committed."""
    town = new_town()
    for stage in ("tracked", "meeting", "consult"):
        town.concern(stage)
    town.concern("clue", name="李小明", phone="13812346021")
    yield town
    new_town()


def paths() -> dict[str, str]:
    """The pages that matter, by name."""
    by_stage = {case.stage: case.number for case in Case.objects.filter(loop="jieyou")}
    return {
        "clue": f"/desk/cases/{by_stage['clue']}/",
        "decide": f"/desk/cases/{by_stage['meeting']}/decide/",
    }


def test_a_clerk_hands_out_tasks_with_the_keyboard_and_rows_grow_by_script(
    busy: Town, visitor: Visitor
) -> None:
    page = visitor(busy.account("county"))
    page.goto(paths()["decide"])
    before = page.locator("#rows-assignments tr").count()
    page.get_by_role("button", name="加一行").click()
    expect(page.locator("#rows-assignments tr")).to_have_count(before + 1)
    page.fill(f"[name=assignments-{before}-unit]", LEAD)
    page.fill(f"[name=assignments-{before}-due-days]", "5")
    expect(page.locator(f"#f-assignments-{before}-due-hint")).to_contain_text("到")
    page.locator("textarea[name=decision]").press("Control+Enter")
    expect(page.locator("#errors")).to_be_focused()


def test_filters_apply_at_once_and_can_be_sent_as_an_address(busy: Town, visitor: Visitor) -> None:
    page = visitor(busy.account("county"))
    page.goto("/desk/cases/?tab=all")
    page.select_option("select[name=category]", "heating")
    expect(page.get_by_role("link", name="去掉筛选")).to_be_visible()
    assert "category=heating" in page.url
    page.keyboard.press("Escape")
    page.locator("h1").click()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator(".jy-loop")).to_be_visible()


def test_a_look_opens_in_place_with_its_reason(busy: Town, visitor: Visitor) -> None:
    page = visitor(busy.account("county"))
    page.goto(paths()["clue"])
    page.get_by_role("link", name="电话", exact=False).click()
    page.get_by_role("button", name="查看并留痕").click()
    expect(page.get_by_text("请写明查看原因")).to_be_visible()
    page.get_by_label("查看电话的原因").select_option("联系反映人核实情况")
    page.get_by_role("button", name="查看并留痕").click()
    expect(page.get_by_text("13812346021")).to_be_visible()


def test_the_keyboard_goes_from_list_to_case_to_its_next_step(busy: Town, visitor: Visitor) -> None:
    page = visitor(busy.account("county"))
    page.goto("/desk/")
    page.keyboard.press("?")
    expect(page.get_by_role("heading", name="键盘怎么用")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", name="键盘怎么用")).to_be_hidden()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.locator(".jy-bar [data-next]").wait_for()
    page.wait_for_load_state()  # the keys are heard once the script has come
    page.keyboard.press("Enter")
    page.locator("form[data-guard]").wait_for()
    page.wait_for_load_state()
    page.keyboard.press("/")
    expect(page.locator("#jy-q")).to_be_focused()
