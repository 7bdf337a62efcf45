"""导入 Excel: upload, look at what would come in, confirm, watch it come in, take it back."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render, resolve_url
from django_htmx.http import HttpResponseClientRefresh

from jieyou.commons.reports import batches, tasks
from jieyou.commons.reports.models import Batch, Report
from jieyou.commons.reports.sorting import Differing
from jieyou.interfaces.web import record
from jieyou.interfaces.web.casepage import neighbours
from jieyou.interfaces.web.doors import doors
from jieyou.interfaces.web.staff import StaffRequest, case_or_404, holding_or_404, staff, takes_reports
from jieyou.kernel.loop import seen
from jieyou.kernel.loop.models import Case, Event
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.people.actor import Holding
from jieyou.kernel.people.roles import CLERK
from jieyou.kernel.places import tree
from jieyou.kernel.places.models import Place
from jieyou.kernel.privacy import looks

UPLOADS = "uploads"
"""Session key: the words of the workbooks that this person has just uploaded, with their names."""
REMEMBERED = 5
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@staff
def imports(request: StaffRequest) -> HttpResponse:
    """The first step, and the batches so far."""
    office = holding_or_404(request, CLERK, kind="office")
    if request.method == "POST":
        try:
            return _keep(request, office)
        except Refused as no:
            return _first(request, office, no.sentence)
    return _first(request, office)


def _first(request: StaffRequest, office: Holding, sentence: str = "") -> HttpResponse:
    there = seen.seen_by(request.actor, Case.objects.filter(loop="import")).values("pk")
    rows = (
        Batch.objects.filter(case__in=there).select_related("case", "place").order_by("-case__opened_at")[:50]
    )
    context = {"here": "import", "places": _places(office), "batches": rows, "sentence": sentence}
    return render(request, "web/imports.html", context, status=422 if sentence else 200)


def _places(office: Holding) -> list[Place]:
    """The office's own territory, and for the city's the counties."""
    own = tree.by_code(office.place_code)
    return [own, *(tree.children(own) if own.level == "city" else [])]


def _place(office: Holding, code: str) -> Place:
    found = next((p for p in _places(office) if p.code == code), None)
    if found is None:
        raise Refused("请选择这些反映属于哪里", "place")
    return found


def _keep(request: StaffRequest, office: Holding) -> HttpResponse:
    upload = request.FILES.get("file")
    if upload is None:
        raise Refused("请选择要导入的 Excel 文件", "file")
    place = _place(office, request.POST.get("place", ""))
    word = tasks.keep(upload)
    kept = list(request.session.get(UPLOADS, {}).items())[1 - REMEMBERED :]
    request.session[UPLOADS] = dict([*kept, (word, upload.name or "")])
    return redirect(f"{resolve_url('web:import_preview', word)}?{urlencode({'place': place.code})}")


def _name(request: StaffRequest, word: str) -> str:
    """The name of a workbook that this very person uploaded."""
    kept: dict[str, str] = request.session.get(UPLOADS, {})
    if word not in kept:
        raise Http404("没有这个文件，请重新上传")
    return kept[word]


@staff
def preview(request: StaffRequest, word: str) -> HttpResponse:
    """GET: what would come in, what goes back, what is known already; nothing is written. POST: let it come in."""
    office = holding_or_404(request, CLERK, kind="office")
    name = _name(request, word)
    context: dict[str, Any] = {"here": "import", "word": word, "name": name, "preview": None, "place": None}
    try:
        context["place"] = place = _place(office, request.POST.get("place") or request.GET.get("place", ""))
        if request.method == "POST":
            batch = tasks.start(word, name, place, request.actor, request.POST.get("differing") == "on")
            return redirect("web:import", batch.case.number)
        context["preview"] = found = batches.dry_run(tasks.path_of(word), place, request.actor)
        context["differing"] = _beside(request, found)
    except Refused as no:
        context["sentence"] = no.sentence
    except FileNotFoundError:
        context["sentence"] = "上传的文件已经清理，请重新选择文件"
    return render(request, "web/import_preview.html", context, status=422 if "sentence" in context else 200)


def _beside(request: StaffRequest, found: batches.Preview) -> list[tuple[Differing, Case | None]]:
    """Rows whose number we have with other words, each beside the case that has the number (where one may see it)."""
    numbers = [row.number for row in found.differing]
    there = Report.objects.filter(source_no__in=numbers, withdrawn_at=None).values("case")
    seen_ones = seen.seen_by(request.actor, Case.objects.filter(pk__in=there, sealed=False)).values("pk")
    rows = Report.objects.filter(source_no__in=numbers, case__in=seen_ones).select_related("case")
    cases = {(row.source, row.source_no): row.case for row in rows}
    return [(row, cases.get((row.source, row.number))) for row in found.differing]


@staff
def preview_returned(request: StaffRequest, word: str) -> HttpResponseBase:
    """The rows to mend before anything came in, as the same workbook with the cells marked."""
    office = holding_or_404(request, CLERK, kind="office")
    name = _name(request, word)
    try:
        place = _place(office, request.GET.get("place", ""))
        found = batches.dry_run(tasks.path_of(word), place, request.actor)
    except (Refused, FileNotFoundError):
        raise Http404("没有这个文件，请重新上传") from None
    return to_mend(request, partial(batches.write_returned, found), name, found.returned)


@staff
def returned(request: StaffRequest, number: str) -> HttpResponseBase:
    """The rows to mend of a batch: residents' own words and telephones, for clerks only."""
    holding_or_404(request, CLERK, kind="office")
    batch = _batch(request, number)
    return to_mend(request, partial(batches.write_returned, batch), batch.filename, batch.returned)


