"""The weekly meeting: a number by hand, minutes signed before anything goes out, also on paper."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection
from support.city import HOME_COUNTY, MEETING_DAY, Town, row

from jieyou.commons.meetings import agenda
from jieyou.commons.meetings.models import AgendaItem, Meeting
from jieyou.interfaces.demo.papers import completion_sheet
from jieyou.interfaces.demo.walk import Item
from jieyou.kernel.calendar import clock
from jieyou.kernel.loop.models import Case
from jieyou.kernel.loop.refused import Refused

EVENING = clock.at(MEETING_DAY, 17)
NEXT = clock.at(date(2024, 6, 4))


@pytest.fixture
def decided(town: Town) -> Item:
    """Decided at the meeting; the minutes are drafted and wait for the leader's signature."""
    item = town.concern("decided")
    meeting = town.meeting()
    text = agenda.minutes_text(Meeting.objects.get(pk=meeting.pk))
    town.act(meeting, "draft", "county", EVENING, minutes=text)
    return item


def paper(town: Town) -> Case:
    """The approval on the leader's desk, or the last one there was."""
    return Case.objects.filter(parent=town.meeting(), loop="approval").latest("opened_at")


def on_paper(town: Town) -> Case:
    """The leader signed on paper; the clerk enters it afterwards with the scan."""
    completion_sheet(paper(town), town.actor("county"))
    return town.act(paper(town), "enter", "county", NEXT, signed_by="王部长", signed_on="2024-06-03")


def hand_out(town: Town, item: Item) -> Case:
    return town.act(item.case, "resolve", "county", NEXT)


def issued(town: Town) -> Case:
    return town.act(town.meeting(), "issue", "county", NEXT, minutes_no="第1期")


def test_a_number_used_twice_is_refused(town: Town) -> None:
    office, county = town.unit("office"), town.actor("county")
    agenda.call(office, 16, MEETING_DAY, county)
    with pytest.raises(Refused, match="第16次会议已经有了"):
        agenda.call(office, 16, date(2024, 6, 10), county)
    agenda.call(town.unit("office", "610603"), 16, MEETING_DAY, town.actor("county-610603"))


def test_a_number_left_out_stays_left_out(town: Town) -> None:
    for number in (1, 2, 5):
        agenda.call(town.unit("office"), number, MEETING_DAY, town.actor("county"))
    assert sorted(Meeting.objects.values_list("seq_no", flat=True)) == [1, 2, 5]


def test_only_the_office_itself_calls_its_meeting(town: Town) -> None:
    with pytest.raises(Refused):
        agenda.call(town.unit("office"), 1, MEETING_DAY, town.actor("county-610603"))


@pytest.mark.races
def test_of_two_clerks_with_the_same_number_one_reads_a_sentence(town: Town, transactional_db: None) -> None:
    office, county = town.unit("office"), town.actor("county")

    def call(number: int) -> str:
        try:
            agenda.call(office, number, MEETING_DAY, county)
            return ""
        except Refused as no:
            return no.sentence
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        for number in range(1, 21):
            first, second = sorted(pool.map(call, (number, number)))
            assert first == "" and "已经有了" in second


def test_no_meeting_is_held_before_its_day(town: Town) -> None:
    town.concern("meeting")
    town.act(town.meeting(), "fix", "leader")
    assert "还没到日子" in town.refusal(
        town.meeting(), "hold", "county", clock.at(date(2024, 6, 2)), chair="王部长"
    )


def test_an_empty_agenda_is_not_fixed(town: Town) -> None:
    assert "还没有议题" in town.refusal(town.meeting(), "fix", "leader")


def test_a_fixed_agenda_takes_no_more(town: Town) -> None:
    first, second = town.concern("meeting"), town.concern("consult", 4)
    town.act(town.meeting(), "fix", "leader")
    town.walk.consult(second, clock.at(date(2024, 5, 30)))
    assert "筹备" in town.refusal(
        second.case, "table", "county", meeting=town.meeting().number, leading="副区长"
    )
    assert AgendaItem.objects.get().case == first.case


