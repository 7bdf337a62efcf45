"""The list: tabs, filters in the address, pages, and how many queries it takes."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from support.city import HOME_COUNTY, Town

from jieyou.interfaces.web.tests.conftest import AtDesk, Reported
from jieyou.kernel import shortly
from jieyou.kernel.loop import seen
from jieyou.kernel.loop.bulk import NewCase, open_many
from jieyou.kernel.loop.models import Case
from jieyou.kernel.people.models import Account
from jieyou.kernel.people.posts import actor_of
from jieyou.kernel.places import tree

#: A page of 50 rows. Never per row: a list that is twice as long takes as many.
QUERIES = 16


def fill(town: Town, many: int) -> None:
    """So many clues in the home county's villages."""
    places = [v for t in tree.children(tree.by_code(HOME_COUNTY))[:3] for v in tree.children(t)[:4]]
    rows = [
        NewCase(f"第{n}件路灯不亮", places[n % len(places)], town.unit("office"), {"category": "facility"})
        for n in range(many)
    ]
    open_many("jieyou", town.actor("county"), rows)


def queries(desk: Any, address: str) -> int:
    desk.see(address)  # what the process keeps for some seconds is there
    with CaptureQueriesContext(connection) as taken:
        desk.see(address)
    return len(taken)


@pytest.mark.parametrize("username", ["county", "city", "bureau"])
def test_a_page_of_fifty_rows_takes_few_queries_however_long_the_list_is(
    town: Town, at_desk: AtDesk, username: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shortly, "SECONDS", 600.0)  # rules are read once, not every five seconds
    shortly.forget()
    desk = at_desk(username)
    fill(town, 60)
    desk.see("/desk/cases/?tab=clue")
    first = queries(desk, "/desk/cases/?tab=clue")
    fill(town, 60)
    assert queries(desk, "/desk/cases/?tab=clue") == first <= QUERIES


def test_tabs_are_the_stages_of_the_loop_and_count_open_cases(town: Town, at_desk: AtDesk) -> None:
    fill(town, 3)
    town.concern("visit")
    page = at_desk("county").see("/desk/cases/")
    tabs = page.split('class="jy-tabs"')[1].split("</nav>")[0]
    for word in (
        "我的待办 <b>3</b>",
        "待登记 <b>3</b>",
        "待研判 <b>0</b>",
        "待回访 <b>1</b>",
        "超期 <b>",
        "已办结",
    ):
        assert word in tabs
    assert "已办结 <b>" not in tabs  # the archive is not counted


def test_a_list_longer_than_a_page_is_turned(town: Town, at_desk: AtDesk) -> None:
    fill(town, 60)
    first, second = (at_desk("county").see("/desk/cases/", tab="clue", page=n) for n in "12")
    assert "共 60 件，第 1/2 页" in first
    assert (first.count('class="t"'), second.count('class="t"')) == (50, 10)


def test_filters_stand_in_the_address_and_can_be_taken_off_one_by_one(town: Town, at_desk: AtDesk) -> None:
    fill(town, 5)
    desk = at_desk("city")
    assert desk.see("/desk/cases/", tab="clue", q="第3件").count('class="t"') == 1
    assert desk.see("/desk/cases/", tab="clue", county="610603").count('class="t"') == 0
    page = desk.see("/desk/cases/", tab="clue", county=HOME_COUNTY, category="facility")
    assert page.count('class="t"') == 5
    assert "去掉筛选：宝塔区" in page and "去掉筛选：类别：" in page


def test_a_bureau_is_found_by_a_part_of_its_name(town: Town, at_desk: AtDesk) -> None:
    town.concern("tracked")
    assert "热" in at_desk("county").see("/desk/cases/", tab="tracked", unit="住房和城乡")
    assert "没有符合条件" in at_desk("county").see("/desk/cases/", tab="tracked", unit="气象局")


def test_a_whole_number_leads_straight_to_its_case_but_only_for_who_may_see_it(
    town: Town, at_desk: AtDesk, reported: Reported
) -> None:
    number = reported().case.number
    assert at_desk("county").client.get("/desk/cases/", {"q": number.lower()}).url == f"/desk/cases/{number}/"
    assert "没有符合条件" in at_desk("county-610603").see("/desk/cases/", tab="all", q=number)


def test_htmx_gets_the_rows_only(town: Town, at_desk: AtDesk) -> None:
    fill(town, 2)
    part = (
        at_desk("county").client.get("/desk/cases/?tab=clue", headers={"HX-Request": "true"}).content.decode()
    )
    assert "<html" not in part and part.count('class="t"') == 2


def test_a_bureau_sees_its_tasks_by_the_stages_of_the_task(town: Town, at_desk: AtDesk) -> None:
    town.concern("handed")
    page = at_desk("bureau").see("/desk/cases/", loop="assignment")
    assert "待签收 <b>1</b>" in page and "我的待办 <b>1</b>" in page


@pytest.mark.parametrize(
    "address", ["?tab=nonsense", "?loop=nonsense", "?page=0&tab=all", "?page=99999999999", "?q=%00"]
)
def test_a_strange_address_is_answered_calmly(at_desk: AtDesk, address: str) -> None:
    assert at_desk("county").status(f"/desk/cases/{address}") in (200, 404)


@pytest.mark.parametrize("order", ["due", "-moved_at"])
def test_leafing_shows_every_case_once(town: Town, order: str) -> None:
    fill(town, 9)
    Case.objects.filter(pk__in=[case.pk for case in Case.objects.all()[:4]]).update(due=None)
    actor, rows = actor_of(Account.objects.get(username="county")), Case.objects.filter(loop="jieyou")
    whole = [case.pk for case in seen.first(actor, rows, order, 100)]
    leafed = [case.pk for n in range(0, 12, 3) for case in seen.first(actor, rows, order, 3, n)]
    assert leafed == whole and len(whole) == rows.count() >= 9
