"""来件: what other offices send in keeps its number, its day and its right to an answer."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from support.city import FIRST_DAY, Told, Town

from jieyou.commons.feedback.models import Feedback
from jieyou.commons.reports import channels, intake
from jieyou.commons.reports.models import Report
from jieyou.interfaces.demo.walk import Item
from jieyou.kernel.calendar import clock
from jieyou.kernel.loop.models import Case, Clock
from jieyou.kernel.places import tree
from jieyou.kernel.privacy import looks

SATURDAY = date(2024, 5, 25)
REPLY = "您反映的事情不属于解决范围，已经把有关政策和办理途径告诉您，请您理解。"


def sent_in(town: Town, hour: int = 9, **more: Any) -> Item:
    """Something that the clerk of 宝塔区 writes down from another office's paper."""
    item = town.item()
    town.walk.tell(item, clock.at(FIRST_DAY, hour), **({"source": "leader"} | more))
    item.case = town.fresh(item.case)
    return item


def declined(town: Town, item: Item) -> Case:
    town.walk.register(item, clock.at(FIRST_DAY + timedelta(days=1)))
    town.walk.judge(item, clock.at(FIRST_DAY + timedelta(days=2)), recommend="decline")
    return town.act(item.case, "decline", "leader", reply=REPLY)


def clocks(case: Case | None) -> dict[str, tuple[date, bool]]:
    """Title → (day, does it run) of the days that reports brought along."""
    rows = Clock.objects.filter(case=case, code__startswith="report.")
    return {row.title: (clock.local(row.due), row.running) for row in rows}


def letter(case: Case | None) -> Case:
    return Feedback.objects.select_related("case__home", "case__place").get(about=case).case


# days
def test_a_leaders_date_on_a_rest_day_stays_and_the_stricter_day_wins(town: Town) -> None:
    day = {
        "source_due": date(2024, 6, 30),
        "instruction": "请社工部牵头，5月25日前办结。",
        "instruction_due": SATURDAY,
    }
    case = sent_in(town, **day).case
    assert clocks(case) == {"领导批示原时限": (date(2024, 6, 30), True), "批示时限": (SATURDAY, True)}
    assert case is not None and clock.local(case.due) == date(
        2024, 5, 23
    )  # 登记 within three working days is earlier yet
    registered = town.act(case, "register", "county", title="小区供热管道漏水", category="heating")
    judged = town.act(registered, "judge", "county", category="heating", urgency="urgent", level="county",
                      recommend="direct", reason="批示件，直接转办。")  # fmt: skip
    assert Clock.objects.get(case=judged, code="report.instruction").fixed
    assert clock.local(judged.due) == date(2024, 5, 23)


def test_joined_sources_keep_a_clock_each_and_take_it_home_again(town: Town) -> None:
    first = sent_in(town, source="hotline", source_no="T-1", source_due=date(2024, 6, 20))
    second = sent_in(town, 10, source="petition", source_no="X-9", source_due=date(2024, 6, 3))
    town.act(second.case, "join", "county", into=first.case.number)
    both = {"12345原时限": (date(2024, 6, 20), True), "信访原时限": (date(2024, 6, 3), True)}
    assert clocks(first.case) == both
    back = town.act(second.case, "unjoin_clue", "county", words="不是同一件事")
    assert clocks(back) == {"信访原时限": (date(2024, 6, 3), True)}
    assert clocks(first.case)["信访原时限"] == (date(2024, 6, 3), False)


# numbers
def test_two_counties_that_both_number_from_one_do_not_collide(town: Town) -> None:
    for code in ("610602", "610603"):
        place = tree.children(tree.by_code(code))[0]
        clerk = town.actor("county" if code == "610602" else "county-610603")
        intake.submit(intake.Told(place, f"{place}的路灯坏了半个月", source="petition", source_no="1"), clerk)
    assert Report.objects.filter(source_no="1").values("scope").distinct().count() == 2


def test_a_number_of_12345_is_the_citys_and_a_person_decides(town: Town) -> None:
    place = town.item().place
    told = {"source": "hotline", "source_no": "20240520001"}
    intake.submit(intake.Told(place, "小区路灯坏了半个月", **told), town.actor("county"))
    elsewhere = tree.children(tree.by_code("610603"))[0]
    with pytest.raises(intake.KnownNumber, match="在别的单位") as other:
        intake.submit(intake.Told(elsewhere, "巷子里路灯不亮", **told), town.actor("county-610603"))
    assert other.value.cases == []
    with pytest.raises(intake.KnownNumber, match="BT-"):
        intake.submit(intake.Told(place, "巷子里路灯不亮", **told), town.actor("county"))
    intake.submit(intake.Told(place, "巷子里路灯不亮", again=True, **told), town.actor("county"))
    assert Report.objects.filter(**told).count() == 2


