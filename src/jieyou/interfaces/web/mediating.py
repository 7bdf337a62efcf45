"""What the committee does beside the steps: 登记当事人, a new query number for a party, papers with names in full, the menu."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, OuterRef, Q, Subquery
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_POST

from jieyou.commons.papers import fonts, pdf, word
from jieyou.interfaces.web import where
from jieyou.interfaces.web.papers import TYPES
from jieyou.interfaces.web.staff import StaffRequest, case_or_404, holding_or_404, staff
from jieyou.kernel.calendar import clock
from jieyou.kernel.loop.models import Case
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.people.roles import BUSINESS, MEDIATOR
from jieyou.kernel.privacy.looks import NotShown
from jieyou.mechanisms.mediation import applying, keeping, lists, papers, visiting
from jieyou.mechanisms.mediation.applying import Person
from jieyou.mechanisms.mediation.models import Body, Mediator, Party, Visit


def _case_or_404(request: StaffRequest, number: str) -> Case:
    """A mediation of the actor's own committee."""
    case = case_or_404(request, number)
    if case.loop != "mediation" or not request.actor.holds(MEDIATOR, case.home_id):
        raise Http404("由承办的调解委员会办理")
    return case


@require_POST
@staff
def party(request: StaffRequest, number: str) -> HttpResponse:
    """登记当事人: the next side."""
    case, said = _case_or_404(request, number), request.POST
    person = Person(*(said.get(name, "").strip()[:120] for name in ("name", "phone", "id_no", "address")))
    if wrongs := person.wrongs():
        messages.warning(request, "；".join(wrongs.values()))
        return redirect("web:case", number)
    try:
        applying.add_party(case, person, request.actor)
    except Refused as no:
        messages.warning(request, no.sentence)
    else:
        messages.success(request, "已登记，姓名、电话密封保存。")
    return redirect("web:case", number)


@require_POST
@staff
def secret(request: StaffRequest, number: str, side: str) -> HttpResponse:
    """A query number for a party who is here in person: shown once, the older one is no longer good."""
    case = _case_or_404(request, number)
    found = get_object_or_404(Party, case=case, side=side)
    context = {
        "here": case.loop,
        "case": case,
        "party": found,
        "secret": applying.give_secret(found, request.actor),
    }
    response = render(request, "web/mediation_secret.html", context)
    patch_cache_control(response, no_store=True)
    return response


@require_POST
@staff
def paper(request: StaffRequest, number: str, kind: str, ending: str) -> HttpResponseBase:
    """A paper with the parties' names in full; that it was taken is on the record."""
    case = _case_or_404(request, number)
    if kind not in papers.ready(case) or ending not in TYPES:
        raise Http404("还没有这份文书")
    try:
        sheet = papers.whole(case, kind, request.actor, f"打印{papers.WHOLE[kind]}")
        body = pdf.draw(sheet) if ending == "pdf" else word.draw(sheet)
    except (NotShown, fonts.NoFont) as no:
        messages.warning(request, no.sentence)
        return redirect("web:case", number)
    response = HttpResponse(body, content_type=TYPES[ending])
    response["Content-Disposition"] = f'attachment; filename="{case.number}-{kind}.{ending}"'
    response["Cache-Control"] = "no-store"
    return response


@staff
def menu(request: StaffRequest) -> HttpResponse:
    """说事人菜单: who is on it, with what is published of each."""
    held = holding_or_404(request, MEDIATOR)
    body = get_object_or_404(Body, unit=held.unit, kind="committee")
    rows = Mediator.objects.filter(committee=body).select_related("alliance").order_by("until", "name")
    return render(request, "web/mediators.html", {"here": "mediators", "body": body, "rows": rows})


@staff
def person(request: StaffRequest, key: UUID | None = None) -> HttpResponse:
    """One person of the menu: new, changed, taken off."""
    held = holding_or_404(request, MEDIATOR)
    body = get_object_or_404(Body, unit=held.unit, kind="committee")
    found = get_object_or_404(Mediator, pk=key, committee=body) if key else None
    wrongs: dict[str, str] = {}
    if request.method == "POST":
        try:
            keeping.keep(body, found, request.POST, request.actor, request.FILES.get("photo"))
            messages.success(request, "已保存。")
            return redirect("web:mediators")
        except Refused as no:
            wrongs = dict(no.errors) or {"name": no.sentence}
    said: Any = request.POST if wrongs else found
    context = {
        "here": "mediators", "body": body, "found": found, "said": said, "wrongs": wrongs, "roles": [*lists.terms("role"), *lists.terms("force")],
        "pools": lists.terms("pool"), "alliances": Body.objects.filter(kind="alliance", until=None),
    }  # fmt: skip
    return render(request, "web/mediator.html", context, status=422 if wrongs else 200)


def _committee(request: StaffRequest) -> Body:
    """The committee of the mediator who asks."""
    return get_object_or_404(Body, unit=holding_or_404(request, MEDIATOR).unit, kind="committee")


@staff
def visits(request: StaffRequest) -> HttpResponse:
    """下村轮值: the visits of late and to come; POST plans one more."""
    body, wrongs = _committee(request), dict[str, str]()
    picked = where.picked(body.place.code, request.POST)
    if request.method == "POST" and "deepen" not in request.POST:
        said = (request.POST.get("mediator", ""), picked.place, request.POST.get("day", ""))
        try:
            visiting.plan(body, *said, request.actor)
            messages.success(request, "已安排，手机上“最近下村”能看到。")
            return redirect("web:mediation_visits")
        except Refused as no:
            wrongs = dict(no.errors) or {"day": no.sentence}
    rows = [(row, visiting.STATES[row.state]) for row in visiting.of(body)]
    context = {
        "here": "visits", "body": body, "rows": rows, "people": visiting.people(body), "picked": picked, "wrongs": wrongs,
        "errors": wrongs, "said": request.POST, "today": clock.today(),
    }  # fmt: skip
    return render(request, "web/mediation_visits.html", context, status=422 if wrongs else 200)


@require_POST
@staff
def visit(request: StaffRequest, key: UUID) -> HttpResponse:
    """One visit: done, or not and why."""
    row = get_object_or_404(Visit, pk=key, mediator__committee=_committee(request))
    try:
        visiting.settle(row, request.POST.get("state", ""), request.POST.get("words", ""), request.actor)
        messages.success(request, "已登记。")
    except Refused as no:
        messages.warning(request, no.sentence)
    return redirect("web:mediation_visits")


@staff
def bodies(request: StaffRequest) -> HttpResponse:
    """调解组织: committees, alliances, studios, pools of the reader's own territory, with their people and what they were
    recognised for. By kind and name; nobody is ranked."""
    own = [h.place_code for h in request.actor.holdings if h.role in BUSINESS]
    near = Q()
    for code in own:
        near |= Q(place__code__startswith=code)
    if not own:
        raise Http404("没有这个页面")
    rows = (
        Body.objects.filter(near, until=None).select_related("place").order_by("place__code", "kind", "name")
    )
    people = Mediator.objects.filter(Q(until=None) | Q(until__gt=clock.today()))
    counted = rows.annotate(
        own=Subquery(
            people.filter(committee=OuterRef("pk"))
            .order_by()
            .values("committee")
            .annotate(n=Count("pk"))
            .values("n")
        ),
        joined=Subquery(
            people.filter(alliance=OuterRef("pk"))
            .order_by()
            .values("alliance")
            .annotate(n=Count("pk"))
            .values("n")
        ),
    ).prefetch_related("recognitions")
    return render(request, "web/mediation_bodies.html", {"here": "mediation_bodies", "rows": counted})
