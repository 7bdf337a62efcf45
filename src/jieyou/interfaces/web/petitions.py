"""登记信访: what came by letter, telephone, fax, in person or from the national system, written down by the petition office."""

from __future__ import annotations

from datetime import datetime, time
from secrets import token_urlsafe
from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render

from jieyou.commons.reports.intake import Told
from jieyou.commons.reports.models import Category
from jieyou.interfaces.web import where
from jieyou.interfaces.web.staff import StaffRequest, staff
from jieyou.kernel.calendar import clock
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.people.actor import Holding
from jieyou.kernel.places.models import Place
from jieyou.mechanisms.petitions import offices, taking
from jieyou.mechanisms.petitions.asks import CHANNELS

_FIELDS = ("words", "where", "category", "name", "phone", "accused_words", "client_key")


@staff
def new(request: StaffRequest) -> HttpResponse:
    """The form; what is sent twice comes in once (``client_key``)."""
    office = offices.keeper(request.actor)
    if office is None:
        raise Http404("没有这个页面，或者不由您的岗位登记信访")
    picked = where.picked(office.place_code, request.POST)
    if request.method != "POST":
        blank = QueryDict(mutable=True)
        blank.update({"client_key": token_urlsafe(16), "channel": "visit"})
        return _form(request, office, blank, picked)
    if "deepen" in request.POST:
        return _form(request, office, request.POST, picked)
    try:
        receipt = _take(request, picked.place)
    except Refused as no:
        return _form(request, office, request.POST, picked, no)
    context = {
        "here": "petition_new",
        "receipt": receipt,
        "report": receipt.report,
        "warnings": [],
        "petition": True,
    }
    return render(request, "web/receipt.html", context)


def _take(request: StaffRequest, place: Place | None) -> Any:
    if place is None:
        raise Refused("请选择事情发生在哪里", "place")
    said: dict[str, Any] = {name: request.POST.get(name, "").strip() for name in _FIELDS}
    told = Told(place=place, accused=request.POST.get("accused") == "on", received_at=_received(request),
                again="again" in request.POST, scans=request.FILES.getlist("scans"), **said)  # fmt: skip
    number = request.POST.get("external_no", "")[:60]
    return taking.take(told, request.actor, request.POST.get("channel", ""), number)


def _received(request: StaffRequest) -> datetime | None:
    """The day on which it came; the fifteen days run from there."""
    text = request.POST.get("received_on", "").strip()
    if not text:
        return None
    try:
        at = datetime.combine(datetime.fromisoformat(text).date(), time(9), clock.ZONE)
    except ValueError:
        raise Refused(f"收到日期“{text}”看不懂，请写成 2026-11-23 这样，也可以不填", "received_on") from None
    if clock.local(at) > clock.today():
        raise Refused("收到日期在将来，请核对", "received_on")
    return min(at, clock.now())


def _form(
    request: StaffRequest, office: Holding, typed: Any, picked: where.Picked, no: Refused | None = None
) -> HttpResponse:
    context = {
        "here": "petition_new", "typed": typed, "picked": picked, "channels": CHANNELS, "office": office,
        "categories": Category.objects.filter(until=None), "errors": no.errors if no else {}, "sentence": no.sentence if no else "",
    }  # fmt: skip
    return render(request, "web/petition_new.html", context, status=422 if no else 200)
