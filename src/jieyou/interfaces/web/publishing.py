"""拟公开: from a matter's page to a publication that waits for its 保密审查."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from jieyou.commons.publication import checks, keeping, voices
from jieyou.commons.publication.loops import ASKED
from jieyou.interfaces.web import forms
from jieyou.interfaces.web.staff import StaffRequest, case_or_404, staff
from jieyou.interfaces.web.steps import said
from jieyou.kernel.loop.models import Case
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.loop.situation import facts_of


@staff
def propose(request: StaffRequest, number: str) -> HttpResponse:
    """GET: the form, begun with what the matter is called and what was answered. POST: propose, and send for review."""
    about = case_or_404(request, number)
    if not keeping.may_propose(request.actor, about):
        raise Http404("这件事不由您的岗位公开")
    if request.method != "POST":
        there = keeping.running(about)
        return redirect("web:case", there.case.number) if there else _form(request, about, begun(about))
    typed = forms.read(ASKED, request.POST)
    try:
        case = keeping.propose(about, request.actor, forms.raw(ASKED, typed))
    except Refused as no:
        return _form(request, about, typed, no)
    messages.success(request, said(case, case.declared.transitions["submit"]))
    return redirect("web:case", case.number)


def begun(about: Case) -> forms.Typed:
    """The title without its door number, the answer as a draft of the result."""
    facts = facts_of(about)
    return {
        "attribute": "active",
        "heading": checks.without_doors(about.title)[:60],
        "result": checks.without_doors(getattr(facts, "reply", "") or ""),
    }


def _form(request: StaffRequest, about: Case, typed: forms.Typed, no: Refused | None = None) -> HttpResponse:
    form = forms.Form(ASKED, typed, None, no.errors if no else {})
    context = {
        "here": "publication", "about": about, "form": form, "sentence": no.sentence if no else "",
        "voices": voices.count(about), "too_few": voices.refusal(about),
    }  # fmt: skip
    return render(request, "web/publish.html", context, status=422 if no else 200)
