"""What time itself does: once, also after a stop, also when nobody looked for a week."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.apps import apps

from jieyou.kernel.calendar import clock
from jieyou.kernel.loop.engine import advance
from jieyou.kernel.loop.models import Case, Clock, Event
from jieyou.kernel.loop.tests.probe import START, Office, begin, fresh
from jieyou.kernel.loop.ticking import tick

LATE = clock.at(date(2026, 3, 20))


def day(n: int, hour: int = 9) -> datetime:
    """A moment of March 2026."""
    return clock.at(date(2026, 3, n), hour)


def working(office: Office) -> Case:
    return advance(begin(office), "send", office.clerk, {"unit": office.bureau}, START)


def told(case: Case) -> list[tuple[str, str]]:
    rows = (
        apps.get_model("notify.Delivery")
        .objects.filter(case_id=case.pk, urgent=True)
        .order_by("at", "account__name")
    )
    return list(rows.values_list("account__name", "title"))


def test_a_timed_step_is_made_when_its_clock_has_run_out_and_not_before(office: Office) -> None:
    case = begin(office)
    assert clock.local(case.due) == date(2026, 3, 4)
    assert tick(day(4, 23)) == 0 and fresh(case).stage == "fresh"
    assert tick(day(5, 0)) == 1 and fresh(case).stage == "lapsed"


def test_it_is_the_systems_step_on_the_record(office: Office) -> None:
    case = begin(office)
    tick(LATE)
    last = Event.objects.filter(case=case).latest("seq")
    assert (last.transition, last.person, last.actor, last.at) == ("lapse", "system", "系统", LATE)
    assert (fresh(case).open, fresh(case).outcome, fresh(case).due) == (False, "lapsed", None)


def test_a_second_tick_does_nothing(office: Office) -> None:
    case = begin(office)
    assert (tick(LATE), tick(LATE), tick(LATE + timedelta(days=9))) == (1, 0, 0)
    assert Event.objects.filter(case=case).count() == 2


def test_after_a_stop_everything_is_caught_up_once(office: Office) -> None:
    cases = [begin(office, f"{n}") for n in range(5)] + [working(office)]
    assert tick(LATE) == 5 + 2  # five lapse, two clocks of the sixth have run out
    assert [fresh(case).stage for case in cases] == ["lapsed"] * 5 + ["working"]
    assert tick(LATE) == 0


def test_the_desk_and_the_home_are_reminded_once(office: Office) -> None:
    case = working(office)
    assert tick(day(2, 16)) == 1 and tick(day(2, 17)) == 0
    assert told(case) == [(name, "超期提醒：probe.hour") for name in ("both", "clerk", "officer")]


def test_a_reminder_is_no_step(office: Office) -> None:
    case = working(office)
    tick(LATE)
    assert fresh(case).turn == case.turn and fresh(case).due == case.due


def test_a_stopped_clock_reminds_nobody(office: Office) -> None:
    case = working(office)
    advance(case, "answered", office.officer, at=START)
    assert tick(day(3)) == 0


def test_a_held_clock_reminds_nobody_until_it_runs_again(office: Office) -> None:
    case = working(office)
    advance(case, "answered", office.officer, at=START)
    advance(case, "hold", office.clerk, at=day(3))
    assert case.due is None and tick(LATE) == 0
    advance(case, "go_on", office.clerk, at=day(13))
    assert clock.local(case.due) == date(2026, 3, 19)  # 9 March and eight working days of rest
    assert tick(day(19, 23)) == 0 and tick(day(20)) == 1


def test_more_days_mean_another_reminder_at_their_end(office: Office) -> None:
    case = working(office)
    advance(case, "answered", office.officer, at=START)
    assert tick(day(10)) == 1
    advance(case, "prolong", office.head, {"days": 3}, day(10))
    assert clock.local(case.due) == date(2026, 3, 12)
    assert tick(day(11)) == 0 and tick(day(13)) == 1
    assert [name for name, _ in told(case)].count("officer") == 2


def test_a_timed_clock_that_runs_on_in_another_stage_still_reminds(office: Office) -> None:
    case = working(office)
    Clock.objects.filter(case=case).exclude(code="probe.sign").update(stopped_at=START)
    Clock.objects.filter(case=case, code="probe.sign").update(stopped_at=None)
    assert tick(LATE) == 1 and tick(LATE) == 0
    assert ("officer", "超期提醒：probe.sign") in told(case)


def test_hours_run_through_the_night_and_days_to_their_end(office: Office) -> None:
    case = working(office)
    dues = dict(Clock.objects.filter(case=case).values_list("code", "due"))
    assert dues["probe.hour"] == START + timedelta(hours=6)
    assert dues["probe.work"] == clock.end_of(date(2026, 3, 9))
