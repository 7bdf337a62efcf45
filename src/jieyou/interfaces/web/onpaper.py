"""线下签批补录: the form of a leader's step, filled in by a clerk from what was signed on paper."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from jieyou.commons.approvals import onpaper
from jieyou.interfaces.web import forms, prefill
from jieyou.interfaces.web.casepage import here
from jieyou.interfaces.web.staff import StaffRequest, case_or_404, staff
from jieyou.interfaces.web.steps import keep_files
from jieyou.kernel.calendar import clock
from jieyou.kernel.loop import answers
from jieyou.kernel.loop.declare import Ask, Transition
from jieyou.kernel.loop.models import Case
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.loop.situation import facts_of

SIGNED_ON = Ask("signed_on", "签批日期", "day", keep=False)
SCAN = Ask("scan", "签批件扫描", "evidence", keep=False, help="手机拍照或扫描都可以；补录后由另一人核对")


def _asks(case: Case, t: Transition) -> tuple[Ask, ...]:
    """The step's own answers (attachments belong to the scan), then who signed, when, and the scan."""
    names = tuple((one.pk.hex, one.name) for one in onpaper.signers(case, t))
    signer = Ask("signer", "签批领导", "choice", choices=names, keep=False)
    return (*_own(t), signer, SIGNED_ON, SCAN)


def _own(t: Transition) -> tuple[Ask, ...]:
    return tuple(ask for ask in t.asks if ask.kind != "evidence")


@staff
def enter(request: StaffRequest, number: str, name: str) -> HttpResponse:
    """GET: the form. POST: the paper waits for a second person, or the form comes back with all that was typed."""
    case = case_or_404(request, number)
    t = case.declared.transitions.get(name)
    if t is None or not onpaper.may_enter(case, t, request.actor):
        raise Http404("这个动作不能线下补录")
    if request.method != "POST":
        return _form(request, case, t, prefill.typed(case, t, facts_of(case)))
    typed = forms.read(_asks(case, t), request.POST)
    if more := request.POST.get("more"):
        return _form(request, case, t, typed, blank={more: forms.BLANK_ROWS})
    try:
        _enter(request, case, t, typed)
    except Refused as no:
        return _form(request, case, t, typed, no, status=422)
    messages.success(request, f"“{t.title}”的签批件已补录，等另一人核对无误后生效。")
    return redirect("web:case", case.number)


def _enter(request: StaffRequest, case: Case, t: Transition, typed: forms.Typed) -> None:
    asks = _asks(case, t)
    raw = forms.raw(asks, typed)
    checked = answers.clean(tuple(a for a in asks if a.name in ("signer", "signed_on")), raw)
    if not request.FILES.getlist("scan"):
        raise Refused("请附上签批件的扫描或照片", "scan")
    signer = next((one for one in onpaper.signers(case, t) if one.pk.hex == checked["signer"]), None)
    own = {ask.name: raw.get(ask.name) for ask in _own(t)}
    with transaction.atomic():
        onpaper.enter(
            case, t.name, request.actor, own, signer, checked["signed_on"],
            keep=lambda paper: keep_files(request, paper, "scan"),
        )  # fmt: skip


def _form(
    request: StaffRequest, case: Case, t: Transition, typed: forms.Typed, no: Refused | None = None,
    blank: dict[str, int] | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    context: dict[str, Any] = {
        "here": here(case), "case": case, "t": t, "sentence": no.sentence if no else "", "today": clock.today(),
        "form": forms.Form(_asks(case, t), typed, case, no.errors if no else None, blank),
    }  # fmt: skip
    return render(request, "web/on_paper.html", context, status=status)
