"""Numbers of record: checked by one, approved by another, corrected by a new one; live beside frozen; never more than one may see."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.test import Client
from support.city import FIRST_DAY, Town

from jieyou.kernel.calendar import clock
from jieyou.kernel.indicator import behind, freezing, targets
from jieyou.kernel.indicator.declare import Fact, Scope, Tally
from jieyou.kernel.indicator.declared import indicators
from jieyou.kernel.indicator.models import Target
from jieyou.kernel.ledger import tracked
from jieyou.kernel.loop import opening
from jieyou.kernel.loop.models import Case
from jieyou.kernel.people.posts import appoint
from jieyou.kernel.places import tree

MAY = {"title": "2024年5月数据", "first": "2024-05-01", "last": "2024-05-31"}
DAYS = (date(2024, 5, 1), date(2024, 5, 31))
JUNE = clock.at(date(2024, 6, 3))


def sheet(town: Town, who: str, reason: str = "", upto: str = "approve") -> Case:
    case = opening.begin("reading", town.actor(who), MAY | {"reason": reason}, JUNE)
    if upto:
        town.act(case, "send", who, JUNE)
    if upto == "approve":
        town.act(
            case,
            "approve",
            {"county": "leader", "county-610603": "leader-610603", "city": "city-head"}[who],
            JUNE,
        )
    return case


def test_what_was_approved_stays_when_the_live_number_moves(town: Town) -> None:
    town.concern("clue")
    sheet(town, "county")
    town.concern("clue", matter=1)
    county = tree.by_code("610602")
    assert freezing.of(county, *DAYS)["jieyou.received"].printed == "1"
    assert indicators()["jieyou.received"].read(Scope(county, *DAYS)).printed == "2"


def test_a_correction_needs_its_reason_and_leaves_the_first_reading(town: Town) -> None:
    sheet(town, "county")
    again = sheet(town, "county", upto="")
    assert "写明更正原因" in town.refusal(again, "send", "county", JUNE)
    town.concern("clue")
    sheet(town, "county", reason="漏录一件。")
    found = freezing.history(tree.by_code("610602"), "jieyou.received", *DAYS)
    assert [r.printed for r in found] == ["1", "0"]
    assert freezing.of(tree.by_code("610602"), *DAYS)["jieyou.received"].printed == "1"


def test_who_checked_does_not_approve_and_a_period_must_be_over(town: Town) -> None:
    case = opening.begin("reading", town.actor("county"), MAY, clock.at(FIRST_DAY))
    assert "还没有结束" in town.refusal(case, "send", "county", clock.at(FIRST_DAY))
    town.act(case, "send", "county", JUNE)
    appoint(town.account("county"), town.unit("office"), "部领导", FIRST_DAY, "system")
    assert town.refusal(case, "approve", "county", JUNE) == "核对的人不能自己核定"


def test_the_city_approves_after_its_counties(town: Town) -> None:
    sheet(town, "county")
    city = sheet(town, "city", upto="send")
    assert "安塞区" in town.refusal(city, "approve", "city-head", JUNE)
    sheet(town, "county-610603")
    assert town.act(city, "approve", "city-head", JUNE).stage == "frozen"


def test_a_reader_who_may_see_fewer_is_told_so(town: Town) -> None:
    town.concern("clue")
    scope = Scope(tree.by_code("6106"), *DAYS)
    there = behind.behind(indicators()["jieyou.received"], scope, town.actor("county-610603"))
    assert (there.total, there.visible, there.rows) == (1, 0, [])
    assert "1 条记录组成" in there.sentence and "0 条" in there.sentence
    here = behind.behind(indicators()["jieyou.received"], scope, town.actor("county"))
    assert (here.visible, here.sentence) == (1, "")


def test_the_page_lists_what_the_number_counts(town: Town, client: Client) -> None:
    item = town.concern("clue")
    client.force_login(town.account("county"), "django.contrib.auth.backends.ModelBackend")
    query = {"from": "2024-05-01", "to": "2024-05-31"}
    page = client.get("/desk/figures/jieyou.received/", query).content.decode()
    assert item.case is not None and "共 1 条" in page and item.case.number in page
    assert "共 1 条" in client.get("/desk/figures/jieyou.late/", query).content.decode()


def test_a_sealed_matter_is_in_no_ordinary_number(town: Town) -> None:
    item = town.concern("tracked")
    assert item.case is not None
    family = Case.objects.filter(pk=item.case.pk) | Case.objects.filter(parent=item.case.pk)
    family.update(sealed=True)
    scope = Scope(tree.by_code("6106"), date(2024, 1, 1), date(2024, 12, 31))
    counted = {key for key, i in indicators().items() if isinstance(i, Tally) and _holds(i, scope, item.case)}
    assert counted == set()


def _holds(i: Any, scope: Scope, case: Case) -> bool:
    rows = i.records(scope)
    return not isinstance(i, Fact) and any(behind.case_of(r) in (case, *case.children.all()) for r in rows)


def test_the_narrowest_target_in_force_holds(town: Town) -> None:
    county = Target(
        key="tasks.in_time",
        sense="at_least",
        value=Decimal(95),
        basis="区委办公室通知",
        since=DAYS[0],
        place=tree.by_code("610602"),
    )
    tracked.save(county, "system", "试")
    here = targets.in_force(["tasks.in_time"], Scope(tree.by_code("610602001"), *DAYS))
    there = targets.in_force(["tasks.in_time"], Scope(tree.by_code("6106"), *DAYS))
    assert (here["tasks.in_time"].value, there["tasks.in_time"].value) == (Decimal(95), Decimal(90))
    assert str(here["tasks.in_time"]) == "不低于95"
