"""代录: a clerk writes down what a resident says at the counter or on the telephone, and hands over the query secret."""

from __future__ import annotations

from datetime import datetime
from secrets import token_urlsafe
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render

from jieyou.commons.reports import intake
from jieyou.commons.reports.models import SOURCES, Category
from jieyou.interfaces.web import where
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
    "client_key",
)


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
    return render(
        request, "web/receipt.html", {"here": "report", "receipt": receipt, "report": receipt.report}
    )


def _told(request: StaffRequest, place: Place | None) -> intake.Told:
    said: dict[str, Any] = {name: request.POST.get(name, "").strip() for name in _FIELDS}
    if place is None:
        raise Refused("请选择事情发生在哪里", "place")
    if said["source"] not in dict(WAYS):
        raise Refused("请选择来源", "source")
    return intake.Told(
        place=place,
        accused=request.POST.get("accused") == "on",
        told_at=_moment(request.POST.get("told_at", "")),
        **said,
    )


def _moment(text: str) -> datetime | None:
    """A local time as the browser gives it; blank is unknown."""
    if not text.strip():
        return None
    try:
        at = datetime.fromisoformat(text).replace(tzinfo=clock.ZONE)
    except ValueError:
        raise Refused(
            f"反映时间“{text}”看不懂，请写成 2026-11-23 15:04 这样，也可以不填", "told_at"
        ) from None
    if at > clock.now():
        raise Refused("反映时间在将来，请核对", "told_at")
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
        "sentence": no.sentence if no else "",
    }  # fmt: skip
    return render(request, "web/report_new.html", context, status=status)
