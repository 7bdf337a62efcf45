"""从表格导入人员: what would come in, what goes back marked, then all in one act with one-time passwords shown once."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_variables

from jieyou.commons.changes import importing
from jieyou.commons.reports import tasks
from jieyou.commons.reports.workbook import NotAWorkbook
from jieyou.interfaces.web.office.people import OF_THE_CITY, shown_once
from jieyou.interfaces.web.office.territory import Keeper, KeeperRequest, edits
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.people.roles import ALL
from jieyou.kernel.people.terms import BadPost

UPLOADS = "people_uploads"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@edits
def people_import(request: KeeperRequest) -> HttpResponse:
    """Choose the workbook."""
    sentence = ""
    if request.method == "POST":
        upload = request.FILES.get("file")
        try:
            if upload is None:
                raise Refused("请选择人员表格")
            word = tasks.keep(upload)
            _plan(request.keeper, word)
            kept = list(request.session.get(UPLOADS, {}).items())[-4:]
            request.session[UPLOADS] = dict([*kept, (word, upload.name or "人员")])
            return redirect("web:people_preview", word)
        except (Refused, NotAWorkbook) as no:
            sentence = no.sentence
    context = {"here": "settings", "sentence": sentence, "roles": _roles(request.keeper)}
    return render(request, "web/office/people_import.html", context, status=422 if sentence else 200)


def _roles(keeper: Keeper) -> list[str]:
    return [role for role in ALL if keeper.whole or role not in OF_THE_CITY]


def _plan(keeper: Keeper, word: str) -> importing.Plan:
    path = tasks.path_of(word)
    if not path.exists():
        raise Refused("上传的文件已经清理，请重新选择文件")
    return importing.plan(path, keeper.place, _roles(keeper))


def _name(request: KeeperRequest, word: str) -> str:
    kept: dict[str, str] = request.session.get(UPLOADS, {})
    if word not in kept:
        raise Http404("没有这个文件，请重新上传")
    return kept[word]


@edits
@sensitive_variables("passwords")
def preview(request: KeeperRequest, word: str) -> HttpResponse:
    """GET: what would come in. POST: it comes in, and the one-time passwords are shown."""
    context: dict[str, Any] = {"here": "settings", "word": word, "name": _name(request, word), "plan": None}
    try:
        context["plan"] = found = _plan(request.keeper, word)
        if request.method == "POST":
            passwords = importing.run(found, request.keeper.place, request.actor, request.POST.get("why", ""))
            return shown_once(request, passwords)
    except (Refused, BadPost, NotAWorkbook) as no:
        context["sentence"] = no.sentence
    return render(
        request, "web/office/people_preview.html", context, status=422 if "sentence" in context else 200
    )


@edits
def returned(request: KeeperRequest, word: str) -> HttpResponseBase:
    """The rows to mend, in the same workbook with the cells marked."""
    name = _name(request, word)
    try:
        found = _plan(request.keeper, word)
    except (Refused, NotAWorkbook):
        raise Http404("没有这个文件，请重新上传") from None
    if not found.marks:
        raise Http404("没有要修改的行")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "returned.xlsx"
        importing.write_returned(found, path)
        file = path.open("rb")  # stays readable after its folder is gone
    return FileResponse(
        file, as_attachment=True, filename=f"{Path(name).stem}-待修改.xlsx", content_type=SHEET
    )
