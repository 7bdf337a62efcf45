"""``make walk``: every exit of 研判, every return and every outcome of a meeting, pressed in a browser by the person whose it is.

Not part of the suite (`tests/stories/test_exits.py` walks the same by the door). A picture of each case afterwards goes
into JIEYOU_SCREENS, where a person looks at it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from playwright.sync_api import expect
from support.city import MEETING_DAY, Town, new_town
from support.pages import Visitor

from jieyou.interfaces.demo.papers import completion_sheet
from jieyou.kernel.calendar import clock
from jieyou.kernel.loop.models import Case
from journeys.test_phone_to_archive import LEAD, REPLY, Person, fill

TELL = "已转有权处理的单位办理，十五个工作日内有结果，到时答复您。"
DOORS = (("转12345", "12345"), ("转信访", "信访"), ("转调解", "调解"), ("转人民建议", "人民建议"))


@pytest.fixture
def town(town_database: None, transactional_db: None) -> Iterator[Town]:
    """The small city, really committed."""
    yield new_town()
    new_town()


Goes = Callable[[str, Case | None], "Walker"]


class Walker(Person):
    """A person at the page of one case."""

    def at(self, case: Case | None) -> Walker:
        assert case is not None
        self.page.goto(f"/desk/cases/{case.number}/")
        expect(self.page.locator("#doors")).to_be_visible()
        return self

    def seen(self, name: str) -> None:
        """The case as the page has it after the step."""
        self.look(f"exit-{name}", again=True)
        assert self.said == []


@pytest.fixture
def goes(visitor: Visitor, town: Town) -> Goes:
    """``goes("leader", case)`` opens the case as that person."""
    people: dict[str, Walker] = {}

    def open_it(username: str, case: Case | None) -> Walker:
        people.setdefault(username, Walker(visitor(town.account(username))))
        return people[username].at(case)

    return open_it


def judged(town: Town) -> Case:
    item = town.concern("assess")
    town.walk.judge(item, clock.at(date(2024, 5, 22)))
    return town.fresh(item.case)


def child(case: Case, loop: str, **more: object) -> Case:
    return Case.objects.get(parent=case, loop=loop, open=True, **more)


def worked(town: Town, case: Case) -> None:
    for task in Case.objects.filter(parent=case, loop="assignment", open=True):
        who = town.walk.holder(task).username
        if task.stage == "sent":
            town.act(task, "sign_for", who)
        completion_sheet(task, town.actor(who))
        town.act(task, "finish", who, report="已经全部办完，群众在场看过。")
        town.act(task, "accept", "county")


TASK = {
    "assignments-0-task": "更换供热管段", "assignments-0-unit": LEAD, "assignments-0-kind": "lead", "assignments-0-due-days": "3",
}  # fmt: skip


def with_task(walker: Walker, door: str, **answers: str) -> None:
    """A step with one task in its table."""
    form = walker.presses(door)
    for name, value in {**answers, **TASK}.items():
        fill(form, name.replace("__", "-"), value)
    form.locator("button[data-main]").click()
    expect(walker.page.locator(".jy-say.success")).to_contain_text("已办好")


@pytest.mark.parametrize("door", [title for title, _ in DOORS])
def test_another_door(town: Town, goes: Goes, door: str) -> None:
    case = judged(town)
    goes("leader", case).does(door, words="不属本单位职责", tell=TELL)
    goes("leader", case).seen(f"{door}-out")
    paper = child(case, "handover")
    goes("county", paper).does("接收", their_no="20240523001")
    goes("county", paper).does("反馈结果", result="已联系反映人，问题已经处理完毕。")
    goes("county", paper).seen(f"{door}-paper")
    goes("county", case).does("答复并办结", reply=REPLY)
    goes("county", case).seen(f"{door}-ended")


def test_sent_back_by_the_other_door(town: Town, goes: Goes) -> None:
    case = judged(town)
    goes("leader", case).does("转12345", words="不属本单位职责", tell=TELL)
    goes("county", child(case, "handover")).does("不属本渠道，退回", words="不属12345受理范围")
    goes("county", case).seen("sent-back")
    assert town.fresh(case).stage == "assess"


def test_direct(town: Town, goes: Goes) -> None:
    case = judged(town)
    with_task(goes("leader", case), "转办")
    goes("county", case).seen("direct")


def test_urgent_and_reported_to_a_meeting_later(town: Town, goes: Goes) -> None:
    case = town.fresh(town.concern("assess").case)
    with_task(goes("county", case), "急办", urgent_ground="供热主管爆管，三栋楼停暖")
    goes("county", case).seen("urgent")
    worked(town, case)
    town.meeting()
    county = goes("county", case)
    form = county.presses("补会")
    form.locator("select[name=meeting]").select_option(index=1)
    fill(form, "leading", "副区长王建国")
    form.locator("button[data-main]").click()
    expect(county.page.locator(".jy-say.success")).to_contain_text("已办好")
    town.act(town.meeting(), "fix", "leader")
    town.act(town.meeting(), "hold", "county", clock.at(MEETING_DAY, 15), chair="部长")
    goes("county", case).does("记录补会决定", outcome="resolved", decision="同意先行处置。")
    goes("county", case).seen("urgent-reported")


def test_to_the_city_back_and_again(town: Town, goes: Goes) -> None:
    case = judged(town)
    for turn in ("first", "second"):
        if turn == "second":
            goes("county", case).does("填写研判意见", category="heating", reach="26", urgency="normal", level="city",
                                      recommend="raise_city", reason="已经补充协调")  # fmt: skip
        goes("county", case).does(
            "提请市级送签",
            county_work="已两次协调",
            crux="管网权属在市级企业",
            request="请市级协调改造资金",
        )
        goes("leader", child(case, "approval")).does("签发", opinion="同意提请")
        goes("county", case).does("提请市级")
        goes("county", case).seen(f"raise-{turn}")
        above = child(case, "jieyou")
        if turn == "first":
            goes("city-head", above).does("退回县办", words="县级协调不充分")
            goes("city-head", above).seen("return-county")
    assert town.fresh(case).stage == "outside"


def test_the_city_gives_a_county_its_part(town: Town, goes: Goes) -> None:
    item = town.item(code="610602")
    item.staff = town.city.offices["6106"]
    town.walk.tell(item, clock.at(date(2024, 5, 20)))
    goes("city", item.case).does("登记", title="跨区供热", category="heating")
    goes("city", item.case).does("填写研判意见", category="heating", reach="26", urgency="normal", level="city",
                                 recommend="hand_county", reason="由县办")  # fmt: skip
    goes("city-head", item.case).does(
        "市交县办", county=town.unit("office").name, due__days="10", words="请按职责办理"
    )
    goes("city", item.case).seen("hand-county")


def test_joined_and_parted_again(town: Town, goes: Goes) -> None:
    first, second = town.concern("assess").case, town.concern("clue", matter=0).case
    assert first and second
    goes("county", second).does("并件", into=first.number)
    goes("county", second).seen("joined")
    goes("county", second).does("撤销并件", words="不是同一件事")
    assert town.fresh(second).stage == "clue"


@pytest.mark.parametrize("door", ["不予采纳并告知", "存查"])
def test_not_taken_up_or_filed(town: Town, goes: Goes, door: str) -> None:
    case = judged(town)
    answers = {"reply": REPLY} | ({"words": "信息已过时"} if door == "存查" else {})
    goes("leader", case).does(door, **answers)
    goes("county", case).seen(door)


def decided(town: Town, goes: Goes, outcome: str) -> Case:
    case = town.concern("meeting").case
    town.act(town.meeting(), "fix", "leader")
    town.act(town.meeting(), "hold", "county", clock.at(MEETING_DAY, 15), chair="部长")
    county = goes("county", case)
    form = county.presses("记录会议决定")
    fill(form, "outcome", outcome)
    fill(form, "decision", "会议意见在这里。")
    if outcome == "in_principle":
        for name, value in TASK.items():
            fill(form, name, value)
    form.locator("button[data-main]").click()
    expect(county.page.locator(".jy-say.success")).to_contain_text("已办好")
    return town.fresh(case)


def test_in_principle(town: Town, goes: Goes) -> None:
    case = decided(town, goes, "in_principle")
    goes("county", case).does("完善方案", plan="补充资金来源后的方案。")
    goes("county", case).seen("in-principle")


def test_put_off_and_carried(town: Town, goes: Goes) -> None:
    case = decided(town, goes, "deferred")
    town.meeting(date(2024, 6, 11))
    county = goes("county", case)
    form = county.presses("转入下次会议")
    form.locator("select[name=meeting]").select_option(index=1)
    form.locator("button[data-main]").click()
    expect(county.page.locator(".jy-say.success")).to_contain_text("已办好")
    county.seen("carried")


def test_put_off_to_consultation(town: Town, goes: Goes) -> None:
    case = decided(town, goes, "deferred")
    goes("county", case).does("暂缓再议", words="补充材料")
    goes("county", case).seen("deferred")


def test_to_the_government_and_back(town: Town, goes: Goes) -> None:
    case = decided(town, goes, "to_government")
    goes("county", case).does("提请政府常务会议", words="需要财政资金")
    paper = child(case, "handover")
    goes("county", paper).does("接收")
    goes("county", paper).does(
        "反馈结果", result="区政府第十次常务会议同意安排资金。", document="区政府常务会议纪要第10期"
    )
    with_task(goes("county", case), "按常务会议结果交办", decision="同意安排资金")
    goes("county", case).seen("government")


def test_dismissed(town: Town, goes: Goes) -> None:
    case = decided(town, goes, "dismissed")
    goes("county", case).does("不予研究并告知", reply=REPLY)
    goes("county", case).seen("dismissed")


def test_taken_off_the_agenda(town: Town, goes: Goes) -> None:
    case = town.concern("meeting").case
    goes("county", case).does("撤回议题", words="材料不齐")
    goes("county", case).seen("untabled")


def struck(town: Town, result: str) -> Case:
    case = town.fresh(town.concern("tracked").case)
    worked(town, case)
    town.act(case, "apply", "bureau", result=result, reply=REPLY)
    return town.fresh(case)


def test_shelved_redated_resumed(town: Town, goes: Goes) -> None:
    case = struck(town, "planned")
    goes("county", case).does("核验", verified="papers", words="已列入明年计划")
    leader = goes("leader", case)
    form = leader.presses("同意挂账")
    fill(form, "shelved_owner", LEAD)
    leader.look("exit-shelve-form", again=True)
    fill(form, "shelved_till-day", "2027-06-30")
    form.locator("button[data-main]").click()
    expect(leader.page.locator(".jy-say.success")).to_contain_text("已办好")
    leader.seen("shelved")
    goes("county", case).does("恢复办理")
    goes("county", case).seen("resumed")


def test_returned_for_more_work(town: Town, goes: Goes) -> None:
    case = struck(town, "solved")
    goes("leader", case).does("退回补办", words="还有一户没有修好")
    goes("leader", case).seen("returned")


def test_unhappy_returned_twice_reviewed(town: Town, goes: Goes) -> None:
    item = town.concern("visit")
    case = item.case
    for turn in range(3):
        town.walk.rate(item, "bad", "还是不热", clock.now())
        if turn == 2:
            break
        form = goes("caller", case).presses("退回再办")
        fill(form, "words", "群众反映仍不热")
        for name, value in TASK.items():
            fill(form, name, value)
        form.locator("button[data-main]").click()
        expect(goes("caller", case).page.locator("#doors")).to_be_visible()
        worked(town, town.fresh(case))
        town.act(case, "apply", "bureau", result="solved", reply=REPLY)
        town.act(case, "verify", "county", verified="site", words="已看")
        town.act(case, "agree_strike", "leader")
    goes("leader", case).does("复核办结", reviewer="部长 张建国", words="已依规办结，群众不满意，如实记录。")
    goes("leader", case).seen("reviewed")


def test_given_out_again_by_another(town: Town, goes: Goes) -> None:
    case = town.fresh(town.concern("handed").case)
    task = Case.objects.filter(parent=case, loop="assignment", open=True).first()
    assert task
    who = town.walk.holder(task).username
    goes(who, task).seen("task")
    with_task(goes("county", case), "补充交办", words="再加一家单位")
    goes("county", case).seen("reassigned")
