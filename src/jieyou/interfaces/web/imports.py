"""导入 Excel."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from jieyou.commons.reports.models import Batch
from jieyou.interfaces.web.staff import StaffRequest, staff


@staff
def imports(request: StaffRequest) -> HttpResponse:
    return render(request, "web/imports.html", {"batches": Batch.objects.all()})

batch = progress = returned = undo = imports
