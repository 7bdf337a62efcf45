"""Every exit of 研判 and every return: each has an owner, a clock, an answer, and leads on."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from support.city import FIRST_DAY, MEETING_DAY, Told, Town, row

from jieyou.commons.approvals import onpaper
from jieyou.commons.meetings.models import AgendaItem
from jieyou.commons.reports.models import Report
from jieyou.interfaces.demo.papers import completion_sheet
from jieyou.kernel.calendar import clock
from jieyou.kernel.loop.models import Case, Clock
from jieyou.kernel.loop.ticking import tick
from jieyou.kernel.people.posts import appoint

REPLY = "您反映的事情有关单位已经办完，情况都写在这里了，请您放心，谢谢。"
TELL = "已转有权处理的单位办理，十五个工作日内有结果，到时答复您。"
DOORS = ("hotline", "petition", "mediation", "suggestion")


@pytest.fixture
def judged(town: Town) -> Case:
    """研判意见 is written; the 部领导 decides."""
    item = town.concern("assess")
    town.walk.judge(item, clock.at(date(2024, 5, 22)))
    return town.fresh(item.case)


def handed_over(town: Town, case: Case, door: str = "hotline") -> Case:
    town.act(case, f"to_{door}", "leader", words="不属本单位职责", tell=TELL)
    return Case.objects.get(parent=case, loop="handover", open=True)


def work(town: Town, case: Case) -> None:
    """The open tasks of a case are signed for, done and accepted."""
    for task in Case.objects.filter(parent=case, loop="assignment", open=True):
        who = town.walk.holder(task).username
        if task.stage == "sent":
            town.act(task, "sign_for", who)
        completion_sheet(task, town.actor(who))
        town.act(task, "finish", who, report="已经全部办完，群众在场看过。")
        town.act(task, "accept", "county")


@pytest.mark.parametrize("door", DOORS)
def test_what_goes_to_another_door_is_waited_for_and_answered(town: Town, judged: Case, door: str) -> None:
    paper = handed_over(town, judged, door)
    case = town.fresh(judged)
    assert (case.stage, case.desk_role, paper.kind, paper.desk_role) == ("outside", "经办人", door, "经办人")
    assert Report.objects.get(case=case).reply == TELL
    assert {c.code for c in Clock.objects.filter(case__in=[case, paper], stopped_at=None)} == {
        "jieyou.outside", "handover.receive",
    }  # fmt: skip
    town.act(paper, "receive", "county", their_no="20240523001")
    town.act(paper, "answer", "county", result="已联系反映人，问题已经处理完毕。")
    ended = town.act(case, "close_outside", "county", reply=REPLY)
    assert (ended.stage, ended.outcome, Report.objects.get(case=case).reply) == (
        "handed_over",
        "handed_over",
        REPLY,
    )


def test_nothing_is_closed_before_the_other_door_has_answered(town: Town, judged: Case) -> None:
    paper = handed_over(town, judged)
    assert town.refusal(judged, "close_outside", "county", reply=REPLY) == "对方还没有反馈结果"
    town.act(paper, "receive", "county")
    assert "还有 1 件" in town.refusal(judged, "take_back", "county", words="收回")


def test_what_the_other_door_sends_back_is_judged_again(town: Town, judged: Case) -> None:
    town.act(handed_over(town, judged), "refuse", "county", words="不属12345受理范围")
    case = town.fresh(judged)
    assert (case.stage, case.desk_role) == ("assess", "经办人")
    again = town.act(case, "to_petition", "leader", words="应走信访", tell=TELL)
    assert again.stage == "outside"


def test_a_unit_of_the_system_answers_by_itself(town: Town, judged: Case, told_to: Told) -> None:
    town.act(judged, "to_mediation", "leader", words="先行调解", tell=TELL, to_unit=town.unit())
    paper = Case.objects.get(parent=judged, loop="handover")
    assert paper.desk_id == town.unit().pk and told_to("bureau", paper) == ["转出"]
    town.act(paper, "receive", "bureau")
    assert town.act(paper, "answer", "bureau", result="双方已经达成调解协议。").outcome == "answered"


def test_an_urgent_matter_is_handled_first_and_reported_to_a_meeting_afterwards(town: Town) -> None:
    friday_night = clock.at(date(2024, 5, 24), 22)
    case = town.concern("assess").case
    town.act(
        case,
        "urgent",
        "county",
        friday_night,
        urgent_ground="供热主管爆管，三栋楼停暖",
        assignments=[row(town.unit(), due=1)],
    )
    urgent = Clock.objects.get(case=case, code="jieyou.urgent")
    assert urgent.due - urgent.started == timedelta(hours=24)
    work(town, case)
    town.act(case, "apply", "bureau", result="solved", reply=REPLY)
    town.act(case, "verify", "county", verified="site", words="已经恢复供暖")
    town.act(case, "agree_strike", "leader")
    town.act(case, "call", "caller", method="phone", visited="reached", satisfied="good", solved=True)
    assert town.refusal(case, "archive", "caller") == "急办事项还没有补会"
    meeting = town.meeting(date(2024, 6, 3))
    town.act(case, "report_meeting", "county", meeting=meeting.number, leading="副区长王建国")
    town.act(meeting, "fix", "leader")
    town.act(meeting, "hold", "county", clock.at(MEETING_DAY, 15), chair="部长")
    town.act(
        case,
        "confirm_meeting",
        "county",
        clock.at(MEETING_DAY, 16),
        outcome="resolved",
        decision="同意先行处置。",
    )
    assert town.act(case, "archive", "caller").stage == "archived"


def raised(town: Town, case: Case) -> Case:
    """提请市级, signed by the county's leader: the city's item."""
    town.act(
        case,
        "ask_city",
        "county",
        county_work="已两次协调",
        crux="管网权属在市级企业",
        request="请市级协调改造资金",
    )
    town.act(Case.objects.get(parent=case, kind="raise", open=True), "sign", "leader")
    town.act(case, "raise_city", "county")
    return Case.objects.get(parent=case, loop="jieyou", open=True)


def test_a_county_asks_the_city_only_with_its_leaders_signature(town: Town, judged: Case) -> None:
    said = {"county_work": "已两次协调", "crux": "权属在市级", "request": "请市级协调"}
    assert "送签" in town.refusal(judged, "raise_city", "county")
    town.act(judged, "ask_city", "county", **said)
    assert "没有签发" in town.refusal(judged, "raise_city", "county")


def test_proposed_returned_and_proposed_again(town: Town, judged: Case) -> None:
    first = raised(town, judged)
    assert first.home == town.unit("office", "6106") and first.number.startswith("YA-2024-")
    town.act(first, "return_county", "city-head", words="县级协调不充分")
    case = town.fresh(judged)
    assert (case.stage, town.fresh(first).outcome) == ("assess", "returned")
    second = raised(town, case)
    assert second.number != first.number and town.fresh(case).stage == "outside"


def test_the_county_answers_when_the_city_has_settled_it(town: Town, judged: Case) -> None:
    above = raised(town, judged)
    town.act(above, "register", "city", title="宝塔区供热管网", category="heating")
    town.act(
        above,
        "judge",
        "city",
        category="heating",
        urgency="normal",
        level="city",
        recommend="decline",
        reason="已有安排",
    )
    assert (
        town.refusal(judged, "apply_level", "county", result="solved", reply=REPLY)
        == "上（下）级事项还没有办结"
    )
    town.act(above, "decline", "city-head", reply=REPLY)
    assert town.act(judged, "apply_level", "county", result="explained", reply=REPLY).stage == "strike"


def test_the_city_gives_a_county_its_part_and_ends_last(town: Town) -> None:
    item = town.item(code="610602")
    item.staff = town.city.offices["6106"]
    town.walk.tell(item, clock.at(FIRST_DAY))
    case = item.case
    assert case is not None
    town.act(case, "register", "city", title="跨区供热", category="heating")
    town.act(
        case,
        "judge",
        "city",
        category="heating",
        urgency="normal",
        level="city",
        recommend="hand_county",
        reason="由县办",
    )
    town.act(case, "hand_county", "city-head", county=town.unit("office"), due=10, words="请按职责办理")
    below = Case.objects.get(parent=case, loop="jieyou")
    assert below.home == town.unit("office") and below.number.startswith("BT-2024-") and below.due is not None
    assert "还没有办结" in town.refusal(case, "apply_level", "city", result="solved", reply=REPLY)


def shelved(town: Town) -> Case:
    """阶段性解决: on the dated list."""
    case = town.concern("tracked").case
    work(town, case)
    town.act(case, "apply", "bureau", result="planned", reply=REPLY)
    town.act(case, "verify", "county", verified="papers", words="已列入明年计划")
    assert "不能销号" in town.refusal(case, "agree_strike", "leader")
    return town.act(case, "shelve", "leader", shelved_till="2024-09-30", shelved_owner=town.unit())


def test_planned_is_never_done_and_wakes_on_its_day(town: Town) -> None:
    case = shelved(town)
    assert (case.stage, case.open, clock.local(case.due)) == ("shelved", True, date(2024, 9, 30))
    with clock.moved(clock.at(date(2024, 10, 1), 1)):
        tick()
    assert town.fresh(case).stage == "tracked"


def test_a_dated_matter_gets_another_date_and_wakes_once_more(town: Town) -> None:
    case = shelved(town)
    town.act(case, "redate", "leader", shelved_till="2024-12-31", words="资金十二月到位")
    assert clock.local(town.fresh(case).due) == date(2024, 12, 31)
    assert town.act(case, "resume", "county").stage == "tracked"


def decided(town: Town, outcome: str) -> Case:
    case = town.concern("meeting").case
    town.act(town.meeting(), "fix", "leader")
    town.act(town.meeting(), "hold", "county", clock.at(MEETING_DAY, 15), chair="部长")
    rows = [row(town.unit())] if outcome == "in_principle" else []
    return town.act(
        case,
        "decide",
        "county",
        clock.at(MEETING_DAY, 16),
        outcome=outcome,
        decision="会议意见",
        assignments=rows,
    )


def test_in_principle_means_the_plan_is_perfected_first(town: Town) -> None:
    case = decided(town, "in_principle")
    assert "完善方案" in town.refusal(case, "resolve", "county")
    assert town.act(case, "perfect", "county", plan="补充资金来源后的方案").stage == "meeting"


def test_put_off_is_carried_to_the_next_meeting(town: Town) -> None:
    case = decided(town, "deferred")
    following = town.meeting(date(2024, 6, 11))
    town.act(case, "carry", "county", meeting=following.number)
    assert AgendaItem.objects.filter(case=case).count() == 2
    assert town.act(decided_again(town, case), "defer", "county", words="再补充").stage == "consult"


def decided_again(town: Town, case: Case) -> Case:
    following = town.meeting(date(2024, 6, 11))
    town.act(following, "fix", "leader")
    town.act(following, "hold", "county", clock.at(date(2024, 6, 11), 15), chair="部长")
    return town.act(
        case,
        "decide",
        "county",
        clock.at(date(2024, 6, 11), 16),
        outcome="deferred",
        decision="再议",
        assignments=[],
    )


def test_money_goes_to_the_governments_meeting_and_comes_back_as_tasks(town: Town) -> None:
    case = decided(town, "to_government")
    town.act(case, "to_government", "county", words="需要财政资金")
    paper = Case.objects.get(parent=case, loop="handover")
    assert (
        town.refusal(case, "as_government", "county", decision="同意", assignments=[row(town.unit())])
        == "常务会议还没有结果"
    )
    town.act(paper, "receive", "county")
    town.act(
        paper,
        "answer",
        "county",
        result="区政府第十次常务会议同意安排资金。",
        document="区政府常务会议纪要第10期",
    )
    there = town.act(case, "as_government", "county", decision="同意安排资金", assignments=[row(town.unit())])
    assert (there.stage, Case.objects.filter(parent=case, loop="assignment").count()) == ("handed", 1)


def test_not_taken_up_is_answered(town: Town) -> None:
    case = decided(town, "dismissed")
    assert town.act(case, "dismiss", "county", reply=REPLY).outcome == "declined"


def test_an_item_leaves_the_agenda_while_it_is_being_prepared(town: Town) -> None:
    case = town.concern("meeting").case
    assert town.act(case, "untable", "county", words="材料不齐").stage == "consult"
    assert not AgendaItem.objects.filter(case=case).exists()


def test_the_whole_meeting_is_handed_out_at_once(town: Town) -> None:
    item = town.concern("decided")
    town.walk.sign_minutes(item.staff, town.meeting(), MEETING_DAY)
    town.act(town.meeting(), "hand_out", "county")
    assert (town.fresh(item.case).stage, town.meeting().outcome or town.fresh(town.meeting()).outcome) == (
        "handed",
        "held",
    )


def test_a_solved_matter_gives_rise_to_a_suggestion_and_stays_ended(town: Town) -> None:
    case = town.concern("archived").case
    before = (case.ended_at, case.outcome)
    after = town.act(case, "propose", "county", words="建议把老旧管网纳入年度改造计划。")
    drawn = Case.objects.get(loop="handover")
    assert (after.open, after.ended_at, after.outcome, drawn.parent) == (False, *before, None)
    assert drawn.kind == "suggestion"


def test_a_leader_who_signs_on_paper(town: Town, judged: Case) -> None:
    case = judged
    paper = enter(town, case, "to_consult", lead=town.unit().name)
    assert town.fresh(case).stage == "assess"
    assert town.refusal(paper, "confirm", "county") == "补录的人不能自己核对"
    town.act(paper, "confirm", "leader")
    moved, last = town.fresh(case), town.events(case)[-1]
    assert (moved.stage, moved.holder) == ("consult", town.unit())
    assert last.person == town.account("leader").pk.hex and "线下签批补录" in last.actor


def test_a_wrong_scan_is_void_and_moves_nothing(town: Town, judged: Case) -> None:
    paper = enter(town, judged, "decline", reply=REPLY)
    town.act(paper, "void", "leader", words="不是这件事的批示")
    assert town.fresh(judged).stage == "assess"
    assert enter(town, judged, "decline", reply=REPLY).open


def enter(town: Town, case: Case, name: str, **raw: Any) -> Case:
    with clock.moved(town.fresh(case).moved_at + timedelta(hours=1)):
        return onpaper.enter(
            town.fresh(case), name, town.actor("county"), raw, town.account("leader"), date(2024, 5, 22),
            keep=lambda paper: completion_sheet(paper, town.actor("county")) or (),
        )  # fmt: skip


def test_of_many_voices_a_sample_is_enough_and_fewer_are_not(town: Town) -> None:
    case = town.concern("visit").case
    first = Report.objects.get(case=case)
    for n in range(11):
        first.pk, first.secret, first.client_key = None, f"s{n}", None
        first._state.adding = True
        first.pk = Report._meta.pk.get_default()
        first.save(force_insert=True)
    town.act(case, "call", "caller", method="phone", visited="reached", satisfied="good", solved=True)
    assert "至少要回访 5 户" in town.refusal(case, "archive", "caller")
    town.act(
        case, "call", "caller", method="visit", visited="reached", households=4, satisfied="good", solved=True
    )
    assert town.act(case, "archive", "caller").stage == "archived"


def test_the_unit_that_did_the_work_does_not_call_back(town: Town) -> None:
    case = town.concern("visit").case
    appoint(town.account("caller"), town.unit(), "承办人", FIRST_DAY, "system")
    said = {"method": "phone", "visited": "reached", "satisfied": "good"}
    assert "责任单位" in town.refusal(case, "call", "caller", **said)


def test_the_leaders_review_waits_until_the_returns_are_used_up(town: Town) -> None:
    item = town.concern("visit")
    town.walk.rate(item, "bad", "还是不热", clock.at(date(2024, 7, 1)))
    assert "还可以退回再办 2 次" in town.refusal(
        item.case, "review", "leader", reviewer="部长", words="已依规办结"
    )
