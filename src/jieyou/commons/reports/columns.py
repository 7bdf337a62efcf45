"""Which column of somebody's workbook means what. Pure.

The header may stand below a title line, its columns in any order, among others that we do not know (they stay in the
workbook and come back with it).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

#: Field → names by which a column is known, the likeliest first: of two such columns that one is taken.
NAMES: dict[str, tuple[str, ...]] = {
    "number": ("留言编号", "编号", "工单号", "工单编号", "原编号", "受理编号", "信件编号", "来文号"),
    "title": ("留言主题", "主题", "标题", "诉求标题", "工单标题", "事项名称"),
    "told_at": ("留言时间", "反映时间", "时间", "来电时间", "诉求时间", "受理时间", "登记时间", "反映日期", "日期"),
    "words": ("留言详情", "诉求内容", "内容", "详情", "留言内容", "反映内容", "诉求详情", "工单内容", "主要内容", "问题描述"),
    "category": ("一级标签", "类别", "分类", "诉求类别", "问题类别", "诉求分类", "问题分类"),
    "name": ("姓名", "反映人", "反映人姓名", "来电人", "诉求人", "联系人"),
    "phone": ("电话", "联系电话", "手机号", "手机", "电话号码", "手机号码", "来电号码", "联系方式"),
    "where": ("地点", "地址", "事发地", "事发地点", "发生地点", "诉求地址", "事发地址"),
    "source": ("来源", "来源渠道", "诉求来源", "反映渠道", "渠道"),
    "source_name": ("来源系统", "来文单位", "交办单位", "转办单位", "移交单位"),
    "received_at": ("收到时间", "收件时间", "来件时间", "收文时间", "收文日期", "收到日期", "转来时间"),
    "source_due": ("原时限", "办理时限", "办结时限", "办理期限", "办结期限", "要求办结时间", "要求反馈时间", "限办日期"),
    "instruction": ("批示原文", "批示内容", "领导批示"),
    "instruction_due": ("批示时限", "批示要求时限"),
    "must_answer": ("是否反馈", "是否须反馈", "是否需反馈", "是否需要反馈", "是否反馈原渠道", "须反馈"),
    "accused": ("涉及单位或干部", "是否涉及单位或干部"),
}  # fmt: skip
NEEDED = "words"
#: Columns that hold a moment: a bare number in them is a date without its format.
MOMENTS = frozenset({"told_at", "received_at", "source_due", "instruction_due"})
#: A cell that is merged downwards speaks for every row beside it, but for these: a row has its own number and words.
OWN = frozenset({"number", "words"})
LOOKED_AT = 20
"""Rows from the top among which the header is looked for."""
TO_MEND = "需要修改"

_NOISE = re.compile(r"[\s*:,.、()\[\]“”\"']|必填|选填")
_FIELD_OF = {name: (key, rank) for key, names in NAMES.items() for rank, name in enumerate(names)}


@dataclass(frozen=True)
class Header:
    """One sheet's header: the row it is in (1 is the first), field → column (0 is the first), all titles as written."""

    sheet: str
    row: int
    at: dict[str, int]
    titles: tuple[str, ...] = field(default=())

    def title(self, key: str) -> str:
        """The column's own name, for a sentence about one of its cells; ours where there is no such column."""
        return self.titles[self.at[key]] if key in self.at else NAMES[key][0]

    @property
    def known(self) -> dict[str, str]:
        """Field → title of the columns that are taken in."""
        return {key: self.titles[column] for key, column in self.at.items()}

    @property
    def others(self) -> tuple[str, ...]:
        """Titles of the columns that are left alone."""
        return tuple(t for i, t in enumerate(self.titles) if t and t != TO_MEND and i not in self.at.values())


def header(sheet: str, rows: Sequence[tuple[int, Sequence[object]]]) -> Header | None:
    """The likeliest header among the first rows of a sheet (``(row number, cells)``); ``None`` where none says the words."""
    found = [_header(sheet, number, cells) for number, cells in rows]
    return max((h for h in found if NEEDED in h.at), key=lambda h: (len(h.at), -h.row), default=None)


def nearly(sheet: str, rows: Sequence[tuple[int, Sequence[object]]]) -> Header | None:
    """A row that names two or more columns, but not the one with the words: worth a sentence of its own."""
    found = [_header(sheet, number, cells) for number, cells in rows]
    return max((h for h in found if len(h.at) > 1), key=lambda h: len(h.at), default=None)


def _header(sheet: str, number: int, cells: Sequence[object]) -> Header:
    titles = tuple(str(cell).strip() if isinstance(cell, str) else "" for cell in cells)
    best: dict[str, tuple[int, int]] = {}
    for column, title in enumerate(titles):
        key, rank = _FIELD_OF.get(plain(title), ("", 0))
        if key and (key not in best or rank < best[key][0]):
            best[key] = (rank, column)
    return Header(sheet, number, {key: column for key, (_, column) in best.items()}, titles)


def plain(title: str) -> str:
    """``" 电 话（必填）*"`` → ``电话``."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", title))
