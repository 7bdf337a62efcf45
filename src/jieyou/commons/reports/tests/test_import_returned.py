"""The same workbook comes back, with the rows to mend only."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from jieyou.commons.reports.returned import RED, Mark, write
from jieyou.commons.reports.tests.importing import HEATING, LAMP, LATE, SHORT, TITLES, prefixed
from jieyou.commons.reports.tests.importing import write as workbook
from jieyou.commons.reports.workbook import Workbook

TIME = "“留言时间”看不懂"


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """A workbook with a title line, a style of its own, an extra column, a merged block, a formula, a hidden row."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "十一月"
    sheet.append(["来件台账"])
    sheet.merge_cells("A1:F1")
    sheet.append([*TITLES, "经手"])
    for row in (HEATING, LAMP, SHORT, LATE):
        sheet.append([*row, "王某"])
    sheet.merge_cells("F3:F6")
    sheet["E6"].font = Font(name="仿宋", size=16)
    sheet["D6"].fill = PatternFill("solid", fgColor="FFFFFF00")
    sheet["A3"].comment = Comment("老批注", "王某")
    sheet["A6"].hyperlink = "https://example.org/1004"
    sheet.column_dimensions["D"].width = 77
    sheet.row_dimensions[6].hidden = True
    sheet.freeze_panes = "A3"
    book.create_sheet("说明")["A1"] = "填表说明"
    book.save(tmp_path / "台账.xlsx")
    return tmp_path / "台账.xlsx"


def back(source: Path, *marks: Mark) -> Any:
    write(source, marks, source.with_name("退回.xlsx"))
    return openpyxl.load_workbook(source.with_name("退回.xlsx"))


def values(sheet: Any) -> list[tuple[Any, ...]]:
    return [row for row in sheet.iter_rows(values_only=True) if any(row)]


def test_only_the_header_and_the_rows_to_mend_are_left(ledger: Path) -> None:
    sheet = back(ledger, Mark("十一月", 5, {3: "太短"}), Mark("十一月", 6, {2: TIME}))["十一月"]
    title, header, short, late = values(sheet)
    assert title[0] == "来件台账" and header == (*TITLES, "经手", "需要修改")
    assert short == (*SHORT, "王某", "太短") and late == (*LATE, "王某", TIME)


def test_the_wrong_cell_is_red_and_says_why(ledger: Path) -> None:
    sheet = back(ledger, Mark("十一月", 6, {2: TIME}))["十一月"]
    assert sheet["C3"].fill.fgColor.rgb == RED and sheet["C3"].comment.text == TIME
    assert [c.coordinate for c in sheet[3] if c.fill.fgColor.rgb == RED] == ["C3"]


def test_layout_and_styles_are_the_clerks_own(ledger: Path) -> None:
    book = back(ledger, Mark("十一月", 6, {2: TIME}))
    sheet = book["十一月"]
    assert book.sheetnames == ["十一月", "说明"] and book["说明"]["A1"].value == "填表说明"
    assert sheet["E3"].font.name == "仿宋" and sheet["D3"].fill.fgColor.rgb == "FFFFFF00"
    assert sheet.column_dimensions["D"].width == 77 and sheet.freeze_panes == "A3"
    assert [str(block) for block in sheet.merged_cells.ranges] == ["A1:F1"]


def test_nothing_points_at_a_row_that_is_gone(ledger: Path) -> None:
    sheet = back(ledger, Mark("十一月", 6, {2: TIME}))["十一月"]
    assert not sheet.row_dimensions[3].hidden
    assert [
        c.comment for row in sheet.iter_rows() for c in row if c.comment and c.comment.text == "老批注"
    ] == []
    assert sheet.max_row == 3


def test_a_workbook_that_comes_back_twice_has_one_column_and_no_old_red(ledger: Path) -> None:
    first = back(ledger, Mark("十一月", 5, {3: "太短"}), Mark("十一月", 6, {2: TIME}))
    first.save(ledger)
    sheet = back(ledger, Mark("十一月", 3, {0: "编号太长"}))["十一月"]
    assert values(sheet)[1].count("需要修改") == 1
    assert values(sheet)[2][-1] == "编号太长"
    assert [c.coordinate for c in sheet[3] if c.fill.fgColor.rgb == RED] == ["A3"]


def test_a_formula_comes_back_as_what_it_showed(tmp_path: Path) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    sheet = book.add_worksheet("一")
    sheet.write_row(0, 0, ["内容", "合并"])
    sheet.write(2, 0, "短")
    sheet.write_formula(2, 1, "=A3&A1", None, "短内容")
    book.close()
    assert values(back(tmp_path / "a.xlsx", Mark("一", 3, {0: "太短"}))["一"])[1][1] == "短内容"


@pytest.mark.parametrize("name", ["old_ledger.xls", "a.csv"])
def test_other_kinds_of_file_come_back_as_a_workbook(tmp_path: Path, name: str) -> None:
    source = Path(__file__).with_name(name)
    if name == "a.csv":
        source = tmp_path / name
        source.write_text("编号,内容\n1,=HYPERLINK(1)\n2,路灯坏了没人修\n", encoding="gb18030")
    with Workbook(source) as book:
        (header,), row = book.headers.values(), next(book.rows())
    write(source, [Mark(header.sheet, row.number, {header.at["words"]: "请写清楚"})], tmp_path / "b.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "b.xlsx").worksheets[0]
    assert sheet.cell(header.row + 1, header.at["words"] + 1).data_type == "s"  # a text, not a formula
    assert values(sheet)[-1][-1] == "请写清楚" and sheet.max_row == header.row + 1


def test_no_row_to_mend_leaves_the_header_alone(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [HEATING])
    assert values(back(path)["留言"]) == [(*TITLES, "需要修改")]


def test_a_workbook_that_cannot_be_kept_as_it_is_still_brings_its_rows_back(tmp_path: Path) -> None:
    path = prefixed(tmp_path / "a.xlsx")
    assert values(back(path, Mark("一", 3, {0: "太短"}))["一"]) == [
        ("内容", "需要修改"),
        ("路灯坏了没人修", "太短"),
    ]
