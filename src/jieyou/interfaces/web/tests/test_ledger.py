"""The running ledger through its pages, without scripts: columns, ways of writing, preview, result, what is remembered."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from typer.testing import CliRunner

from jieyou.commons.backfill import batches
from jieyou.commons.backfill.models import Headings, LedgerBatch
from jieyou.commons.reports import tasks as uploads
from jieyou.interfaces.cli.commands import app
from jieyou.interfaces.web.tests.conftest import AtDesk, Desk, sentences
from jieyou.kernel.ledger.models import Record
from jieyou.kernel.loop.models import Case

ROWS = (("解忧台账",), ("序号", "事项名称", "责任单位", "办理状态", "反映时间"), (1, "路灯不亮", "区住建局", "正在办理", "2025.3.7"),
        (2, "停水", "供热公司", "见附页", "3月7日"), (3, "井盖缺失", "区住建局", "已办结", "2025年13月7日"))  # fmt: skip


def workbook(*rows: tuple[Any, ...]) -> SimpleUploadedFile:
    """A small ledger with a title line."""
    book = openpyxl.Workbook()
    for row in rows or ROWS:
        book.worksheets[0].append(list(row))
    out = BytesIO()
    book.save(out)
    return SimpleUploadedFile("台账.xlsx", out.getvalue())


def upload(desk: Desk, *rows: tuple[Any, ...]) -> str:
    """Where the upload leads."""
    answer = desk.client.post("/desk/ledger/", {"file": workbook(*rows), "place": "610602"})
    assert answer.status_code == 302, sentences(answer)
    return answer.url


@pytest.fixture
def waiting(settings: Any) -> None:
    """The worker is another process: here nobody works."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}


def bring(desk: Desk, address: str) -> LedgerBatch:
    """Confirm the preview; then what the worker does."""
    where = desk.client.post(address).url
    batch = LedgerBatch.objects.get(case__number=where.split("/")[3])
    return batches.proceed(batches.by_key(batch.pk), uploads.path_of(address.split("/")[4]), desk.actor)


def test_the_way_of_a_first_ledger(at_desk: AtDesk, waiting: None) -> None:
    desk = at_desk("county")
    columns = upload(desk)
    page = desk.see(columns)
    assert "表头在第 2 行" in page and '<option value="units" selected>责任单位</option>' in page
    values = desk.post(columns).url
    page = desk.see(values)
    assert "1 种没认出来" in page and "见附页" in page and "宝塔区住房和城乡建设局" in page
    preview = desk.post(values, **{"v-stage-2": desk.form(values)["v-stage-2"], "u-1": "wanted"}).url
    page = desk.see(preview)
    assert "<b>2 行</b>" in page and "补录这 2 行" in page and "请系统管理员建立的单位：供热公司" in page
    batch = bring(desk, preview)
    done = desk.see(f"/desk/ledger/{batch.case.number}/")
    assert "补录了 2 件事项" in done and "去核定" in done and "下载标红的表格" in done and "供热公司" in done
    assert Case.objects.filter(loop="jieyou").count() == 2


def test_the_case_page_says_that_it_was_brought_in_and_what_was_told(at_desk: AtDesk, waiting: None) -> None:
    desk = at_desk("county")
    bring(desk, desk.post(desk.post(upload(desk)).url).url)
    case = Case.objects.get(title="路灯不亮", loop="jieyou")
    page = desk.see(f"/desk/cases/{case.number}/")
    assert '<span class="jy-tag">补录</span>' in page and "台账原话" in page and "办理状态 正在办理" in page
    assert "补录待核" in desk.see("/desk/cases/", tab="backfilled")
    waits = Case.objects.get(title="停水", loop="jieyou")
    assert "核定环节" in desk.see(f"/desk/cases/{waits.number}/settle/")


def test_the_second_ledger_goes_straight_to_the_preview(at_desk: AtDesk, waiting: None) -> None:
    desk = at_desk("county")
    bring(desk, desk.post(desk.post(upload(desk)).url).url)
    preview = upload(desk, *ROWS[:2], (4, "电梯停运", "区住建局", "办理中", "2025.4.1"))
    assert preview.count("/") == 5 and "表头和上次的一样" in desk.see(preview)


