"""A workbook comes in, its wrong rows go back marked, it is taken back; the register goes out and could come in again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from support.city import Town

from jieyou.commons.directory.models import Organisation
from jieyou.commons.reports import tasks as uploads
from jieyou.commons.sheets import coming, going, tasks
from jieyou.commons.sheets.models import Sheet
from jieyou.kernel.ids import uuid7
from jieyou.kernel.ledger import verify
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.register import keeping, words
from registers.conftest import CODE, Registers

HEAD = (
    "企业名称",
    "信用代码",
    "企业类型",
    "地址",
    "状态",
    "状态起始日期",
    "状态来源",
    "街道",
    "负责人姓名",
    "负责人电话",
    "我们的编号",
)
ROWS = (
    ("好又多超市", "", "个体工商户", "", "正常运营", "2021.3.4", "市场监管登记", "桥沟街道", "王强", "13800001111", 7),
    ("桥沟鲜果批发部", CODE, "个体工商户", "宝塔区桥沟街道", "正常运营", "2021-03-04", "市场监管登记", "", "", "", 8),
    ("没写全的", "91x", "个体工商户", "", "正常", "2021年13月", "", "", "", "", 9),
)  # fmt: skip
Write = Callable[..., Path]


def take_in(registers: Registers, town: Town, path: Path) -> Sheet:
    clerk = town.actor("county")
    sheet = coming.begin(registers.organisations, path.name, clerk)
    return coming.proceed(sheet, registers.organisations, path, clerk)


def test_good_rows_come_in_and_wrong_ones_go_back_red_with_what_to_do(
    registers: Registers, town: Town, workbook: Write
) -> None:
    path = workbook(HEAD, *ROWS)
    seen = coming.dry_run(registers.organisations, path, town.actor("county"))
    assert (seen.rows, seen.accepted, seen.returned, Organisation.objects.count()) == (3, 2, 1, 0)
    sheet = take_in(registers, town, path)
    assert (sheet.accepted, sheet.returned, sheet.state) == (2, 1, "done")
    assert registers.listed(q="超市") == ["好又多超市"]
    assert str(Organisation.objects.get(name="好又多超市").status_since) == "2021-03-04"
    page = openpyxl.load_workbook(coming.returned_path(sheet)).worksheets[0]
    said = page.cell(2, len(HEAD) + 1).value
    assert page.cell(2, 1).value == "没写全的" and page.cell(2, 2).comment is not None
    assert all(part in str(said) for part in ("不是日期", "应为 18 位", "请写明辖区"))
    assert verify.verify_database().ok


def test_the_same_workbook_again_brings_nothing_twice_where_there_is_a_code(
    registers: Registers, town: Town, workbook: Write
) -> None:
    registers.shop()
    sheet = take_in(registers, town, workbook(HEAD, ROWS[1]))
    assert (sheet.accepted, sheet.known, Organisation.objects.count()) == (0, 1, 1)


def test_an_import_is_taken_back_but_for_what_was_worked_on_since(
    registers: Registers, town: Town, workbook: Write
) -> None:
    sheet, clerk = take_in(registers, town, workbook(HEAD, *ROWS[:2])), town.actor("county")
    row = Organisation.objects.get(uscc=CODE)
    keeping.change(registers.organisations, row, registers.told(row, industry="批发"), clerk)
    assert coming.take_back(sheet, registers.organisations, clerk) == (1, 0, 1)
    assert registers.listed() == ["桥沟鲜果批发部"]
    with pytest.raises(Refused, match="已经撤回"):
        coming.take_back(sheet, registers.organisations, clerk)


def test_what_goes_out_is_what_the_list_shows_without_what_is_sealed(
    registers: Registers, town: Town
) -> None:
    registers.shop(**{"contact-name": "贺明", "contact-phone": "13909110044"})
    registers.shop(name="=1+1", uscc="", kind="society", n=1)
    clerk = town.actor("county")
    sheet = going.begin(registers.organisations, "?kind=individual", clerk)
    going.proceed(sheet, registers.organisations, clerk)
    rows = [list(row) for row in openpyxl.load_workbook(going.path_of(sheet)).worksheets[0].values]
    assert len(rows) == 2 and rows[1][:2] == ["桥沟鲜果批发部", CODE]
    assert "贺*" in rows[1] and "13909110044" not in str(rows)
    assert (sheet.done, sheet.rows) == (1, 1)


def test_what_went_out_can_come_in_elsewhere(registers: Registers, town: Town) -> None:
    registers.shop()
    clerk = town.actor("county")
    sheet = going.proceed(going.begin(registers.organisations, "", clerk), registers.organisations, clerk)
    keeping.take_off(registers.organisations, Organisation.objects.get(), clerk, "试一试")
    book = openpyxl.load_workbook(going.path_of(sheet))
    book.worksheets[0].cell(
        2, book.worksheets[0].max_column
    ).value = f"{uuid7().hex}-1"  # a key of another city
    book.save(going.path_of(sheet))
    assert take_in(registers, town, going.path_of(sheet)).accepted == 1


def test_a_workbook_of_something_else_is_refused_with_a_sentence(
    registers: Registers, town: Town, workbook: Write
) -> None:
    with pytest.raises(Refused, match="要有“名称”这一列"):
        coming.dry_run(registers.organisations, workbook(("留言编号", "留言详情")), town.actor("county"))


def test_a_search_that_finds_too_much_is_not_taken_out_in_part(
    registers: Registers, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    registers.shop()
    registers.shop(name="桥沟蔬菜批发部", uscc="", n=1)
    monkeypatch.setattr(words, "MOST", 1)
    with pytest.raises(Refused, match="会漏掉别的"):
        going.begin(registers.organisations, "?q=批发", town.actor("county"))


def test_what_came_in_before_an_import_broke_off_can_be_taken_back(
    registers: Registers, town: Town, workbook: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, clerk = workbook(HEAD, *ROWS), town.actor("county")
    sheet = coming.begin(registers.organisations, path.name, clerk)
    monkeypatch.setattr(uploads, "path_of", lambda word: path)
    monkeypatch.setattr(coming, "write_returned", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        tasks.take_in.func(sheet.pk.hex, "")
    sheet.refresh_from_db()
    assert (sheet.state, sheet.accepted) == ("broken", 2)
    assert coming.take_back(sheet, registers.organisations, clerk) == (2, 0, 0)
