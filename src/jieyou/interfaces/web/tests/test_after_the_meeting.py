"""A matter that a meeting put off, and one that was joined: what the page says and offers."""

from __future__ import annotations

from datetime import date

from support.city import MEETING_DAY, Town

from jieyou.interfaces.web.tests.conftest import AtDesk
from jieyou.kernel.calendar import clock
from jieyou.kernel.loop.models import Case


def put_off(town: Town) -> Case:
    case = town.concern("meeting").case
    town.act(town.meeting(), "fix", "leader")
    town.act(town.meeting(), "hold", "county", clock.at(MEETING_DAY, 15), chair="部长")
    said = {"outcome": "deferred", "decision": "下次再议", "assignments": []}
    return town.act(case, "decide", "county", clock.at(MEETING_DAY, 16), **said)


def test_it_goes_on_the_next_agenda_through_its_form(town: Town, at_desk: AtDesk) -> None:
    case, county = put_off(town), at_desk("county")
    following = town.meeting(date(2024, 6, 11))
    county.step(case, "carry", meeting=following.number)
    page = county.see(f"/desk/cases/{case.number}/")
    assert following.title in page and "补录" not in page.split('id="doors"')[1].split("</section>")[0]


def test_minutes_sent_for_signature_wait_for_the_leader(town: Town, at_desk: AtDesk) -> None:
    town.concern("decided")
    town.act(town.meeting(), "draft", "county", clock.at(MEETING_DAY, 17), minutes="一、同意会前协商方案。")
    paper = Case.objects.filter(loop="approval", parent=town.meeting()).latest("opened_at")
    waited = at_desk("county").see(f"/desk/cases/{paper.number}/").split("现在等")[1][:120]
    assert "部领导" in waited and "经办人" not in waited and "签批" in waited


def test_a_joined_matter_says_where_it_is_now(town: Town, at_desk: AtDesk) -> None:
    first, second = town.concern("assess").case, town.concern("assess").case
    assert first and second
    at_desk("county").step(second, "join", into=first.number)
    page = at_desk("county").see(f"/desk/cases/{second.number}/")
    assert f'并入 <a class="u" href="/desk/cases/{first.number}/">' in page


def test_a_day_of_another_year_says_which(town: Town, at_desk: AtDesk) -> None:
    item = town.concern("tracked")
    town.walk.work(item, clock.at(date(2024, 6, 10)))
    town.walk.finish(item, clock.at(date(2024, 6, 18)))
    reply = "已列入明年的改造计划，明年六月底以前动工，届时再次告知您。"
    town.act(item.case, "apply", "bureau", result="planned", reply=reply)
    town.act(item.case, "verify", "county", verified="papers", words="计划已经下达")
    town.act(item.case, "shelve", "leader", shelved_till="2027-06-30", shelved_owner=town.unit())
    assert "2027年6月30日前完成" in at_desk("county").see(f"/desk/cases/{item.case.number}/")
