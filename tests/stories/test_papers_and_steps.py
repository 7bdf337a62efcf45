"""What the loop tells: steps draft, signatures arrive, the meeting's own step issues its minutes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.city import MEETING_DAY, Town

from jieyou.commons.meetings import agenda
from jieyou.commons.meetings.loops import MeetingLoop
from jieyou.commons.meetings.models import Meeting
from jieyou.commons.papers.models import Paper
from jieyou.kernel.calendar import clock
from jieyou.kernel.loop import check
from jieyou.kernel.loop.models import Case
from jieyou.mechanisms.concerns.loops import WeeklyJieyou

EVENING = clock.at(MEETING_DAY, 17)


@pytest.fixture
def drafting(monkeypatch: pytest.MonkeyPatch) -> None:
    """纪要送签 drafts the minutes, 会后交办 an order for each task."""
    for loop, name, kind in ((MeetingLoop, "draft", "minutes"), (WeeklyJieyou, "resolve", "order")):
        monkeypatch.setitem(loop.transitions, name, replace(loop.transitions[name], drafts=(kind,)))


def minutes(town: Town) -> Paper:
    item = town.concern("decided")
    text = agenda.minutes_text(Meeting.objects.get(pk=town.meeting().pk))
    town.act(town.meeting(), "draft", "county", EVENING, minutes=text + "\n特此纪要。")
    assert item.case is not None
    return Paper.objects.get(kind="minutes")


def approval() -> Case:
    return Case.objects.filter(loop="approval").latest("opened_at")


def test_what_the_leader_signs_is_what_the_paper_says(drafting: None, town: Town) -> None:
    paper = minutes(town)
    assert (paper.state, paper.approval) == ("sent", approval())
    assert paper.text.endswith("特此纪要。") and paper.number == ""


def test_signed_minutes_go_out_with_the_meetings_own_step_and_number(drafting: None, town: Town) -> None:
    paper = minutes(town)
    town.act(approval(), "sign", "leader")
    paper.refresh_from_db()
    assert (paper.state, paper.signed_by) == ("signed", town.account("leader").name)
    town.act(town.meeting(), "issue", "county", minutes_no="第1期")
    paper.refresh_from_db()
    assert (paper.state, paper.number, len(paper.sha256)) == ("issued", "第1期", 64)


def test_refused_minutes_are_a_draft_again_and_the_new_round_takes_them_up(
    drafting: None, town: Town
) -> None:
    paper = minutes(town)
    town.act(approval(), "refuse", "leader", words="漏了一项")
    paper.refresh_from_db()
    assert paper.state == "draft"
    town.act(town.meeting(), "redraft", "county", words="补上")
    town.act(town.meeting(), "draft", "county", minutes="会议议定：补上的一项。")
    paper.refresh_from_db()
    assert (Paper.objects.filter(kind="minutes").count(), paper.state, paper.text) == (
        1,
        "sent",
        "会议议定：补上的一项。",
    )


def test_each_task_gets_its_own_order(drafting: None, town: Town) -> None:
    item = town.concern("handed", matter=1)
    orders = Paper.objects.filter(kind="order")
    assert {paper.case_id for paper in orders} == set(
        Case.objects.filter(parent=item.case, loop="assignment").values_list("pk", flat=True)
    )
    assert {paper.state for paper in orders} == {"draft"}


def test_check_finds_a_paper_that_nobody_declares(monkeypatch: pytest.MonkeyPatch) -> None:
    step = replace(WeeklyJieyou.transitions["resolve"], drafts=("order", "no_such"))
    monkeypatch.setitem(WeeklyJieyou.transitions, "resolve", step)
    assert [fault for fault in check.faults_of(WeeklyJieyou) if "公文" in fault] == [
        "动作“会后交办”要起草的公文 no_such 没有声明"
    ]
