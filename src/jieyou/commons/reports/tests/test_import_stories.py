"""A ledger comes in: what is taken, what comes back, what we have already."""

from __future__ import annotations

import threading
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import openpyxl
import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jieyou.commons.reports import batches, taking
from jieyou.commons.reports.models import Batch, Report
from jieyou.commons.reports.tests.importing import HEATING, LAMP, LATE, SHORT, TITLES, message, write
from jieyou.kernel.calendar import clock
from jieyou.kernel.ledger import chain
from jieyou.kernel.ledger.models import Record
from jieyou.kernel.ledger.verify import verify_database
from jieyou.kernel.loop import registry
from jieyou.kernel.loop.check import faults_of
from jieyou.kernel.loop.models import Case, Clock, Event
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.loop.seen import inbox, seen_by
from jieyou.kernel.notify.models import Delivery
from jieyou.kernel.privacy import looks

pytestmark = pytest.mark.django_db
NOW = datetime(2024, 11, 25, 1, 0, tzinfo=UTC)


def counts(result: Any) -> tuple[int, int, int, int]:
    return result.rows, result.accepted, result.returned, result.known


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """Two rows that are right, two to mend, one that is there twice."""
    return write(tmp_path / "11月台账.xlsx", [HEATING, LAMP, SHORT, HEATING, LATE])


def test_a_dry_run_says_what_would_happen_and_changes_nothing(town: SimpleNamespace, ledger: Path) -> None:
    before = (Case.objects.count(), Report.objects.count(), Event.objects.count(), Record.objects.count())
    preview = batches.dry_run(ledger, town.county, town.clerk)
    assert counts(preview) == (5, 2, 2, 1)
    assert [mark.row for mark in preview.faults] == [4, 6] and preview.known_rows == [("留言", 5, "1001")]
    assert preview.undated == 1 and preview.columns["留言"]["told_at"] == "留言时间"
    assert (
        Case.objects.count(),
        Report.objects.count(),
        Event.objects.count(),
        Record.objects.count(),
    ) == before
    assert not (settings.HOME / batches.FOLDER).exists()


def test_good_rows_lie_on_the_clerks_desk_and_the_run_says_the_same_as_the_dry_run(
    town: SimpleNamespace, ledger: Path
) -> None:
    preview = batches.dry_run(ledger, town.county, town.clerk)
    batch = batches.run(ledger, town.county, town.clerk)
    assert counts(batch) == counts(preview)
    assert batches.summary(batch) == {
        "rows": 5,
        "accepted": 2,
        "returned": 2,
        "known": 1,
        "batch": str(batch.pk),
    }
    desk = inbox(town.clerk).order_by("number")
    assert [case.title for case in desk] == ["暖气不热", "路灯坏了"]
    assert {case.home for case in desk} == {town.office} and {case.stage for case in desk} == {"clue"}
    assert verify_database().ok


def test_the_time_is_as_told_and_the_clock_runs_from_registration(
    town: SimpleNamespace, ledger: Path
) -> None:
    with clock.moved(NOW):
        batches.run(ledger, town.county, town.clerk)
    heating, lamp = Report.objects.order_by("source_no")
    assert heating.told_at == datetime(2024, 11, 20, 0, 30, tzinfo=UTC) and lamp.told_at is None
    assert {report.registered_at for report in (heating, lamp)} == {NOW}
    assert set(Clock.objects.filter(code="jieyou.clue").values_list("started", flat=True)) == {NOW}
    assert heating.case.due is not None and heating.case.due > NOW


def test_the_same_file_a_second_time_brings_nothing(town: SimpleNamespace, ledger: Path) -> None:
    batches.run(ledger, town.county, town.clerk)
    again = batches.run(ledger, town.county, town.second)
    assert counts(again) == (5, 0, 2, 3) and Report.objects.count() == 2


def test_a_copied_message_is_known_by_its_title_and_words_even_under_another_number(
    town: SimpleNamespace, tmp_path: Path
) -> None:
    copied = ("9999", HEATING[1], None, HEATING[3].replace("，", "， \n"), "")
    batch = batches.run(write(tmp_path / "a.xlsx", [HEATING, copied]), town.county, town.clerk)
    assert counts(batch) == (2, 1, 0, 1)


