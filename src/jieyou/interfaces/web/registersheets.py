"""台账的表格: a workbook comes in (preview with old → new, run, rows to mend, taking it back), a register goes out; both with progress."""

from __future__ import annotations

import tempfile
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRefresh

from jieyou.commons.reports import tasks as uploads
from jieyou.commons.sheets import coming, going, tasks
from jieyou.commons.sheets.models import Sheet
from jieyou.interfaces.web.imports import REMEMBERED, SHEET, UPLOADS
from jieyou.interfaces.web.registers import register_or_404
from jieyou.interfaces.web.staff import StaffRequest, staff
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.privacy import looks
from jieyou.kernel.register.declare import Register


@staff
def take_in(request: StaffRequest, code: str) -> HttpResponse:
    """The first step, and what this person has brought in so far."""
    register, sentence = register_or_404(request, code, to_keep=True), ""
    if request.method == "POST":
        try:
            return _uploaded(request, register)
        except Refused as no:
            sentence = no.sentence
    mine = Sheet.objects.filter(register=code, person=request.actor.person, way="in").order_by("-at")[:50]
    context = {"here": "registers", "register": register, "sheets": mine, "sentence": sentence}
    return render(request, "web/register_import.html", context, status=422 if sentence else 200)


def _uploaded(request: StaffRequest, register: Register) -> HttpResponse:
    upload = request.FILES.get("file")
    if upload is None:
        raise Refused("请选择要导入的 Excel 文件", "file")
    word = uploads.keep(upload)
    kept = list(request.session.get(UPLOADS, {}).items())[1 - REMEMBERED :]
    request.session[UPLOADS] = dict([*kept, (word, upload.name or "")])
    return redirect("web:register_preview", register.code, word)


@staff
def blank(request: StaffRequest, code: str) -> HttpResponseBase:
    """An empty workbook to fill in."""
    register = register_or_404(request, code, to_keep=True)
    made, name = BytesIO(going.blank(register)), f"{register.title}-空白表.xlsx"
    return FileResponse(made, as_attachment=True, filename=name, content_type=SHEET)


def _name(request: StaffRequest, word: str) -> str:
    """The name of a workbook that this very person uploaded."""
    kept: dict[str, str] = request.session.get(UPLOADS, {})
    if word not in kept:
        raise Http404("没有这个文件，请重新上传")
    return kept[word]


@staff
def preview(request: StaffRequest, code: str, word: str) -> HttpResponse:
    """GET: what would come in, what goes back, what is known already. POST: let it come in."""
    register = register_or_404(request, code, to_keep=True)
    name = _name(request, word)
    context: dict[str, Any] = {"here": "registers", "register": register, "word": word, "name": name}
    try:
        if request.method == "POST":
            return redirect(
                "web:register_sheet", code, tasks.start_in(register, word, name, request.actor).pk
            )
        context["preview"] = coming.dry_run(register, uploads.path_of(word), request.actor)
    except Refused as no:
        context["sentence"] = no.sentence
    except FileNotFoundError:
        context["sentence"] = "上传的文件已经清理，请重新选择文件"
    return render(request, "web/register_preview.html", context, status=422 if "sentence" in context else 200)


@staff
def preview_returned(request: StaffRequest, code: str, word: str) -> HttpResponseBase:
    """The rows to mend before anything came in, as the same workbook with the cells marked."""
    register = register_or_404(request, code, to_keep=True)
    name = _name(request, word)
    try:
        found = coming.dry_run(register, uploads.path_of(word), request.actor)
    except (Refused, FileNotFoundError):
        raise Http404("没有这个文件，请重新上传") from None
    if not found.marks:
        raise Http404("没有要修改的行")
    looks.export(request.actor, f"要修改的行（{name}）", found.returned)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "returned.xlsx"
        coming.write_returned(register, uploads.path_of(word), found.marks, path)
        return _sent(path, f"{Path(name).stem}-待修改.xlsx")


def _sent(path: Path, name: str) -> HttpResponseBase:
    return FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type=SHEET)


def _sheet_or_404(request: StaffRequest, code: str, key: UUID) -> tuple[Register, Sheet]:
    """A sheet is its owner's own."""
    register = register_or_404(request, code)
    return register, get_object_or_404(Sheet, pk=key, register=code, person=request.actor.person)


@staff
def sheet(request: StaffRequest, code: str, key: UUID) -> HttpResponse:
    """One workbook, in or out: how far it is, what came of it."""
    register, found = _sheet_or_404(request, code, key)
    path = coming.returned_path(found) if found.way == "in" else going.path_of(found)
    undoable = found.way == "in" and (found.accepted or found.changed)
    context = {"here": "registers", "register": register, "sheet": found, "has_file": path.exists(), "undoable": undoable}  # fmt: skip
    return render(request, "web/register_sheet.html", context)


@staff
def progress(request: StaffRequest, code: str, key: UUID) -> HttpResponse:
    """The progress bar alone (htmx asks every second); when the work is done the whole page is loaded anew."""
    register, found = _sheet_or_404(request, code, key)
    if found.state != "running":
        return HttpResponseClientRefresh() if request.htmx else redirect("web:register_sheet", code, key)
    return render(request, "web/_register_progress.html", {"register": register, "sheet": found})


@staff
def file(request: StaffRequest, code: str, key: UUID) -> HttpResponseBase:
    """The file of a sheet: rows to mend, or the rows taken out."""
    _, found = _sheet_or_404(request, code, key)
    incoming = found.way == "in"
    path = coming.returned_path(found) if incoming else going.path_of(found)
    if found.state == "running" or not path.exists():
        raise Http404("文件还没有做好，或者已经清理")
    if incoming:
        looks.export(request.actor, f"要修改的行（{found.filename}）", found.returned)
    return _sent(path, f"{Path(found.filename).stem}-待修改.xlsx" if incoming else found.filename)


@require_POST
@staff
def take_back(request: StaffRequest, code: str, key: UUID) -> HttpResponse:
    """Undo an import."""
    register, found = _sheet_or_404(request, code, key)
    if found.way != "in":
        raise Http404("导出的不用撤回")
    try:
        done = coming.take_back(found, register, request.actor)
    except Refused as no:
        messages.warning(request, f"没有撤回：{no.sentence}。")
    else:
        said = [f"{done.gone} 行移出台账"] if done.gone else []
        said += [f"{done.back} 行改回原来的内容"] if done.back else []
        said += [f"{done.stayed} 行后来有人改过，没有动"] if done.stayed else []
        messages.success(request, f"已撤回，{'；'.join(said)}。")
    return redirect("web:register_sheet", code, key)


@require_POST
@staff
def take_out(request: StaffRequest, code: str) -> HttpResponse:
    """Take out what the list shows."""
    register = register_or_404(request, code)
    query = request.POST.get("list", "")[:500]
    try:
        made = tasks.start_out(register, query, request.actor)
    except Refused as no:
        messages.warning(request, f"没有导出：{no.sentence}。")
        return redirect("web:register", code)
    return redirect("web:register_sheet", code, made.pk)
