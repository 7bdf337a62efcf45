"""What an office does with petitions besides the clocks: six routes, objections, joint visits, handing over, three suggestions, the rota."""

from __future__ import annotations

from datetime import date

from django.test import Client

from jieyou.commons.reports import afterwards
from jieyou.commons.reports.models import Report
from jieyou.kernel.calendar import clock
from jieyou.kernel.loop import opening
from jieyou.kernel.loop.models import Case
from jieyou.mechanisms.petitions.asks import ROUTES
from jieyou.mechanisms.petitions.models import Petition, PetitionMediation
from petitions.letters import FIRST, OPINION, TELL, Letters, staff


def test_representatives_are_five_at_most_and_a_joint_visit_names_them(letters: Letters) -> None:
    case = letters.come().case
    said = {"title": "讨薪", "channel": "visit", "purpose": "appeal", "category": "labour", "request": "支付工资", "told_facts": "工程结束没有结清",
            "first": "first", "urgency": "normal"}  # fmt: skip
    assert (
        letters.refusal(case, "register", people=12, representatives=6, **said)
        == "代表不得超过 5 人（条例第二十条）"
    )
    assert letters.refusal(case, "register", people=12, **said).startswith("12 人走访，请推选代表")
    assert letters.do(case, "register", people=12, representatives=5, **said).title == "讨薪"


def test_a_repeated_petition_names_the_first(letters: Letters) -> None:
    first, again = letters.accepted(), letters.come(hour=16).case
    said = {"title": "再次要求兑付补偿款", "channel": "net", "purpose": "appeal", "category": "urban", "request": "兑付补偿款",
            "told_facts": "还是没有付清", "people": 1, "urgency": "normal", "first": "repeat"}  # fmt: skip
    assert letters.refusal(again, "register", **said) == "重复信访的，请填写原事项编号"
    assert letters.do(again, "register", hour=17, repeats=first.number, **said).stage == "received"
    done = letters.do(again, "join", hour=18, into=first.number)
    assert (done.stage, Report.objects.filter(case=first).count()) == ("joined", 2)


def test_five_lawful_routes_lie_beside_the_petition_procedure(letters: Letters) -> None:
    for route, title in ROUTES:
        case = letters.do(
            letters.sent(),
            "accept_route",
            "bureau",
            hour=15,
            route=route,
            tell=f"本事项应当通过{title}途径依法处理，特此告知。",
        )
        assert letters.running(case) == {"petition.route"}, (
            "the sixty days are of the petition procedure alone"
        )
    case = letters.do(case, "route_done", "bureau", FIRST.replace(day=30), findings="已作出行政复议决定并送达",
                      reply="您的事项已按法定途径处理完毕，决定书已经送达。")  # fmt: skip
    assert (case.stage, case.outcome) == ("concluded", "routed")


def test_advice_is_studied_and_answered(letters: Letters) -> None:
    case = letters.sent(purpose="advice")
    assert letters.refusal(case, "accept", "bureau", accepted_on=FIRST, tell=TELL) == "不是申诉求决"
    case = letters.do(
        case, "accept_advice", "bureau", hour=15, tell="您的建议已收到，正在研究，采纳情况书面告知。"
    )
    case = letters.do(
        case,
        "advice_done",
        "bureau",
        hour=16,
        adopted="adopted",
        reply="您的建议已经采纳，纳入今年的公示制度。",
    )
    assert case.outcome == "advised"


def test_an_overruled_unit_does_not_object_twice(letters: Letters) -> None:
    case, said = letters.sent(), {"objection_ground": "不属于本单位的职权范围，请转自然资源部门"}
    letters.do(case, "object_", "bureau", hour=12, **said)
    assert letters.refusal(case, "accept", "bureau", accepted_on=FIRST, tell=TELL) == "管辖异议还没有答复"
    letters.do(case, "designate", "petition-head-610602", hour=13, words="指定由住建局办理")
    assert letters.refusal(case, "object_", "bureau", **said) == "已经指定由本单位办理，不能再提异议"


