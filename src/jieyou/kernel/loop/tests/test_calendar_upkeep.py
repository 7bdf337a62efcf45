"""A new notice or a changed place tree: open cases follow, with a reason; what is fixed or ended stays."""

from __future__ import annotations

from datetime import date

import pytest

from jieyou.kernel.calendar import clock, store
from jieyou.kernel.calendar.tests.calendars import TEXT_2027, TITLE_2027
from jieyou.kernel.ledger import chain, verify
from jieyou.kernel.loop.engine import advance
from jieyou.kernel.loop.models import Case, Clock, Event
from jieyou.kernel.loop.opening import open_case
from jieyou.kernel.loop.tests.probe import FOUNDED, Office, fresh
from jieyou.kernel.places import changes, tree
from jieyou.kernel.places.changes import New
from jieyou.kernel.places.models import Place

EVE = clock.at(date(2026, 12, 30))
PUBLISHED = clock.at(date(2026, 12, 31))


def publish() -> None:
    with clock.moved(PUBLISHED):
        rows = store.parse_notice(TEXT_2027.splitlines(), 2027)
        store.add_notice(
            2027, "国办发明电〔2026〕9号", TITLE_2027, date(2026, 11, 4), "中国政府网", rows, by="王敏"
        )


def begun(office: Office, place: str = "610602") -> Case:
    return open_case("probe", office.clerk, title="跨年", place=tree.by_code(place), home=office.home, at=EVE)


def fixed(office: Office, day: str) -> Case:
    """A part with a date that a leader fixed."""
    case = advance(begun(office), "send", office.clerk, {"unit": office.bureau}, EVE)
    advance(
        case, "divide", office.clerk, {"parts": [{"task": "分项", "unit": office.bureau, "due": day}]}, EVE
    )
    return Case.objects.get(parent=case)


def test_beyond_the_published_calendar_a_deadline_is_provisional(office: Office) -> None:
    case = begun(office)
    assert (clock.local(case.due), case.provisional) == (date(2027, 1, 1), True)


def test_the_notice_moves_it_with_an_event_and_a_reason(office: Office) -> None:
    case = begun(office)
    publish()
    after = fresh(case)
    assert (clock.local(after.due), after.provisional, after.turn) == (date(2027, 1, 4), False, case.turn + 1)
    event = Event.objects.filter(case=case).latest("seq")
    said = chain.read(event)
    assert (event.transition, event.person, event.at, event.source) == (
        "recalendar",
        "system",
        PUBLISHED,
        event.target,
    )
    assert said["data"] == {
        "clock": "probe.sign", "before": "2027-01-01", "after": "2027-01-04", "why": "2027 年节假日安排公布或更正",
    }  # fmt: skip


def test_the_start_of_a_clock_is_never_touched(office: Office) -> None:
    case = begun(office)
    before = Clock.objects.get(case=case).started
    publish()
    assert Clock.objects.get(case=case).started == before == EVE


def test_what_was_granted_and_held_is_kept_when_it_is_reckoned_anew(office: Office) -> None:
    case = advance(begun(office), "send", office.clerk, {"unit": office.bureau}, EVE)
    advance(case, "prolong", office.head, {"days": 2}, EVE)
    publish()
    work = Clock.objects.get(case=case, code="probe.work")
    assert (clock.local(work.due), work.extended) == (store.days().add(date(2026, 12, 30), 7).day, 2)


def test_a_fixed_date_is_untouched_and_warned_of(office: Office) -> None:
    part = fixed(office, "2027-01-01")
    publish()
    row = Clock.objects.get(case=part)
    assert (row.fixed, row.due) == (True, clock.end_of(date(2027, 1, 1)))
    assert fresh(part).due == row.due
    event = Event.objects.filter(case=part).latest("seq")
    assert event.title == "固定日期逢休息日" and "请提前安排" in chain.read(event)["data"]["why"]


def test_a_fixed_date_on_a_working_day_is_not_spoken_of(office: Office) -> None:
    part = fixed(office, "2027-01-05")
    publish()
    assert fresh(part).turn == part.turn


def test_an_ended_case_is_left_alone(office: Office) -> None:
    case = advance(begun(office), "drop", office.head, {"words": "不办"}, EVE)
    publish()
    assert fresh(case).turn == case.turn


def test_the_same_notice_again_changes_nothing(office: Office) -> None:
    case = begun(office)
    publish()
    turn = fresh(case).turn
    publish()
    assert fresh(case).turn == turn


def test_after_a_notice_the_record_still_proves(office: Office) -> None:
    begun(office)
    fixed(office, "2027-01-01")
    publish()
    report = verify.verify_database()
    assert report.ok, report.broken


@pytest.fixture
def villages(office: Office) -> tuple[Place, Place]:
    changes.found(New("枣园街道", "610602005"), **FOUNDED)
    names = ("上砭沟社区居委会", "610602005001"), ("下砭沟社区居委会", "610602005002")
    first, second = (changes.found(New(*one), **FOUNDED) for one in names)
    return first, second


def test_when_two_villages_become_one_open_cases_follow_and_ended_ones_stay(
    office: Office, villages: tuple[Place, Place]
) -> None:
    going, staying = villages
    running, ended = begun(office, going.code), begun(office, going.code)
    advance(ended, "drop", office.head, {"words": "不办"}, EVE)
    before = list(Event.objects.order_by("chain", "seq").values_list("hash", "place_code"))
    changes.merge([going], staying, date(2026, 3, 1), "system", "撤并")
    assert (fresh(running).l5, fresh(running).l4, fresh(running).l3) == (staying.code, "610602005", "610602")
    assert fresh(ended).l5 == going.code
    assert list(Event.objects.order_by("chain", "seq").values_list("hash", "place_code")) == before
    advance(fresh(running), "note", office.clerk, {"words": "并村以后"}, EVE)
    assert Event.objects.filter(case=running).latest("seq").place_code == staying.code


def test_a_new_code_of_the_county_is_on_every_open_case(
    office: Office, villages: tuple[Place, Place]
) -> None:
    case = begun(office, villages[0].code)
    changes.recode(tree.by_code("610602"), "610682", date(2026, 3, 1), "system", "撤区设市")
    after = fresh(case)
    assert (after.l3, after.l4, after.l5) == ("610682", "610682005", "610682005001")
    assert verify.verify_database().ok
