"""A clerk's journeys, measured in a browser; ``python bench/journeys.py`` writes the figures to docs/usability.md."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect
from support.city import Town, new_town
from support.pages import Visitor

from jieyou.kernel.calendar import clock
from jieyou.kernel.loop.models import Case
from journeys.meter import Meter
from journeys.test_phone_to_archive import LEAD

Note = Callable[..., None]
TASK = {
    "assignments-0-task": "到现场处置并答复群众",
    "assignments-0-unit": LEAD,
    "assignments-0-due-days": "7",
}


@pytest.fixture
def town(town_database: None, transactional_db: None) -> Iterator[Town]:
    yield new_town()
    new_town()


@pytest.fixture
def visitor(visitor: Visitor) -> Visitor:
    """The first page of a process reads everything: it may take its time."""

    def come(*account: object) -> Page:
        page = visitor(*account)
        page.set_default_timeout(30_000)
        return page

    return come


@pytest.fixture
def note() -> Note:
    """``note(kind, line)``: a line for docs/usability.md, where somebody wants one."""

    def write(kind: str, line: str) -> None:
        if path := os.environ.get("JIEYOU_TEST_JOURNEYS"):
            with Path(f"{path}.{kind}").open("a", encoding="utf-8") as out:
                out.write(line + "\n")

    return write


def judged(town: Town, many: int) -> list[Case]:
    """So many matters that wait for the leader's word, judged by the clerk."""
    made: list[Case] = []
    for n in range(many):
        item = town.concern("assess", n % 4)
        town.walk.judge(item, clock.at(date(2024, 5, 22)))
        assert item.case
        made.append(item.case)
    return made


def given_out(meter: Meter) -> None:
    """One row of the table of tasks: typed, then sent."""
    for name, value in TASK.items():
        meter.page.locator(f"[name='{name}']").fill(value)
    meter.taps_on(meter.page.locator("button[data-main]"))


def row(meter: Meter, name: str, begun: float, limits: str) -> str:
    seconds = time.monotonic() - begun
    return f"| {name} | {meter.taps} | {len(meter.titles)} | {seconds:.1f} | {limits} |"


def pick(meter: Meter, last: int) -> None:
    """The first row, then the last one with Shift."""
    boxes = meter.page.locator("input[name=pick]")
    meter.taps_on(boxes.first)
    boxes.nth(last).click(modifiers=["Shift"])
    meter.taps += 1
    expect(meter.page.locator("[data-picked]")).to_have_text(f"已选 {last + 1} 件")


def test_one_matter_is_given_out_with_three_clicks(town: Town, visitor: Visitor, note: Note) -> None:
    (case,) = judged(town, 1)
    meter = Meter(visitor(town.account("leader")))
    meter.opens("/desk/cases/?tab=assess")
    begun = time.monotonic()
    meter.taps_on(meter.page.get_by_role("link", name=case.title).first)
    meter.sees()
    meter.taps_on(meter.page.locator("#doors").get_by_role("link", name="转办", exact=True))
    meter.sees()
    given_out(meter)
    expect(meter.page.locator(".jy-say.success")).to_contain_text("已办好")
    note("staff", row(meter, "交办一件", begun, "≤ 3 次"))
    assert meter.taps <= 3 and town.fresh(case).stage == "handed"


def test_twenty_are_given_out_with_four(town: Town, visitor: Visitor, note: Note) -> None:
    cases = judged(town, 20)
    meter = Meter(visitor(town.account("leader")))
    meter.opens("/desk/cases/?tab=assess")
    begun = time.monotonic()
    pick(meter, 19)
    meter.taps_on(meter.page.locator("#picked").get_by_role("button", name="转办"))
    meter.sees()
    given_out(meter)
    expect(meter.page.get_by_text("20 件里办好 20 件")).to_be_visible(timeout=60_000)
    meter.sees()
    note("staff", row(meter, "交办 20 件", begun, "≤ 4 次"))
    assert meter.taps <= 4 and {town.fresh(case).stage for case in cases} == {"handed"}


