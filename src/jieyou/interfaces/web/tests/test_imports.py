"""A workbook comes in: preview, confirm, progress, result, undo."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from jieyou.commons.reports import batches, tasks
from jieyou.commons.reports.models import Batch, Report
from jieyou.interfaces.web.tests.conftest import AtDesk, Desk, sentences
from jieyou.kernel.ledger.models import Record
from jieyou.kernel.loop.models import Case

ROWS = (("A-1", "路灯不亮", "北大街路灯坏了半个月，晚上看不见路"), ("A-2", "停水", "早晚停水，高层上不来水，用水很不方便"),
        ("A-3", "空的", ""))  # fmt: skip


def workbook(rows: tuple[tuple[str, str, str], ...] = ROWS) -> SimpleUploadedFile:
    """A small workbook as the hotline exports it; the last row has no words."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["编号", "标题", "内容"])
    for row in rows:
        sheet.append(list(row))
    out = BytesIO()
    book.save(out)
    return SimpleUploadedFile("热线.xlsx", out.getvalue())


def upload(desk: Desk, file: Any = None) -> Any:
    return desk.client.post("/desk/import/", {"file": file or workbook(), "place": "610602"})


@pytest.fixture
def waiting(settings: Any) -> None:
    """The worker is another process: here nobody works."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}


def take_in(batch: Batch, desk: Desk) -> Batch:
    """What the worker does."""
    word = next(iter(desk.client.session["uploads"]))
    return batches.proceed(batches.by_key(batch.pk), tasks.path_of(word), desk.actor)


def test_the_preview_says_what_would_come_in_and_writes_nothing(at_desk: AtDesk) -> None:
    desk = at_desk("county")
    page = desk.see(upload(desk).url)
    assert "<b>3 行</b>" in page and "导入这 2 行" in page and "要修改的 1 行" in page
    assert "第 4 行" in page
    assert Report.objects.count() == 0 and Batch.objects.count() == 0


def test_the_rows_to_mend_can_be_taken_home_before_and_that_is_on_the_record(at_desk: AtDesk) -> None:
    desk = at_desk("county")
    address = upload(desk).url.replace("?", "returned/?")
    book = openpyxl.load_workbook(BytesIO(b"".join(desk.client.get(address).streaming_content)))
    assert [cell.value for cell in book.worksheets[0][2]][:2] == ["A-3", "空的"]
    assert Record.objects.filter(kind="export").count() == 1


def test_a_confirmed_workbook_comes_in_while_the_page_shows_how_far_it_is(
    at_desk: AtDesk, waiting: None
) -> None:
    desk = at_desk("county")
    address = desk.client.post(upload(desk).url, {"place": "610602"}).url
    page = desk.see(address)
    assert "正在导入：0 /" in page and 'hx-trigger="every 1s"' in page
    assert "正在导入" in desk.see(f"{address}progress/")
    take_in(Batch.objects.get(), desk)
    assert desk.client.get(f"{address}progress/", headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    done = desk.see(address)
    assert "<span>收下</span><b>2 行</b>" in done and "下载标红的表格" in done
    assert Report.objects.count() == 2


def test_a_batch_is_taken_back_as_long_as_nobody_has_worked_on_it(at_desk: AtDesk, waiting: None) -> None:
    desk = at_desk("county")
    desk.client.post(upload(desk).url, {"place": "610602"})
    batch = take_in(Batch.objects.get(), desk)
    first = Case.objects.filter(loop="jieyou").order_by("number").first()
    assert first is not None
    desk.step(batch.case, "undo", words="表格传错了")
    page = desk.see(f"/desk/import/{batch.case.number}/")
    assert "这一批已在" in page and "表格传错了" in page
    first.refresh_from_db()
    assert not first.open


def test_a_batch_somebody_worked_on_stays_and_the_page_says_why(at_desk: AtDesk, waiting: None) -> None:
    desk = at_desk("county")
    desk.client.post(upload(desk).url, {"place": "610602"})
    batch = take_in(Batch.objects.get(), desk)
    first = Case.objects.filter(loop="jieyou").order_by("number")[0]
    desk.step(first, "register", title="路灯不亮", category="facility")
    answer = desk.post(f"/desk/cases/{batch.case.number}/undo/", words="想撤回")
    assert answer.status_code == 422 and "已经有人办理" in sentences(answer)


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (SimpleUploadedFile("说明.docx", b"PK\x03\x04 not a workbook"), ""),
        (SimpleUploadedFile("表.xlsx", b"<html>"), ""),
    ],
)
def test_what_is_no_workbook_is_refused_with_a_sentence(at_desk: AtDesk, file: Any, words: str) -> None:
    desk = at_desk("county")
    answer = desk.client.get(upload(desk, file).url)
    assert answer.status_code == 422
    assert "这个文件不能导入" in answer.content.decode()


def test_without_a_file_the_page_asks_for_one(at_desk: AtDesk) -> None:
    answer = at_desk("county").client.post("/desk/import/", {"place": "610602"})
    assert answer.status_code == 422 and "请选择要导入的 Excel 文件" in sentences(answer)


def test_nobody_opens_the_upload_of_somebody_else(at_desk: AtDesk) -> None:
    address = upload(at_desk("county")).url
    assert at_desk("city").status(address) == 404
    assert at_desk("city").status(address.replace("?", "returned/?")) == 404


def test_nobody_imports_into_another_county(at_desk: AtDesk) -> None:
    answer = at_desk("county").client.post("/desk/import/", {"file": workbook(), "place": "610603"})
    assert answer.status_code == 422 and "请选择这些反映属于哪里" in sentences(answer)
