"""A look at what is sealed: asked for with a reason, on the record before it is shown. And the list of all looks."""

from __future__ import annotations

from json import loads
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_cache_control

from jieyou.commons.reports.models import Report
from jieyou.interfaces.web.casepage import sees_ratings
from jieyou.interfaces.web.staff import StaffRequest, holding_or_404, staff
from jieyou.kernel.ledger import chain
from jieyou.kernel.ledger.models import Record
from jieyou.kernel.loop.seen import may_see
from jieyou.kernel.people.roles import AUDITOR
from jieyou.kernel.privacy import looks

FIELDS = {
    "name": "姓名", "phone": "电话", "told_words": "原话", "accused_words": "反映的单位或干部", "instruction_told": "批示原文",
}  # fmt: skip
REASONS = ("联系反映人核实情况", "上门或电话回访", "转办时核对内容", "紧急处置")
PAGE = 50


@staff
def reveal(request: StaffRequest, key: UUID, field: str) -> HttpResponse:
    """GET: ask for the reason. POST: keep the record, then show the one value, nowhere kept."""
    report = get_object_or_404(Report.objects.select_related("case"), pk=key)
    if field not in FIELDS or not may_see(request.actor, report.case) or _for_offices(request, report, field):
        raise Http404("没有这项内容，或者不归您看")
    context: dict[str, Any] = {
        "here": "cases", "report": report, "case": report.case, "field": field, "label": FIELDS[field], "reasons": REASONS,
    }  # fmt: skip
    if request.method == "POST":
        why = request.POST.get("why", "").strip() or request.POST.get("usual", "")
        try:
            context["value"] = looks.reveal(request.actor, report, field, why)
        except looks.NotShown as no:
            context["sentence"] = no.sentence
    response = render(request, "web/_reveal.html" if request.htmx else "web/reveal.html", context)
    patch_cache_control(response, no_store=True)
    return response


def _for_offices(request: StaffRequest, report: Report, field: str) -> bool:
    """Whom a report once named stays with the offices, whoever gets the case after it was unsealed."""
    sealed = field == "accused_words" or (field in ("told_words", "instruction_told") and report.accused)
    return sealed and not sees_ratings(request.actor)


@staff
def log(request: StaffRequest) -> HttpResponse:
    """All looks and exports, newest first, for the 安全审计员."""
    holding_or_404(request, AUDITOR)
    word = request.GET.get("page", "1")
    page = max(1, int(word)) if word.isdecimal() and len(word) < 7 else 1
    rows = Record.objects.filter(kind__in=(looks.LOOK, looks.EXPORT, looks.SEARCH)).order_by("-at", "-seq")
    found = list(rows[(page - 1) * PAGE : page * PAGE + 1])
    context = {"here": "looks", "lines": _lines(found[:PAGE]), "page": page, "more": len(found) > PAGE}
    return render(request, "web/looks.html", context)


def _lines(records: list[Record]) -> list[dict[str, Any]]:
    """Who looked at what of which case, and why. Three queries for a page."""
    payloads = chain.read_many(records)
    bodies = {r.pk: loads(r.body) for r in records}
    rows = [body["row"] for body in bodies.values() if "row" in body]
    numbers = {
        key.hex: case for key, case in Report.objects.filter(pk__in=rows).values_list("pk", "case__number")
    }
    return [_line(r, bodies[r.pk], payloads.get(r.pk, {}), numbers) for r in records]


def _line(
    record: Record, body: dict[str, Any], words: dict[str, Any], numbers: dict[str, str]
) -> dict[str, Any]:
    if record.kind in (looks.EXPORT, looks.SEARCH):
        did = "导出" if record.kind == looks.EXPORT else "按"
        what = words.get("what", "") + ("" if did == "导出" else "查找")
        return {"at": record.at, "by": words.get("by", ""), "what": did + what, "why": f"{body['count']} 条"}
    field = body["what"].rpartition(".")[2]
    number = numbers.get(UUID(str(body["row"])).hex, "")
    return {
        "at": record.at,
        "by": words.get("by", ""),
        "what": f"{number} {FIELDS.get(field) or words.get('title') or field}".strip(),
        "why": words.get("why", ""),
    }
