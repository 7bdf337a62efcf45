"""代录: a clerk writes down what a resident says at the counter or on the telephone, and hands over the query secret."""

from __future__ import annotations

from datetime import date, datetime
from secrets import token_urlsafe
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render

from jieyou.commons.reports import channels, intake
from jieyou.commons.reports.models import SOURCES, Category, Report
from jieyou.interfaces.web import days, where
from jieyou.interfaces.web.staff import StaffRequest, holding_or_404, staff
from jieyou.kernel.calendar import clock
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.people.actor import Holding
from jieyou.kernel.people.roles import CLERK
from jieyou.kernel.places.models import Place

#: Ways in which something reaches a clerk: all but those that come in by themselves.
WAYS = tuple(pair for pair in SOURCES if pair[0] not in ("phone_page", "import"))
_FIELDS = (
    "words",
    "where",
    "category",
    "name",
    "phone",
    "accused_words",
    "source",
    "source_no",
    "source_name",
    "instruction",
    "client_key",
)
_ANSWER = {"yes": True, "no": False}


@staff
def new(request: StaffRequest) -> HttpResponse:
    """The form; what is sent twice comes in once (``client_key``), so the receipt can be loaded again."""
    office = holding_or_404(request, CLERK, kind="office")
    picked = where.picked(office.place_code, request.POST)
    if request.method != "POST":
        blank = QueryDict(mutable=True)
        blank.update({"client_key": token_urlsafe(16), "source": "on_behalf"})
        return _form(request, office, blank, picked)
    if "deepen" in request.POST:
        return _form(request, office, request.POST, picked)
    try:
        receipt = intake.submit(_told(request, picked.place), request.actor)
    except Refused as no:
        return _form(request, office, request.POST, picked, no, 422)
    report = receipt.report
    warnings = [
        f"{title}：{w}" for title, day in _dates(report) if day and (w := days.reckoned(str(day), ""))
    ]
    context = {"here": "report", "receipt": receipt, "report": report, "warnings": warnings}
    return render(request, "web/receipt.html", context)


def _dates(report: Report) -> tuple[tuple[str, date | None], ...]:
    return ("原时限", report.source_due), ("批示时限", report.instruction_due)


def _told(request: StaffRequest, place: Place | None) -> intake.Told:
    said: dict[str, Any] = {name: request.POST.get(name, "").strip() for name in _FIELDS}
    if place is None:
        raise Refused("请选择事情发生在哪里", "place")
    if said["source"] not in dict(WAYS):
        raise Refused("请选择来源", "source")
    return intake.Told(
        place=place,
        accused=request.POST.get("accused") == "on",
        told_at=_moment(request, "told_at", "反映时间"),
        received_at=_moment(request, "received_at", "收到时间"),
        source_due=_day(request, "source_due", "原时限"),
        instruction_due=_day(request, "instruction_due", "批示时限"),
        must_answer=_ANSWER.get(request.POST.get("must_answer", "")),
        at_city=request.POST.get("at_city") == "on",
        again="again" in request.POST,
        scans=request.FILES.getlist("scans"),
        **said,
    )


def _day(request: StaffRequest, name: str, title: str) -> date | None:
    text = request.POST.get(name, "").strip()
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Refused(f"{title}“{text}”看不懂，请写成 2026-11-23 这样，也可以不填", name) from None


def _moment(request: StaffRequest, name: str, title: str) -> datetime | None:
    """A local time as the browser gives it; blank is unknown."""
    text = request.POST.get(name, "")
    if not text.strip():
        return None
    try:
        at = datetime.fromisoformat(text).replace(tzinfo=clock.ZONE)
    except ValueError:
        raise Refused(f"{title}“{text}”看不懂，请写成 2026-11-23 15:04 这样，也可以不填", name) from None
    if at > clock.now():
        raise Refused(f"{title}在将来，请核对", name)
    return at


def _form(
    request: StaffRequest,
    office: Holding,
    typed: Any,
    picked: where.Picked,
    no: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "here": "report", "typed": typed, "picked": picked, "ways": WAYS, "office": office,
        "categories": Category.objects.filter(until=None), "errors": no.errors if no else {},
        "sentence": no.sentence if no else "", "known": no.cases if isinstance(no, intake.KnownNumber) else None,
        "answering": [channels.title(code) for code in sorted(channels.series().answers)],
        "of_city": office.place_level == "city",
    }  # fmt: skip
    return render(request, "web/report_new.html", context, status=status)