def test_no_end_without_opinion_and_delivery_and_the_reviewer_is_above(letters: Letters) -> None:
    case = letters.accepted()
    assert letters.refusal(case, "deliver", "bureau").startswith("现在是“办理”")
    letters.do(case, "opine", "bureau", hour=15, **OPINION)
    case = letters.do(case, "deliver", "bureau", hour=16, deliver_how="direct", delivered_on=FIRST)
    same = letters.refusal(case, "ask_review", review_unit=letters.town.unit("office"), review_asked_on=FIRST)
    assert same == "复查机关应当是原办理机关的上一级"


def test_mediation_comes_first_and_success_needs_its_agreement(letters: Letters) -> None:
    case = letters.accepted()
    letters.do(case, "to_mediation", "bureau", hour=15, words="双方愿意调解")
    assert letters.refusal(case, "opine", "bureau", **OPINION) == "还有 1 件下级任务没有办结"
    there = Case.objects.get(parent=case, loop="handover")
    letters.do(there, "receive", "petition", hour=16)
    letters.do(there, "answer", "petition", hour=17, result="双方达成协议，分两期付清")
    said = {"ended_on": FIRST, "mediation_result": "success"}
    assert "附卷" in letters.refusal(case, "mediate", "bureau", **said)
    letters.do(case, "mediate", "bureau", hour=18, document="agreement", **said)
    assert PetitionMediation.objects.get(petition=case.pk).round == 1


def test_a_concern_handed_to_the_petition_office_lands_there_and_its_end_answers(letters: Letters) -> None:
    town = letters.town
    case = town.concern("assess").case
    town.act(
        case,
        "judge",
        "county",
        category="urban",
        urgency="normal",
        level="county",
        recommend="petition",
        reason="涉及征地补偿，转信访",
    )
    at = clock.at(date(2024, 5, 24))
    town.act(case, "to_petition", "leader", at, to_unit=letters.bureaus.by_code["610602"].unit, words="征地补偿争议，请依法办理。",
             tell="已转宝塔区信访局，按信访程序办理，十五日内告知。")  # fmt: skip
    there = Case.objects.get(parent=case, loop="handover")
    letters.do(there, "receive", on=date(2024, 5, 27))
    facts = Petition.objects.get(origin=there)
    assert facts.case.home.name == "宝塔区信访局" and facts.case.title == case.title
    said = {"title": "征地补偿", "channel": "net", "purpose": "appeal", "category": "urban", "request": "兑付补偿款", "told_facts": "协议差一半",
            "people": 1, "first": "first", "urgency": "normal"}  # fmt: skip
    letters.do(facts.case, "register", on=date(2024, 5, 27), hour=11, **said)
    letters.do(
        facts.case, "guide", on=date(2024, 5, 28), reply="该争议正在法院审理，请依照诉讼程序主张权利。"
    )
    done = town.fresh(there)
    assert (done.stage, done.outcome) == ("answered", "answered")
    assert (
        town.act(
            case,
            "close_outside",
            "county",
            clock.at(date(2024, 5, 29)),
            reply="信访部门已经答复：该争议正在法院审理。请依法主张。",
        ).open
        is False
    )


def test_both_bodies_are_rated_once_and_the_unit_does_not_read_it(letters: Letters) -> None:
    receipt = letters.come()
    case = letters.do(receipt.case, "register", title="要求兑付", channel="net", purpose="appeal", category="urban", request="兑付补偿款",
                      told_facts="差一半", people=1, first="first", urgency="normal")  # fmt: skip
    letters.do(case, "forward", hour=11, handler=letters.town.unit(), words="请办理", tell=TELL)
    letters.do(
        case,
        "accept",
        "bureau",
        hour=12,
        accepted_on=FIRST,
        tell="现予受理，自受理之日起六十日内书面答复您。",
    )
    letters.do(case, "opine", "bureau", hour=13, **OPINION)
    letters.do(case, "deliver", "bureau", hour=14, deliver_how="net", delivered_on=FIRST)
    report = Report.objects.select_related("case__home", "case__holder", "case__place").get(
        pk=receipt.report.pk
    )
    afterwards.rate(report, "fair", "办得慢了点", office_rating="good")
    facts = Petition.objects.get(pk=case.pk)
    assert (facts.satisfied, facts.office_satisfied) == ("fair", "good")
    assert not afterwards.may_rate(Report.objects.get(pk=report.pk))


