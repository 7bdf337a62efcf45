"""人民调解 on the phone: the menu, an application, and what a party does by his own query number."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
)
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jieyou.commons.meetings.agenda import due_words
from jieyou.commons.papers import pdf
from jieyou.interfaces.citizen import guard, tracking
from jieyou.interfaces.citizen.page import show
from jieyou.kernel.calendar import clock
from jieyou.kernel.evidence import store
from jieyou.kernel.loop.models import Case
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.people.posts import SYSTEM
from jieyou.mechanisms.mediation import applying, lists, papers
from jieyou.mechanisms.mediation.applying import Person
from jieyou.mechanisms.mediation.loops import PeoplesMediation
from jieyou.mechanisms.mediation.models import Mediation, Mediator, Party, Visit
from jieyou.mechanisms.mediation.rules import SIDE_NAMES

MINE, AN_HOUR, VISITS = "mediation", 3600, 20
NOTHING = "没有查到。请对照领到的查询编号再看一下；编号丢了的，请带身份证到调解委员会重新领取。"
LATE = "已经过了一个小时，为了安全请重新输入查询编号。"
#: What a resident may do, by the name of the step: what is told when it is done.
DONE = {
    "consent": "已经记下：您同意调解。", "refuse": "已经记下：您不同意调解。", "propose": "已经告诉对方和调解委员会。",
    "agree": "已经记下：您同意这个人选。", "sign": "您已经签名。", "recuse": "已经申请回避，重新选人。",
}  # fmt: skip
NOW = {
    "applied": "等双方同意", "choosing": "选说事人", "talks": "正在调解", "signing": "签署协议", "performing": "协议已经生效",
    "visiting": "协议已经生效", "filing": "协议已经生效", "closed": "已经办结", "failed": "调解不成", "stopped": "调解已终止",
    "declined": "不予受理",
}  # fmt: skip


@require_GET
def menu(request: HttpRequest) -> HttpResponse:
    """The menu of one committee (or of all), by name; nobody is scored or ranked. Beside it who goes to which village."""
    chosen = _committee(request.GET.get("at", ""))
    people = lists.people().filter(committee=chosen) if chosen else lists.people()
    visits = Visit.objects.filter(mediator__in=people, day__gte=clock.today(), state="planned")
    return show(
        request, "mediation_menu", committees=lists.committees(), chosen=chosen, people=[_card(one) for one in people],
        visits=visits.select_related("mediator", "place")[:VISITS],
    )  # fmt: skip


def _card(one: Mediator) -> dict[str, Any]:
    said = {**_titles("role"), **_titles("force")}
    tags = [
        "人民调解员" if one.engaged else "说事人",
        said.get(one.role, ""),
        _titles("pool").get(one.pool, ""),
    ]
    return {"one": one, "tags": [tag for tag in tags if tag]}


@require_GET
def photo(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """The picture of somebody who is on the menu now; of nobody else."""
    one = lists.people().filter(pk=key).exclude(photo=None).first()
    file = store.of(key).filter(pk=one.photo, public=True).first() if one else None
    if file is None:
        raise Http404("没有照片")
    return FileResponse(
        store.open(file), content_type="image/jpeg" if file.name.endswith((".jpg", ".jpeg")) else "image/png"
    )


def _titles(kind: str) -> dict[str, str]:
    return dict(lists.terms(kind))


def _committee(key: str) -> Any:
    return next((body for body in lists.committees() if body.pk.hex == key), None)


@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: HttpRequest) -> HttpResponse:
    """申请调解. The applicant's query number is shown once; the other side gets one of its own by the case's number."""
    if request.method != "POST":
        return _apply_page(request, {})
    try:
        if not guard.may_report(request):
            return _apply_page(request, {"words": guard.TOO_MANY_REPORTS}, 429)
        body = _committee(request.POST.get("committee", ""))
        if body is None:
            return _apply_page(request, {"committee": "请选在哪个调解委员会调解"})
        said = request.POST
        receipt = applying.apply(
            body, said.get("category", ""), said.get("words", ""), _person(said), _person(said, "other_")
        )
    except Refused as no:
        return _apply_page(request, dict(no.errors) or {"words": no.sentence})
    return _receipt(request, receipt)


def _person(said: Any, prefix: str = "") -> Person:
    return Person(*(said.get(f"{prefix}{name}", "").strip()[:80] for name in ("name", "phone")))


def _apply_page(request: HttpRequest, wrongs: dict[str, str], status: int = 200) -> HttpResponse:
    return show(
        request, "mediation_apply", status=status, wrongs=wrongs, committees=lists.committees(), kinds=lists.terms("dispute"),
        said=request.POST if request.method == "POST" else request.GET,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """The other side: the case's number and his own telephone give him a query number of his own."""
    if request.method != "POST":
        return show(request, "mediation_join", wrongs={})
    said = request.POST
    if not guard.may_try(request):
        return show(request, "mediation_join", wrongs={"number": guard.TOO_MANY_TRIES}, said=said, status=429)
    try:
        receipt = applying.join(said.get("number", "")[:40], said.get("phone", "")[:40])
    except Refused as no:
        return show(request, "mediation_join", wrongs={"number": no.sentence}, said=said)
    return _receipt(request, receipt)


