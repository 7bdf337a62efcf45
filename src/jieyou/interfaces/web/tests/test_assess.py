"""综合研判 with the desk assistant: what is proposed, what a person chose, what is hot, which rule fires."""

from __future__ import annotations

from decimal import Decimal

import pytest
from support.city import Town

from jieyou.commons.triage.models import Likeness, RoutingRule, Suggestion
from jieyou.interfaces.web.tests.conftest import AtDesk, Reported, sentences
from jieyou.kernel.calendar import clock
from jieyou.kernel.ledger import tracked

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
