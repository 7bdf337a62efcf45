"""What a workbook is, whatever it is called and however it was made."""

from __future__ import annotations

import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from jieyou.commons.reports import columns
from jieyou.commons.reports.tests.importing import HEATING, LAMP, TITLES, prefixed, write
from jieyou.commons.reports.workbook import NotAWorkbook, Row, Workbook

OLD = Path(__file__).with_name("old_ledger.xls")


def rows(path: Path) -> list[Row]:
    with Workbook(path) as book:
        return list(book.rows())


def refusal(path: Path, content: bytes) -> str:
    path.write_bytes(content)
    with pytest.raises(NotAWorkbook) as no:
        Workbook(path)
    return no.value.sentence


def test_rows_come_with_their_numbers_and_the_cells_that_are_known(tmp_path: Path) -> None:
    first, second = rows(write(tmp_path / "a.xlsx", [HEATING, LAMP]))
    assert (first.number, second.number, first.sheet) == (2, 3, "留言")
    assert first.cells["words"] == HEATING[3] and second.cells["told_at"] is None


def test_the_header_may_stand_below_a_title_with_columns_in_any_order_and_noise(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["宝塔区来件台账（11月）"])
    sheet.merge_cells("A1:F1")
    sheet.append([])
    sheet.append(["序号", " 联系\n电话 ", "诉求内容（必填）*", "备注", "反映人：", "工单编号"])
    sheet.append([1, 13800000000, "小区水管漏了三天", "加急", "李某", "W-1"])
    book.save(tmp_path / "a.xlsx")
    with Workbook(tmp_path / "a.xlsx") as opened:
        (header,) = opened.headers.values()
        (row,) = opened.rows()
    assert header.row == 3 and header.others == ("序号", "备注")
    assert row.cells == {"number": "W-1", "words": "小区水管漏了三天", "name": "李某", "phone": 13800000000}


def test_blank_rows_and_rows_with_nothing_in_known_columns_are_no_rows(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.xlsx",
        [("", "备注"), (None, None), ("路灯坏了没人修", ""), ("   ", "")],
        ("内容", "备注"),
    )
    assert [row.number for row in rows(path)] == [4]


