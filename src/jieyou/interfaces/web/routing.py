"""派单规则: which rule fires for a message, and keeping the rules. A rule is never deleted: it gets a day on which it ends."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db.models import Max
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from jieyou.commons.reports.models import Category
from jieyou.commons.triage import routes
from jieyou.commons.triage.models import LEVELS, RoutingRule
from jieyou.interfaces.web import forms
from jieyou.interfaces.web.staff import StaffRequest, holding, staff
from jieyou.kernel.calendar import clock
from jieyou.kernel.loop import answers
from jieyou.kernel.loop.declare import Ask
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.people.actor import Holding
from jieyou.kernel.people.roles import ADMIN, CLERK
from jieyou.kernel.places import tree
from jieyou.kernel.places.models import Place

STEP = 10
RULE = (
    Ask("position", "次序", "number", at_least=1, at_most=100_000, help="小的在前，第一条适用的说了算"),
    Ask("category", "类别", "choice", required=False, choices_from="category"),
    Ask("place", "辖区（编码）", "line", required=False, at_most=12, help="县区、乡镇或村社区的编码；不写就是所有辖区"),
    Ask("words", "说到其中一个词", "line", required=False, at_most=400, help="用 | 隔开，如：暖气|供热|停暖"),
    Ask("but", "没有说到", "line", required=False, at_most=200, help="说到这些词就不适用，用 | 隔开"),
    Ask("unit", "交给哪个单位", "line", at_most=80, help="写全称，或者写名称的后半截（如：住房和城乡建设局），各县区自己找"),
    Ask("level", "办理层级", "choice", choices=tuple(LEVELS)),
    Ask("basis", "依据", "line", help="“三定”规定、职责清单、文件名称和文号"),
    Ask("until", "停用日期", "day", required=False),
)  # fmt: skip


@staff
def rules(request: StaffRequest) -> HttpResponse:
    """All rules in their order, and a box to try a message."""
    office = _office(request)
    said, category = (
        request.GET.get("said", "").replace("\x00", "").strip()[:5000],
        request.GET.get("category", ""),
    )
    place, wrong = _place(request.GET.get("place", ""), office)
    context = {
        "here": "routing", "rows": RoutingRule.objects.select_related("category", "place"), "today": clock.today(),
        "categories": Category.objects.filter(until=None), "said": said, "category": category, "place": place,
        "wrong": wrong, "routed": routes.propose(said, category, place) if said and not wrong else None,
        "may_edit": _keeps(request),
    }  # fmt: skip
    return render(request, "web/routing.html", context)


def _office(request: StaffRequest) -> Holding:
    office = next((h for h in request.actor.holdings if h.unit_kind == "office"), None)
    if office is None:
        raise Http404("派单规则由社会工作部使用")
    return office


def _place(code: str, office: Holding) -> tuple[Place, str]:
    """The place that was typed, else the office's own; and what is wrong with it."""
    try:
        return tree.by_code(code.strip() or office.place_code), ""
    except tree.UnknownPlace as unknown:
        return tree.by_code(office.place_code), unknown.sentence


def _keeps(request: StaffRequest) -> bool:
    return holding(request.actor, CLERK, ADMIN, kind="office") is not None


def _keeper(request: StaffRequest) -> None:
    if not _keeps(request):
        raise Http404("派单规则由社会工作部经办人、系统管理员维护")


@staff
def new(request: StaffRequest) -> HttpResponse:
    """One more rule, at the end unless said otherwise."""
    _keeper(request)
    last = RoutingRule.objects.aggregate(last=Max("position"))["last"] or 0
    return _edit(request, RoutingRule(position=last + STEP), "新建规则")


@staff
def edit(request: StaffRequest, key: UUID) -> HttpResponse:
    """Put a rule right, or end it."""
    _keeper(request)
    return _edit(
        request,
        get_object_or_404(RoutingRule.objects.select_related("category", "place"), pk=key),
        "修改规则",
    )


def _edit(request: StaffRequest, row: RoutingRule, title: str) -> HttpResponse:
    if request.method != "POST":
        return _form(request, title, _typed(row), None)
    typed = forms.read(RULE, request.POST)
    try:
        values = answers.clean(RULE, forms.raw(RULE, typed))
        values["category"] = (
            Category.objects.filter(code=values["category"]).first() if values["category"] else None
        )
        values["place"] = _where(values["place"])
        for name, value in values.items():
            setattr(row, name, value)
        routes.save_rule(row, request.actor.person, title)
    except Refused as no:
        return _form(request, title, typed, no, status=422)
    messages.success(request, f"“{row}”已保存。")
    return redirect("web:routing")


def _where(code: str) -> Place | None:
    try:
        return tree.by_code(code) if code else None
    except tree.UnknownPlace as unknown:
        raise Refused(unknown.sentence, "place") from None


def _typed(row: RoutingRule) -> forms.Typed:
    plain = {
        ask.name: forms.retyped(ask, getattr(row, ask.name))
        for ask in RULE
        if ask.name not in ("place", "category")
    }
    return plain | {
        "place": row.place.code if row.place else "",
        "category": row.category.code if row.category else "",
    }


def _form(
    request: StaffRequest, title: str, typed: forms.Typed, no: Refused | None, status: int = 200
) -> HttpResponse:
    form = forms.Form(RULE, typed, None, no.errors if no else {})
    context = {"here": "routing", "title": title, "form": form, "sentence": no.sentence if no else ""}
    return render(request, "web/routing_form.html", context, status=status)
