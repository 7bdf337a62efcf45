"""Workbooks as clerks make them, for the stories of the import."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl

TITLES = ("留言编号", "留言主题", "留言时间", "留言详情", "一级标签")
HEATING = ("1001", "暖气不热", "2024/11/20 8:30:00", "3号楼暖气一周都不热，家里只有14度", "城乡建设")
LAMP = ("1002", "路灯坏了", None, "巷口路灯坏了三个月，晚上走路看不见", "交通运输")
SHORT = ("1003", "见附件", None, "见附件", "环境保护")
LATE = ("1004", "垃圾没人清", "2020年13月1日", "楼下垃圾堆了半个月没有人来清", "环境保护")


def write(
    path: Path, rows: Sequence[Sequence[Any]], titles: Sequence[Any] = TITLES, sheet: str = "留言"
) -> Path:
    """A plain workbook: a header and rows."""
    book = openpyxl.Workbook()
    book.worksheets[0].title = sheet
    for row in (titles, *rows):
        book.worksheets[0].append(list(row))
    book.save(path)
    return path


def message(number: int, **cells: Any) -> tuple[Any, ...]:
    """One row with words of its own."""
    row = dict(
        zip(TITLES, (str(number), f"第{number}件事", None, f"这是第{number}件事的内容", ""), strict=True)
    )
    return tuple((row | cells).values())


def prefixed(path: Path) -> Path:
    """Some exports write ``<x:row>`` and leave out where a cell stands."""
    parts = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": '<Relationships><Relationship Id="r1" Type="http://x/officeDocument" Target="/xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": '<x:workbook xmlns:x="m" xmlns:r="n"><x:sheets><x:sheet name="一" sheetId="1" r:id="r7"/></x:sheets></x:workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="r7" Type="http://x/worksheet" Target="sheets/one.xml"/></Relationships>',
        "xl/sheets/one.xml": '<x:worksheet xmlns:x="m"><x:sheetData>'
        '<x:row><x:c t="inlineStr"><x:is><x:t>内容</x:t></x:is></x:c></x:row><x:row/>'
        '<x:row><x:c t="str"><x:v>路灯坏了没人修</x:v></x:c></x:row></x:sheetData></x:worksheet>',
    }
    with zipfile.ZipFile(path, "w") as out:
        for name, text in parts.items():
            out.writestr(name, text)
    return path