def test_an_agenda_of_six_is_one_form(town: Town, visitor: Visitor, note: Note) -> None:
    for n in range(6):
        item = town.concern("consult", n % 4)
        town.walk.consult(item, clock.at(date(2024, 5, 24)))
    meeting = town.meeting()
    meter = Meter(visitor(town.account("county")))
    meter.opens("/desk/cases/?tab=consult")
    begun = time.monotonic()
    pick(meter, 5)
    meter.taps_on(meter.page.locator("#picked").get_by_role("button", name="提请上会"))
    meter.sees()
    meter.page.locator("select[name=meeting]").select_option(index=1)
    meter.taps += 2
    meter.page.locator("[name=leading]").fill("副区长 王建国")
    meter.taps_on(meter.page.locator("button[data-main]"))
    expect(meter.page.get_by_text("6 件里办好 6 件")).to_be_visible(timeout=30_000)
    meter.sees()
    note("staff", row(meter, "排 6 项议题", begun, "≤ 2 分钟"))
    meter.page.goto(f"/desk/cases/{meeting.number}/")
    expect(meter.page.locator(".jy-item")).to_have_count(6)
    assert meter.taps <= 6


def test_after_the_meeting_the_drafts_are_one_click(town: Town, visitor: Visitor, note: Note) -> None:
    town.concern("decided")
    meter = Meter(visitor(town.account("county")))
    meter.opens(f"/desk/cases/{town.meeting().number}/")
    begun = time.monotonic()
    meter.taps_on(meter.page.get_by_role("button", name=re.compile("起草纪要")))
    expect(meter.page.locator(".jy-say.success")).to_contain_text("都是草稿")
    note("staff", row(meter, "会后起草纪要和交办单", begun, "≤ 1 次"))
    assert meter.taps == 1


def sheet(path: Path, wrong: int) -> Path:
    """300 rows as a county has them; the first ``wrong`` of them without words."""
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.append(["编号", "标题", "反映内容"])
    for n in range(300):
        words = "" if n < wrong else f"北大街第{n}根灯杆的路灯坏了半个月，晚上看不见路，请来修。"
        page.append([f"L-{n:03}", f"北大街第{n}根灯杆不亮", words])
    book.save(path)
    return path


def imports(meter: Meter, file: Path) -> None:
    meter.page.goto("/desk/import/")
    meter.sees()
    meter.page.set_input_files("#file", file)
    meter.taps += 2  # the button of the field, the file
    meter.taps_on(meter.page.get_by_role("button", name="上传并预检"))
    expect(meter.page.locator("#run")).to_be_visible(timeout=60_000)
    meter.sees()


def test_three_hundred_rows_with_ten_to_mend(
    town: Town, visitor: Visitor, note: Note, tmp_path: Path
) -> None:
    meter = Meter(visitor(town.account("county")))
    begun = time.monotonic()
    imports(meter, sheet(tmp_path / "来件.xlsx", 10))
    expect(meter.page.get_by_text("导入这 290 行")).to_be_visible()
    with meter.page.expect_download() as taken:
        meter.taps_on(meter.page.get_by_role("link", name=re.compile("下载标红")).first)
    mended = tmp_path / "改好.xlsx"
    taken.value.save_as(mended)
    assert openpyxl.load_workbook(mended).worksheets[0].max_row == 11
    meter.taps_on(meter.page.get_by_role("button", name="导入这 290 行"))
    expect(meter.page.get_by_role("heading", level=1)).to_be_visible()
    imports(meter, sheet(mended, 0))
    expect(meter.page.locator("#run")).to_be_visible()
    note("staff", row(meter, "导入 300 行、改 10 行", begun, "≤ 3 分钟"))
    assert meter.taps <= 9


PAGES = {
    "首页": "/", "我要反映": "/report/", "查进度": "/track/", "公开栏": "/board/", "工作台": "/desk/", "列表（50 行）": "/desk/cases/?tab=all",
    "督办": "/desk/supervision/", "会议": "/desk/meetings/",
}  # fmt: skip


def weigh(page: Page, address: str) -> float:
    """Kilobytes of a page to somebody who was never there, compressed."""
    meter = Meter(page)
    meter.opens(address)
    page.wait_for_load_state("networkidle")
    return meter.bytes / 1024


def test_no_page_is_heavy(town: Town, visitor: Visitor, note: Note) -> None:
    case = town.concern("tracked").case
    assert case
    staff = {"事项": f"/desk/cases/{case.number}/", "填一步": f"/desk/cases/{case.number}/urge/"}
    weights: dict[str, float] = {}
    for name, address in {**PAGES, **staff}.items():
        desk = address.startswith("/desk/")
        weights[name] = weigh(visitor(town.account("county") if desk else None), address)
        note("weight", f"| {name} | {weights[name]:.1f} |")
    assert max(weights.values()) < 200
