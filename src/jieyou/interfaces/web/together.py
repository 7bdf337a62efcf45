"""Many cases at once: one answer that fits all, one step per case through the engine's one door, and what became of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from jieyou.interfaces.web import days, forms
from jieyou.interfaces.web.staff import StaffRequest, staff
from jieyou.kernel.loop import answers, permit, registry, seen
from jieyou.kernel.loop.declare import Loop, Transition
from jieyou.kernel.loop.engine import advance
from jieyou.kernel.loop.models import Case
from jieyou.kernel.loop.refused import Overtaken, Refused
from jieyou.kernel.loop.situation import Now
from jieyou.kernel.people.actor import Actor

#: At most so many at once.
MOST = 200
#: Steps for which one answer fits all, the likeliest first. Whatever is judged matter by matter is not among them.
STEPS = {
    settings.INTAKE_LOOP: ("resolve", "direct", "table", "urge"),
    "assignment": ("sign_for", "accept", "urge"),
}


@dataclass(frozen=True)
class Picked:
    """One case that was ticked; ``reason``: why the step cannot be made with it (empty: it can, or was)."""

    case: Case
    reason: str = ""


@dataclass
class Result:
    """What became of the cases."""

    done: list[Picked] = field(default_factory=list)
    failed: list[Picked] = field(default_factory=list)

    @property
    def total(self) -> int:
        return len(self.done) + len(self.failed)


def offered(loop: type[Loop], stages: Iterable[str], actor: Actor) -> list[Transition]:
    """Steps that the bar offers: they leave one of these stages and belong to one of the actor's posts. No query."""
    here, roles = set(stages), {h.role for h in actor.holdings}
    found = [loop.transitions[name] for name in STEPS.get(loop.code, ()) if name in loop.transitions]
    return [t for t in found if here & {s.name for s in t.sources} and _is_ones(t, roles)]


def _is_ones(t: Transition, roles: set[str]) -> bool:
    return any(role in roles for who in t.who for role in who.roles)


@staff
def together(request: StaffRequest) -> HttpResponse:
    """The cases that were ticked and the form of the step; once that is sent (``sure``), the step for each, and the result."""
    asked = request.POST if request.method == "POST" else request.GET
    loop = loop_of(asked.get("loop") or settings.INTAKE_LOOP)
    cases = ticked(request.actor, loop, asked.getlist("pick"))
    if not cases:
        messages.warning(request, "请先在列表里勾选，再批量办理。")
        return redirect(back(asked.get("list") or ""))
    t = _step(loop, asked.get("act") or "")
    if request.POST.get("sure"):
        return _submit(request, t, cases)
    return _form(request, t, _looked_over(cases, t, request.actor), {})


def loop_of(code: str) -> type[Loop]:
    """The loop of that code; a page that is not there for another."""
    try:
        return registry.loop(code)
    except registry.UnknownLoop as no:
        raise Http404(str(no)) from None


def _step(loop: type[Loop], name: str) -> Transition:
    if name not in STEPS.get(loop.code, ()) or name not in loop.transitions:
        raise Http404("没有这个批量动作")
    return loop.transitions[name]


def ticked(actor: Actor, loop: type[Loop], numbers: list[str]) -> list[Case]:
    """The ticked cases that the actor may see, in the order of the list."""
    wanted = list(dict.fromkeys(n for n in numbers if "\0" not in n))[:MOST]
    if not wanted:
        return []
    rows = seen.seen_by(actor, Case.objects.filter(loop=loop.code, number__in=wanted))
    rows = rows.select_related("home", "holder", "place", "parent")
    return sorted(rows, key=lambda case: wanted.index(case.number))


def back(query: str) -> str:
    """The list that somebody came from."""
    return reverse("web:cases") + (f"?{query.lstrip('?')}" if query else "")


def _looked_over(cases: list[Case], t: Transition, actor: Actor) -> list[Picked]:
    """Each case with the reason for which the step is shut, if it is."""
    return [Picked(case, _shut(case, t, actor) or "") for case in cases]


def _shut(case: Case, t: Transition, actor: Actor) -> str | None:
    return permit.forbidden(case, t, actor) or permit.missing(Now(case, actor, permit.hoped(t)), t)


def _submit(request: StaffRequest, t: Transition, cases: list[Case]) -> HttpResponse:
    typed = forms.read(t.asks, request.POST)
    if more := request.POST.get("more"):
        return _form(request, t, _looked_over(cases, t, request.actor), typed, blank={more: forms.BLANK_ROWS})
    try:
        data = forms.raw(t.asks, typed)
        answers.clean(t.asks, data)
    except Refused as no:
        return _form(request, t, _looked_over(cases, t, request.actor), typed, no)
    result = Result()
    for case in cases:
        reason = _made(request, case, t, data)
        (result.failed if reason else result.done).append(Picked(case, reason))
    context = {
        "here": "cases",
        "t": t,
        "result": result,
        "back": back(request.POST.get("list", "")),
        "loop": cases[0].declared,
    }
    return render(request, "web/together_done.html", context)


def _made(request: StaffRequest, case: Case, t: Transition, data: dict[str, Any]) -> str:
    """The step of one case in a transaction of its own; the sentence with which it was refused, or nothing."""
    try:
        if request.POST.get(f"turn-{case.number}", str(case.turn)) != str(case.turn):
            raise Overtaken
        with transaction.atomic():
            advance(case, t.name, request.actor, dict(data))
    except Refused as no:
        return no.sentence
    return ""


def _form(
    request: StaffRequest,
    t: Transition,
    picked: list[Picked],
    typed: forms.Typed,
    no: Refused | None = None,
    blank: dict[str, int] | None = None,
) -> HttpResponse:
    open_ = [one for one in picked if not one.reason]
    first = (open_ or picked)[0].case
    typed = typed or {ask.name: [{"kind": "lead"}] for ask in t.asks if ask.kind == "rows"}
    query = request.POST.get("list", request.GET.get("list", ""))
    context = {
        "here": "cases",
        "t": t,
        "loop": first.declared,
        "picked": open_,
        "shut": [one for one in picked if one.reason],
        "form": forms.Form(t.asks, typed, first, no.errors if no else None, blank),
        "sentence": no.sentence if no else "",
        "usual": days.usual() if any(a.kind == "due" for one in t.asks for a in (one, *one.rows)) else [],
        "list": query,
        "back": back(query),
    }
    return render(request, "web/together.html", context, status=422 if no else 200)