def test_a_known_number_that_says_something_else_is_pointed_out(
    town: SimpleNamespace, tmp_path: Path
) -> None:
    batches.run(write(tmp_path / "a.xlsx", [HEATING]), town.county, town.clerk)
    other, same = ("1001", "路灯", None, "巷口的路灯坏了", ""), message(5)
    preview = batches.dry_run(
        write(tmp_path / "b.xlsx", [HEATING, other, same, same]), town.county, town.clerk
    )
    assert counts(preview) == (4, 1, 0, 3) and [d[:3] for d in preview.differing] == [("留言", 3, "1001")]


def test_one_number_of_two_sources_is_two_messages(town: SimpleNamespace, tmp_path: Path) -> None:
    rows = [
        ("1", "路灯坏了没人修", "12345热线"),
        ("1", "暖气一周都不热", "信访"),
        ("1", "水管漏了三天", "12345"),
    ]
    batch = batches.run(write(tmp_path / "a.xlsx", rows, ("编号", "内容", "来源")), town.county, town.clerk)
    assert counts(batch) == (3, 2, 0, 1)
    assert set(Report.objects.values_list("source", flat=True)) == {"hotline", "petition"}


def test_the_rows_that_came_back_are_mended_and_come_in(
    town: SimpleNamespace, ledger: Path, tmp_path: Path
) -> None:
    first = batches.run(ledger, town.county, town.clerk)
    assert batches.write_returned(first, tmp_path / "需要修改.xlsx")
    book = openpyxl.load_workbook(tmp_path / "需要修改.xlsx")
    sheet = book["留言"]
    assert [cell.value for cell in sheet[1]] == [*TITLES, "需要修改"] and sheet.max_row == 3
    assert "只有 3 个字" in sheet["F2"].value and "看不懂" in sheet["F3"].value
    sheet["D2"], sheet["C3"] = "河道里有人倒垃圾", "2020年12月1日"
    book.save(tmp_path / "需要修改.xlsx")
    second = batches.run(tmp_path / "需要修改.xlsx", town.county, town.clerk)
    assert counts(second) == (2, 2, 0, 0) and not batches.write_returned(second, tmp_path / "无.xlsx")
    assert sorted(Report.objects.values_list("source_no", flat=True)) == ["1001", "1002", "1003", "1004"]


def test_a_dry_run_gives_back_the_same_rows_to_mend(
    town: SimpleNamespace, ledger: Path, tmp_path: Path
) -> None:
    assert batches.write_returned(batches.dry_run(ledger, town.county, town.clerk), tmp_path / "a.xlsx")
    assert openpyxl.load_workbook(tmp_path / "a.xlsx")["留言"].max_row == 3


def test_a_right_row_comes_in_though_a_wrong_one_above_has_its_number(
    town: SimpleNamespace, tmp_path: Path
) -> None:
    rows = [message(7, 留言详情="见附件"), message(7, 留言详情="见附件"), message(7), message(7)]
    assert counts(batches.run(write(tmp_path / "a.xlsx", rows), town.county, town.clerk)) == (4, 1, 1, 2)


def test_rows_without_number_that_say_too_little_all_come_back(town: SimpleNamespace, tmp_path: Path) -> None:
    rows = [("", "", None, "见附件", ""), ("无", "", None, "见附件", ""), ("-", "", None, "同上", "")]
    assert counts(batches.run(write(tmp_path / "a.xlsx", rows), town.county, town.clerk)) == (3, 0, 3, 0)


def test_numbers_of_people_are_masked_and_what_was_said_is_sealed(
    town: SimpleNamespace, tmp_path: Path
) -> None:
    row = (
        "1",
        "请打13800138000找我",
        "楼道灯坏了，请打 13800138000 找张某",
        "张某",
        "13800138000、0911-2112345",
    )
    path = write(tmp_path / "13800138000.xlsx", [row], ("编号", "标题", "内容", "姓名", "电话"))
    batch = batches.run(path, town.county, town.clerk)
    report = Report.objects.get()
    stored = [report.title, report.words, report.case.title, batch.filename, batch.case.title]
    assert "13800138000" not in str(stored) and "138****8000" in report.words
    assert "13800138000" not in str([chain.read(event) for event in Event.objects.all()])
    assert looks.reveal(town.clerk, report, "told_words", "核对") == "楼道灯坏了，请打 13800138000 找张某"
    assert Report.objects.filter(phone_blind=report.phone_blind).exclude(phone_blind="").count() == 1


