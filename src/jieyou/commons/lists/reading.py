"""A published duty list as a workbook: which column is which, what kind an item is, row by row.

The usual columns (序号、类别、事项名称、对应上级部门、上级部门职责、配合职责、承接部门及工作方式) differ from place to place; a sheet without
an item column is left out and named. Nothing of a row is lost: what has no column of its own goes into the note.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from jieyou.commons.reports import columns, workbook
from jieyou.commons.reports.workbook import NotAWorkbook, Table

NAMES: dict[str, tuple[str, ...]] = {
    "text": ("事项名称", "事项", "履职事项", "工作事项", "职责事项", "职责", "主要职责", "职责内容", "具体事项"),
    "code": ("序号", "编号", "条目编号", "事项编号"),
    "topic": ("类别", "事项类别", "分类", "领域"),
    "category": ("性质", "清单类别", "清单类型", "履职类型"),
    "unit": (
        "责任单位", "责任部门", "对应上级部门", "上级部门", "承接部门", "承接部门及工作方式", "牵头部门", "主责部门", "部门", "单位",
    ),
    "level": ("层级", "责任层级", "办理层级"),
    "words": ("关键词",),
}  # fmt: skip
LOOKED_AT = 20
#: Words in a sheet's name (or in the 性质 column) → what its items are.
_SORTS = (
    ("收回", "withdrawn"), ("负面", "negative"), ("不得", "negative"), ("禁", "negative"), ("配合", "assist"), ("协助", "assist"),
    ("基本", "basic"), ("依法", "basic"), ("自治", "basic"), ("主责", "duty"), ("部门", "duty"),
)  # fmt: skip
_USUAL = {"department": "duty", "township": "basic", "village": "basic"}
_PREFIX = {"duty": "BM", "basic": "JB", "assist": "PH", "withdrawn": "SH", "negative": "FM"}
_LEVELS = (
    ("市", "city"), ("县", "county"), ("区", "county"), ("乡", "township"), ("镇", "township"), ("街道", "township"), ("村", "village"),
    ("社区", "village"),
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One item as the workbook has it. ``row``: its number in the sheet."""

    sheet: str
    row: int
    code: str
    text: str
    category: str
    topic: str = ""
    unit: str = ""
    level: str = ""
    words: str = ""
    note: str = ""


@dataclass
class Found:
    """What was read; ``left_out``: sheets without an item column; ``blank``: rows without an item (sheet, row)."""

    lines: list[Line] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    blank: list[tuple[str, int]] = field(default_factory=list)


def read(path: Path, kind: str) -> Found:
    """Every item of a workbook (``kind`` of the list). Raises :class:`NotAWorkbook` with a sentence."""
    found = Found()
    with workbook.sheets(path) as tables:
        for table in tables:
            top = list(islice(table.rows(), LOOKED_AT))
            head = _header(top)
            if head is None:
                found.left_out += [table.name] if top else []
            else:
                _read(table, *head, _sort(table.name) or _title_sort(top, head[0]) or _USUAL[kind], found)
    if not found.lines:
        raise NotAWorkbook("没有读到条目：表里要有“事项名称”这一列（也可以叫事项、履职事项、职责、主要职责）")
    return found


def _header(top: Iterable[tuple[int, Sequence[Any]]]) -> tuple[int, dict[str, int], list[str]] | None:
    """(row, field → column, titles) of the likeliest header."""
    best: tuple[int, dict[str, int], list[str]] | None = None
    for number, cells in top:
        titles = [columns.plain(cell) if isinstance(cell, str) else "" for cell in cells]
        at = {key: column for key in NAMES if (column := _column(key, titles)) is not None}
        if "text" in at and (best is None or len(at) > len(best[1])):
            best = (number, at, titles)
    return best


def _column(key: str, titles: list[str]) -> int | None:
    return next((titles.index(name) for name in NAMES[key] if name in titles), None)


def _title_sort(top: Iterable[tuple[int, Sequence[Any]]], header: int) -> str:
    """What the title lines above the header say."""
    above = [str(cell) for number, cells in top if number < header for cell in cells if isinstance(cell, str)]
    return _sort("".join(above))


def _sort(words: str) -> str:
    return next((category for word, category in _SORTS if word in words), "")


def _read(table: Table, header: int, at: dict[str, int], titles: list[str], usual: str, found: Found) -> None:
    shared = {column for key, column in at.items() if key not in ("text", "code")}
    shared |= {n for n, title in enumerate(titles) if title and n not in at.values()}
    for number, cells in workbook.merged(table.rows(), table.merges, shared):
        said = [_text(cell) for cell in cells]
        if number <= header or not any(said):
            continue
        get = {key: said[column] if column < len(said) else "" for key, column in at.items()}
        if not get["text"]:
            found.blank.append((table.name, number))
            continue
        category = _sort(get.get("category", "")) or usual
        code = get.get("code") or str(number - header)
        rest = [
            f"{title}：{said[n]}"
            for n, title in enumerate(titles)
            if title and n < len(said) and said[n] and n not in at.values()
        ]
        found.lines.append(Line(
            table.name, number, f"{_PREFIX[category]}-{code}" if code.isdecimal() else code[:40], get["text"][:300], category,
            get.get("topic", "")[:40], get.get("unit", "")[:80], _level(get.get("level", "")), get.get("words", "")[:200],
            "；".join(rest)[:500],
        ))  # fmt: skip


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else " ".join(str(cell).split())


def _level(words: str) -> str:
    return next((level for word, level in _LEVELS if word in words), "")