def test_a_number_under_seal_tells_nobody_anything(town: Town) -> None:
    told = {"source": "petition", "source_no": "检-7"}
    place = town.item().place
    intake.submit(intake.Told(place, "社区主任优亲厚友", accused=True, **told), town.actor("county"))
    assert intake.submit(intake.Told(place, "另一件普通的事情", **told), town.actor("county"))


def test_the_city_may_change_which_sources_number_for_all(town: Town) -> None:
    channels.change(
        "petition", "someone", "全市统一编号", citywide=True, answers=True, basis="市信访局 2024 年通知"
    )
    assert channels.series().scope("petition", town.unit("office")) == ""


# whose
def test_what_the_citys_clerk_writes_down_is_the_countys_unless_the_city_keeps_it(town: Town) -> None:
    place, clerk = town.item().place, town.actor("city")
    ours = intake.submit(intake.Told(place, "小区路灯坏了半个月"), clerk).case
    kept = intake.submit(intake.Told(place, "涉及两个县区的公交线路", at_city=True), clerk).case
    assert (ours.home, kept.home) == (town.unit("office"), town.unit("office", "6106"))


def test_an_instruction_that_names_somebody_is_masked_and_each_look_is_kept(town: Town) -> None:
    words = "请与反映人王五 13812345678 联系后办理。"
    report = Report.objects.get(case=sent_in(town, instruction=words).case)
    assert "13812345678" not in report.instruction and "联系后办理" in report.instruction
    assert looks.reveal(town.actor("county"), report, "instruction_told", "核对批示") == words
    assert looks.looks_at(report.pk)[0].what == "批示原文"


# 反馈
def test_every_end_owes_the_source_an_answer_once(town: Town, told_to: Told) -> None:
    case = declined(town, sent_in(town, source_no="批〔2024〕7号", source_due=date(2024, 6, 3)))
    owed = letter(case)
    assert not case.open and owed.open and owed.parent is None
    assert (owed.title, owed.home) == (f"反馈领导批示：{case.title}", case.home)
    assert clock.local(owed.due) == date(2024, 5, 29)  # five working days, before the leader's own day
    assert told_to("county", owed) == ["待反馈"]


def test_a_letter_has_its_number_and_a_day_that_has_come(town: Town) -> None:
    owed = letter(declined(town, sent_in(town)))
    said = {"how": "letter", "content": "已按程序研判，不属于会议研究范围，已答复反映人。"}
    assert "函号" in town.refusal(owed, "send", "county", sent_on="2024-05-22", **said)
    assert "还没有到" in town.refusal(
        owed, "send", "county", sent_on="2099-01-01", letter_no="宝社函〔2024〕3号", **said
    )
    done = town.act(owed, "send", "county", sent_on="2024-05-22", letter_no="宝社函〔2024〕3号", **said)
    assert (done.stage, done.open) == ("fed_back", False)


def test_what_residents_tell_by_phone_owes_no_letter(town: Town) -> None:
    declined(town, sent_in(town, source="phone_page"))
    assert not Feedback.objects.exists()


def test_joined_reports_are_answered_when_the_matter_they_joined_ends(town: Town) -> None:
    first, second = sent_in(town, source="hotline", source_no="T-1"), sent_in(town, 10, source="petition")
    town.act(second.case, "join", "county", into=first.case.number)
    assert not Feedback.objects.exists()
    case = declined(town, first)
    assert set(Feedback.objects.filter(about=case).values_list("source", flat=True)) == {
        "hotline",
        "petition",
    }


def test_under_seal_the_keeper_alone_answers(town: Town, told_to: Told) -> None:
    item = sent_in(town, accused=True, accused_words="某局某人")
    town.act(
        item.case,
        "pass_discipline",
        "city-sealed",
        paper_no="延社密〔2024〕1号",
        passed_on="2024-05-21",
        words="移送。",
    )
    owed = letter(item.case)
    assert (owed.sealed, owed.title, owed.desk_role) == (True, "密封件", "密件专办")
    assert told_to("county", owed) == [] and told_to("city-sealed", owed) == ["待反馈"]
    said = {"how": "in_person", "sent_on": "2024-05-20", "content": "已经移送有权处理的机关。"}
    assert "不归您看" in town.refusal(owed, "send", "county", **said)
    assert not town.act(owed, "send", "city-sealed", **said).open
