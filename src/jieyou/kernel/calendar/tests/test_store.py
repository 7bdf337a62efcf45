"""The kept calendar: seeded, corrected, and never stale."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import transaction

from jieyou.kernel.calendar import packaged, store
from jieyou.kernel.calendar.models import Day, Notice
from jieyou.kernel.calendar.notices import BadNotice
from jieyou.kernel.calendar.signals import calendar_changed
from jieyou.kernel.calendar.tests.calendars import TEXT_2027, TITLE_2027, published
from jieyou.kernel.calendar.workdays import Due

pytestmark = pytest.mark.django_db
GAZETTE = "中国政府网"


def enter_2027(text: str = TEXT_2027, number: str = "国办发明电〔2026〕9号") -> Notice:
    rows = store.parse_notice(text.splitlines(), 2027)
    return store.add_notice(2027, number, TITLE_2027, date(2026, 11, 4), GAZETTE, rows, by="王敏")


def correct(year: int, number: str, published_on: date, *lines: str) -> Notice:
    rows = store.parse_notice(lines)
    return store.add_notice(year, number, "关于调整放假安排的通知", published_on, GAZETTE, rows)


@pytest.fixture
def told() -> Iterator[list[dict[str, Any]]]:
    heard: list[dict[str, Any]] = []

    def listen(**said: Any) -> None:
        heard.append(said)

    calendar_changed.connect(listen)
    yield heard
    calendar_changed.disconnect(listen)


def test_the_seed_is_the_packaged_calendar():
    assert store.days() == published()
    assert Notice.objects.count() == len(packaged.notices()) == 20


def test_the_later_notice_holds_where_two_name_a_day():
    assert not store.days().works(
        date(2020, 2, 1)
    )  # worked by the first notice, extended holiday by the second
    assert Day.objects.filter(day=date(2020, 2, 1)).count() == 2


def test_a_new_notice_ends_what_was_provisional():
    assert store.days().add(date(2026, 12, 31), 1) == Due(date(2027, 1, 1), provisional=True)
    enter_2027()
    assert store.days().add(date(2026, 12, 31), 1) == Due(date(2027, 1, 4), provisional=False)


def test_the_signal_says_which_year_is_published_and_which_days_moved(told: list[dict[str, Any]]):
    notice = enter_2027()
    (said,) = told
    assert (said["year"], said["notice"], said["published"], said["by"]) == (2027, notice, True, "王敏")
    assert said["changed"][date(2027, 1, 1)] is False and said["changed"][date(2027, 1, 30)] is True
    assert date(2027, 1, 2) not in said["changed"]  # a Saturday rested anyway


def test_a_correction_moves_only_the_days_it_names(told: list[dict[str, Any]]):
    before = store.days()
    correct(2026, "国办发明电〔2026〕3号", date(2026, 3, 1), "2026-10-08 休 国庆节", "2026-09-20 休 调休")
    assert told[0]["changed"] == {date(2026, 10, 8): False, date(2026, 9, 20): False}
    assert not told[0]["published"]
    assert store.days().off - before.off == {date(2026, 10, 8)}


def test_the_same_number_again_puts_a_slip_right():
    slip = enter_2027(TEXT_2027.replace("2月20日（周六）", "2月27日（周六）"))
    again = enter_2027(number="国办发明电[2026] 9号")
    assert again == slip and again.number == "国办发明电〔2026〕9号"
    assert date(2027, 2, 27) not in store.days().on and date(2027, 2, 20) in store.days().on


def test_a_whole_year_is_not_put_right_by_half_a_year():
    enter_2027()
    with pytest.raises(BadNotice, match="缺少"):
        enter_2027("一、元旦：1月1日（周五）至3日（周日）放假，共3天。")
    assert date(2027, 10, 1) in store.days().off


def test_a_notice_whose_number_is_not_known_yet_says_so():
    notice = enter_2027(number="")
    assert notice.note == "文号待核" and str(notice).endswith("（文号待核）")
    assert enter_2027(number="") == notice


def test_a_refused_notice_leaves_nothing(told: list[dict[str, Any]]):
    before = store.days()
    with pytest.raises(BadNotice, match="全年安排"):
        correct(2028, "国办发明电〔2027〕1号", date(2027, 11, 1), "2028-01-03 休 元旦")
    assert not told and store.days() == before and not Notice.objects.filter(year=2028).exists()


def test_title_and_source_are_asked_for():
    with pytest.raises(BadNotice) as caught:
        store.add_notice(2027, "", " ", date(2026, 11, 4), "", [])
    assert caught.value.sentences == ("请填写标题。", "请填写出处。")


def test_a_title_that_does_not_fit_is_refused():
    with pytest.raises(BadNotice, match="标题太长，最多120个字"):
        store.add_notice(2027, "", "长" * 121, date(2026, 11, 4), GAZETTE, [])


def test_of_two_clerks_entering_the_same_notice_the_second_reads_a_sentence(monkeypatch: pytest.MonkeyPatch):
    enter_2027()
    monkeypatch.setattr(store, "_find", lambda *_: None)  # the second looked before the first was done
    with pytest.raises(BadNotice, match="刚刚有人登记了同一份通知"):
        enter_2027()


def test_a_receiver_that_fails_undoes_the_notice():
    def fail(**_: Any) -> None:
        raise RuntimeError

    calendar_changed.connect(fail)
    try:
        with pytest.raises(RuntimeError):
            enter_2027()
    finally:
        calendar_changed.disconnect(fail)
    assert 2027 not in store.days().years


def test_a_process_with_the_old_calendar_in_memory_sees_the_new_notice(monkeypatch: pytest.MonkeyPatch):
    store.days()
    mine = store._held
    monkeypatch.setattr(store, "_held", None)  # another process has a memory of its own
    enter_2027()
    monkeypatch.setattr(store, "_held", mine)
    assert 2027 in store.days().years


def test_a_calendar_that_was_rolled_back_is_not_remembered():
    with pytest.raises(RuntimeError), transaction.atomic():
        enter_2027()
        assert 2027 in store.days().years
        raise RuntimeError
    correct(2026, "国办发明电〔2026〕3号", date(2026, 3, 1), "2026-10-08 休 国庆节")
    assert 2027 not in store.days().years and date(2026, 10, 8) in store.days().off


def test_a_single_row_saved_by_hand_is_seen_too():
    store.days()
    notice = Notice.objects.get(year=2026)
    day = Day.objects.create(notice=notice, day=date(2026, 10, 8), works=False, name="国庆节")
    assert date(2026, 10, 8) in store.days().off
    day.delete()
    assert date(2026, 10, 8) not in store.days().off


def test_asking_again_costs_one_small_query(django_assert_num_queries: Any):
    store.days()
    with django_assert_num_queries(1):
        store.days()


def test_marks_name_the_festivals_of_a_month():
    marks = store.marks(date(2025, 10, 1), date(2025, 10, 31))
    assert marks[date(2025, 10, 6)].name == "国庆节、中秋节"
    assert [day.day for day, mark in marks.items() if mark.works] == [11]


def test_an_upgrade_brings_the_years_that_are_missing(told: list[dict[str, Any]]):
    assert store.catch_up() == []
    Notice.objects.get(year=2026).delete()
    assert 2026 not in store.days().years
    assert store.catch_up() == [2026]
    assert told[0]["published"] and store.days() == published()
