"""The staff's main way with JavaScript off: register, judge, direct, sign, finish, accept, apply, verify, agree, call, archive."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect
from support.city import Town, new_town
from support.pages import Visitor

from jieyou.interfaces.demo.papers import completion_sheet
from jieyou.kernel.loop.models import Case
from journeys.exits import TASK
from journeys.test_phone_to_archive import REPLY, TITLE, Person, fill, record

SAID = {
    "reach": "26",
    "urgency": "pressing",
    "level": "county",
    "recommend": "direct",
    "reason": "职责清楚，直接转办",
}
CALLED = {"method": "phone", "visited": "reached", "satisfied": "good"}


@pytest.fixture
def town(town_database: None, transactional_db: None) -> Iterator[Town]:
    yield new_town()
    new_town()


@pytest.fixture
def person(visitor: Visitor, town: Town) -> Callable[[str], Person]:
    def sits(name: str) -> Person:
        page = visitor(town.account(name), java_script_enabled=False)
        page.set_default_timeout(30_000)  # the first page of a process reads everything
        return Person(page)

    return sits


def hands_over(leader: Person) -> None:
    """转办 with one task in its table."""
    form = leader.presses("转办")
    for name, value in TASK.items():
        fill(form, name, value)
    form.locator("button[data-main]").click()
    expect(leader.page.locator(".jy-say.success")).to_contain_text("已办好")


def test_the_main_way_needs_no_script(person: Callable[[str], Person], town: Town, tmp_path: Path) -> None:
    county, leader, bureau, caller = (person(name) for name in ("county", "leader", "bureau", "caller"))
    told = town.concern("clue").case
    assert told
    county.finds(told.title)
    county.does("登记", title=TITLE, category="heating")
    county.does("填写研判意见", **SAID)
    leader.finds(TITLE)
    hands_over(leader)
    task = Case.objects.get(parent=told, loop="assignment")
    bureau.finds(task.title)
    bureau.does("签收")
    completion_sheet(task, town.actor("bureau"))
    bureau.does("提交办结", report="管段已全部更换，试压合格，入户测温二十度。")
    county.finds(task.title)
    county.does("审核通过")
    county.page.goto(f"/desk/cases/{told.number}/")
    county.does("申请销号", result="solved", reply=REPLY)
    county.does("核验", verified="site", words="到现场看过，已经办好。")
    leader.finds(TITLE)
    leader.does("同意销号")
    caller.finds(TITLE)
    caller.does("登记回访", **CALLED)
    caller.does("回访归档")
    assert record(caller.page)[-1] == "回访归档" and town.fresh(told).stage == "archived"


def test_many_at_once_need_no_script(person: Callable[[str], Person], town: Town) -> None:
    cases = [town.concern("tracked", matter).case for matter in (0, 1)]
    county = person("county")
    county.page.goto("/desk/cases/?tab=tracked")
    for case in cases:
        assert case
        county.page.locator(f"input[name=pick][value='{case.number}']").check()
    county.page.get_by_role("button", name="催办").click()
    county.page.locator("[name=words]").fill("请三个工作日内办结。")
    county.page.get_by_role("button", name="催办 2 件").click()
    expect(county.page.get_by_text("2 件里办好 2 件")).to_be_visible()