def test_a_matter_goes_only_to_the_meeting_of_its_own_office(town: Town) -> None:
    item = town.concern("consult")
    town.walk.consult(item, clock.at(date(2024, 5, 24)))
    other = agenda.call(town.unit("office", "610603"), 1, MEETING_DAY, town.actor("county-610603"))
    assert "本单位" in town.refusal(item.case, "table", "county", meeting=other.number, leading="副区长")


def test_minutes_are_not_drafted_before_every_item_has_its_outcome(town: Town) -> None:
    town.concern("meeting")
    town.act(town.meeting(), "fix", "leader")
    town.act(town.meeting(), "hold", "county", clock.at(MEETING_DAY, 15), chair="王部长")
    assert "还有 1 项" in town.refusal(town.meeting(), "draft", "county", EVENING, minutes="会议议定")


def test_unsigned_minutes_hand_nothing_out_and_are_not_issued(town: Town, decided: Item) -> None:
    assert "还没有签发" in town.refusal(town.meeting(), "issue", "county", minutes_no="第1期")
    with pytest.raises(Refused, match="还没有签发"):
        hand_out(town, decided)
    assert not Case.objects.filter(parent=decided.case).exists()


def test_refused_minutes_hand_nothing_out(town: Town, decided: Item) -> None:
    town.act(paper(town), "refuse", "leader", words="责任单位不对")
    with pytest.raises(Refused, match="还没有签发"):
        hand_out(town, decided)


def test_minutes_drafted_anew_need_a_new_signature(town: Town, decided: Item) -> None:
    town.act(paper(town), "sign", "leader")
    town.act(town.meeting(), "redraft", "county", words="漏了一项")
    town.act(town.meeting(), "draft", "county", minutes="会议议定：另一件事")
    assert "还没有签发" in town.refusal(town.meeting(), "issue", "county", minutes_no="第1期")
    with pytest.raises(Refused, match="还没有签发"):
        hand_out(town, decided)
    town.act(paper(town), "sign", "leader", NEXT)
    issued(town)
    assert hand_out(town, decided).stage == "handed"


def test_a_signature_on_paper_counts_when_another_person_has_checked_it(town: Town, decided: Item) -> None:
    case = on_paper(town)
    with pytest.raises(Refused, match="还没有签发"):
        hand_out(town, decided)
    assert town.refusal(case, "confirm", "county") == "补录的人不能自己核对"
    assert town.act(case, "confirm", "leader").outcome == "signed"
    with pytest.raises(Refused, match="还没有印发"):
        hand_out(town, decided)
    issued(town)
    assert hand_out(town, decided).stage == "handed"


def test_a_paper_signature_needs_the_scan(town: Town, decided: Item) -> None:
    said = town.refusal(paper(town), "enter", "county", NEXT, signed_by="王部长", signed_on="2024-06-03")
    assert said == "请附上办理依据（照片或材料）"


def test_a_wrong_entry_goes_back_to_the_leaders_desk(town: Town, decided: Item) -> None:
    case = town.act(on_paper(town), "wrong", "leader", words="日期不对")
    assert (case.stage, case.desk_role) == ("waiting", "部领导")
    assert town.act(case, "sign", "leader").outcome == "signed"


def test_what_the_meeting_decided_cannot_change_under_the_leaders_pen(town: Town, decided: Item) -> None:
    change = {"outcome": "resolved", "decision": "改了", "assignments": [row(town.unit())]}
    assert "送签" in town.refusal(decided.case, "decide", "county", **change)
    assert AgendaItem.objects.get(case=decided.case).decision != "改了"


def test_the_leader_reads_what_was_decided(town: Town, decided: Item) -> None:
    text = Meeting.objects.get(pk=town.meeting().pk).minutes
    assert (
        decided.fill(decided.matter.plan) in text and town.unit().name in text and "15个工作日内完成" in text
    )
    assert town.city.offices[HOME_COUNTY].clerk.name not in text
