"""The staff pages in a real browser: accessible, narrow enough for a telephone, quick by keyboard, the same in the dark."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from support.city import Town, new_town
from support.pages import Visitor, axe, shoot

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
    meeting = Case.objects.filter(loop="meeting").values_list("number", flat=True)[0]
    return {
        "desk": "/desk/", "list": "/desk/cases/?tab=all", "clue": f"/desk/cases/{by_stage['clue']}/",
        "case": f"/desk/cases/{by_stage['tracked']}/", "register": f"/desk/cases/{by_stage['clue']}/register/",
        "decide": f"/desk/cases/{by_stage['meeting']}/decide/", "meeting": f"/desk/cases/{meeting}/",
        "meetings": "/desk/meetings/", "report": "/desk/reports/new/", "import": "/desk/import/", "posts": "/desk/posts/",
        "notices": "/desk/notices/",
    }  # fmt: skip


def looked_at(page: Page, prefix: str) -> dict[str, list[str]]:
    """What axe finds on each page, and whether it is wider than the window."""
    found: dict[str, list[str]] = {}
    for name, path in paths().items():
        page.goto(path)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        found[name] = [*axe(page), *([f"{wide} px too wide"] if wide > 0 else [])]
        shoot(page, f"web-{prefix}-{name}")
    return {name: faults for name, faults in found.items() if faults}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_accessible_at_a_desk(busy: Town, visitor: Visitor, scheme: str) -> None:
    assert looked_at(visitor(busy.account("county"), color_scheme=scheme), scheme) == {}


def test_every_page_fits_a_telephone_and_can_be_touched(busy: Town, visitor: Visitor) -> None:
    page = visitor(busy.account("county"), phone=True)
    assert looked_at(page, "phone") == {}
    small = """[...document.querySelectorAll('main a.btn, main button, main select, main input:not([type=hidden]), .jy-nav a')]
      .filter(e => e.offsetParent && !e.closest('.visually-hidden') && !e.classList.contains('visually-hidden'))
      .filter(e => !['checkbox', 'radio'].includes(e.type))
      .filter(e => e.getBoundingClientRect().height < 43.5).map(e => e.outerHTML.slice(0, 120))"""
    for name in ("desk", "list", "case", "register", "report"):
        page.goto(paths()[name])
        assert page.evaluate(small) == [], name


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
