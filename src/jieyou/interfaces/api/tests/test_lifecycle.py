"""One concern from the telephone to the archive, through the API alone, by five persons."""

from __future__ import annotations

from typing import Any

import pytest

from jieyou.commons.meetings import agenda
from jieyou.interfaces.api.tests import walk
from jieyou.interfaces.api.tests.conftest import County
from jieyou.kernel.calendar import clock
from jieyou.kernel.people.posts import actor_of


def test_five_persons_carry_a_concern_to_the_archive(county: County) -> None:
    number = walk.told(county)["number"]
    walk.judged(county, number)
    walk.worked(county, walk.handed(county, number))
    walk.struck(county, number)
    walk.called(county, number)
    ended = walk.step(county.caller, number, "archive")
    assert (ended["open"], ended["stage_title"], ended["outcome"]) == (False, "已归档", "solved")
    told = county.clerk.get(f"/jieyou/{number}").body
    steps = [event["transition"] for event in told["events"]]
    assert steps == [
        "open", "register", "judge", "direct", "all_signed", "apply", "verify", "agree_strike", "call", "archive",
    ]  # fmt: skip
    assert len({event["actor"] for event in told["events"]}) == 5


def test_who_is_unhappy_gets_another_round(county: County) -> None:
    number = walk.told(county)["number"]
    walk.judged(county, number)
    walk.worked(county, walk.handed(county, number))
    walk.struck(county, number)
    walk.called(county, number, "bad")
    assert county.caller.post(f"/jieyou/{number}/archive").status == 422
    walk.step(county.caller, number, "reopen", {"words": "还在漏", "assignments": [walk.row()]})
    walk.worked(county, walk.tasks(county.clerk, number)[-1])
    walk.struck(county, number)
    walk.called(county, number)
    assert walk.step(county.caller, number, "archive")["open"] is False


def test_the_minutes_of_a_meeting_are_signed_through_the_api(county: County) -> None:
    clerk = actor_of(county.accounts["clerk"])
    meeting = agenda.call(county.units["office"], 16, clock.today(), clerk).number
    number = walk.told(county)["number"]
    walk.judged(county, number)
    walk.step(county.head, number, "to_consult", {"lead": county.units["bureau"].pk.hex})
    walk.step(county.officer, number, "opine", {"agrees": "yes", "opinion": "同意牵头办理。"})
    walk.step(county.clerk, number, "draft", {"plan": "更换管道。"})
    walk.step(county.clerk, number, "table", {"meeting": meeting, "leading": "副区长王强"})
    walk.step(county.head, meeting, "fix", None, "meeting")
    walk.step(county.clerk, meeting, "hold", {"chair": "部长王强"}, "meeting")
    body = {"outcome": "resolved", "decision": "同意方案。", "assignments": [walk.row()]}
    walk.step(county.clerk, number, "decide", body)
    walk.step(county.clerk, meeting, "draft", {"minutes": "会议议定……"}, "meeting")
    paper = county.clerk.get(f"/meeting/{meeting}").body["children"][0]["number"]
    walk.step(county.head, paper, "sign", {"opinion": "同意"}, "approval")
    walk.step(county.clerk, meeting, "issue", {"minutes_no": "第16期"}, "meeting")
    assert walk.step(county.clerk, number, "resolve")["stage"] == "handed"


def test_a_fixed_date_and_working_days_are_both_deadlines(county: County) -> None:
    number = walk.told(county)["number"]
    walk.judged(county, number)
    rows = [walk.row(due="2026-11-23"), walk.row("宝塔区枣园街道办事处", kind="co", due=7)]
    walk.step(county.head, number, "direct", {"assignments": rows})
    fixed, reckoned = county.clerk.get("/assignment", order="moved").body["items"]
    clocks = {
        one["number"]: county.clerk.get(f"/assignment/{one['number']}").body["clocks"]
        for one in (fixed, reckoned)
    }
    dates = {
        clock["fixed"] for found in clocks.values() for clock in found if clock["code"] == "assignment.due"
    }
    assert dates == {True, False}


@pytest.mark.parametrize("given", ["2026-02-30", "明天", 0, 251, True, 1.5, {"day": "2026-11-23"}])
def test_a_deadline_that_is_none_is_refused(county: County, given: Any) -> None:
    number = walk.told(county)["number"]
    walk.judged(county, number)
    refused = county.head.post(f"/jieyou/{number}/direct", {"assignments": [walk.row(due=given)]})
    assert refused.status == 422 and "assignments" in refused.body["errors"]
    assert "第 1 行" in refused.body["sentence"]


def test_the_doors_say_what_can_be_done_and_why_not(county: County) -> None:
    number = walk.told(county)["number"]
    doors = {door["transition"]: door for door in county.clerk.get(f"/jieyou/{number}").body["doors"]}
    assert doors["register"]["open"] and doors["register"]["path"] == f"/api/v1/jieyou/{number}/register"
    assert "pass_discipline" not in doors
    walk.step(county.clerk, number, "register", {"title": "漏水", "category": walk.category(county)})
    doors = {door["transition"]: door for door in county.head.get(f"/jieyou/{number}").body["doors"]}
    assert doors["direct"] | {"path": ""} == {
        "transition": "direct", "title": "转办", "open": False, "reason": "请先填写研判意见", "path": "",
    }  # fmt: skip