def test_a_row_about_a_cadre_is_sealed_at_once(town: SimpleNamespace, tmp_path: Path) -> None:
    rows = [("1", "某局长收了钱才肯办事", "是"), ("2", "路灯坏了没人修", "否")]
    path = write(tmp_path / "a.xlsx", rows, ("编号", "内容", "涉及单位或干部"))
    batches.run(path, town.county, town.clerk)
    sealed, plain = Report.objects.order_by("source_no")
    assert sealed.case.sealed and sealed.case.title == "密封件" and "局长" not in sealed.words
    assert sealed.case.home == town.city_office and plain.case.home == town.office
    assert sealed.case not in seen_by(town.clerk) and sealed.case in seen_by(town.keeper)


def test_words_of_harm_are_first_in_the_queue_and_people_are_called_once(
    town: SimpleNamespace, tmp_path: Path
) -> None:
    rows = [message(n, 留言详情=f"活不下去了，想自杀，第{n}次求助") for n in (1, 2)] + [message(3)]
    with clock.moved(NOW):
        batch = batches.run(write(tmp_path / "a.xlsx", rows), town.county, town.clerk)
    urgent = Case.objects.filter(clocks__code="report.harm")
    assert urgent.count() == 2 and {case.due for case in urgent} == {NOW + timedelta(hours=2)}
    assert Report.objects.filter(harm=True).count() == 2
    told = Delivery.objects.filter(urgent=True, channel="in_app")
    assert {one.account.username for one in told} == {"clerk", "second", "head"} and told.count() == 3
    assert {one.number for one in told} == {batch.case.number}


def test_categories_by_their_titles_and_unknown_ones_as_told(town: SimpleNamespace, tmp_path: Path) -> None:
    rows = [message(1, 一级标签="环境保护"), message(2, 一级标签="供热供水"), message(3, 一级标签="其他问题")]
    batches.run(write(tmp_path / "a.xlsx", rows), town.county, town.clerk)
    assert list(Report.objects.order_by("source_no").values_list("category", "category_told")) == [
        ("ecology", "环境保护"), ("heating", "供热供水"), ("", "其他问题"),
    ]  # fmt: skip


def test_an_address_that_names_one_community_puts_the_matter_there(
    town: SimpleNamespace, tmp_path: Path
) -> None:
    rows = [
        ("路灯坏了没人修", "桥沟街道杨家岭社区3号楼"),
        ("水管漏了三天", "某某小区"),
        ("垃圾没有人清", "桥沟街道办"),
    ]
    batches.run(write(tmp_path / "a.xlsx", rows, ("内容", "地点")), town.county, town.clerk)
    places = Report.objects.order_by("registered_at", "pk").values_list("place__code", "case__l5", "case__l4")
    assert list(places) == [
        ("610602005001", "610602005001", "610602005"), ("610602", "", ""), ("610602005", "", "610602005"),
    ]  # fmt: skip


def test_the_record_says_who_brought_which_file_and_how_many_rows(
    town: SimpleNamespace, ledger: Path
) -> None:
    batch = batches.run(ledger, town.county, town.clerk)
    opened, finished = Event.objects.filter(case=batch.case).order_by("seq")
    assert opened.person == town.clerk.person and batches.importer(batch).person == town.clerk.person
    said = chain.read(opened)["data"]  # type: ignore[index]
    assert said["paper"] == "11月台账.xlsx" and said["fingerprint"] == batch.fingerprint
    assert finished.person == "system" and batch.case.stage == "done"
    assert {k: v for k, v in chain.read(finished)["data"].items() if v} == {  # type: ignore[index]
        "rows": 5, "accepted": 2, "returned": 2, "known": 1,
    }  # fmt: skip
    assert batch.case.number == f"BT-DR-{clock.today().year}-0001"


@pytest.mark.parametrize("who", ["officer", "bureau_clerk", "neighbour", "head", "keeper"])
def test_only_a_clerk_of_an_office_over_the_place_may_import(
    town: SimpleNamespace, ledger: Path, who: str
) -> None:
    for door in (batches.dry_run, batches.run):
        with pytest.raises(Refused, match="导入由辖区内社会工作部的经办人办理"):
            door(ledger, town.county, getattr(town, who))
    assert not Batch.objects.exists()


def test_the_citys_clerk_imports_for_the_city(town: SimpleNamespace, ledger: Path) -> None:
    batch = batches.run(ledger, town.city, town.city_clerk)
    assert set(Case.objects.filter(reports__batch=batch).values_list("home", flat=True)) == {
        town.city_office.pk
    }


def test_a_word_document_is_refused_and_leaves_no_batch(town: SimpleNamespace, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "台账.xlsx", "w") as out:
        out.writestr("word/document.xml", "<w/>")
    for door in (batches.dry_run, batches.run):
        with pytest.raises(Refused, match="这个文件是 Word 文档，不是表格"):
            door(tmp_path / "台账.xlsx", town.county, town.clerk)
    assert not Batch.objects.exists()


