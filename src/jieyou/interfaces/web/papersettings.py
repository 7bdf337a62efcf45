"""公文设置: the words before an office's numbers, which kinds need a signature, and the office's own Word templates."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from jieyou.commons.papers import acts, own, registry, rules
from jieyou.commons.papers import render as drawing
from jieyou.commons.papers.declare import PaperKind
from jieyou.commons.papers.models import PaperRule, PaperTemplate
from jieyou.commons.papers.numbers import prefix_of
from jieyou.interfaces.web.staff import StaffRequest, holding_or_404, staff
from jieyou.kernel.evidence.unwelcome import Unwelcome
from jieyou.kernel.loop.models import Case
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.loop.seen import may_see
from jieyou.kernel.people.models import Unit
from jieyou.kernel.people.roles import ADMIN, CLERK, HEAD, MEETING_CLERK


@staff
def settings_(request: StaffRequest) -> HttpResponse:
    """Kinds with their numbers, signatures and templates, of the actor's own office."""
    return _page(request, _unit(request))


def _unit(request: StaffRequest) -> Unit:
    return get_object_or_404(
        Unit, pk=holding_or_404(request, CLERK, MEETING_CLERK, HEAD, ADMIN, kind="office").unit
    )


def _page(
    request: StaffRequest,
    unit: Unit,
    sentence: str = "",
    typed: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    rows = [
        {
            "kind": kind, "rule": (rule := rules.rule_for(kind.code, unit)), "sample": prefix_of(rule.prefix, unit),
            "template": own.template_for(kind.code, unit.pk),
        }
        for kind in registry.kinds().values()
    ]  # fmt: skip
    chosen = registry.kinds().get((typed or {}).get("kind") or request.GET.get("kind", ""))
    context = {
        "here": "papers", "unit": unit, "rows": rows, "forms": PaperRule.FORMS, "sentence": sentence, "typed": typed or {},
        "chosen": chosen, "about": (typed or {}).get("about", ""),
        "used": PaperTemplate.objects.filter(unit=unit).order_by("-at")[:50], "titles": _titles(),
    }  # fmt: skip
    return render(request, "web/paper_settings.html", context, status=status)


def _titles() -> dict[str, str]:
    return {kind.code: kind.title for kind in registry.kinds().values()}


@require_POST
@staff
def rule(request: StaffRequest) -> HttpResponse:
    """Change the office's own rule of a kind."""
    unit, post = _unit(request), request.POST
    if post.get("kind") not in registry.kinds():
        raise Http404("没有这种公文")
    try:
        rules.change(
            post["kind"],
            unit,
            post.get("prefix", ""),
            post.get("form", ""),
            post.get("signed") == "on",
            request.actor,
        )
    except Refused as no:
        return _page(request, unit, no.sentence, {"about": "rule", **post.dict()}, 422)
    messages.success(request, f"{registry.kind(post['kind']).title}的编号和签批已更改，从下一件起用。")
    return redirect("web:paper_settings")


@require_POST
@staff
def template(request: StaffRequest) -> HttpResponseBase:
    """Try a template on a real case (``try``: the filled file comes back), or take it into use."""
    unit, post, upload = _unit(request), request.POST, request.FILES.get("file")
    try:
        if upload is None:
            raise Refused("请选择模板文件（docx）", "file")
        kind = registry.kind(post.get("kind", ""))
        values = _values(request, kind, post.get("number", "").strip().upper())
        if "try" in post:
            return _tried(own.filled(upload.read(), kind, values), kind)
        own.upload(kind, unit, upload, request.actor, values)
    except Refused as no:
        return _page(request, unit, no.sentence, {"about": "template", **post.dict()}, 422)
    except Unwelcome as no:
        return _page(request, unit, no.sentence, {"about": "template", **post.dict()}, 422)
    messages.success(request, f"{kind.title}今后用您的模板；停用后恢复内置版式。")
    return redirect("web:paper_settings")


def _values(request: StaffRequest, kind: PaperKind, number: str) -> dict[str, Any]:
    """A real case's values: the one that was named, else the office's latest of that kind."""
    rows = Case.objects.select_related("home", "holder", "place", "parent")
    case = (
        rows.filter(number=number).first()
        if number
        else rows.filter(home=_unit(request), loop=kind.of[0], sealed=False).order_by("-opened_at").first()
    )
    if case is None or not may_see(request.actor, case):
        raise Refused(
            f"没有找到“{number}”，请填一件能看到的事项编号"
            if number
            else "还没有可以试填的事项，请填事项编号",
            "number",
        )
    return drawing.values(acts.written(acts.belongs(case, kind), kind, request.actor))


def _tried(content: bytes, kind: PaperKind) -> FileResponse:
    return FileResponse(BytesIO(content), as_attachment=True, filename=f"{kind.title}（试填）.docx")


@require_POST
@staff
def withdraw(request: StaffRequest, key: UUID) -> HttpResponse:
    """Back to the template before, or to the built-in sheet."""
    unit = _unit(request)
    found = get_object_or_404(PaperTemplate, pk=key, unit=unit, withdrawn_at=None)
    try:
        own.withdraw(found, request.actor, registry.kind(found.kind))
    except Refused as no:
        return _page(request, unit, no.sentence, {}, 422)
    messages.success(request, "模板已停用。")
    return redirect("web:paper_settings")
