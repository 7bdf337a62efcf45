"""An office admin changes rules from a day, for a place, with a reason; takes it back; an auditor only reads."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from support.city import Town

from jieyou.commons.approvals.signing import roles_for
from jieyou.commons.changes.models import Change
from jieyou.commons.reports.models import Category, Channel
from jieyou.interfaces.web.tests.conftest import AtDesk, Desk, sentences
from jieyou.kernel.calendar import clock, store
from jieyou.kernel.calendar.models import Notice
from jieyou.kernel.calendar.tests.calendars import TEXT_2027
from jieyou.kernel.ledger import verify
from jieyou.kernel.loop.models import Clock, Event
from jieyou.kernel.loop.rules import dial, rule_for
from jieyou.kernel.people.models import Unit

ASSESS = "/desk/settings/rules/clocks/jieyou.assess/"
WHY = "办公会议定"
HERE, NEXT = "610602005", "610603001"


@pytest.fixture
def county(at_desk: AtDesk) -> Desk:
    """宝塔区's own office admin."""
    return at_desk("county-admin")


def days(place: str = HERE, on: date | None = None) -> int:
    rule = rule_for("jieyou.assess", place, on or clock.today())
    assert rule is not None
    return rule.length


def undo(desk: Desk, made: Change | None = None) -> str:
    made = made or Change.objects.first()
    assert made is not None
    answer = desk.client.post(f"/desk/settings/changes/{made.pk}/undo/", follow=True)
    return answer.content.decode()


def test_a_limit_changes_from_a_day_and_running_clocks_stay(town: Town, at_desk: AtDesk) -> None:
    case, admin = town.concern("assess").case, at_desk("admin")
    before, soon = Clock.objects.get(case=case, code="jieyou.assess").due, clock.today() + timedelta(days=7)
    assert admin.post(ASSESS, length="5", since=str(soon), why=WHY).status_code == 302
    assert (days(), days(on=soon), Clock.objects.get(case=case, code="jieyou.assess").due) == (3, 5, before)
    page = admin.see("/desk/settings/rules/clocks/")
    assert f"研判时限（全市）从{soon}起：5个工作日" in page and WHY in page and verify.verify_database().ok


def test_a_change_is_taken_back_by_one_more_change(at_desk: AtDesk) -> None:
    admin = at_desk("admin")
    admin.post(ASSESS, length="5", why=WHY)
    assert days() == 5
    assert "已撤销：研判时限" in undo(admin) and days() == 3
    assert "这一次变更已经撤销" in undo(admin, Change.objects.last())
    assert Change.objects.count() == 2 and verify.verify_database().ok


def test_what_was_changed_again_is_taken_back_from_the_newest(at_desk: AtDesk) -> None:
    admin = at_desk("admin")
    for length in ("5", "6"):
        admin.post(ASSESS, length=length, why=WHY)
    assert "请先撤销后来的变更" in undo(admin, Change.objects.last()) and days() == 6
    undo(admin)
    assert days() == 5


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"length": "0"}, "1 到 3650"),
        ({"length": "900"}, "时限太长了"),
        ({"why": ""}, "请补充：为什么改"),
        ({"since": "2020-01-01", "length": "4"}, "已经过去"),
        ({}, "没有变化"),
        ({"place": "610603005"}, "适用哪里没有"),
    ],
)
def test_a_rule_that_cannot_be_is_refused_with_a_sentence(
    at_desk: AtDesk, typed: dict[str, str], said: str
) -> None:
    answer = at_desk("admin").post(ASSESS, **({"why": WHY} | typed))
    assert answer.status_code == 422 and said in sentences(answer) and not Change.objects.exists()


def test_a_county_sets_its_own_and_gives_it_up_again(county: Desk) -> None:
    assert "宝塔区单独规定" in county.see(ASSESS)
    county.post(ASSESS, length="2", why=WHY)
    assert (days(HERE), days(NEXT)) == (2, 3)
    county.client.post(ASSESS + "end/", {"place": "610602"})
    assert days(HERE) == 3 and "不再单独规定" in county.see("/desk/settings/changes/")


def test_a_county_sees_and_changes_nothing_of_the_city_or_the_neighbour(
    at_desk: AtDesk, county: Desk
) -> None:
    admin = at_desk("admin")
    admin.post(ASSESS, place="610603", length="9", why="安塞区的事")
    assert "安塞区的事" not in county.see("/desk/settings/changes/") + county.see(
        "/desk/settings/rules/clocks/"
    )
    made = Change.objects.get()
    assert county.client.post(f"/desk/settings/changes/{made.pk}/undo/").status_code == 404
    assert county.client.post(ASSESS + "end/", {"place": "610603"}).status_code == 404
    shut = (
        "rules/dials/supervision.amber/",
        "rules/channels/hotline/",
        "rules/categories/new/",
        "calendar/new/",
    )
    assert {county.status(f"/desk/settings/{path}") for path in shut} == {404}


def test_a_county_does_not_take_back_what_the_city_did(at_desk: AtDesk, county: Desk) -> None:
    at_desk("admin").post(ASSESS, place="610602", length="9", why="市里定的")
    assert "请市里撤销" in undo(county) and days(HERE) == 9


def test_a_county_by_itself_keeps_what_holds_everywhere(town: Town, county: Desk) -> None:
    assert county.status("/desk/settings/calendar/new/") == 404
    Unit.objects.filter(kind="office").exclude(place__code="610602").update(until=clock.today())
    assert county.status("/desk/settings/calendar/new/") == 200
    assert county.post(ASSESS, place="all", length="4", why=WHY).status_code == 302 and days(NEXT) == 4


