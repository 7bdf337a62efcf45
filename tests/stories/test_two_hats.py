"""Who did it, who strikes it off, who calls back: three persons, whatever posts they hold."""

from __future__ import annotations

from datetime import date

import pytest
from support.city import FIRST_DAY, HOME_COUNTY, Told, Town, row

from jieyou.kernel.calendar import clock
from jieyou.kernel.loop.models import Case
from jieyou.kernel.loop.permit import open_to, who_could
from jieyou.kernel.loop.seen import inbox, may_see
from jieyou.kernel.people.models import Account, Post
from jieyou.kernel.people.posts import appoint, hand_over, name_deputy

SINCE = date(2024, 4, 22)
JUNE = date(2024, 6, 25)
CALL = {"method": "phone", "visited": "reached", "satisfied": "good"}


def also(town: Town, username: str, role: str) -> None:
    """The same human gets one more post, in the county's office."""
    appoint(town.account(username), town.unit("office"), role, SINCE, "system")


def post_of(town: Town, username: str, role: str) -> Post:
    return Post.objects.get(account=town.account(username), role=role, unit=town.unit("office"))


def test_who_did_it_does_not_strike_it_off_with_another_hat(town: Town) -> None:
    also(town, "bureau", "部领导")
    case = town.concern("strike").case
    assert town.refusal(case, "agree_strike", "bureau") == "办理的人不能自己销号"
    assert town.act(case, "agree_strike", "leader").stage == "visit"


def test_who_finished_only_a_part_does_not_strike_the_whole(town: Town) -> None:
    helper = town.city.bureaus[HOME_COUNTY, "热力"]
    also(town, helper.username, "部领导")
    case = town.concern("strike").case
    assert town.refusal(case, "agree_strike", helper.username) == "办理的人不能自己销号"


@pytest.mark.parametrize("username", ["bureau", "leader"])
def test_who_did_it_or_struck_it_off_does_not_call_back(town: Town, username: str) -> None:
    also(town, username, "回访人员")
    case = town.concern("visit").case
    for step, data in (("call", CALL), ("archive", {})):
        assert town.refusal(case, step, username, **data) == "办理和销号的人不能回访"
    assert town.act(case, "call", "caller", **CALL).stage == "visit"


def test_the_shut_door_says_why(town: Town) -> None:
    also(town, "bureau", "部领导")
    case = town.concern("strike").case
    doors = {d.transition.name: d.reason for d in open_to(case, town.actor("bureau"))}
    assert doors == {"agree_strike": "办理的人不能自己销号", "refuse_strike": None}


def test_who_did_a_task_does_not_accept_it(town: Town) -> None:
    also(town, "bureau", "经办人")
    item = town.concern("tracked")
    task = next(c for c in town.walk.children(item) if c.holder == town.unit())
    town.walk.evidence(task, clock.at(date(2024, 6, 6)))
    town.act(task, "finish", "bureau", report="已更换老化管段并完成调试")
    assert town.refusal(task, "accept", "bureau") == "经办的人不能自己审核"
    assert town.act(task, "accept", "county").outcome == "done"


def test_a_deputy_acts_and_is_compared_as_himself(town: Town) -> None:
    case = town.concern("strike").case
    name_deputy(post_of(town, "leader", "部领导"), town.account("caller"), SINCE, date(2024, 7, 1), "system")
    struck = town.act(case, "agree_strike", "caller", clock.at(date(2024, 6, 21)))
    assert struck.stage == "visit"
    assert town.events(case)[-1].person == town.account("caller").pk.hex
    assert town.events(case)[-1].actor == "中共宝塔区委社会工作部 部领导（代）"
    assert (
        town.refusal(case, "call", "caller", clock.at(date(2024, 6, 22)), **CALL) == "办理和销号的人不能回访"
    )


