"""研判模型: the versions with their figures, which one is in use, training a new one, whether people still agree with it.

Every office reads it. Training and putting into use is for the 系统管理员 and the 部领导 of the office whose territory is the whole
city, and it is done by the worker: this page only asks for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRefresh

from jieyou.commons.triage import lessons, training, versions
from jieyou.commons.triage.models import TrainedModel
from jieyou.interfaces.web import asked as asking
from jieyou.interfaces.web.office.territory import whole
from jieyou.interfaces.web.staff import StaffRequest, holding, staff
from jieyou.kernel.calendar import clock
from jieyou.kernel.indicator.declare import Computed, Indicator
from jieyou.kernel.indicator.declared import indicators
from jieyou.kernel.indicator.scope import Scope
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.people.actor import Actor, Holding
from jieyou.kernel.people.roles import ADMIN, BUSINESS, HEAD
from jieyou.kernel.places import tree
from jieyou.kernel.places.models import Place

WATCHED = ("triage.agreement", "triage.drift", "triage.left_to_people")
"""Whether people agree, and whether what comes in has changed."""


@dataclass(frozen=True)
class Version:
    """A version as the page shows it. Figures in percent, as measured on messages it had not seen."""

    row: TrainedModel

    def percent(self, key: str) -> str:
        """A figure between 0 and 1 as a percentage."""
        return f"{Decimal(self.row.figures[key]) * 100:.1f}%" if key in self.row.figures else "没有量"

    @property
    def fair(self) -> str:
        return self.percent("macro_f1")

    @property
    def short(self) -> str:
        return self.percent("macro_f1_short")

    @property
    def covered(self) -> str:
        return self.percent("covered")

    @property
    def right(self) -> str:
        return self.percent("right_when_sure")


@dataclass(frozen=True)
class Watched:
    """One indicator of the assistant, this month and the month before. ``address``: its page, for those who may open it."""

    indicator: Indicator
    now: Computed
    before: Computed
    address: str


@staff
def models(request: StaffRequest) -> HttpResponse:
    """All versions, the latest first."""
    return _page(request, _office(request))


def _page(request: StaffRequest, office: Holding, sentence: str = "") -> HttpResponse:
    rows = [Version(row) for row in versions.all_of_them()]
    there = lessons.counted()
    context = {
        "here": "models", "rows": rows, "used": next((one for one in rows if one.row.in_use), None),
        "running": training.running(), "last": training.last(), "there": there, "least": lessons.LEAST,
        "lacking": max(lessons.LEAST - there, 0), "counted": lessons.COUNTED, "may_keep": _keeps(request.actor),
        "watched": _watched(request.actor, office), "sentence": sentence,
    }  # fmt: skip
    return render(request, "web/models.html", context, status=422 if sentence else 200)


def _office(request: StaffRequest) -> Holding:
    office = next((h for h in request.actor.holdings if h.unit_kind == "office"), None)
    if office is None:
        raise Http404("研判模型由社会工作部使用")
    return office


def _keeps(actor: Actor) -> bool:
    """Whether somebody decides which version is in use: it is the same for the whole city."""
    held = [h for h in actor.holdings if h.role in (ADMIN, HEAD) and h.unit_kind == "office"]
    return any(whole(tree.by_code(h.place_code)) for h in held)


def _keeper(request: StaffRequest) -> Holding:
    if not _keeps(request.actor):
        raise Http404("研判模型由市里的系统管理员、部领导管理")
    return _office(request)


def _watched(actor: Actor, office: Holding) -> list[Watched]:
    place, opens = tree.by_code(office.place_code), holding(actor, *BUSINESS, kind="office") is not None
    now, before = _month(place, 0), _month(place, 1)
    days = f"?place={place.code}&from={now.first}&to={now.last}" if opens else ""
    found = indicators()
    return [Watched(found[key], found[key].read(now), found[key].read(before), days) for key in WATCHED]


def _month(place: Place, back: int) -> Scope:
    today = clock.today()
    month = asking.stepped("month", today, back)
    return Scope(place, month.first, min(month.last, today))


@require_POST
@staff
def train(request: StaffRequest) -> HttpResponse:
    """Ask for a new version; the worker makes it."""
    office = _keeper(request)
    try:
        training.begin(request.user)
    except Refused as no:
        return _page(request, office, no.sentence)
    messages.success(request, "已交给后台训练，几分钟就好，可以离开这个页面。")
    return redirect("web:models")


@require_POST
@staff
def use(request: StaffRequest, version: int) -> HttpResponse:
    """Put a version into use, or go back to it."""
    office = _keeper(request)
    try:
        row = versions.use(version, request.actor.person)
    except Refused as no:
        return _page(request, office, no.sentence)
    messages.success(request, f"{row}已启用，从下一件来件起用；已经给出的建议不变。")
    return redirect("web:models")


@staff
def progress(request: StaffRequest) -> HttpResponse:
    """The progress bar alone (htmx asks every two seconds); when it has ended the whole page is loaded anew."""
    _office(request)
    found: Any = training.running()
    if found is None:
        return HttpResponseClientRefresh() if request.htmx else redirect("web:models")
    return render(request, "web/_training.html", {"running": found})