def test_a_cell_merged_downwards_speaks_for_each_row_but_words_and_numbers_do_not(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(write(tmp_path / "a.xlsx", [HEATING, LAMP]))
    sheet = book.worksheets[0]
    for block in ("A2:A3", "C2:C3", "D2:D3", "E2:E3"):
        sheet.merge_cells(block)
    book.save(tmp_path / "a.xlsx")
    _, second = rows(tmp_path / "a.xlsx")
    assert second.cells["told_at"] == HEATING[2] and second.cells["category"] == "城乡建设"
    assert second.cells["words"] is None and second.cells["number"] is None


def test_every_sheet_with_a_header_is_read_and_the_others_are_named(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(write(tmp_path / "a.xlsx", [HEATING], sheet="10月"))
    book.create_sheet("11月").append(["内容"])
    book["11月"].append(["巷口路灯坏了三个月"])
    book.create_sheet("说明").append(["请按月填写"])
    hidden = book.create_sheet("旧表")
    hidden.append(["内容"])
    hidden.sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    with Workbook(tmp_path / "a.xlsx") as opened:
        assert [(row.sheet, row.number) for row in opened.rows()] == [("10月", 2), ("11月", 2)]
        assert opened.left_out == ["说明"]


@pytest.mark.parametrize("memory", [True, False])
def test_inline_and_shared_texts_read_as_another_reader_reads_them(tmp_path: Path, memory: bool) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"), {"constant_memory": memory})
    sheet = book.add_worksheet()
    sheet.write_row(0, 1, TITLES)
    sheet.write_row(1, 1, ["7", "a<b & “c”", 45000.25, "两行\n文字，带 _x000D_ 和 emoji 😀", True])
    sheet.write_rich_string(3, 4, "一半", book.add_format({"bold": True}), "加粗的词句", "另一半")
    sheet.write_formula(4, 4, '="算"&"出来的文字"', None, "算出来的文字")
    book.close()
    theirs = CalamineWorkbook.from_path(str(tmp_path / "a.xlsx")).get_sheet_by_index(0).to_python()[1:]
    ours = [[row.cells.get(key) for key in ("number", "title", "words")] for row in rows(tmp_path / "a.xlsx")]
    assert ours == [[line[0] or None, line[1] or None, line[3]] for line in theirs if line[3]]


def test_a_workbook_whose_xml_has_prefixes_and_no_cell_names_is_read(tmp_path: Path) -> None:
    found = rows(prefixed(tmp_path / "a.xlsx"))
    assert [(row.number, row.cells) for row in found] == [(3, {"words": "路灯坏了没人修"})]


def test_days_of_a_workbook_that_counts_from_1904(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"), {"date_1904": True})
    sheet, day = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_row(0, 0, ["内容", "时间"])
    sheet.write(1, 0, "路灯坏了没人修")
    sheet.write_datetime(1, 1, datetime(2024, 3, 5), day)
    book.close()
    assert rows(tmp_path / "a.xlsx")[0].cells["told_at"] == 45356  # 2024-03-05 counted from 1900


def test_an_old_xls_is_read_with_its_dates_and_merged_cells() -> None:
    first, second = rows(OLD)
    assert first.cells["told_at"] == datetime(2024, 3, 5, 9, 30) and first.number == 3
    assert second.cells["category"] == "供热供水"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_a_csv_in_any_usual_encoding(tmp_path: Path, encoding: str, delimiter: str) -> None:
    lines = [["编号", "内容"], ["1", '"第一行\n第二行，写了两行"']]
    text = "\r\n".join(delimiter.join(line) for line in lines)
    (tmp_path / "a.csv").write_bytes(text.encode(encoding))
    (row,) = rows(tmp_path / "a.csv")
    assert row.cells == {"number": "1", "words": "第一行\n第二行，写了两行"}


def test_a_word_document_called_xlsx_is_refused_with_a_sentence(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "台账.xlsx", "w") as out:
        out.writestr("[Content_Types].xml", "<Types/>")
        out.writestr("word/document.xml", "<w/>")
    with pytest.raises(NotAWorkbook) as no:
        Workbook(tmp_path / "台账.xlsx")
    assert no.value.sentence == "这个文件是 Word 文档，不是表格，请把表格放进 Excel 工作簿再导入"


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "空的"), (b"%PDF-1.7", "PDF"), (b"\x89PNG\r\n\x1a\n", "图片"), (b"<html><table>", "网页"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>", "XML"), (b"Rar!\x1a", "压缩包"), (b"\x00\x01\x02\x03", "不是表格"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "损坏"), (b"PK\x03\x04 cut off", "损坏"),
        ("今天没有表格，只有一句话".encode(), "没有找到表头"), ("编号,类别\n1,供热".encode(), "没有“留言详情”这一列"),
    ],
)  # fmt: skip
def test_what_is_no_workbook_is_refused_with_a_sentence(tmp_path: Path, content: bytes, word: str) -> None:
    assert word in refusal(tmp_path / "a.xlsx", content)


def test_a_damaged_workbook_is_refused_wherever_the_damage_is(tmp_path: Path) -> None:
    whole = write(tmp_path / "a.xlsx", [HEATING] * 50).read_bytes()
    for at in range(0, len(whole), len(whole) // 40):
        broken = whole[:at] + bytes(20) + whole[at + 20 :]
        (tmp_path / "b.xlsx").write_bytes(broken)
        try:
            assert len(rows(tmp_path / "b.xlsx")) <= 50
        except NotAWorkbook as no:
            assert no.sentence


def test_a_workbook_that_declares_entities_is_refused(tmp_path: Path) -> None:
    write(tmp_path / "a.xlsx", [HEATING])
    with zipfile.ZipFile(tmp_path / "a.xlsx") as old, zipfile.ZipFile(tmp_path / "b.xlsx", "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(
                name, b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + data if name == "xl/workbook.xml" else data
            )
    with pytest.raises(NotAWorkbook):
        Workbook(tmp_path / "b.xlsx")


def test_of_two_columns_for_one_thing_the_likelier_name_is_taken() -> None:
    header = columns.header("一", [(1, ["时间", "反映时间", "内容", "详情"])])
    assert header is not None and header.at == {"told_at": 1, "words": 2}


def test_a_long_workbook_passes_through_without_being_held(tmp_path: Path) -> None:
    """Twenty times the rows, the same memory (see also ``bench/import_rows.py``)."""
    import tracemalloc

    def peak(many: int) -> int:
        book = xlsxwriter.Workbook(str(tmp_path / f"{many}.xlsx"))
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["编号", "内容"])
        for n in range(1, many + 1):
            sheet.write_row(n, 0, [str(n), f"{n}：" + "路灯坏了没人修，" * 20])
        book.close()
        tracemalloc.start()
        with Workbook(tmp_path / f"{many}.xlsx") as opened:
            assert sum(1 for _ in opened.rows()) == many
        top: Any = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return top

    small, large = peak(300), peak(6000)
    assert large < small + 3_000_000
