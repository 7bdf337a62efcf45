"""登记建议: what a resident says at the counter, by letter or by telephone, written down by a clerk; he gets a query number
like those who send it by phone."""

from __future__ import annotations

from secrets import token_urlsafe
from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render

from jieyou.commons.reports.intake import Receipt, Told
from jieyou.interfaces.web import where
from jieyou.interfaces.web.staff import StaffRequest, staff
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.people.actor import Holding
from jieyou.kernel.places.models import Place
from jieyou.mechanisms.proposals import offices, taking, topics
from jieyou.mechanisms.proposals.taking import Said

_SAID = ("problem", "suggestion", "benefit", "topic")
_PARTS = (
    ("problem", "问题", "现在是什么情况、哪里不方便。", 3),
    ("suggestion", "建议", "建议怎么做，照原话写。", 5),
    ("benefit", "预期效益", "", 2),
)
_TOLD = ("where", "name", "phone", "client_key")


@staff
def new(request: StaffRequest) -> HttpResponse:
    """The form; what is sent twice comes in once (``client_key``). Then the slip to print."""
    office = offices.keeper(request.actor)
    if office is None:
        raise Http404("没有这个页面，或者不由您的岗位登记人民建议")
    picked = where.picked(office.place_code, request.POST)
    if request.method != "POST":
        blank = QueryDict(mutable=True)
        blank.update({"client_key": token_urlsafe(16)})
        return _form(request, office, blank, picked)
    if "deepen" in request.POST:
        return _form(request, office, request.POST, picked)
    try:
        receipt = _take(request, picked.place)
    except Refused as no:
        return _form(request, office, request.POST, picked, no)
    context = {
        "here": "proposal_new",
        "receipt": receipt,
        "report": receipt.report,
        "warnings": [],
        "proposal": True,
    }
    return render(request, "web/receipt.html", context)


def _take(request: StaffRequest, place: Place | None) -> Receipt:
    post = {name: request.POST.get(name, "").replace("\x00", "").strip() for name in (*_SAID, *_TOLD)}
    said = Said(
        **{name: post[name] for name in _SAID},
        original=request.POST.get("original") == "on", named=request.POST.get("named") == "on",
    )  # fmt: skip
    if place is None:
        errors = {"place": "请选择建议是关于哪里的"} | said.wrongs()
        raise Refused("；".join(errors.values()), errors=errors)
    told: dict[str, Any] = {name: post[name][:200] for name in _TOLD}
    return taking.take(
        Told(place=place, words="", scans=request.FILES.getlist("scans"), **told), said, request.actor
    )


def _form(
    request: StaffRequest, office: Holding, typed: Any, picked: where.Picked, no: Refused | None = None
) -> HttpResponse:
    context = {
        "here": "proposal_new", "typed": typed, "picked": picked, "office": office, "topics": topics.soliciting(),
        "errors": no.errors if no else {}, "sentence": no.sentence if no else "",
        "parts": [(*part, typed.get(part[0], ""), no.errors.get(part[0], "") if no else "") for part in _PARTS],
    }  # fmt: skip
    return render(request, "web/proposal_new.html", context, status=422 if no else 200)