def test_columns_that_cannot_be_are_said_at_once(at_desk: AtDesk) -> None:
    desk = at_desk("county")
    address = upload(desk)
    assert "两列都选了" in sentences(desk.post(address, **{"s0-c2": "title"}))
    assert "哪一列是" in sentences(desk.post(address, **{"s0-c1": "", "s0-c2": "units"}))
    form = desk.form(address)
    form.pop("s0-take")
    assert "至少选一张" in sentences(desk.client.post(address, form))


def test_a_heading_that_was_guessed_wrong_is_read_anew(at_desk: AtDesk) -> None:
    desk = at_desk("county")
    address = upload(desk)
    answer = desk.post(address, **{"s0-top": "3", "again": "1"})
    assert answer.status_code == 200 and "表头在第 3 行" in answer.content.decode()
    assert "没有第 20 行" in sentences(desk.post(address, **{"s0-top": "20", "again": "1"}))


def test_a_unit_is_never_made_up(at_desk: AtDesk) -> None:
    desk = at_desk("county")
    values = desk.post(upload(desk)).url
    assert "没有名叫“亮化局”的单位" in sentences(desk.post(values, **{"n-1": "亮化局"}))
    assert desk.post(values, **{"n-1": "宝塔区水务局"}).status_code == 302


def test_rows_to_mend_are_taken_home_on_the_record(at_desk: AtDesk, waiting: None) -> None:
    desk = at_desk("county")
    preview = desk.post(desk.post(upload(desk)).url).url
    book = openpyxl.load_workbook(BytesIO(b"".join(desk.client.get(f"{preview}returned/").streaming_content)))
    assert [cell.value for cell in book.worksheets[0][3]][:2] == [3, "井盖缺失"]
    assert Record.objects.filter(kind="export").count() == 1


def test_what_is_remembered_is_seen_renamed_and_forgotten(at_desk: AtDesk, waiting: None) -> None:
    desk = at_desk("county")
    bring(desk, desk.post(desk.post(upload(desk)).url).url)
    key = Headings.objects.get().pk
    page = desk.see(f"/desk/ledger/kept/{key}/")
    assert "责任单位" in page and "宝塔区住房和城乡建设局" in page and "跟踪督办" in page
    assert desk.client.post(f"/desk/ledger/kept/{key}/", {"name": "周报台账"}).status_code == 302
    assert "周报台账" in desk.see("/desk/ledger/kept/")
    desk.client.post(f"/desk/ledger/kept/{key}/", {"forget": "1", "name": "周报台账"})
    assert not Headings.objects.exists()


def test_nobody_opens_the_ledger_of_somebody_else(at_desk: AtDesk) -> None:
    address = upload(at_desk("county"))
    assert [at_desk("city").status(address + more) for more in ("", "../values/", "../")] == [404, 404, 404]


def test_without_a_table_of_items_the_page_says_so(at_desk: AtDesk) -> None:
    answer = at_desk("county").client.post(
        "/desk/ledger/", {"file": workbook(("甲", "乙"), (1, 2)), "place": "610602"}
    )
    assert answer.status_code == 422 and "看得出表头" in sentences(answer)


def test_the_command_answers_in_the_shape_of_the_import(at_desk: AtDesk, tmp_path: Any) -> None:
    at_desk("county")
    (tmp_path / "台账.xlsx").write_bytes(workbook().read())
    call = ["ledger", "import", str(tmp_path / "台账.xlsx"), "--place", "610602", "--as", "county", "--json"]
    dry = CliRunner().invoke(app, [*call, "--dry-run"])
    assert dry.stdout == '{"rows": 3, "accepted": 2, "returned": 1, "known": 0, "batch": ""}\n'
    run = CliRunner().invoke(app, [*call, "--returned", str(tmp_path / "改.xlsx")])
    assert run.exit_code == 0 and (tmp_path / "改.xlsx").exists()
    assert CliRunner().invoke(app, ["ledger", "undo", str(LedgerBatch.objects.get().pk)]).exit_code == 0
    assert CliRunner().invoke(app, [*call, "--mapping", "去年的"]).exit_code == 1
