"""One concern from phone to archive, by the persons whose posts it is."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from support.city import STAGES, Told, Town, new_town, row

from jieyou.commons.reports.models import Report
from jieyou.interfaces.demo.walk import Item
from jieyou.kernel.calendar import clock
from jieyou.kernel.ledger import verify
from jieyou.kernel.loop.engine import advance
from jieyou.kernel.loop.models import Case, Clock
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.loop.seen import inbox
from jieyou.kernel.people.posts import guest
from jieyou.mechanisms.concerns.loops import WeeklyJieyou

pytestmark = pytest.mark.usefixtures("town")

#: Every step of the concern's own record, and who makes it.
FIRST_ROUND = [
    ("open", "guest"), ("register", "county"), ("judge", "county"), ("to_consult", "leader"), ("opine", "bureau"),
    ("opine", "heating"), ("draft", "county"), ("table", "county"), ("decide", "county"), ("resolve", "county"),
    ("all_signed", "system"), ("apply", "bureau"), ("verify", "county"), ("agree_strike", "leader"),
]  # fmt: skip
SECOND_ROUND = [
    ("rate", "guest"), ("reopen", "caller"), ("all_signed", "system"), ("apply", "bureau"), ("verify", "county"), ("agree_strike", "leader"),
    ("rate", "guest"), ("archive", "caller"),
]  # fmt: skip


@pytest.fixture(scope="module")
def unhappy(town_database: None, django_db_blocker: Any) -> Item:
    """A concern that came back once and is archived now. Walked once, for all tests here."""
    with django_db_blocker.unblock():
        return came_back(new_town())


def came_back(town: Town) -> Item:
    item, walk = town.concern("visit", name="张三", phone="13812345678"), town.walk
    walk.rate(item, "bad", "三单元还是不热", clock.at(date(2024, 6, 21)))
    walk.reopen(item, clock.at(date(2024, 6, 24)))
    walk.sign_for(item, clock.at(date(2024, 6, 25)))
    walk.finish(item, clock.at(date(2024, 6, 26)))
    walk.strike(item, clock.at(date(2024, 6, 27)))
    walk.rate(item, "good", "现在好了", clock.at(date(2024, 6, 28)))
    walk.archive(item, clock.at(date(2024, 6, 29)))
    item.case = town.fresh(item.case)
    return item


def test_five_persons_carry_it_through_eight_stages_and_back_to_the_archive(
    town: Town, unhappy: Item
) -> None:
    events = town.events(unhappy.case)
    names = {town.account(name).pk.hex: name for name in ("county", "leader", "caller", "bureau")}
    names[town.city.bureaus["610602", "热力"].pk.hex] = "heating"
    who = [(e.transition, names.get(e.person, e.person.split(":")[0])) for e in events]
    assert who == FIRST_ROUND + SECOND_ROUND
    assert [e.seq for e in events] == list(range(1, len(events) + 1))
    assert [e.at for e in events] == sorted(e.at for e in events)
    assert {e.target for e in events} == {s.name for s in WeeklyJieyou.ribbon()} | {"archived"}
    assert (unhappy.case.stage, unhappy.case.open, unhappy.case.outcome) == ("archived", False, "solved")


def test_the_record_names_posts_and_never_people(town: Town, unhappy: Item) -> None:
    events = town.events(unhappy.case)
    assert events[3].actor == "中共宝塔区委社会工作部 部领导"
    names = {town.account(name).name for name in ("county", "leader", "caller", "bureau")} | {"张三"}
    assert not [e.body for e in events if any(name in e.body or name in e.actor for name in names)]


def test_the_whole_record_proves(unhappy: Item) -> None:
    report = verify.verify_database()
    assert report.ok, report.broken


def test_its_own_reply_and_rating_are_on_the_report(unhappy: Item) -> None:
    report = Report.objects.get(case=unhappy.case)
    assert "三单元" not in report.reply and len(report.reply) >= 20
    assert (report.rating, report.rating_words) == ("good", "现在好了")
    assert report.replied_at is not None and report.replied_at > clock.at(date(2024, 6, 27))


def test_each_is_told_when_it_lies_on_his_desk(town: Town, unhappy: Item, told_to: Told) -> None:
    case = unhappy.case
    assert told_to("county", case)[0] == "群众反映"
    assert "填写协商意见" in told_to("county", case) and "同意上会" in told_to("bureau", case)
    assert told_to("leader", case) == ["填写研判意见", "核验", "核验"]
    assert told_to("caller", case) == ["同意销号", "群众评价", "同意销号", "群众评价"]
    task = Case.objects.filter(parent=case, loop="assignment", holder=town.unit()).order_by("number").first()
    assert told_to("bureau", task)[0] == "交办"
    assert told_to("county-610603") == [] and told_to("city-sealed") == []


def test_nobody_is_told_of_what_he_did_himself(town: Town, unhappy: Item, told_to: Told) -> None:
    assert "登记" not in told_to("county", unhappy.case)
    assert "退回再办" not in told_to("caller", unhappy.case)


def test_every_unit_hears_of_a_new_round(town: Town, unhappy: Item, told_to: Told) -> None:
    assert told_to("bureau", unhappy.case).count("退回再办") == 1


def test_a_return_restarts_no_clock(town: Town, unhappy: Item) -> None:
    strike = Clock.objects.get(case=unhappy.case, code="jieyou.strike")
    assert clock.local(strike.started) == date(2024, 6, 20)
    assert not Clock.objects.filter(case=unhappy.case, stopped_at=None).exists()


def test_the_children_ended_before_it(unhappy: Item) -> None:
    children = Case.objects.filter(parent=unhappy.case)
    assert children.count() == 3
    assert all(not c.open and c.ended_at <= unhappy.case.ended_at for c in children)


@pytest.mark.parametrize("stage", STAGES)
def test_it_is_never_on_two_desks_nor_on_none(town: Town, stage: str) -> None:
    case = town.concern(stage).case
    assert case.open == (stage != "archived") == (case.desk_id is not None)
    people = ("county", "leader", "caller", "bureau", "city", "township")
    assert sum(inbox(town.actor(p)).filter(pk=case.pk).exists() for p in people) == int(case.open)


def test_a_strangers_secret_rates_nothing(town: Town) -> None:
    item, other = town.concern("visit"), town.concern("clue", 3)
    stranger = guest(other.receipt.report.pk, cases=[other.case.pk])
    with pytest.raises(Refused, match="不归您看"):
        advance(town.fresh(item.case), "rate", stranger, {"rating": "bad"})


def test_unreached_three_times_is_archived_and_two_times_is_not(town: Town) -> None:
    case = town.concern("visit").case
    call = {"method": "phone", "visited": "unreached"}
    for _ in range(2):
        town.act(case, "call", "caller", **call)
    assert "三次" in town.refusal(case, "archive", "caller")
    town.act(case, "call", "caller", **call)
    assert town.act(case, "archive", "caller").stage == "archived"


def test_after_the_last_round_only_the_leaders_review_is_left(town: Town) -> None:
    item, walk = town.concern("visit"), town.walk
    for n in range(2):
        walk.rate(item, "bad", "还是不热", clock.at(date(2024, 7, 1 + 8 * n)))
        walk.reopen(item, clock.at(date(2024, 7, 2 + 8 * n)))
        walk.sign_for(item, clock.at(date(2024, 7, 3 + 8 * n)))
        walk.finish(item, clock.at(date(2024, 7, 4 + 8 * n)))
        walk.strike(item, clock.at(date(2024, 7, 5 + 8 * n)))
    walk.rate(item, "bad", "还是不热", clock.at(date(2024, 7, 20)))
    again = {"words": "再办", "assignments": [row(town.unit())], "at": clock.at(date(2024, 7, 21))}
    assert town.refusal(item.case, "reopen", "caller", **again) == "退回再办最多 2 次，已经用完"
    ended = town.act(
        item.case, "review", "leader", reviewer="部长", words="已依规办结", at=clock.at(date(2024, 7, 22))
    )
    assert (ended.stage, ended.outcome) == ("archived", "unsatisfied")


def test_the_minutes_unsigned_nothing_is_handed_out(town: Town) -> None:
    case = town.concern("decided").case
    assert town.refusal(case, "resolve", "county") == "会议纪要还没有签发"
    assert not Case.objects.filter(parent=case).exists()
