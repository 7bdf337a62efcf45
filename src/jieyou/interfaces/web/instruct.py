"""批示: a leader's word about a matter or about a place becomes work with a date, through the doors that are there.

About a matter that its unit has in hand: 补充交办, a task with its own clock. About anything else: a new matter whose source is
the leader's instruction, with the instruction's date as a clock that no calendar notice moves.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from jieyou.commons.reports import intake
from jieyou.interfaces.web import days, forms
from jieyou.interfaces.web.asked import read
from jieyou.interfaces.web.staff import StaffRequest, case_or_404, holding_or_404, staff
from jieyou.kernel.calendar import clock
from jieyou.kernel.loop import answers, permit
from jieyou.kernel.loop.declare import Ask
from jieyou.kernel.loop.engine import advance
from jieyou.kernel.loop.models import Case
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.people.roles import HEAD, LEADER
from jieyou.kernel.places.models import Place

WORDS = Ask("words", "批示内容", "words", at_least=4, at_most=2000, help="请勿写入涉密、工作秘密内容")
UNIT = Ask("unit", "由谁办", "unit")
DUE = Ask("due", "什么时候前办好", "day", help="日期写明后不随放假安排变动")
#: The step that hands a further task to a unit.
DOOR = "reassign"


@staff
def instruct(request: StaffRequest) -> HttpResponse:
    """GET: the form. POST: the work is handed out, or the form again with what was typed."""
    holding_or_404(request, HEAD, LEADER, kind="office")
    case = _case(request)
    hands_out = case is not None and _open(request, case)
    asks = (WORDS, UNIT, DUE) if hands_out else (WORDS, DUE)
    place = case.place if case else read(request).scope.place
    if request.method != "POST":
        held = {"unit": case.holder.name} if hands_out and case and case.holder else {}
        return _form(request, asks, held, case, place)
    typed = forms.read(asks, request.POST)
    try:
        said = answers.clean(asks, forms.raw(asks, typed))
        if said["due"] < clock.today():
            raise Refused("日期已经过了，请写今天或以后的日期", "due")
        made = _hand_out(request, case, said) if hands_out and case else _tell(request, case, place, said)
    except Refused as no:
        return _form(request, asks, typed, case, place, no)
    messages.success(request, f"批示已办成 {made.number}，限{days.day_words(said['due'])}前。")
    return redirect("web:case", made.number) if _sees(request, made) else redirect("web:cockpit")


def _case(request: StaffRequest) -> Case | None:
    """The matter that is meant; of a task the matter that it belongs to."""
    number = request.GET.get("case", "")
    if not number:
        return None
    case = case_or_404(request, number)
    if case.sealed:
        raise Http404("没有这件事，或者不归您看")
    return case_or_404(request, case.parent.number) if case.parent and case.loop == "assignment" else case


def _open(request: StaffRequest, case: Case) -> bool:
    """May this leader hand out a further task of the matter now?"""
    return any(d.transition.name == DOOR and d.reason is None for d in permit.open_to(case, request.actor))


def _hand_out(request: StaffRequest, case: Case, said: dict[str, Any]) -> Case:
    leads = case.holder_id == said["unit"].pk
    row = {
        "task": said["words"][:300],
        "kind": "lead" if leads else "co",
        "unit": said["unit"],
        "due": said["due"],
    }
    advance(case, DOOR, request.actor, {"words": f"领导批示：{said['words']}", "assignments": [row]})
    return Case.objects.filter(parent=case, loop="assignment").latest("opened_at", "pk")


def _tell(request: StaffRequest, case: Case | None, place: Place, said: dict[str, Any]) -> Case:
    about = f"关于 {case.number}《{case.title}》：" if case else ""
    words = f"{about}{said['words']}"
    told = intake.Told(
        place=place, words=words, title=words[:60], source="leader", source_name=request.actor.title[:80],
        instruction=words, instruction_due=said["due"], at_city=case is None and place.level == "city", must_answer=True,
    )  # fmt: skip
    return intake.submit(told, request.actor).case


def _sees(request: StaffRequest, case: Case) -> bool:
    try:
        return case_or_404(request, case.number) is not None
    except Http404:
        return False


def _form(
    request: StaffRequest,
    asks: tuple[Ask, ...],
    typed: Any,
    case: Case | None,
    place: Place,
    no: Refused | None = None,
) -> HttpResponse:
    asks = tuple(replace(a, help=f"{place.name}的单位") if a.name == "unit" else a for a in asks)
    context = {
        "here": "cockpit", "form": forms.Form(asks, typed, None, no.errors if no else {}), "case": case, "place": place,
        "sentence": no.sentence if no else "", "errors": no.errors if no else {},
    }  # fmt: skip
    return render(request, "web/instruct.html", context, status=422 if no else 200)
