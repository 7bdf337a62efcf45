"""综合研判 with the desk assistant: what is proposed, what a person chose, what is hot, which rule fires."""

from __future__ import annotations

from decimal import Decimal

import pytest
from support.city import Town

from jieyou.commons.triage.models import Likeness, RoutingRule, Suggestion
from jieyou.commons.triage.tests.test_summary import LONG, Server, server  # noqa: F401
from jieyou.interfaces.web.tests.conftest import AtDesk, Reported, fields_of, sentences
from jieyou.kernel.calendar import clock
from jieyou.kernel.ledger import tracked
from jieyou.kernel.loop.situation import facts_of

pytestmark = pytest.mark.django_db


def suggest(report: object, code: str = "heating", ask: bool = False) -> Suggestion:
    return Suggestion.objects.create(
        report=report,
        category=code,
        confidence=Decimal("0.93"),
        ask_person=ask,
        reasons=["暖气"],
        at=clock.now(),
    )


def test_enter_takes_what_is_proposed_and_the_next_message_comes(at_desk: AtDesk, reported: Reported) -> None:
    one, two = reported("楼里暖气一直不热，请派人来看。"), reported("路灯坏了三天，晚上看不见路。")
    kept = suggest(one.report)
    desk = at_desk("county")
    page = desk.see("/desk/assess/", at=one.case.number)
    assert "供热供水" in page and "把握 93%" in page and "暖气" in page
    answer = desk.post(f"/desk/assess/?at={one.case.number}")
    assert answer.status_code == 302, sentences(answer)
    assert two.case.number in answer.url
    one.case.refresh_from_db()
    kept.refresh_from_db()
    assert (one.case.stage, kept.chosen, kept.chosen_by) == ("assess", "heating", desk.account)
    assert one.case.desk_role == "部领导", "the opinion as it was drafted went with it"


def test_a_draft_changes_with_the_category_and_is_seen_before_it_goes(
    at_desk: AtDesk, reported: Reported
) -> None:
    case = reported("旁边半夜还有很大的声音，孩子睡不好。", category="environment").case
    desk = at_desk("county")
    door = f"/desk/assess/?at={case.number}"
    answer = desk.post(door, category="labour")
    assert answer.status_code == 422 and "建议的单位也跟着改了" in answer.content.decode()
    shown = fields_of(answer.content.decode().split('class="jy-page"', 1)[1])
    assert "人力资源和社会保障局" in shown["reason"] and shown["category"] == "labour"
    assert desk.client.post("/desk/assess/", shown).status_code == 302
    case.refresh_from_db()
    assert facts_of(case).reason == shown["reason"]


def test_what_was_only_registered_comes_back_to_be_judged(at_desk: AtDesk, reported: Reported) -> None:
    case, desk = reported("楼里暖气一直不热，请派人来看。").case, at_desk("county")
    door = f"/desk/assess/?at={case.number}"
    assert desk.post(door, category="heating", recommend="").status_code == 302
    assert "待登记 0 件，待研判 1 件" in desk.see("/desk/assess/")
    wrong = desk.post(door, reason="")
    assert wrong.status_code == 422 and "研判意见" in sentences(wrong)
    assert desk.post(door).status_code == 302
    assert "没有待登记、待研判的反映" in desk.see("/desk/assess/")


def test_harm_is_not_registered_in_passing(at_desk: AtDesk, reported: Reported) -> None:
    case, desk = reported("再不解决我就跳楼。").case, at_desk("county")
    page = desk.see("/desk/assess/")
    assert "先派人，再登记" in page and " checked" not in page
    desk.step(case, "attend_harm", words="民警和社区已到场，人安全")
    page = desk.see("/desk/assess/")
    assert "先派人" not in page and "可能涉及人身安全" in page


def test_without_a_suggestion_a_person_is_asked(at_desk: AtDesk, reported: Reported) -> None:
    receipt = reported("有件事想问问你们，不知道归谁管。")
    page = at_desk("county").see("/desk/assess/", at=receipt.case.number)
    assert "请人工判断" in page
    answer = at_desk("county").post("/desk/assess/?at=" + receipt.case.number, title="咨询")
    assert answer.status_code == 422 and "类别" in answer.content.decode()


def test_what_a_clerk_chose_against_the_proposal_is_kept(at_desk: AtDesk, reported: Reported) -> None:
    receipt = reported("楼里暖气一直不热，请派人来看。")
    kept = suggest(receipt.report)
    at_desk("county").step(receipt.case, "register", title="暖气不热", category="estate")
    kept.refresh_from_db()
    assert (kept.category, kept.chosen) == ("heating", "estate")


