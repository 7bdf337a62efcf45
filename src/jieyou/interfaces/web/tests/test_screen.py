"""The meeting on the wall: one item at a time, and nobody's name, telephone or door on it."""

from __future__ import annotations

from support.city import Town

from jieyou.interfaces.web.tests.conftest import AtDesk
from jieyou.kernel.loop.situation import facts_of

TOLD = "联系人张建国 13812346021 住 3 号楼 2 单元 501 室，先修后算。"


def test_one_item_at_a_time_with_its_decision(town: Town, at_desk: AtDesk) -> None:
    case = town.concern("decided").case
    wall = f"/desk/meetings/{town.meeting().number}/screen/"
    first, item = at_desk("county").see(wall), at_desk("county").see(wall, item="1")
    assert "第一次会议" in first and 'href="?item=1"' in first
    assert case and case.title in item and "议题一" in item and "议定" in item and "分钟" in item
    assert at_desk("county").status(wall + "?item=9") == 404


def test_names_telephones_and_doors_are_not_on_the_wall(town: Town, at_desk: AtDesk) -> None:
    case = town.concern("meeting").case
    facts = facts_of(case)
    facts.plan = TOLD
    facts.save()
    page = at_desk("county").see(f"/desk/meetings/{town.meeting().number}/screen/", item="1")
    assert "先修后算" in page
    assert [word for word in ("张建国", "13812346021", "501") if word in page] == []
    assert at_desk("bureau").status(f"/desk/meetings/{town.meeting().number}/screen/") == 404
