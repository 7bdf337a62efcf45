"""Opening a case by hand, in any loop that says who may (``opened_by``): title, place and the loop's own asks."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from jieyou.interfaces.web import days, forms, where
from jieyou.interfaces.web.staff import StaffRequest, staff
from jieyou.interfaces.web.waiting import waiting
from jieyou.kernel.loop import opening, registry
from jieyou.kernel.loop.declare import Ask, Loop
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.people.actor import Actor, Holding


def may_begin(actor: Actor, loop: type[Loop]) -> Holding | None:
    """The post by which this actor may open a case of the loop by hand."""
    roles = loop.opened_by.roles if loop.opened_by else ()
    return next((h for role in roles for h in actor.holdings if h.role == role), None)


@staff
def begin(request: StaffRequest, code: str) -> HttpResponse:
    """GET: the form. POST: open the case, or show the form again with all that was typed."""
    loop = registry.loops().get(code)
    post = may_begin(request.actor, loop) if loop else None
    if loop is None or post is None:
        raise Http404("没有这个页面，或者不由您的岗位新建")
    asks = (opening.TITLE, *(ask for ask in loop.asks if ask.kind != "evidence"))
    picked = where.picked(post.place_code, request.POST)
    if request.method != "POST":
        return _form(request, loop, forms.Form(asks, {}), picked)
    typed = forms.read(asks, request.POST)
    more = request.POST.get("more", "")
    if more or "deepen" in request.POST:
        return _form(request, loop, forms.Form(asks, typed, blank={more: forms.BLANK_ROWS}), picked)
    try:
        place = request.POST.get("place") or (picked.place.code if picked.place else "")
        case = opening.begin(loop.code, request.actor, {**forms.raw(asks, typed), "place": place})
    except Refused as no:
        return _form(request, loop, forms.Form(asks, typed, None, no.errors), picked, no)
    words = waiting(case).words
    messages.success(
        request, f"“{loop.opens}”已办好，编号 {case.number}。{f'现在等：{words}。' if words else ''}"
    )
    return redirect("web:case", case.number)


def _form(
    request: StaffRequest,
    loop: type[Loop],
    form: forms.Form,
    picked: where.Picked,
    no: Refused | None = None,
) -> HttpResponse:
    context = {
        "here": loop.code,
        "loop": loop,
        "form": form,
        "picked": picked,
        "sentence": no.sentence if no else "",
        "errors": no.errors if no else {},
        "usual": days.usual() if _has_due(form.asks) else [],
    }
    return render(request, "web/begin.html", context, status=422 if no else 200)


def _has_due(asks: tuple[Ask, ...]) -> bool:
    return any(one.kind == "due" for ask in asks for one in (ask, *ask.rows))
