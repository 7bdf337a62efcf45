"""公文: the list, one paper (edit, read, send, issue, void), its files, many as one zip."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Any
from urllib.parse import urlencode
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile

from django.contrib import messages
from django.db.models import Q
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from jieyou.commons.meetings import papers as meeting_papers
from jieyou.commons.papers import acts, filing, listing, may, registry, rules
from jieyou.commons.papers import fonts as typefaces
from jieyou.commons.papers import render as drawing
from jieyou.commons.papers.declare import Part
from jieyou.commons.papers.models import STATES, Paper
from jieyou.interfaces.web import paperpanel
from jieyou.interfaces.web.staff import StaffRequest, case_or_404, staff
from jieyou.kernel.evidence import store
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.loop.seen import may_see
from jieyou.kernel.people.roles import BUSINESS

PAGE, MOST = 50, 200
TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


@dataclass(frozen=True)
class Field:
    """One part of the draft in the form."""

    part: Part
    value: str


@staff
def papers(request: StaffRequest) -> HttpResponse:
    """The papers that the actor may read, the newest first; filters in the address."""
    get = request.GET
    page = max(1, int(get["page"])) if get.get("page", "").isdecimal() and len(get["page"]) < 6 else 1
    rows = _narrowed(request).order_by("-at", "-pk")
    found = list(rows[(page - 1) * PAGE : page * PAGE + 1])
    kept = {name: get.get(name, "") for name in ("kind", "state", "q")}
    context = {
        "here": "papers", "rows": found[:PAGE], "page": page, "more": len(found) > PAGE, "kinds": registry.kinds().values(),
        "states": STATES, "filters": kept, "filtered": any(kept.values()), "address": urlencode(kept),
        "keeps": any(h.unit_kind == "office" and h.role in BUSINESS for h in request.actor.holdings),
    }  # fmt: skip
    return render(request, "web/papers.html", context)


def _narrowed(request: StaffRequest) -> Any:
    rows, get = listing.readable(request.actor), request.GET
    if get.get("kind"):
        rows = rows.filter(kind=get["kind"])
    if get.get("state"):
        rows = rows.filter(state=get["state"])
    if word := get.get("q", "").replace("\0", "").strip():
        rows = rows.filter(Q(title__contains=word) | Q(number__contains=word) | Q(case__number=word.upper()))
    return rows


@require_POST
@staff
def draft(request: StaffRequest, number: str) -> HttpResponse:
    """Draft a paper of a case and go on to it."""
    case = case_or_404(request, number)
    try:
        made = acts.draft(case, request.POST.get("kind", ""), request.actor)
    except Refused as no:
        messages.warning(request, no.sentence)
        return redirect("web:case", number)
    return redirect("web:paper", made.pk)


@require_POST
@staff
def draft_meeting(request: StaffRequest, number: str) -> HttpResponse:
    """纪要 and all 交办单 in one click."""
    case = case_or_404(request, number)
    try:
        made = meeting_papers.draft_all(case, request.actor)
    except Refused as no:
        messages.warning(request, no.sentence)
    else:
        said = (
            f"已起草 {len(made)} 件公文，都是草稿，核对后再送签、印发。"
            if made
            else "纪要和交办单都已经起草过了。"
        )
        messages.success(request, said)
    return redirect("web:case", number)


@staff
def paper(request: StaffRequest, key: UUID) -> HttpResponse:
    """GET: the paper as it will look, and the form of a draft. POST: keep what was changed."""
    found = _paper_or_404(request, key)
    if request.method != "POST":
        return _page(request, found)
    typed = {
        part.name: request.POST.get(part.name, "").replace("\r\n", "\n") for part in found.declared.parts
    }
    if request.POST.get("turn") != str(found.turn):
        return _page(request, found, "这件公文刚刚有人改过。您写的内容还在下面，核对后可以再保存", typed, 409)
    words = typed.pop("body", None)
    try:
        acts.edit(found, request.actor, words, **typed)
    except Refused as no:
        return _page(
            request,
            _paper_or_404(request, key),
            no.sentence,
            typed | ({"body": words} if words is not None else {}),
            422,
        )
    messages.success(request, "已保存。")
    return redirect("web:paper", key)


def _page(
    request: StaffRequest,
    found: Paper,
    sentence: str = "",
    typed: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    kind, actor = found.declared, request.actor
    known = found.values() | (typed or {})
    shut = may.not_write(actor, found.case, kind)
    signs = rules.needs_signature(found.kind, found.unit)
    context = {
        "here": "papers", "paper": found, "kind": kind, "sentence": sentence, "case": found.case,
        "sees_case": may_see(actor, found.case), "sheet": drawing.sheet(found).blocks, "writes": shut is None, "shut": shut,
        "fields": [Field(part, known.get(part.name, "")) for part in kind.parts if part.kind != "rows"],
        "signs": signs, "not_ready": acts.not_ready(found), "approval": found.approval,
        "sees_approval": found.approval is not None and may_see(actor, found.approval),
        "own": drawing.own.template_for(found.kind, found.unit_id), "font_note": _font_note(),
    }  # fmt: skip
    return render(request, "web/paper.html", context, status=status)


def _font_note() -> str:
    """What the reader of a PDF must know about its fonts."""
    try:
        return typefaces.faces().note
    except typefaces.NoFont as no:
        return no.sentence


@require_POST
@staff
def act(request: StaffRequest, key: UUID, act: str) -> HttpResponse:
    """送签、印发、作废."""
    found = _paper_or_404(request, key)
    try:
        if act == "send":
            acts.send(found, request.actor)
            said = "已送签，等领导签发；签发前不能再改。"
        elif act == "issue":
            acts.issue(found, request.actor)
            said = f"已印发{f'，编号 {found.number}' if found.number else ''}。"
        elif act == "void":
            acts.void(found, request.actor, request.POST.get("why", ""))
            said = "已作废。"
        else:
            raise Http404("没有这个动作")
    except Refused as no:
        return _page(request, _paper_or_404(request, key), no.sentence, status=422)
    messages.success(request, said)
    return redirect("web:paper", key)


@staff
def file(request: StaffRequest, key: UUID, ending: str) -> HttpResponseBase:
    """The Word file (as it went out, once it has) or the PDF."""
    found = _paper_or_404(request, key)
    if ending not in TYPES:
        raise Http404("只有 docx 和 pdf 两种")
    try:
        content = _content(found, ending)
    except (Refused, typefaces.NoFont, store.NotThere) as no:
        messages.warning(request, no.sentence)
        return redirect("web:paper", key)
    name = f"{drawing.file_name(found)}.{ending}"
    return FileResponse(BytesIO(content), as_attachment=True, filename=name, content_type=TYPES[ending])


def _content(found: Paper, ending: str) -> bytes:
    if ending == "pdf":
        return drawing.as_pdf(found)
    return filing.kept(found) if found.file else drawing.docx(found)


@staff
def bundle(request: StaffRequest) -> HttpResponseBase:
    """Several papers as one zip of Word files: ticked ones (``paper``), or all on the page of a case (``case``)."""
    rows = _asked(request)
    if not rows:
        messages.warning(request, "没有选公文，或者没有可以下载的。")
        return redirect("web:papers")
    out = BytesIO()
    try:
        with ZipFile(out, "w", ZIP_DEFLATED) as parts:
            for n, one in enumerate(rows, 1):
                parts.writestr(f"{n:02} {drawing.file_name(one)}.docx", _content(one, "docx"))
    except (Refused, store.NotThere) as no:
        messages.warning(request, no.sentence)
        return redirect("web:papers")
    out.seek(0)
    return FileResponse(
        out, as_attachment=True, filename=f"公文{len(rows)}件.zip", content_type="application/zip"
    )


def _asked(request: StaffRequest) -> list[Paper]:
    if number := request.GET.get("case"):
        found = may.read_by(request.actor, paperpanel.around(case_or_404(request, number)))
        return [one for one in found if one.state != "void"][:MOST]
    keys = [word for word in request.GET.getlist("paper")[:MOST] if _is_key(word)]
    return may.read_by(
        request.actor, Paper.objects.filter(pk__in=keys).select_related(*listing.RELATED).order_by("at", "pk")
    )


def _is_key(word: str) -> bool:
    try:
        UUID(word)
    except ValueError:
        return False
    return True


def _paper_or_404(request: StaffRequest, key: UUID) -> Paper:
    """The paper as this actor may read it. For strangers it is not there."""
    found = (
        Paper.objects.select_related(*listing.RELATED, "approval__home", "approval__holder")
        .filter(pk=key)
        .first()
    )
    if found is None or not may.reads(request.actor, found, found.case):
        raise Http404("没有这件公文，或者不归您看")
    return found