def test_a_suggestion_must_be_answered_in_writing(letters: Letters) -> None:
    raw = {
        "title": "规范兑付",
        "advice": "improve",
        "found": "补偿款兑付台账一直没有公开",
        "proposal": "建立兑付台账并按月公示",
    }
    with clock.moved(clock.at(FIRST)):
        case = opening.begin("petition_advice", letters.town.actor("petition"), raw)
    case = letters.do(case, "send", "petition-head-610602", to=letters.town.unit())
    assert letters.running(case) == {"petition_advice.reply"}
    letters.do(
        case,
        "reply",
        "bureau",
        date(2024, 6, 3),
        adoption="adopted",
        answer="已采纳，六月起在村务公开栏按月公示兑付台账。",
    )
    assert letters.do(case, "accept", on=date(2024, 6, 4)).outcome == "answered"


def _rota(letters: Letters, on: date) -> Case:
    with clock.moved(clock.at(on)):
        raw = {"title": "接访安排", "first_day": "2024-06-03", "last_day": "2024-06-07"}
        return opening.begin("petition_rota", letters.town.actor("petition-city"), raw)


def _day(day: int, leader: str = "王建国") -> dict[str, str]:
    return {
        "day": f"2024-06-0{day}",
        "half": "day",
        "leader": leader,
        "post": "副市长",
        "portfolio": "住建",
        "place": "一号接访室",
        "form": "sitting",
    }


def test_the_rota_is_published_two_days_ahead_and_shows_what_is_missing(letters: Letters) -> None:
    case = _rota(letters, date(2024, 5, 30))
    letters.do(case, "plan", "petition-city", date(2024, 5, 30), days=[_day(n) for n in (3, 4, 6)])
    late = letters.refusal(case, "publish", "petition-city", date(2024, 6, 2))
    assert late.startswith("应当提前 2 日公示：最早的接访日是2024年6月3日")
    letters.do(case, "publish", "petition-city", date(2024, 5, 31))
    page = _page(letters, case)
    assert "2 个工作日没有人接访：6月5日、6月7日" in page
    letters.do(case, "add_day", "petition-city", date(2024, 6, 2), days=[_day(5), _day(7, "李志强")])
    assert "没有人接访" not in _page(letters, case)


def test_who_stands_in_says_why_and_batches_are_not_people(letters: Letters) -> None:
    case = _rota(letters, date(2024, 5, 30))
    letters.do(case, "plan", "petition-city", date(2024, 5, 30), days=[_day(n) for n in range(3, 8)])
    letters.do(case, "publish", "petition-city", date(2024, 5, 31))
    letters.do(
        case,
        "substitute",
        "petition-city",
        date(2024, 6, 3),
        day="2024-06-04",
        leader="王建国",
        substitute="李志强",
        reason="赴省开会",
    )
    letters.do(
        case, "miss", "petition-city", date(2024, 6, 5), day="2024-06-05", leader="王建国", reason="突发防汛"
    )
    seen = {"day": "2024-06-03", "leader": "王建国"}
    assert (
        letters.refusal(case, "receive", "petition-city", date(2024, 6, 5), batches=3, visitors=2, **seen)
        == "人次不能少于批次"
    )
    letters.do(case, "receive", "petition-city", date(2024, 6, 5), batches=3, visitors=11, **seen)
    page = _page(letters, case)
    with clock.moved(clock.at(date(2024, 6, 3))):
        public = Client().get("/reception/").content.decode()
    assert "6月3日" in public and "李志强" in public and "因故改期" in public and "防汛" not in public
    assert "李志强（替王建国：赴省开会）" in page and "已接待 3 批 11 人次" in page
    assert "1 个工作日没有人接访：6月5日" in page


def _page(letters: Letters, case: Case) -> str:
    return staff(letters, "petition-city").get(f"/desk/cases/{case.number}/").content.decode()
