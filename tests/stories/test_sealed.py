"""A report about a unit or a cadre: sealed at once, and nowhere for those whom it names."""

from __future__ import annotations

from datetime import date

import pytest
from support.city import FIRST_DAY, Town

from jieyou.commons.reports.models import Report
from jieyou.interfaces.demo.walk import Item
from jieyou.kernel.calendar import clock
from jieyou.kernel.indicator import declared
from jieyou.kernel.indicator.declare import Scope
from jieyou.kernel.ledger.models import Payload
from jieyou.kernel.loop import permit
from jieyou.kernel.loop.models import Case, Event
from jieyou.kernel.loop.seen import count, first, inbox, may_see, seen_by
from jieyou.kernel.loop.ticking import tick
from jieyou.kernel.notify.models import Delivery
from jieyou.kernel.places import tree

WORDS = "枣园街道办事处的干部在低保上优亲厚友，我有证据。"
EVERYBODY_ELSE = (
    "county", "leader", "caller", "bureau", "township", "city", "city-head", "city-caller", "admin", "county-610603",
    "leader-610603",
)  # fmt: skip


@pytest.fixture
def sealed(town: Town) -> Item:
    item = town.item()
    town.walk.tell(item, clock.at(FIRST_DAY), accused=True, accused_words=WORDS, name="王五")
    item.case = town.fresh(item.case)
    return item


@pytest.mark.parametrize("username", EVERYBODY_ELSE)
def test_nobody_else_sees_it_anywhere(town: Town, sealed: Item, username: str, told_to) -> None:
    actor, all_cases = town.actor(username), Case.objects.all()
    assert not may_see(actor, sealed.case)
    assert sealed.case.pk not in set(seen_by(actor).values_list("pk", flat=True))
    assert count(actor, all_cases) == 0 and first(actor, all_cases) == []
    assert not inbox(actor).exists() and told_to(username) == []


@pytest.mark.parametrize("username", EVERYBODY_ELSE)
def test_nobody_else_makes_any_step(town: Town, sealed: Item, username: str) -> None:
    said = {town.refusal(sealed.case, name, username) for name in sealed.case.declared.transitions}
    assert said == {"没有这个动作，或者这件事不归您看"}
    assert permit.open_to(sealed.case, town.actor(username)) == []


def test_the_keeper_sees_it_and_was_told(town: Town, sealed: Item, told_to) -> None:
    keeper = town.actor("city-sealed")
    assert may_see(keeper, sealed.case) and inbox(keeper).get() == sealed.case
    assert told_to("city-sealed", sealed.case) == ["群众反映"]
    assert sealed.case.home == town.unit("office", "6106")


def test_not_a_word_of_it_stands_open(town: Town, sealed: Item) -> None:
    report = Report.objects.get(case=sealed.case)
    open_text = " ".join([
        sealed.case.title, report.title, report.words, report.where,
        *Payload.objects.filter(record__in=Event.objects.filter(case=sealed.case).values("pk")).values_list("text", flat=True),
        *Delivery.objects.values_list("words", flat=True),
    ])  # fmt: skip
    assert not [word for word in ("低保", "枣园街道办", "王五", "暖气") if word in open_text]


def test_it_is_in_no_figure(town: Town, sealed: Item) -> None:
    scope = Scope(tree.by_code("6106"), date(2024, 4, 22), date(2025, 4, 22))
    before = {key: one.read(scope) for key, one in declared.indicators().items()}
    town.act(
        sealed.case,
        "pass_discipline",
        "city-sealed",
        paper_no="移〔2024〕1号",
        passed_on="2024-05-21",
        words="移送",
    )
    assert {key: one.read(scope) for key, one in declared.indicators().items()} == before


def test_it_is_passed_on_and_the_reporter_learns_only_that(town: Town, sealed: Item, told_to) -> None:
    ended = town.act(
        sealed.case,
        "pass_discipline",
        "city-sealed",
        paper_no="移〔2024〕1号",
        passed_on="2024-05-21",
        words="移送",
    )
    assert (ended.stage, ended.open, ended.sealed) == ("passed_on", False, True)
    assert "移送有权处理的机关" in Report.objects.get(case=ended).reply
    assert [username for username in EVERYBODY_ELSE if told_to(username)] == []
    assert not any(may_see(town.actor(username), ended) for username in EVERYBODY_ELSE)


def test_unsealed_it_is_an_ordinary_concern_of_the_county(town: Town, sealed: Item, told_to) -> None:
    case = town.act(sealed.case, "unseal", "city-sealed", words="不涉及单位和干部")
    assert (case.sealed, case.home) == (False, town.unit("office"))
    assert inbox(town.actor("county")).get() == case
    assert told_to("county", case) == ["解除密封"]
    assert not may_see(town.actor("county-610603"), case) and not may_see(town.actor("bureau"), case)
    assert town.act(case, "register", "county", title="低保办理有疑问", category="other").stage == "assess"


def test_an_open_report_is_not_for_the_keepers_sealed_doors(town: Town) -> None:
    case = town.concern("clue").case
    assert "由主办密件专办办理" in town.refusal(
        case, "pass_discipline", "county", paper_no="1", passed_on="2024-05-21", words="1"
    )


def test_a_deadline_that_runs_out_under_seal_is_told_to_the_keeper_only(
    town: Town, sealed: Item, told_to
) -> None:
    assert tick(clock.at(date(2024, 6, 20))) == 1
    assert "超期提醒：登记时限" in told_to("city-sealed", sealed.case)
    assert [username for username in EVERYBODY_ELSE if told_to(username)] == []


def test_words_of_harm_under_seal_reach_the_keeper_only(town: Town, told_to) -> None:
    item = town.item()
    town.walk.tell(item, clock.at(FIRST_DAY), accused=True, accused_words=f"{WORDS}再不管我就跳楼")
    assert "紧急：反映中有涉及人身安全的内容" in told_to("city-sealed")
    assert [username for username in EVERYBODY_ELSE if told_to(username)] == []
