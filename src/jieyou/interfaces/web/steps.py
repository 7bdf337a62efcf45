"""The form of one step, read off its asks; what comes back goes through the engine's one door."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from jieyou.commons.reports.models import Report
from jieyou.interfaces.web import assist, days, facts, forms, prefill, record
from jieyou.interfaces.web.casepage import RATINGS, here, light_of, sees_ratings
from jieyou.interfaces.web.staff import StaffRequest, case_or_404, staff
from jieyou.interfaces.web.waiting import waiting
from jieyou.kernel.calendar import clock
from jieyou.kernel.evidence import store
from jieyou.kernel.loop import permit
from jieyou.kernel.loop.declare import Transition
from jieyou.kernel.loop.engine import advance
from jieyou.kernel.loop.models import Case, Event
from jieyou.kernel.loop.refused import Overtaken, Refused
from jieyou.kernel.loop.seen import may_see
from jieyou.kernel.loop.situation import Now, facts_of


@dataclass
class Shown:
    """A form to be shown again: what was typed, what was wrong, who was quicker."""

    typed: forms.Typed
    errors: dict[str, str] = field(default_factory=dict)
    sentence: str = ""
    blank: dict[str, int] = field(default_factory=dict)
    overtaken: list[Any] = field(default_factory=list)


@staff
def step(request: StaffRequest, number: str, name: str) -> HttpResponseBase:
    """GET: the form, filled in with what is known. POST: make the step, or show the form again with all that was typed."""
    case = case_or_404(request, number)
    t = case.declared.transitions.get(name)
    if t is None:
        raise Http404("没有这个动作")
    if request.method == "POST":
        return _submit(request, case, t)
    shut = permit.forbidden(case, t, request.actor)
    if shut:
        return render(
            request,
            "web/step_shut.html",
            {"case": case, "t": t, "sentence": shut, "here": here(case)},
            status=403,
        )
    return _form(
        request, case, t, Shown(prefill.typed(case, t, facts_of(case)) | prefill.asked(t, request.GET))
    )


def _submit(request: StaffRequest, case: Case, t: Transition) -> HttpResponseBase:
    shown = Shown(forms.read(t.asks, request.POST))
    if more := request.POST.get("more"):
        shown.blank = {more: forms.BLANK_ROWS}
        return _form(request, case, t, shown)
    turn = request.POST.get("turn", "")
    if turn != str(case.turn):
        shown.sentence = Overtaken().sentence
        shown.overtaken = record.since(case, int(turn)) if turn.isdecimal() else []
        return _form(request, case, t, shown, status=409)
    try:
        _make(request, case, t, shown.typed)
    except Overtaken as no:
        case.refresh_from_db()
        shown.sentence, shown.overtaken = no.sentence, record.since(case, int(turn))
        return _form(request, case, t, shown, status=409)
    except Refused as no:
        shown.sentence, shown.errors = no.sentence, no.errors
        return _form(request, case, t, shown, status=422)
    messages.success(request, said(case, t))
    return _onward(request, case)


def _make(request: StaffRequest, case: Case, t: Transition, typed: forms.Typed) -> None:
    """Attachments and step in one transaction: what is refused leaves nothing behind."""
    with transaction.atomic():
        data = forms.raw(t.asks, typed)
        for ask in t.asks:
            if ask.kind == "evidence":
                data[ask.name] = keep_files(request, case, ask.name)
        advance(case, t.name, request.actor, data)


def keep_files(request: StaffRequest, case: Case, name: str) -> list[Any]:
    """Store the files of one field; a file that is not welcome is refused with its own sentence."""
    try:
        return [store.keep(case.pk, upload, request.actor) for upload in request.FILES.getlist(name)]
    except store.Unwelcome as no:
        raise Refused(no.sentence, name) from None


def said(case: Case, t: Transition) -> str:
    """What happened, and who is waited for now."""
    if not case.open:
        return f"“{t.title}”已办好，这件事到此办结（{case.at_stage.title}）。"
    left = waiting(case)
    rest = f"现在等：{left.words}。" if left.people else f"还差：{left.missing}。" if left.missing else ""
    return f"“{t.title}”已办好，现在是“{case.at_stage.title}”。{rest}"


def _onward(request: StaffRequest, case: Case) -> HttpResponse:
    """Back to where one came from (a meeting, a list), else to the case; to the desk when it is no longer one's own to see."""
    back = request.POST.get("next", "")
    if back.startswith(reverse("web:case", args=[case.number])) and not may_see(request.actor, case):
        return redirect("web:desk")
    if back and url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        return redirect(back)
    return redirect("web:case", case.number) if may_see(request.actor, case) else redirect("web:desk")


def _made(case: Case) -> frozenset[str]:
    return frozenset(Event.objects.filter(case=case).values_list("transition", flat=True))


def _form(request: StaffRequest, case: Case, t: Transition, shown: Shown, status: int = 200) -> HttpResponse:
    kept = facts_of(case)
    hidden = frozenset[str]() if sees_ratings(request.actor) else RATINGS
    reports = list(
        Report.objects.filter(case=case, withdrawn_at=None)
        .select_related("place")
        .order_by("registered_at")[:3]
    )
    context = {
        "here": here(case),
        "case": case,
        "t": t,
        "form": forms.Form(t.asks, shown.typed, case, shown.errors, shown.blank),
        "sentence": shown.sentence,
        "overtaken": shown.overtaken,
        "shut": permit.forbidden(case, t, request.actor),
        "warning": permit.missing(Now(case, request.actor, permit.hoped(t), kept), t)
        if status == 200
        else None,
        "usual": days.usual() if any(a.kind == "due" for one in t.asks for a in (one, *one.rows)) else [],
        "lamp": light_of(case, clock.now()),
        "groups": facts.groups(case.declared, kept, hidden, _made(case)),
        "reports": reports,
        "help": assist.of_case(case, reports, request.actor) if t.name in assist.STEPS else None,
        "next": request.POST.get("next") or request.GET.get("next", ""),
    }
    return render(request, "web/step.html", context, status=status)
