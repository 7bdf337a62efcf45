"""参会回执: the notice goes out, each unit answers until the meeting begins, the clerk sees who has not and urges."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from support.city import MEETING_DAY, Town

from jieyou.commons.meetings import papers, replies
from jieyou.commons.meetings.models import Attendance, Meeting, Reply
from jieyou.interfaces.web import prefill
from jieyou.kernel.calendar import clock
from jieyou.kernel.ledger.models import Payload
from jieyou.kernel.loop import audit, seen
from jieyou.kernel.loop.models import Case, Clock, Dial
from jieyou.kernel.notify.models import Delivery

TUESDAY = clock.at(date(2024, 5, 28), 10)
COMES = {"answer": "come", "person": "高建军", "post": "局长", "phone": "13809112277"}
STANDS_IN = {"answer": "stand_in", "person": "白雪梅", "post": "副主任", "words": "主任到省里开会"}
AWAY = {"answer": "leave", "person": "高建军", "post": "局长", "words": "全市防汛演练同一时间"}


@pytest.fixture
def called(town: Town) -> Case:
    """One item is on the agenda; its bureau and the township are told on Tuesday."""
    town.concern("meeting")
    return invited(town, town.unit(), town.unit("街道"))


def invited(town: Town, *units: Any, at: datetime = TUESDAY, **more: Any) -> Case:
    return town.act(town.meeting(), "invite", "county", at, units=list(units), **more)


def reply(town: Town, kind: str = "住建") -> Case:
    return Reply.objects.select_related("case").filter(unit=town.unit(kind)).latest("pk").case


def of(town: Town, kind: str = "住建") -> Reply:
    return Reply.objects.get(case=reply(town, kind))


def told(town: Town, who: str, title: str) -> int:
    return Delivery.objects.filter(account=town.account(who), title=title, channel="in_app").count()


def test_every_invited_unit_gets_one_notice_and_it_lies_on_its_desk(town: Town, called: Case) -> None:
    mine = reply(town)
    assert told(town, "bureau", "会议通知") == told(town, "township", "会议通知") == 1
    assert mine in seen.inbox(town.actor("bureau")) and "6月3日 15:00" in mine.title
    assert Clock.objects.get(case=mine, code=replies.CLOCK).due == clock.end_of(date(2024, 5, 30))


def test_who_is_added_later_alone_gets_a_notice(town: Town, called: Case) -> None:
    invited(town, town.unit(), town.unit("民政"))
    assert told(town, "bureau", "会议通知") == 1 and Reply.objects.count() == 3
    assert (
        town.refusal(called, "invite", "county", units=[town.unit()]) == "所选单位都已经通知过了，不用再通知"
    )


def test_the_units_of_the_items_are_chosen_already(town: Town) -> None:
    """The lead of the item and its helper; the office itself need not be told, nor who was told before."""
    town.concern("meeting", 2)
    with clock.moved(TUESDAY):
        fresh = prefill._invited(town.meeting(), Meeting.objects.get())
        invited(town, *fresh["units"])
        again = prefill._invited(town.meeting(), Meeting.objects.get())
    assert (
        len(fresh["units"]) > 1
        and fresh["reply_by"] == "2024-05-30" == again["reply_by"]
        and not again["units"]
    )


def test_the_last_day_is_the_clerks_and_never_behind_the_meeting(town: Town) -> None:
    invited(town, town.unit(), reply_by="2024-05-31")
    assert reply(town).due == clock.end_of(date(2024, 5, 31))
    late = town.refusal(town.meeting(), "invite", "county", units=[town.unit("民政")], reply_by="2024-06-04")
    past = town.refusal(town.meeting(), "invite", "county", units=[town.unit("民政")], reply_by="2024-05-20")
    assert "不能晚于会议日期" in late and "已经过了" in past


def test_called_the_evening_before_the_answer_is_due_that_day(town: Town) -> None:
    invited(town, town.unit(), at=clock.at(date(2024, 6, 2), 17))
    assert reply(town).due == clock.end_of(date(2024, 6, 2))


def test_coming_is_one_answer_and_leaves_the_desk(town: Town, called: Case) -> None:
    town.act(reply(town), "answer", "bureau", **COMES)
    assert of(town).person == "高建军" and of(town).comes
    assert reply(town) not in seen.inbox(town.actor("bureau")) and reply(town).stage == "answered"


def test_a_stand_in_is_named_and_leave_is_explained(town: Town, called: Case) -> None:
    mine = reply(town)
    assert "姓名" in town.refusal(mine, "answer", "bureau", answer="come")
    assert "原因" in town.refusal(mine, "answer", "bureau", **{**STANDS_IN, "words": ""})
    assert "原因" in town.refusal(mine, "answer", "bureau", **{**AWAY, "words": ""})
    assert "怎么答复" in town.refusal(mine, "answer", "bureau", person="高建军")


def test_leave_waits_for_the_host(town: Town, called: Case) -> None:
    town.act(reply(town), "answer", "bureau", **AWAY)
    assert reply(town) in seen.inbox(town.actor("county"))
    assert town.refusal(reply(town), "agree", "bureau").startswith("同意请假由")
    town.act(reply(town), "agree", "county", agreed_by="社会工作部部长王明")
    assert told(town, "bureau", "同意请假") == 1 and reply(town).desk is None


def test_leave_refused_comes_back_to_the_unit(town: Town, called: Case) -> None:
    town.act(reply(town), "answer", "bureau", **AWAY)
    town.act(reply(town), "refuse", "county", refused="请派副职代会")
    assert reply(town).stage == "asked" and reply(town) in seen.inbox(town.actor("bureau"))
    town.act(reply(town), "answer", "bureau", **STANDS_IN)
    assert of(town).answer == "stand_in"


def test_where_leave_need_only_be_told_nobody_waits(town: Town, called: Case) -> None:
    dial = Dial.objects.get(code=replies.AGREED)
    dial.value = 0
    dial.save()
    town.act(reply(town), "answer", "bureau", **AWAY)
    assert reply(town).desk is None and "没有等着" in town.refusal(
        reply(town), "agree", "county", agreed_by="王明"
    )


def test_it_may_be_changed_until_the_meeting_begins(town: Town, called: Case) -> None:
    town.act(reply(town), "answer", "bureau", **COMES)
    town.act(reply(town), "change", "bureau", **STANDS_IN)
    assert [e.transition for e in town.events(reply(town))] == ["open", "answer", "change"]
    assert of(town).person == "白雪梅" and not of(town).phone
    town.act(called, "fix", "leader")
    town.act(called, "hold", "county", clock.at(MEETING_DAY, 15), chair="部长")
    assert reply(town).stage == "closed" and not reply(town, "街道").open
    assert "不能修改回执" in town.refusal(reply(town), "change", "bureau", **COMES)


def test_after_the_deadline_an_answer_is_still_taken(town: Town, called: Case) -> None:
    town.act(reply(town), "answer", "bureau", clock.at(date(2024, 6, 3), 8), **COMES)
    assert of(town).answer == "come"


def test_the_telephone_is_in_no_record(town: Town, called: Case) -> None:
    town.act(reply(town), "answer", "bureau", **COMES)
    kept = "".join(map(str, Payload.objects.values_list("text", flat=True)))
    assert "13809112277" not in kept and str(of(town).phone) == "已封存"
    town.act(reply(town), "change", "bureau", **{**COMES, "phone": ""})
    assert str(of(town).phone) == "已封存"


def test_whoever_telephoned_is_entered_by_the_clerk(town: Town, called: Case) -> None:
    town.act(reply(town), "enter", "county", **COMES)
    assert of(town).answer == "come"
    assert "不归您看" in town.refusal(reply(town, "街道"), "answer", "bureau", **COMES)


def test_those_who_have_not_answered_are_urged_once_a_day(town: Town, called: Case) -> None:
    town.act(reply(town), "answer", "bureau", **COMES)
    wednesday = clock.at(date(2024, 5, 29), 9)
    town.act(called, "remind", "county", wednesday)
    assert told(town, "township", "催回执") == 1 and told(town, "bureau", "催回执") == 0
    assert "一天只催一次" in town.refusal(called, "remind", "county", wednesday)
    town.act(called, "remind", "county", clock.at(date(2024, 5, 30), 9))
    assert told(town, "township", "催回执") == 2


def test_nobody_is_urged_when_all_have_answered(town: Town, called: Case) -> None:
    for kind, who in (("住建", "bureau"), ("街道", "township")):
        town.act(reply(town, kind), "answer", who, **COMES)
    assert "都已经回执" in town.refusal(called, "remind", "county")


def test_another_day_is_told_to_every_unit(town: Town, called: Case) -> None:
    town.act(reply(town), "answer", "bureau", **COMES)
    town.act(called, "plan", "county", held_on="2024-06-04", starts_at="9:00", room="", chair="部长")
    assert "6月4日 9:00" in reply(town).title and told(town, "bureau", "会议安排有变") == 1
    town.act(called, "plan", "county", held_on="2024-06-04", starts_at="9:00", room="", chair="副区长")
    assert told(town, "bureau", "会议安排有变") == 1


def test_an_earlier_day_draws_the_deadline_with_it(town: Town) -> None:
    """Only of those who have not answered: who answered owes nothing."""
    called = invited(town, town.unit(), town.unit("街道"), reply_by="2024-06-03")
    town.act(reply(town), "answer", "bureau", **COMES)
    town.act(called, "plan", "county", held_on="2024-05-31", starts_at="15:00", room="", chair="")
    assert reply(town, "街道").due == clock.end_of(date(2024, 5, 31)) and reply(town).due is None


def test_a_unit_invited_by_mistake_is_let_go_and_may_be_asked_again(town: Town, called: Case) -> None:
    town.act(reply(town), "withdraw", "county", why="这次没有住建的议题")
    assert told(town, "bureau", "不再邀请") == 1 and not Attendance.objects.filter(unit=town.unit()).exists()
    invited(town, town.unit())
    assert reply(town).stage == "asked" and told(town, "bureau", "会议通知") == 2


def test_a_meeting_called_off_is_told_to_every_unit(town: Town) -> None:
    invited(town, town.unit())
    town.act(town.meeting(), "cancel", "county", words="与防汛调度会合并召开")
    assert reply(town).stage == "cancelled" and told(town, "bureau", "会议取消") == 1


def test_the_two_lists_say_who_comes(town: Town, called: Case) -> None:
    town.act(reply(town), "answer", "bureau", **STANDS_IN)
    town.act(reply(town, "街道"), "answer", "township", **AWAY)
    signing, names = papers.people(called.pk), papers.people(called.pk, leave=True)
    assert [row["person"] for row in signing] == ["白雪梅"] and signing[0]["note"] == "委托代会"
    assert [row["note"] for row in names] == ["委托代会", "请假"]


def test_attendance_begins_with_what_was_answered(town: Town, called: Case) -> None:
    town.act(reply(town), "answer", "bureau", **STANDS_IN)
    town.act(reply(town, "街道"), "answer", "township", **AWAY)
    rows = prefill._attendance(called, Meeting.objects.get(pk=called.pk))["attendance"]
    assert [(row["state"], row["person"]) for row in rows] == [("stand_in", "白雪梅"), ("leave", "高建军")]


def test_nobody_else_sees_it_and_the_record_is_whole(town: Town, called: Case) -> None:
    town.act(reply(town), "answer", "bureau", **COMES)
    assert not seen.may_see(town.actor("township"), reply(town))
    assert not seen.may_see(town.actor("bureau"), town.fresh(called))
    assert not seen.may_see(town.actor("county-610603"), reply(town))
    assert list(audit.broken_cases()) == []
