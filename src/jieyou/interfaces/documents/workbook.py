"""All figures as a workbook: what they mean, how many records they were made of, and by place. Written for Excel and WPS."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import xlsxwriter

from jieyou.interfaces.documents.reports import below
from jieyou.kernel.calendar import periods
from jieyou.kernel.indicator import freezing, rollup, targets
from jieyou.kernel.indicator.declare import TIMINGS, Fact, Span
from jieyou.kernel.indicator.declared import figure_ids, figure_title, indicators, readings_of
from jieyou.kernel.indicator.scope import Scope

HEADS = (
    "指标",
    "读法",
    "本期（印出）",
    "单位",
    "数值",
    "记录数",
    "分子",
    "时点",
    "目标",
    "核定数",
    "口径",
    "键",
    "文中序号",
)
WIDTHS = (30, 10, 14, 12, 12, 9, 9, 14, 12, 12, 70, 24, 10)


def write(scope: Scope) -> bytes:
    """The .xlsx: 指标, 分地区, 对照 (the article's figures)."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        head = {"bold": True, "bg_color": "#EAF1FD", "border": 1, "text_wrap": True, "valign": "vcenter"}
        looks = {
            "head": book.add_format(head),
            "title": book.add_format({"bold": True, "font_size": 14}),
            "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
        }
        _all(book.add_worksheet("指标"), scope, looks)
        _by_place(book.add_worksheet("分地区"), scope, looks)
        _article(book.add_worksheet("对照"), scope, looks)
    return out.getvalue()


def _begin(
    sheet: Any, scope: Scope, looks: dict[str, Any], heads: tuple[str, ...], widths: tuple[int, ...]
) -> None:
    """Title, period, frozen header, one page wide on A4 landscape."""
    sheet.write(
        0, 0, f"{scope.place.name}数据　{periods.span(scope.first, scope.last).title}", looks["title"]
    )
    sheet.write_row(2, 0, heads, looks["head"])
    for n, width in enumerate(widths):
        sheet.set_column(n, n, width)
    sheet.freeze_panes(3, 1)
    sheet.repeat_rows(2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C第 &P 页，共 &N 页")


def _all(sheet: Any, scope: Scope, looks: dict[str, Any]) -> None:
    _begin(sheet, scope, looks, HEADS, WIDTHS)
    wanted = targets.in_force(indicators(), scope)
    frozen = freezing.of(scope.place, scope.first, scope.last)
    for n, (key, i) in enumerate(indicators().items(), 3):
        now = i.read(scope)
        held = frozen.get(key)
        row = (i.title, i.reading, now.printed, i.unit, _number(now.value), now.records, now.over, TIMINGS[i.timing],
               str(wanted[key]) if key in wanted else "", held.printed if held else "", i.meaning, key, "、".join(i.ids))  # fmt: skip
        sheet.write_row(n, 0, row, looks["wrap"])


def _by_place(sheet: Any, scope: Scope, looks: dict[str, Any]) -> None:
    """One row a place by code, one column a number: for those that are not the whole city's own."""
    level = below(scope)
    keys = [key for key, i in indicators().items() if not isinstance(i, (Fact, Span))]
    _begin(sheet, scope, looks, ("编码", "辖区", *(f"{indicators()[k].title}（{indicators()[k].unit}）" for k in keys)),
           (14, 16, *(14 for _ in keys)))  # fmt: skip
    if level is None:
        return
    found = rollup.table(keys, scope, level)
    for n, place in enumerate(rollup.places_of(scope.place, level), 3):
        sheet.write_row(n, 0, (place.code, place.name, *(_number(found[place.code][k].value) for k in keys)))


def _article(sheet: Any, scope: Scope, looks: dict[str, Any]) -> None:
    """The article's figures, one row each: computed or not built."""
    _begin(
        sheet,
        scope,
        looks,
        ("序号", "指标", "读法", "印出", "单位", "记录数", "状态"),
        (8, 60, 12, 14, 12, 10, 12),
    )
    n = 3
    for key in figure_ids():
        for i in readings_of(key):
            now = i.read(scope)
            sheet.write_row(
                n, 0, (key, i.title, i.reading, now.printed, i.unit, now.records, "已计算"), looks["wrap"]
            )
            n += 1
        if not readings_of(key):
            sheet.write_row(n, 0, (key, figure_title(key), "", "", "", 0, "尚未建设"), looks["wrap"])
            n += 1


def _number(value: str) -> Any:
    """A cell that Excel can count with where it is a number."""
    try:
        return float(value)
    except ValueError:
        return value
