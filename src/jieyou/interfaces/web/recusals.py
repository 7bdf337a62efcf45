"""回避: who is shut out of which case and why. Kept by the office that runs the case; the office admin reads numbers only."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from jieyou.commons.changes import recusing
from jieyou.interfaces.web import forms
from jieyou.interfaces.web.office.territory import keeper_of
from jieyou.interfaces.web.staff import StaffRequest, holding, staff
from jieyou.kernel.calendar import clock
from jieyou.kernel.loop import answers, seen
from jieyou.kernel.loop.declare import Ask
from jieyou.kernel.loop.models import Case
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.people.actor import Actor
from jieyou.kernel.people.models import Account, Post, Recusal
from jieyou.kernel.people.roles import CLEARED, CLERK, HEAD
from jieyou.kernel.people.terms import in_force
from jieyou.kernel.places import tree

KEEPS = (CLERK, HEAD, CLEARED)
MOST = 500


@dataclass(frozen=True)
class Shut:
    """One recusal with its case; ``title`` is empty for who may not read the case; ``mine``: may be ended by the actor."""

    row: Recusal
    case: Case
    title: str
    mine: bool

    @property
    def who(self) -> str:
        return str(self.row.account or self.row.unit)


@staff
def recusals(request: StaffRequest) -> HttpResponse:
    """Who is recused from what today."""
    keeps = holding(request.actor, *KEEPS, kind="office") is not None
    if not keeps and keeper_of(request.actor) is None:
        raise Http404("回避由社会工作部登记")
    context = {"here": "recusals", "rows": _rows(request.actor, keeps), "keeps": keeps}
    return render(request, "web/recusals.html", context)


def _rows(actor: Actor, keeps: bool) -> list[Shut]:
    rows = list(
        Recusal.objects.filter(in_force(clock.today()))
        .select_related("account", "unit")
        .order_by("-since", "-pk")[:MOST]
    )
    cases = {
        case.pk: case
        for case in _cases(actor, keeps).filter(pk__in=[row.subject for row in rows]).select_related("home")
    }
    return [
        Shut(row, case, case.title if keeps else "", _keeps(actor, case))
        for row in rows
        if (case := cases.get(row.subject))
    ]


def _cases(actor: Actor, keeps: bool) -> QuerySet[Case]:
    """Cases whose recusals the actor may read: those he sees; an office admin the ordinary ones of his territory."""
    if keeps:
        return seen.seen_by(actor)
    keeper = keeper_of(actor)
    assert keeper is not None
    low, high = tree.within(keeper.code)
    return Case.objects.filter(sealed=False, place__code__gte=low, place__code__lt=high)


def _keeps(actor: Actor, case: Case) -> bool:
    roles = (CLEARED,) if case.sealed else KEEPS
    return any(actor.holds(role, case.home_id) for role in roles)


def _asks(actor: Actor) -> tuple[Ask, ...]:
    places = {h.place_code for h in actor.holdings if h.unit_kind == "office"}
    there = Post.objects.filter(in_force(clock.today()), unit__place__code__in=places)
    people = Account.objects.filter(pk__in=there.values("account"), is_active=True).order_by("name")[:MOST]
    return (
        Ask("case", "哪件事", "line", at_most=40, help="写编号，如 BT-2026-0012"),
        Ask("person", "谁回避", "choice", required=False, choices=tuple((one.pk.hex, f"{one.name}（{one.username}）") for one in people)),
        Ask("unit", "或者整个单位回避", "unit", required=False),
        Ask("why", "理由", "line", help="如：反映人是本人亲属；回避后他看不到这件事，也不会收到消息"),
    )  # fmt: skip


@staff
def new(request: StaffRequest) -> HttpResponse:
    """Somebody is recused from a case that the actor's office runs."""
    if holding(request.actor, *KEEPS, kind="office") is None:
        raise Http404("回避由社会工作部登记")
    asks = _asks(request.actor)
    if request.method != "POST":
        return _form(request, asks, {"case": request.GET.get("case", "")[:40]}, None)
    typed = forms.read(asks, request.POST)
    try:
        given = answers.clean(asks, forms.raw(asks, typed))
        case = _case(request.actor, given["case"])
        account = Account.objects.filter(pk=UUID(given["person"])).first() if given["person"] else None
        recusing.enter(case, account, given["unit"], request.actor, given["why"])
    except Refused as no:
        return _form(request, asks, typed, no)
    messages.success(request, "已登记回避，从现在起生效，办理记录里写明。")
    return redirect("web:recusals")


def _case(actor: Actor, number: str) -> Case:
    rows = Case.objects.select_related("home", "holder", "place", "parent__home", "parent__place")
    case = rows.filter(number=number.strip().upper()).first()
    if case is None or not seen.may_see(actor, case) or not _keeps(actor, case):
        raise Refused(f"没有找到本单位主办的“{number}”，请核对编号", "case")
    return case


def _form(
    request: StaffRequest, asks: tuple[Ask, ...], typed: forms.Typed, no: Refused | None
) -> HttpResponse:
    form = forms.Form(asks, typed, None, no.errors if no else {})
    context = {"here": "recusals", "form": form, "sentence": no.sentence if no else ""}
    return render(request, "web/recusal_new.html", context, status=422 if no else 200)


@require_POST
@staff
def end(request: StaffRequest, key: UUID) -> HttpResponse:
    """A recusal is over."""
    row = get_object_or_404(
        Recusal.objects.filter(in_force(clock.today())).select_related("account", "unit"), pk=key
    )
    case = Case.objects.select_related("home", "place").filter(pk=row.subject).first()
    if case is None or not seen.may_see(request.actor, case) or not _keeps(request.actor, case):
        raise Http404("没有这一条，或者不归您管")
    try:
        recusing.end(row, case, request.actor, request.POST.get("why", ""))
    except Refused as no:
        messages.warning(request, no.sentence)
    else:
        messages.success(request, "已解除回避。")
    return redirect("web:recusals")
