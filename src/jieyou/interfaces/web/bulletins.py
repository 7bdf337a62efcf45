"""周报、月报、年度报告 on the page and as files; the workbook of all figures."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from jieyou.commons.papers.fonts import NoFont
from jieyou.interfaces.documents import language, workbook
from jieyou.interfaces.documents.reports import KINDS, Report
from jieyou.interfaces.web import asked as asking
from jieyou.interfaces.web.asked import Asked
from jieyou.interfaces.web.staff import StaffRequest, holding, staff
from jieyou.kernel.people.roles import BUSINESS

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip


@staff
def report(request: StaffRequest, kind: str) -> HttpResponse:
    """The report as a page: each number opens into its records."""
    made, asked = _report(request, kind)
    office = holding(request.actor, *BUSINESS, kind="office") is not None
    blocks = [_linked(block, asked) for block in made.marked_sheet.plain()["blocks"]]
    context = {
        "here": "report_petitions" if kind == "petitions" and not office else "report_monthly",
        "asked": asked,
        "spans": asking.SPANS,
        "kind": kind,
        "kinds": KINDS if office else {kind: KINDS[kind]},
        "office": office,
        "report": made,
        "sheet": blocks,
    }
    return render(request, "web/bulletin.html", context)


@staff
def file(request: StaffRequest, kind: str, ending: str) -> HttpResponse:
    """The same as Word or PDF."""
    made, _ = _report(request, kind)
    if ending not in ("docx", "pdf"):
        raise Http404("只有 Word 和 PDF")
    try:
        content = made.docx() if ending == "docx" else made.pdf()
    except NoFont as no:
        return render(request, "web/alone.html", {"title": "缺少字体", "words": no.sentence}, status=503)
    return _download(content, ending, f"{made.title} {made.days}")


@staff
def book(request: StaffRequest) -> HttpResponse:
    """All figures of the place and period as a workbook."""
    asked = asking.read(request)
    return _download(workbook.write(asked.scope), "xlsx", f"{asked.scope.place.name}数据 {asked.days}")


def _report(request: StaffRequest, kind: str) -> tuple[Report, Asked]:
    if kind not in KINDS:
        raise Http404("没有这种报告")
    asked = asking.read(request, kind)
    return Report(kind, asked.scope, asked.before, request.actor), asked


def _download(content: bytes, ending: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=TYPES[ending])
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(f'{name}.{ending}')}"
    return answer


def _linked(block: dict[str, Any], asked: Asked) -> dict[str, Any]:
    """A block whose numbers are links."""
    if block["kind"] == "para":
        return block | {"html": linked(block["text"], asked)}
    if block["kind"] == "form":
        rows = [[c | {"html": linked(c["text"], asked)} for c in cells] for _, cells in block["rows"]]
        return block | {"head": rows[0], "rows": rows[1:]}
    return block


def linked(text: str, asked: Asked) -> SafeString:
    """The text, escaped, each marked number a link to its list."""
    pieces, at = [], 0
    for found in language.MARKED.finditer(text):
        whole, _, part = found[1].partition("#")
        key, _, code = whole.partition("@")
        url = reverse("web:figure", args=[key]) + asked.fixed_at(code) + (f"&part={part}" if part else "")
        pieces += [
            format_html("{}", text[at : found.start()]),
            format_html('<a class="s-n" href="{}">{}</a>', url, found[2]),
        ]
        at = found.end()
    return mark_safe("".join([*pieces, format_html("{}", text[at:])]))