def test_the_box_says_when_a_limit_ends(at_desk: AtDesk) -> None:
    page = at_desk("admin").see("/desk/settings/rules/clocks/", start="2025-09-28")
    assert "2025-10-24" in page and "2025-10-13" in page  # 15 working days over the National Day, 15 days
    assert "不是日期" in at_desk("admin").see("/desk/settings/rules/clocks/", start="九月")


def test_a_dial_has_bounds_and_changes_what_happens(at_desk: AtDesk) -> None:
    admin, path = at_desk("admin"), "/desk/settings/rules/dials/publication.floor/"
    assert "5 到 999" in sentences(admin.post(path, value="3", why=WHY))
    admin.post(path, value="8", why=WHY)
    assert dial("publication.floor", HERE, clock.today(), 5) == 8


def test_a_chain_of_signatures_is_set_without_gaps(at_desk: AtDesk) -> None:
    admin, path = at_desk("admin"), "/desk/settings/rules/chains/minutes/"
    assert "中间不能空着" in sentences(admin.post(path, first="部领导", third="领导", basis="x", why=WHY))
    admin.post(path, first="部领导", second="领导", basis="议事规则", why=WHY)
    assert roles_for("minutes", HERE) == ["部领导", "领导"]
    admin.client.post(path + "end/", {"place": "all"})
    assert roles_for("minutes", HERE) == ["部领导"]


def test_a_chain_that_nobody_can_sign_is_said_and_costs_no_query_per_office(
    at_desk: AtDesk, django_assert_max_num_queries: Any
) -> None:
    admin = at_desk("admin")
    admin.post(
        "/desk/settings/rules/chains/minutes/", first="部领导", second="领导", basis="议事规则", why=WHY
    )
    with django_assert_max_num_queries(30):
        assert "宝塔区委社会工作部的审批链要领导签，现在没有领导" in admin.see("/desk/settings/")


def test_sources_and_categories_are_put_right(at_desk: AtDesk) -> None:
    admin = at_desk("admin")
    admin.post("/desk/settings/rules/channels/hotline/", answers="", why="12345 自己回访")
    assert not Channel.objects.get(code="hotline").answers
    undo(admin)
    assert Channel.objects.get(code="hotline").answers
    new = {"code": "lift", "title": "电梯", "position": "9", "why": WHY}
    assert admin.post("/desk/settings/rules/categories/new/", **new).status_code == 302
    assert "已经有了" in sentences(admin.post("/desk/settings/rules/categories/new/", **new))
    assert Category.objects.get(code="lift").title == "电梯"


def test_a_notice_is_seen_before_it_is_kept_and_can_be_taken_back(town: Town, at_desk: AtDesk) -> None:
    with clock.moved(clock.at(date(2026, 12, 28))):
        case = town.concern("clue").case
        Clock.objects.filter(case=case).update(
            started=clock.now(), due=clock.at(date(2027, 1, 1), 23), provisional=True
        )
        admin, path = at_desk("admin"), "/desk/settings/calendar/new/"
        told = {
            "year": "2027",
            "text": TEXT_2027,
            "number": "国办发明电〔2026〕9号",
            "published_on": "2026-11-04",
            "why": "国务院公布",
        }
        seen = admin.post(path, **told).content.decode()
        assert (
            "录入以后会改什么" in seen
            and "登记时限" in seen
            and not Notice.objects.filter(year=2027).exists()
        )
        assert admin.post(path, keep="1", **told).status_code == 302
        assert (
            2027 in store.days().years
            and Event.objects.filter(case=case, transition="recalendar").count() == 1
        )
        assert "已撤销" in undo(admin) and 2027 not in store.days().years
        assert verify.verify_database().ok


def test_a_notice_that_does_not_add_up_keeps_what_was_typed(at_desk: AtDesk) -> None:
    answer = at_desk("admin").post(
        "/desk/settings/calendar/new/", text="2027-01-01 休 元旦", published_on="2026-11-04", why=WHY
    )
    assert "缺少：春节" in sentences(answer) and "2027-01-01 休 元旦" in answer.content.decode()


def test_a_local_day_off_moves_the_days(at_desk: AtDesk) -> None:
    told = {
        "kind": "local",
        "year": "2026",
        "text": "2026-12-07 休 停工",
        "title": "市政府关于停工一天的通知",
        "published_on": "2026-12-01",
    }
    assert at_desk("admin").post("/desk/settings/calendar/new/", keep="1", why=WHY, **told).status_code == 302
    assert not store.days().works(date(2026, 12, 7))
    assert "停工" in at_desk("admin").see("/desk/settings/calendar/", year="2026")


def test_the_auditor_reads_and_changes_nothing(at_desk: AtDesk) -> None:
    auditor = at_desk("auditor")
    assert "只看，不改" in auditor.see("/desk/settings/") and "修改：" not in auditor.see(
        "/desk/settings/rules/dials/"
    )
    assert auditor.status(ASSESS) == 404 and auditor.client.post(ASSESS, {}).status_code == 404


def test_what_is_missing_is_said_with_the_way_to_mend_it(town: Town, at_desk: AtDesk) -> None:
    with clock.moved(clock.at(date(2026, 11, 20))):
        page = at_desk("admin").see("/desk/settings/")
    assert "2027 年的放假安排还没有录入" in page and "没有指定代理人" in page and "方案默认值" in page
    assert "系统设置" in at_desk("admin").see("/desk/") and "系统设置" not in at_desk("county").see("/desk/")