def test_progress_is_told_and_kept(town: SimpleNamespace, tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", [message(n) for n in range(7)])
    seen: list[tuple[int, int]] = []
    kept: list[int] = []

    def progress(done: int, total: int) -> None:
        seen.append((done, total))
        kept.extend(Batch.objects.values_list("done", flat=True))

    with patch.object(batches, "CHUNK", 3):
        batches.run(path, town.county, town.clerk, progress)
    assert seen == [(3, 7), (6, 7), (7, 7), (7, 7)] and kept == [3, 6, 7, 7]


def test_a_run_that_broke_off_goes_on_as_the_same_batch(town: SimpleNamespace, tmp_path: Path) -> None:
    rows = [
        *(message(n) for n in range(4)),
        message(9, 留言详情="短"),
        message(0),
        *(message(n) for n in range(5, 9)),
    ]
    path = write(tmp_path / "a.xlsx", rows)
    with patch.object(batches, "CHUNK", 3), pytest.raises(KeyboardInterrupt):
        batches.run(path, town.county, town.clerk, stopping_after(6))
    assert Report.objects.count() == 4 and Batch.objects.get().done == 6
    with patch.object(batches, "CHUNK", 3):
        batch = batches.run(path, town.county, town.second)
    assert counts(batch) == (10, 8, 1, 1) and Batch.objects.count() == 1
    assert Report.objects.filter(batch=batch).count() == 8 and verify_database().ok
    steps = Event.objects.filter(case=batch.case).order_by("seq").values_list("transition", "person")
    assert list(steps) == [("open", town.clerk.person), ("resumed", town.second.person), ("finish", "system")]


def stopping_after(rows: int) -> Any:
    def progress(done: int, _: int) -> None:
        if done >= rows:
            raise KeyboardInterrupt

    return progress


def test_a_run_that_somebody_else_took_over_stops(town: SimpleNamespace, tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", [message(n) for n in range(7)])

    def progress(done: int, _: int) -> None:
        if done == 3:
            batches.run(path, town.county, town.second)

    with patch.object(batches, "CHUNK", 3), pytest.raises(Refused, match="另有人正在导入同一份文件"):
        batches.run(path, town.county, town.clerk, progress)
    assert counts(Batch.objects.get()) == (7, 7, 0, 0) and Report.objects.count() == 7


def test_hundreds_of_rows_cost_as_many_queries_as_a_few(town: SimpleNamespace, tmp_path: Path) -> None:
    def queries(many: int) -> int:
        path = write(tmp_path / f"{many}.xlsx", [message(many * 1000 + n) for n in range(many)])
        with CaptureQueriesContext(connection) as caught:
            batches.run(path, town.county, town.clerk)
        return len([q for q in caught if q["sql"].startswith(("SELECT", "UPDATE"))])

    queries(1)  # warms the caches, which look now and then whether they are of today
    assert queries(300) <= queries(3) + 2


def test_a_fault_in_the_middle_of_a_chunk_takes_in_nothing_of_it(
    town: SimpleNamespace, tmp_path: Path
) -> None:
    path = write(tmp_path / "a.xlsx", [message(n) for n in range(3)])
    with (
        patch.object(taking.Report.objects, "bulk_create", side_effect=RuntimeError),
        pytest.raises(RuntimeError),
    ):
        batches.run(path, town.county, town.clerk)
    assert Case.objects.exclude(loop="import").count() == 0 and Batch.objects.get().done == 0


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_two_clerks_with_overlapping_files_make_no_doubles(town: SimpleNamespace, tmp_path: Path) -> None:
    one = write(tmp_path / "a.xlsx", [message(n) for n in range(60)])
    two = write(tmp_path / "b.xlsx", [message(n) for n in range(20, 80)])
    made: list[Batch] = []

    def work(path: Path, actor: Any) -> None:
        made.append(batches.run(path, town.county, actor))
        connection.close()

    with patch.object(batches, "CHUNK", 7):
        hands = [threading.Thread(target=work, args=each) for each in ((one, town.clerk), (two, town.second))]
        for hand in hands:
            hand.start()
        for hand in hands:
            hand.join()
    assert sum(batch.accepted for batch in made) == 80 and sum(batch.known for batch in made) == 40
    assert Report.objects.count() == 80 and verify_database().ok


def test_the_declaration_of_an_import_has_no_faults() -> None:
    assert faults_of(registry.loop("import")) == []
