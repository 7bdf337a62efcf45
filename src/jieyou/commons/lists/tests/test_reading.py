"""Lists as they are published: a title line, merged headings, three sheets, columns in any order."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from jieyou.commons.lists.reading import read
from jieyou.commons.reports.workbook import NotAWorkbook


def published(path: Path) -> Path:
    book = openpyxl.Workbook()
    first = book.active
    first.title = "基本履职事项"
    for row in (
        ["宝塔区桥沟街道基本履职事项清单"], ["序号", "类别", "事项名称"], [1, "民生服务", "做好养老服务"], [2, None, "做好残疾人服务"],
        [3, "综合政务", None],
    ):  # fmt: skip
        first.append(row)
    first.merge_cells("B3:B4")
    second = book.create_sheet("配合履职")
    for row in (
        ["序号", "事项名称", "对应上级部门", "上级部门职责", "乡镇（街道）配合职责"],
        [1, "燃气安全检查", "区住建局", "组织检查、督促整改", "协助入户"],
    ):
        second.append(row)
    third = book.create_sheet("说明")
    third.append(["本清单自公布之日起施行"])
    book.save(path)
    return path


def test_sheets_merged_headings_and_other_columns_come_in(tmp_path: Path) -> None:
    found = read(published(tmp_path / "list.xlsx"), "township")
    assert [(one.code, one.category, one.topic, one.text) for one in found.lines] == [
        ("JB-1", "basic", "民生服务", "做好养老服务"), ("JB-2", "basic", "民生服务", "做好残疾人服务"), ("PH-1", "assist", "", "燃气安全检查"),
    ]  # fmt: skip
    assert found.lines[2].unit == "区住建局"
    assert found.lines[2].note == "上级部门职责:组织检查、督促整改；乡镇街道配合职责:协助入户".replace(
        ":", "："
    )
    assert (found.left_out, found.blank) == (["说明"], [("基本履职事项", 5)])


def test_a_csv_and_a_column_that_says_the_kind(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(
        "履职类型,职责,责任单位\n主责,城市供热管理,城管局\n上级收回,拆除违法建设,自然资源局\n",
        encoding="gb18030",
    )
    assert [(one.code, one.category, one.unit) for one in read(path, "department").lines] == [
        ("BM-1", "duty", "城管局"), ("SH-2", "withdrawn", "自然资源局"),
    ]  # fmt: skip


def test_what_is_no_list_is_refused_with_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("姓名,电话\n张三,1\n", encoding="utf-8")
    with pytest.raises(NotAWorkbook, match="事项名称"):
        read(path, "township")