def test_a_deputy_who_did_it_himself_does_not_strike_it(town: Town) -> None:
    case = town.concern("strike").case
    name_deputy(post_of(town, "leader", "部领导"), town.account("bureau"), SINCE, date(2024, 7, 1), "system")
    at = clock.at(date(2024, 6, 21))
    assert town.refusal(case, "agree_strike", "bureau", at) == "办理的人不能自己销号"


def test_when_the_deputyship_is_over_he_sees_and_does_nothing(town: Town) -> None:
    case = town.concern("strike").case
    deputy = town.account("county-610603")
    name_deputy(post_of(town, "leader", "部领导"), deputy, SINCE, date(2024, 6, 21), "system")
    with clock.moved(clock.at(date(2024, 6, 20), 18)):
        assert may_see(town.actor(deputy.username), case)
    after = clock.at(date(2024, 6, 21))
    assert "不归您看" in town.refusal(case, "agree_strike", deputy.username, after)


def test_a_hand_over_moves_the_inbox(town: Town, told_to: Told) -> None:
    case, heir = town.concern("clue").case, Account.objects.create_user("heir", "接任人")
    hand_over(post_of(town, "county", "经办人"), heir, JUNE, "system")
    for day, has, has_not in ((FIRST_DAY, "county", "heir"), (JUNE, "heir", "county")):
        with clock.moved(clock.at(day)):
            assert inbox(town.actor(has)).filter(pk=case.pk).exists()
            assert not inbox(town.actor(has_not)).filter(pk=case.pk).exists()
    with clock.moved(clock.at(JUNE)):
        assert who_could(town.fresh(case), case.declared.transitions["register"]) == [
            "中共宝塔区委社会工作部 经办人 接任人"
        ]
    assert town.refusal(case, "register", "county", clock.at(JUNE), title="供热", category="heating")
    town.act(case, "register", "heir", clock.at(JUNE), title="供热", category="heating")


def test_after_a_hand_over_the_heir_is_told_and_the_predecessor_is_not(town: Town, told_to: Told) -> None:
    case, heir = town.concern("tracked").case, Account.objects.create_user("heir", "接任人")
    before = told_to("bureau", case)
    post = Post.objects.get(account=town.account("bureau"), role="承办人")
    hand_over(post, heir, JUNE, "system")
    town.act(case, "urge", "county", clock.at(JUNE), words="请抓紧")
    assert told_to("heir", case) == ["催办"] and told_to("bureau", case) == before


def test_the_neighbours_do_nothing_here(town: Town) -> None:
    case = town.concern("strike").case
    for username in ("county-610603", "leader-610603", "caller-610603", "admin"):
        assert "不归您看" in town.refusal(case, "agree_strike", username), username


def test_the_city_looks_on_and_does_not_act(town: Town) -> None:
    case = town.concern("strike").case
    assert may_see(town.actor("city-head"), case)
    assert town.refusal(case, "agree_strike", "city-head") == "同意销号由主办部领导办理"


def test_a_co_unit_sees_what_it_helps_with_and_nothing_else(town: Town) -> None:
    mine, other = town.concern("tracked"), town.concern("tracked", 3)
    assert may_see(town.actor("bureau"), mine.case)
    assert not may_see(town.actor("bureau"), other.case)
    assert Case.objects.filter(parent=other.case).exists()


def test_two_leads_or_none_are_refused(town: Town) -> None:
    case = town.concern("assess").case
    town.walk.judge(town.concern("assess"), clock.at(date(2024, 5, 22)))
    town.act(
        case,
        "judge",
        "county",
        category="heating",
        urgency="normal",
        level="county",
        recommend="direct",
        reason="转办",
    )
    lead, town_hall = town.unit(), town.unit("街道")
    for rows in ([row(lead, "co")], [row(lead), row(town_hall)]):
        assert "有且只有一家牵头" in town.refusal(case, "direct", "leader", assignments=rows)
    assert town.act(case, "direct", "leader", assignments=[row(lead), row(town_hall, "co")]).holder == lead
