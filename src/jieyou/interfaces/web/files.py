"""Attachments: put to a case, and handed out only to those who may see the case."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from jieyou.commons.reports.models import Report
from jieyou.interfaces.web.staff import StaffRequest, case_or_404, staff
from jieyou.interfaces.web.steps import keep_files
from jieyou.kernel.evidence import store
from jieyou.kernel.evidence.models import Attachment
from jieyou.kernel.loop.models import Case
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.loop.seen import may_see


@require_POST
@staff
def add(request: StaffRequest, number: str) -> HttpResponse:
    """Put files to an open case."""
    case = case_or_404(request, number)
    if not case.open:
        messages.warning(request, "这件事已经办结，不能再加附件。")
        return redirect("web:case", number)
    try:
        with transaction.atomic():
            kept = keep_files(request, case, "files")
    except Refused as no:
        messages.warning(request, no.sentence)
    else:
        said = f"已上传 {len(kept)} 份附件。" if kept else "还没有选文件。"
        messages.success(request, said) if kept else messages.warning(request, said)
    return redirect("web:case", number)


@staff
def download(request: StaffRequest, key: UUID) -> HttpResponseBase:
    """One attachment; pictures are shown, everything else is saved."""
    file = get_object_or_404(Attachment, pk=key)
    case = _case_of(file)
    if case is None or not may_see(request.actor, case):
        raise Http404("没有这份附件，或者不归您看")
    shown = file.kind == "image"
    return FileResponse(store.open(file), as_attachment=not shown, filename=file.name)


def _case_of(file: Attachment) -> Case | None:
    """The case an attachment belongs to: its own, or that of the report it came with."""
    case = Case.objects.filter(pk=file.subject).first()
    if case is not None:
        return case
    report = Report.objects.filter(pk=file.subject).select_related("case").first()
    return report.case if report else None