def to_mend(request: StaffRequest, write: Callable[[Path], bool], name: str, count: int) -> HttpResponseBase:
    """The rows to mend as a workbook. Somebody takes residents' words away with him: on the record first."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "returned.xlsx"
        try:
            written = bool(count) and write(path)
        except FileNotFoundError:
            raise Http404("要修改的行已经清理") from None
        if not written:
            raise Http404("没有要修改的行")
        looks.export(request.actor, f"要修改的行（{name}）", count)
        file = path.open("rb")  # stays readable after its folder is gone
    return FileResponse(
        file, as_attachment=True, filename=f"{Path(name).stem}-待修改.xlsx", content_type=SHEET
    )


def _batch(request: StaffRequest, number: str) -> Batch:
    case = case_or_404(request, number)
    batch = Batch.objects.select_related("case__home", "place").filter(pk=case.pk).first()
    if batch is None:
        raise Http404("没有这一批导入")
    return batch


@staff
def batch(request: StaffRequest, number: str) -> HttpResponse:
    """One batch: how far it is, what came of it, and taking it back."""
    case = case_or_404(request, number)
    found = _batch(request, number)
    events = list(Event.objects.filter(case=case).order_by("-seq"))
    context = {
        "here": "import",
        "case": case,
        "batch": found,
        "running": case.stage == "running",
        "may_mend": takes_reports(request.actor) is not None,
        "broken": bool(events) and events[0].transition == "broke_off",
        "doors": doors(case, request.actor),
        "record": record.entries(case, events),
        "beside": neighbours(case, request.actor),
    }
    return render(request, "web/import.html", context)


@staff
def progress(request: StaffRequest, number: str) -> HttpResponse:
    """The progress bar alone (htmx asks every second); when the batch is through the whole page is loaded anew."""
    found = _batch(request, number)
    last = Event.objects.filter(case=found.case).order_by("-seq").values_list("transition", flat=True).first()
    if found.case.stage != "running" or last == "broke_off":
        return HttpResponseClientRefresh() if request.htmx else redirect("web:import", number)
    return render(request, "web/_progress.html", {"batch": found, "case": found.case})
