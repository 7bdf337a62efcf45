"""常用筛选、显示的列: each person's own, kept from day to day; and the way along the list from case to case."""

from __future__ import annotations

import re

from support.city import Town

from jieyou.interfaces.web.models import Habit
from jieyou.interfaces.web.tests.conftest import AtDesk
from jieyou.interfaces.web.tests.test_list import fill

LIST = "?loop=jieyou&tab=clue&q=路灯"


def test_a_clerk_keeps_filters_under_a_name_and_nobody_else_sees_them(town: Town, at_desk: AtDesk) -> None:
    desk = at_desk("county")
    desk.client.post("/desk/views/", {"name": "路灯待登记", "list": LIST})
    assert "tab=clue&q=%E8%B7%AF%E7%81%AF" in desk.see("/desk/cases/")
    assert "路灯待登记" not in at_desk("leader").see("/desk/cases/")


def test_what_was_removed_can_be_brought_back(town: Town, at_desk: AtDesk) -> None:
    desk = at_desk("county")
    desk.client.post("/desk/views/", {"name": "路灯", "list": LIST})
    there = f"/desk/views/{Habit.objects.get().pk}/remove/"
    page = desk.client.post(there, {"list": LIST}, follow=True).content.decode()
    assert "已删除常用筛选“路灯”" in page and "撤销" in page and "#star" in page
    assert "已恢复" in desk.client.post(there, {"list": LIST, "undo": "1"}, follow=True).content.decode()
    assert at_desk("leader").client.post(there).status_code == 404


def test_without_a_name_nothing_is_kept(town: Town, at_desk: AtDesk) -> None:
    answer = at_desk("county").client.post("/desk/views/", {"name": " ", "list": LIST}, follow=True)
    assert "起个名字" in answer.content.decode() and not Habit.objects.exists()


def test_a_clerk_chooses_the_columns(town: Town, at_desk: AtDesk) -> None:
    fill(town, 1)
    desk = at_desk("county")
    desk.client.post("/desk/columns/", {"list": LIST, "column": ["stage", "opened", "nonsense"]})
    heads = re.findall(r'<th scope="col">(.*?)</th>', desk.see("/desk/cases/", tab="clue"))
    assert heads == ["编号", "事项", "进度", "收到"]
    assert "承办单位" in at_desk("leader").see("/desk/cases/", tab="clue").split("<thead>")[1]


def test_the_case_page_goes_along_the_list_over_its_pages(town: Town, at_desk: AtDesk) -> None:
    fill(town, 52)
    desk = at_desk("county")
    first = desk.see("/desk/cases/", tab="clue")
    links = re.findall(r'class="t" href="([^"]+)"', first)
    last = desk.see(links[-1])
    onward = re.search(r'href="([^"]+)"[^>]*data-after', last)
    assert onward and "page%3D2" in onward[1] and "回到列表" in last
    back = re.search(r'href="([^"]+)"[^>]*data-before', desk.see(onward[1]))
    assert back and back[1] == links[-1]


def test_a_strange_list_leads_along_the_desk(town: Town, at_desk: AtDesk) -> None:
    fill(town, 2)
    link = re.findall(r'class="t" href="([^"?]+)', at_desk("county").see("/desk/cases/"))[0]
    for strange in ("loop=nothing", "tab=nothing", "page=99", "%00"):
        assert "data-after" in at_desk("county").see(link, list=strange)
