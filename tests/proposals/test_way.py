"""人民建议 by the doors: four conclusions, the clock of the reply, what came of it, reward after its days, both ways with 解忧."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from support.city import Town

from jieyou.commons.handovers import sending
from jieyou.commons.reports import afterwards
from jieyou.commons.reports.models import Report
from jieyou.kernel.calendar import clock
from jieyou.kernel.indicator.declare import Scope
from jieyou.kernel.loop.models import Case, Clock, Event
from jieyou.kernel.loop.seen import may_see
from jieyou.kernel.loop.ticking import tick
from jieyou.kernel.people.posts import SYSTEM
from jieyou.kernel.places import tree
from jieyou.mechanisms.proposals import indicators, topics
from jieyou.mechanisms.proposals.models import Proposal, ProposalResult
from proposals.conftest import AWARD, DAY, REPLY, SAID, Proposed


def facts(case: Case) -> Proposal:
    return Proposal.objects.get(pk=case.pk)


def ran_out(code: str, case: Case) -> Case:
    """The clock of a case runs out and the software does what follows."""
    due = Clock.objects.get(case=case, code=code).due
    with clock.moved(due + timedelta(minutes=1)):
        tick()
    return Case.objects.select_related("home", "holder", "place").get(pk=case.pk)


def test_an_adopted_one_becomes_a_project_is_rewarded_after_its_days_and_filed(
    desk: Proposed, town: Town
) -> None:
    case = desk.valued()
    told = town.refusal(case, "propose_award", "county", **AWARD, awardee="贺长山")
    assert told == "建议人没有同意公开姓名，公示的姓名请写“建议人”"
    case = town.act(case, "propose_award", "county", **AWARD, awardee="建议人")
    assert topics.noticed() == [] and "自己审核" in town.refusal(
        case, "approve_award", "county", checked="可以。"
    )
    case = town.act(case, "approve_award", "leader", checked="不涉密，可以公示。")
    assert [row.grade for row, _ in topics.noticed()] == ["优秀建议"]
    case = ran_out("proposal.public", case)
    assert (case.stage, topics.noticed()) == ("granting", [])
    case = town.act(case, "grant", "leader")
    assert (case.stage, case.outcome, ProposalResult.objects.get().name) == (
        "archived",
        "adopted",
        "老旧小区充电棚建设项目",
    )
    last = clock.today() if case.ended_at is None else clock.local(case.ended_at)
    scope = Scope(tree.by_code("610602"), DAY, last)
    said = {
        i.key: i.read(scope).printed
        for i in (indicators.came, indicators.adopted, indicators.converted, indicators.awarded)
    }
    assert said == {
        "proposals.came": "1",
        "proposals.adopted": "100.0",
        "proposals.converted": "100.0",
        "proposals.awarded": "1",
    }


@pytest.mark.parametrize("word", ["reference", "declined"])
def test_what_is_not_adopted_is_answered_with_its_reasons(desk: Proposed, town: Town, word: str) -> None:
    case = desk.studied(word)
    assert "太短" in town.refusal(case, "not_adopt", "leader", adoption=word, reply="感谢您的建议。")
    case = town.act(
        case,
        "not_adopt",
        "leader",
        adoption=word,
        reply="您的建议很好，但用地不符合规划，暂时不能采纳，理由如上。",
    )
    assert town.act(case, "archive", "county").outcome == word


def test_the_reply_has_sixty_days_whoever_sends_it_back(desk: Proposed, town: Town) -> None:
    case = desk.assessed()
    due = Clock.objects.get(case=case, code="proposal.reply").due
    case = town.act(case, "assign", "county", judged="请住建论证。", handler=town.unit())
    case = town.act(case, "hand_back", "bureau", words="属于街道职责。")
    case = town.act(case, "assign", "county", judged="请街道论证。", handler=town.unit("街道"))
    assert Clock.objects.get(case=case, code="proposal.reply", stopped_at=None).due == due
    assert clock.local(due) == date(2024, 7, 19)


def test_two_who_propose_the_same_each_get_the_answer_and_rate_it(desk: Proposed, town: Town) -> None:
    first, second = desk.come(), desk.come(phone="13800000002")
    case = desk.assessed(first)
    town.act(second.case, "join", "county", into=case.number)
    case = town.act(case, "study_here", "county", judged="本单位论证。")
    case = town.act(case, "opine", "county", advised="adopted", opinion="可行，建议采纳，先试点。")
    assert "自己审定" not in town.refusal(case, "adopt", "county", adoption="adopted", reply=REPLY)
    town.act(case, "adopt", "leader", adoption="adopted", reply=REPLY)
    report = Report.objects.select_related("case").get(pk=second.report.pk)
    assert (report.reply, report.case) == (REPLY, town.fresh(case))
    afterwards.rate(report, "good", "")
    assert facts(case).satisfied == "good"


def test_a_concerns_exit_begins_a_proposal_and_its_answer_goes_back(desk: Proposed, town: Town) -> None:
    matter = town.concern("assess").case
    town.act(
        matter,
        "judge",
        "county",
        category="heating",
        urgency="normal",
        level="county",
        recommend="suggestion",
        reason="属于建议",
    )
    town.act(
        matter,
        "to_suggestion",
        "leader",
        words="建议把老旧管网纳入年度改造计划。",
        tell="已转人民建议征集，有结果答复您。",
    )
    paper = Case.objects.get(loop="handover", parent=matter)
    town.act(paper, "receive", "county")
    case = Case.objects.get(loop="proposal")
    assert (facts(case).origin, facts(case).suggestion) == (
        town.fresh(paper),
        "建议把老旧管网纳入年度改造计划。",
    )
    case = town.act(case, "register", "county", title="老旧管网纳入改造", category="heating")
    case = town.act(case, "study_here", "county", judged="本单位论证。")
    case = town.act(case, "opine", "county", advised="partly", opinion="分三年实施比较可行。")
    town.act(case, "adopt", "leader", adoption="partly", reply=REPLY)
    paper = town.fresh(paper)
    assert (paper.stage, paper.outcome) == ("answered", "answered")
    assert town.act(matter, "close_outside", "county", reply=REPLY).stage != "outside"


def test_a_proposal_becomes_a_concern_and_hears_of_its_end(desk: Proposed, town: Town) -> None:
    case = town.act(
        desk.assessed(), "to_jieyou", "county", problem="三个老旧小区没有充电的地方，居民飞线充电。"
    )
    matter = facts(case).matter
    assert matter is not None and (matter.loop, Report.objects.get(case=matter).source_no) == (
        "jieyou",
        case.number,
    )
    assert "已经转为" in town.refusal(case, "to_jieyou", "county", problem="三个老旧小区没有充电的地方。")
    matter = town.act(matter, "register", "county", title="建充电棚", category="estate")
    town.act(
        matter,
        "judge",
        "county",
        category="estate",
        urgency="normal",
        level="county",
        recommend="decline",
        reason="已列计划",
    )
    town.act(matter, "decline", "leader", reply="您反映的事情已列入年度改造计划，不再单独研究，谢谢。")
    assert Event.objects.filter(case=case, transition="matter_ended").exists()


def test_what_belongs_to_the_petition_office_comes_back_answered(desk: Proposed, town: Town) -> None:
    case = town.act(
        desk.assessed(), "to_petition", "county", words="属于申诉求决。", tell="已转信访部门，有结果答复您。"
    )
    paper = Case.objects.get(loop="handover", parent=case)
    assert "下级" in town.refusal(case, "answer_outside", "county", reply=REPLY)
    town.act(paper, "receive", "county", their_no="X1")
    town.act(paper, "answer", "county", result="信访部门已经受理并书面答复。")
    assert town.act(case, "answer_outside", "county", reply=REPLY).stage == "elsewhere"


def test_a_topic_is_reviewed_by_another_open_until_its_day_and_its_result_public(
    desk: Proposed, town: Town
) -> None:
    case = desk.topic("5")
    assert topics.soliciting().get().case == case
    mine = desk.come(
        SAID.__class__("没有电梯，老人下不了楼。", "分批加装电梯，先装七层的楼。", topic=case.number)
    )
    assert facts(mine.case).topic == case
    case = ran_out("proposal_topic.open", case)
    assert (case.stage, topics.soliciting().count()) == ("summing", 0)
    assert town.refusal(
        case, "sum_up", "county", result="收到3条，联系人王女士，电话13800000001，已采纳两条，谢谢。"
    )
    case = town.act(
        case, "sum_up", "county", result="共收到建议3条，采纳2条：分批加装电梯、建充电棚，列入年度计划。"
    )
    assert topics.announced() == []
    town.act(case, "announce", "leader", checked="不涉密，可以公开。")
    assert [row.case.number for row in topics.announced()] == [case.number]


def test_an_accusation_hidden_in_a_proposal_is_sealed_and_gone_for_whoever_sealed_it(
    desk: Proposed, town: Town
) -> None:
    case = town.act(desk.come().case, "seal", "county", words="反映社区干部")
    assert (case.sealed, case.title, case.home) == (True, "密封件", town.city.offices["6106"].unit)
    assert not may_see(town.actor("county"), case) and not may_see(town.actor("city"), case)
    assert "充电" not in Report.objects.get(case=case).words
    again = town.act(case, "unseal", "city-sealed", words="不涉及单位和干部")
    assert (
        not again.sealed
        and "充电" in Report.objects.get(case=case).words
        and may_see(town.actor("county"), again)
    )


def test_a_hand_over_is_not_begun_twice(desk: Proposed, town: Town) -> None:
    matter = town.concern("archived").case
    town.act(matter, "propose", "county", words="建议把老旧管网纳入年度改造计划。")
    paper = Case.objects.get(loop="handover")
    assert sending.linked(matter) == [paper] and SYSTEM.kind == "system"
    town.act(paper, "receive", "county", their_no="延建〔2024〕3号")
    assert not Case.objects.filter(loop="proposal").exists(), "an office outside of the system has it"
