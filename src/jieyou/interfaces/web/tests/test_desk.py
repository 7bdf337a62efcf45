"""The desk: what lies on it, what came back, who may be in danger."""

from __future__ import annotations

from datetime import timedelta

from support.city import Town

from jieyou.interfaces.web.tests.conftest import AtDesk, Reported
from jieyou.kernel.calendar import clock
from jieyou.kernel.loop.models import Case

HARM = "隔壁天天打孩子，孩子身上都是伤，救救孩子。"


def test_words_of_harm_stand_before_everything_until_somebody_was_sent(
    at_desk: AtDesk, reported: Reported
) -> None:
    case = reported(HARM).case
    for name in ("county", "leader"):
        page = at_desk(name).see("/desk/")
        assert "有人可能正处在危险中" in page.split("<h1>")[0]
        assert case.number in page.split("<h1>")[0]
    assert "有人可能正处在危险中" not in at_desk("county-610603").see("/desk/")
    at_desk("county").step(case, "attend_harm", words="民警和社区已上门，孩子平安")
    assert "有人可能正处在危险中" not in at_desk("leader").see("/desk/")


def test_the_most_urgent_lies_on_top(at_desk: AtDesk, reported: Reported) -> None:
    late, soon, far = (reported(f"第{n}条路的路灯坏了，晚上看不见路").case for n in "一二三")
    now = clock.now()
    for case, days in ((late, -2), (soon, 1), (far, 20)):
        Case.objects.filter(pk=case.pk).update(due=now + timedelta(days=days))
    page = at_desk("county").see("/desk/")
    assert page.index(late.number) < page.index(soon.number) < page.index(far.number)
    tiles = page.split('class="jy-tiles"')[1].split("</div>")[0]
    assert "<span>我的待办</span><b>3</b>" in tiles and "<span>已超期</span><b>1</b>" in tiles
    only = at_desk("county").see("/desk/", only="late").split('id="mine-title"')[1].split("</table>")[0]
    assert late.number in only and far.number not in only


def test_what_was_sent_back_says_so(at_desk: AtDesk, town: Town) -> None:
    case = town.concern("strike").case
    assert case is not None
    at_desk("leader").step(case, "refuse_strike", words="群众说还没修好")
    page = at_desk("bureau").see("/desk/", only="back")
    assert case.number in page and '<span class="jy-tag amber">退回</span>' in page
    assert "退回</span><time" in at_desk("bureau").see(f"/desk/cases/{case.number}/")


def test_a_notice_leads_to_its_case_and_counts_as_seen(
    at_desk: AtDesk, reported: Reported, town: Town
) -> None:
    case = reported().case
    county = at_desk("county")
    assert "1 条未读" in county.see("/desk/")
    key = town.account("county").deliveries.get(channel="in_app").pk
    assert f'href="/desk/notices/{key}/"' in county.see("/desk/notices/")
    assert county.client.get(f"/desk/notices/{key}/").url == f"/desk/cases/{case.number}/"
    assert "条未读" not in county.see("/desk/")


def test_whoever_opens_the_matter_from_the_desk_has_read_what_he_was_told(
    at_desk: AtDesk, reported: Reported
) -> None:
    case, county = reported().case, at_desk("county")
    reported("楼道的灯坏了半个月，请来人修一修。")
    assert "2 条未读" in county.see("/desk/")
    assert "1 条未读" in county.see(f"/desk/cases/{case.number}/")
    assert "1 条未读" in county.see("/desk/")


def test_a_notice_of_somebody_else_is_not_there(at_desk: AtDesk, reported: Reported, town: Town) -> None:
    reported()
    mine = town.account("county").deliveries.get()
    assert at_desk("leader").status(f"/desk/notices/{mine.pk}/") == 404


def test_an_account_without_a_post_is_told_whom_to_ask(at_desk: AtDesk, town: Town) -> None:
    type(town.account("county")).objects.create_user("nobody", "何平")
    assert "还没有岗位，请联系本单位的系统管理员" in at_desk("nobody").see("/desk/")


def test_previous_and_next_walk_along_ones_own_desk(at_desk: AtDesk, reported: Reported) -> None:
    first, second = (reported(f"第{n}条路的路灯坏了，晚上看不见路").case for n in "一二")
    page = at_desk("county").see(f"/desk/cases/{first.number}/")
    assert f'href="/desk/cases/{second.number}/" aria-label="下一件待办"' in page
    assert "上一件待办" not in page
