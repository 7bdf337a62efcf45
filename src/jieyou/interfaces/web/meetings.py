"""周“解忧”会议: the list, and calling a new one. A meeting's own page is the page of its case."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Max, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_cache_control

from jieyou.commons.meetings import agenda
from jieyou.commons.meetings.loops import CHAIR, HELD_ON, ROOM, STARTS
from jieyou.commons.meetings.models import Meeting, Reply
from jieyou.commons.meetings.papers import attendees, signing_in
from jieyou.commons.papers import may
from jieyou.commons.papers.acts import written
from jieyou.commons.papers.render import sheet
from jieyou.interfaces.web import forms
from jieyou.interfaces.web.staff import StaffRequest, case_or_404, holding, holding_or_404, staff
from jieyou.kernel.loop import answers, seen
from jieyou.kernel.loop.declare import Ask
from jieyou.kernel.loop.models import Case
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.people.models import Unit
from jieyou.kernel.people.roles import MEETING_CLERK
from jieyou.kernel.privacy import looks

NUMBER = Ask("seq_no", "会议次数", "number", help="按本单位的会议次数手工编号，不按周数推算")
ASKS = (NUMBER, HELD_ON, replace(STARTS, label="时间", help="如 15:00"), ROOM, CHAIR)
PAGE = 50
LISTS = {kind.code: kind for kind in (signing_in, attendees)}
#: Why the telephone of a reply is usually looked at.
WHY = "会务联系"


@staff
def meetings(request: StaffRequest) -> HttpResponse:
    """Meetings that the actor may see, the latest first."""
    word = request.GET.get("page", "1")
    page = max(1, int(word)) if word.isdecimal() and len(word) < 7 else 1
    there = seen.seen_by(request.actor, Case.objects.filter(loop="meeting")).values("pk")
    rows = (
        Meeting.objects.filter(case__in=there).select_related("case", "unit").order_by("-held_on", "-seq_no")
    )
    counted = rows.annotate(items=Count("agenda"), decided=Count("agenda", filter=~Q(agenda__outcome="")))
    found = list(counted[(page - 1) * PAGE : page * PAGE + 1])
    context = {
        "here": "meetings", "rows": found[:PAGE], "page": page, "more": len(found) > PAGE, "may_call": _office(request),
    }  # fmt: skip
    return render(request, "web/meetings.html", context)


def _office(request: StaffRequest) -> Any:
    return holding(request.actor, MEETING_CLERK, kind="office")


@staff
def new(request: StaffRequest) -> HttpResponse:
    """Call a meeting of one's own office. Its number is given by hand; the next one is suggested."""
    unit = get_object_or_404(Unit, pk=holding_or_404(request, MEETING_CLERK, kind="office").unit)
    if request.method != "POST":
        return _form(request, unit, {"seq_no": str(_last(unit) + 1), **_habits(unit)})
    typed = forms.read(ASKS, request.POST)
    try:
        values = answers.clean(ASKS, forms.raw(ASKS, typed))
        case = agenda.call(unit, values.pop("seq_no"), values.pop("held_on"), request.actor, **values)
    except Refused as no:
        return _form(request, unit, typed, no, 422)
    messages.success(request, f"“{case.title}”已经开始筹备。现在可以在事项页面“提请上会”。")
    return redirect("web:case", case.number)


def _last(unit: Unit) -> int:
    return Meeting.objects.filter(unit=unit).aggregate(last=Max("seq_no"))["last"] or 0


def _habits(unit: Unit) -> dict[str, str]:
    """Time, room and chair of the last meeting: usually the same."""
    last = Meeting.objects.filter(unit=unit).order_by("-seq_no").first()
    return {"starts_at": last.starts_at, "room": last.room, "chair": last.chair} if last else {}


def _form(
    request: StaffRequest, unit: Unit, typed: forms.Typed, no: Refused | None = None, status: int = 200
) -> HttpResponse:
    context = {
        "here": "meetings", "unit": unit, "form": forms.Form(ASKS, typed, None, no.errors if no else None),
        "sentence": no.sentence if no else "", "last": _last(unit),
    }  # fmt: skip
    return render(request, "web/meeting_new.html", context, status=status)


@staff
def listed(request: StaffRequest, number: str, code: str) -> HttpResponse:
    """签到表、参会名单 as they stand now, to be printed; ``code``: the kind of paper, which Word and PDF are made of."""
    case = case_or_404(request, number)
    kind = LISTS.get(code)
    if kind is None or case.loop != "meeting":
        raise Http404("没有这张表")
    paper = written(case, kind, request.actor)
    context = {
        "here": "meetings", "case": case, "meeting": Meeting.objects.get(pk=case.pk), "kind": kind,
        "sheet": sheet(paper).blocks, "rows": paper.fields["people"], "writes": may.not_write(request.actor, case, kind) is None,
    }  # fmt: skip
    return render(request, "web/meeting_list.html", context)


@staff
def phone(request: StaffRequest, key: UUID) -> HttpResponse:
    """The telephone that a unit left with its 回执: asked for with a reason, on the record before it is shown."""
    reply = get_object_or_404(Reply.objects.select_related("case__home", "unit", "meeting__case"), pk=key)
    if request.actor.holds(MEETING_CLERK, reply.case.home_id) is None or not reply.phone:
        raise Http404("没有这项内容，或者不归您看")
    why = request.POST.get("why", WHY).strip()
    context: dict[str, Any] = {"here": "meetings", "reply": reply, "why": why}
    if request.method == "POST":
        try:
            context["value"] = looks.reveal(request.actor, reply, "phone", why)
        except looks.NotShown as no:
            context["sentence"] = no.sentence
    response = render(request, "web/reply_phone.html", context)
    patch_cache_control(response, no_store=True)
    return response
