"""导出所见: the list as the page shows it, as a workbook. Masked like the page; on the record before the file is made."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from io import BytesIO

import xlsxwriter
from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from jieyou.interfaces.web import habits, listing, together
from jieyou.interfaces.web.days import moment_words
from jieyou.interfaces.web.listing import Filters, Row, Words
from jieyou.interfaces.web.staff import StaffRequest, staff
from jieyou.interfaces.web.tabs import MINE, tabs_of
from jieyou.kernel.calendar import clock
from jieyou.kernel.loop.declare import Loop
from jieyou.kernel.privacy import looks

#: At most so many rows in one workbook.
MOST = 5000
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _due(row: Row) -> str:
    return row.lamp.words if row.case.open else moment_words(row.case.ended_at) if row.case.ended_at else ""


#: Column of the page → what stands in it. 编号 and 名称 come first and always.
READS: dict[str, Callable[[Row], str]] = {
    "place": lambda row: str(row.case.place),
    "category": lambda row: row.category,
    "county": lambda row: row.county,
    "stage": lambda row: row.stage,
    "holder": lambda row: row.case.holder.name if row.case.holder else "",
    "due": _due,
    "opened": lambda row: moment_words(row.case.opened_at),
    "moved": lambda row: moment_words(row.case.moved_at),
}
WIDTHS = {"编号": 18, "地点": 24, "承办单位": 26, "类别": 14, "进度": 12, "县区": 10, "时限": 18}


@require_POST
@staff
def export(request: StaffRequest) -> HttpResponseBase:
    """The rows that were ticked, else the whole list that the address asks for."""
    query = request.POST.get("list", "")
    get = QueryDict(query.lstrip("?"))
    loop = together.loop_of(get.get("loop") or settings.INTAKE_LOOP)
    filters = Filters.read(loop, get.get("tab") or MINE, get)
    if (title := _tab_title(filters)) is None:
        return redirect("web:cases")
    now, words = clock.now(), Words(listing.counties(), listing.categories(loop))
    if picks := request.POST.getlist("pick"):
        cases = together.ticked(request.actor, loop, picks)
    else:
        cases = listing.all_cases(filters, request.actor, now, MOST + 1)
    if len(cases) > MOST:
        messages.warning(
            request, f"一次最多导出 {MOST} 件，这个列表不止。请先筛选（按县区、类别或单位分几次），再导出。"
        )
        return redirect(together.back(query))
    looks.export(request.actor, f"{loop.title}列表（{title}）", len(cases))
    shown = habits.of(request.user, loop.code).shown
    return _file(loop, listing.present(loop, cases, words, now), now, title, shown)


def _tab_title(filters: Filters) -> str | None:
    return next((tab.title for tab in tabs_of(filters.loop) if tab.key == filters.tab), None)


def _file(
    loop: type[Loop], rows: list[Row], now: datetime, title: str, shown: frozenset[str]
) -> HttpResponseBase:
    name = f"{loop.title}_{title}_{clock.local(now):%Y%m%d}.xlsx"
    made = BytesIO(workbook(loop, rows, now, title, shown))
    return FileResponse(made, as_attachment=True, filename=name, content_type=TYPE)


def workbook(loop: type[Loop], rows: list[Row], now: datetime, title: str, shown: frozenset[str]) -> bytes:
    """A4 landscape: title, day of export, frozen headings that can be filtered; text stays text (no formula runs)."""
    out = BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet("列表")
    used = [key for key in READS if key in shown and any(READS[key](row) for row in rows)]
    heads = ["编号", loop.noun, *(habits.COLUMNS[key] for key in used)]
    sheet.write(0, 0, f"{loop.title}　{title}", book.add_format({"bold": True, "font_size": 16}))
    sheet.write(1, 0, f"{moment_words(now)} 导出，共 {len(rows)} 件")
    sheet.write_row(2, 0, heads, book.add_format({"bold": True, "bg_color": "#EEF1F6", "bottom": 1}))
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    for n, row in enumerate(rows, 3):
        sheet.write_row(n, 0, [row.case.number, row.case.title, *(READS[key](row) for key in used)], wrap)
    for n, head in enumerate(heads):
        sheet.set_column(n, n, WIDTHS.get(head, 44))
    sheet.freeze_panes(3, 0)
    sheet.autofilter(2, 0, max(len(rows) + 2, 3), len(heads) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2)
    book.close()
    return out.getvalue()