def test_a_similar_concern_is_shown_with_reasons_and_joined_by_a_person(
    at_desk: AtDesk, reported: Reported
) -> None:
    one, two = reported("滨河苑三号楼暖气不热，请派人来看。"), reported("滨河苑暖气还是不热，没有人管。")
    Likeness.objects.create(
        report=two.report, other=one.report, score=Decimal("0.61"), strong=True, reasons=["滨河苑", "暖气"]
    )
    desk = at_desk("county")
    page = desk.see("/desk/assess/", at=two.case.number)
    assert "地点、问题都相同" in page and "都说到：滨河苑、暖气" in page and one.case.number in page
    door = f"/desk/cases/{two.case.number}/join/?into={one.case.number}"
    assert door in page and desk.form(door)["into"] == one.case.number
    assert two.case.stage == "clue", "nothing is joined before a person says so"
    assert desk.post(door).status_code == 302
    two.report.refresh_from_db()
    assert two.report.case == one.case
    assert (
        two.case.number
        not in desk.see(f"/desk/cases/{one.case.number}/").split("相似事项")[1].split("</dl>")[0]
    )


def test_an_accusation_in_a_complaint_is_pointed_out(at_desk: AtDesk, reported: Reported) -> None:
    receipt = reported("村支书贪污修路款，路一直没有修好。")
    page = at_desk("county").see(f"/desk/cases/{receipt.case.number}/")
    assert "可能反映单位或干部（贪污" in page


def test_somebody_quicker_does_not_register_twice(at_desk: AtDesk, reported: Reported) -> None:
    receipt = reported("楼里暖气一直不热，请派人来看。")
    form = {"number": receipt.case.number, "turn": "99", "category": "heating", "title": "暖气"}
    answer = at_desk("county").client.post("/desk/assess/", form)
    assert answer.status_code == 422 and "刚刚有人办过" in answer.content.decode()


def test_what_was_typed_for_one_message_is_not_shown_with_the_next(
    at_desk: AtDesk, reported: Reported
) -> None:
    one, two = reported("楼里暖气一直不热，请派人来看。"), reported("路灯坏了三天，晚上看不见路。")
    desk, door = at_desk("county"), f"/desk/assess/?at={one.case.number}"
    form = desk.form(door) | {"category": "heating", "title": "三号楼暖气"}
    assert desk.client.post("/desk/assess/", form).status_code == 302
    answer = desk.client.post("/desk/assess/", form)
    page = answer.content.decode()
    assert answer.status_code == 422 and two.case.number in page and "三号楼暖气" not in page


def test_three_neighbours_make_a_hot_matter_and_a_sealed_one_does_not(
    at_desk: AtDesk, reported: Reported
) -> None:
    for n in range(3):
        reported(f"{n + 1} 号楼暖气不热，请尽快解决。", category="heating")
    reported("暖气款被干部拿走了。", category="heating", accused=True)
    page = at_desk("county").see("/desk/hot/")
    assert "3人" in page and "4人" not in page


def test_a_clerk_tries_a_message_and_sees_which_rule_fires(at_desk: AtDesk, town: Town) -> None:
    page = at_desk("county").see("/desk/routing/", said="三楼暖气不热，换热站没有人")
    assert "第 50 条规则" in page and "暖气、换热站" in page
    assert "请人工判断" in at_desk("county").see("/desk/routing/", said="想学画画")


def test_a_rule_is_the_citys_own_and_on_the_record(at_desk: AtDesk) -> None:
    desk = at_desk("county")
    new = {"position": "5", "words": "画画|书法", "unit": "文化馆", "level": "bureau", "basis": "本市规定"}
    assert desk.post("/desk/routing/new/", **new).status_code == 302
    row = RoutingRule.objects.get(position=5)
    assert [change.act for change in tracked.history(row)] == ["save"]
    assert "第 5 条规则" in desk.see("/desk/routing/", said="想学画画")
    assert desk.post("/desk/routing/new/", **(new | {"words": ""})).status_code == 422


def test_a_machines_summary_is_marked_and_what_was_typed_is_kept(
    at_desk: AtDesk,
    reported: Reported,
    server: Server,  # noqa: F811
) -> None:
    case = reported(LONG).case
    answer = at_desk("county").post(f"/desk/assess/?at={case.number}", act="summary", title="楼道灯坏了")
    page = answer.content.decode()
    assert "机器起草的摘要，没有人核对过" in page and 'value="楼道灯坏了"' in page and len(server.asked) == 1
    server.status = 500
    answer = at_desk("county").post(f"/desk/assess/?at={case.number}", act="summary")
    assert answer.status_code == 422 and "请直接看原文" in answer.content.decode()