def _receipt(request: HttpRequest, receipt: applying.Receipt) -> HttpResponse:
    return show(request, "mediation_receipt", case=receipt.case, secret=receipt.secret)


@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """GET: my mediation, if this browser has shown the number. POST: the number."""
    if request.method != "POST":
        party = _mine(request)
        return _page(request, party) if party else show(request, "mediation_find", wrongs={})
    typed = request.POST.get("secret", "")[:80]
    wrong = tracking.not_a_number(typed)
    if not wrong and not guard.may_try(request):
        return show(request, "mediation_find", wrongs={"secret": guard.TOO_MANY_TRIES}, status=429)
    party = None if wrong else applying.lookup(typed)
    if party is None:
        return show(request, "mediation_find", wrongs={"secret": wrong or NOTHING}, typed=typed)
    response = HttpResponseRedirect(reverse("citizen:mediation_mine"))
    response.set_signed_cookie(
        MINE, party.pk.hex, salt="citizen.mediation", max_age=AN_HOUR, path=reverse("citizen:mediation"), httponly=True,
        samesite="Lax", secure=settings.HTTPS,
    )  # fmt: skip
    return response


def _mine(request: HttpRequest) -> Party | None:
    key = request.get_signed_cookie(MINE, "", salt="citizen.mediation", max_age=AN_HOUR)
    return (
        Party.objects.select_related("case__home", "case__place").filter(pk=UUID(key)).first()
        if key
        else None
    )


@require_POST
def act(request: HttpRequest) -> HttpResponse:
    """One step of a party's: ``do`` names it."""
    party, name, said = _mine(request), request.POST.get("do", ""), request.POST
    if party is None:
        return show(request, "mediation_find", wrongs={"secret": LATE})
    if name not in DONE:
        raise Http404("没有这个动作")
    if not guard.may_add(party.pk):
        return _page(request, party, {name: guard.TOO_MANY_WORDS}, 429)
    try:
        _ACTS.get(name, _plain)(party, name, said)
    except Refused as no:
        return _page(request, party, {name: no.sentence})
    return HttpResponseRedirect(f"{reverse('citizen:mediation_mine')}?done={name}")


def _plain(party: Party, name: str, said: Any) -> Case:
    asks = PeoplesMediation.transitions[name].asks
    return applying.act(party, name, {ask.name: said.get(ask.name, "")[:5000] for ask in asks})


def _sign(party: Party, name: str, said: Any) -> Case:
    return applying.sign(
        party, said.get("sign_name", "")[:80], said.get("code", "")[:80], said.get("sign_yes") == "on"
    )


_ACTS: dict[str, Callable[[Party, str, Any], Case]] = {"sign": _sign}


def _page(
    request: HttpRequest, party: Party, wrongs: dict[str, str] | None = None, status: int = 200
) -> HttpResponse:
    case, facts = party.case, Mediation.objects.get(pk=party.case_id)
    lead, done = lists.mediator(facts.mediator), request.GET.get("done", "")
    return show(
        request, "mediation_mine", status=status, party=party, case=case, facts=facts, own=facts.sides[party.side],
        now=NOW[case.stage], until=due_words(facts.perform_by) if facts.perform_by else "当场履行",
        own_choice=lists.choice_words(facts.sides[party.side].get("choice", "")), others=_others(facts, party.side),
        called=SIDE_NAMES[party.side], chosen=lists.choice_words(facts.choice), lead=lead, people=lists.people(),
        rights=papers.rights(), papers=papers.ready(case), wrongs=wrongs or {},
        done=DONE.get(done, "") if not wrongs else "", typed=request.POST if wrongs else {},
    )  # fmt: skip


def _others(facts: Mediation, own: str) -> list[dict[str, Any]]:
    """What the other sides have done, without who they are."""
    return [
        {"side": x, "called": SIDE_NAMES[x], **side, "named": lists.choice_words(side.get("choice", ""))}
        for x, side in sorted(facts.sides.items())
        if x != own
    ]


@require_GET
def paper(request: HttpRequest, kind: str) -> HttpResponseBase:
    """One's own copy as PDF, with all names; that it was opened is on the record."""
    party = _mine(request)
    if party is None:
        return show(request, "mediation_find", wrongs={"secret": LATE})
    if kind not in papers.ready(party.case):
        raise Http404("还没有这份文书")
    sheet = papers.whole(party.case, kind, SYSTEM, f"{SIDE_NAMES[party.side]}下载{papers.WHOLE[kind]}")
    response = HttpResponse(pdf.draw(sheet), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{kind}.pdf"'
    response["Cache-Control"] = "no-store"
    return response


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """This browser forgets the number."""
    response = HttpResponseRedirect(reverse("citizen:mediation"))
    response.delete_cookie(MINE, path=reverse("citizen:mediation"), samesite="Lax")
    return response
