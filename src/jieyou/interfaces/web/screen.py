"""投屏: a meeting on the wall, one item at a time, in big letters. No names, telephones or door numbers: every text is masked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from jieyou.commons.meetings import agenda
from jieyou.commons.meetings.models import AgendaItem, Meeting
from jieyou.interfaces.web import panels
from jieyou.interfaces.web.staff import StaffRequest, case_or_404, staff
from jieyou.kernel.calendar import clock
from jieyou.kernel.loop import seen
from jieyou.kernel.loop.models import Case
from jieyou.kernel.loop.situation import facts_of
from jieyou.kernel.privacy.masking import mask

#: What a leader asks of an item, in his order; shown where the facts have it.
PARTS = (("crux", "症结"), ("plan", "拟解决方案"), ("funding", "资金及来源"), ("disagreement", "分歧"), ("to_decide", "请会议决定"))  # fmt: skip
#: Lines of 上次议定事项 that a wall can hold.
LINES = 5


@dataclass(frozen=True)
class Slide:
    """One item as the wall shows it."""

    title: str
    number: str
    unit: str
    minutes: int
    parts: list[tuple[str, str]] = field(default_factory=list)
    reach: int = 0
    outcome: str = ""
    decision: str = ""
    tasks: list[str] = field(default_factory=list)


@staff
def screen(request: StaffRequest, number: str) -> HttpResponse:
    """``?item=0`` is 上次议定事项落实情况, ``1`` the first item, and so on."""
    case = case_or_404(request, number)
    meeting = get_object_or_404(Meeting, case=case)
    items = list(
        AgendaItem.objects.filter(meeting=meeting).select_related("case__holder").order_by("position")
    )
    at = _at(request.GET.get("item", "0"), len(items))
    context = {
        "case": case,
        "meeting": meeting,
        "at": at,
        "count": len(items),
        "before": at - 1 if at else None,
        "after": at + 1 if at < len(items) else None,
        "slide": _slide(items[at - 1], request) if at else None,
        **({} if at else _last(meeting)),
    }
    return render(request, "web/screen.html", context)


def _at(word: str, count: int) -> int:
    if not (word.isdecimal() and len(word) < 4 and int(word) <= count):
        raise Http404("没有这一项议题")
    return int(word)


def _last(meeting: Meeting) -> dict[str, Any]:
    """How the tasks of the last meeting stand: counts, and the unfinished ones."""
    last = panels.previous(meeting)
    rows = panels.follow_ups(last, clock.now()) if last else []
    undone = [(mask(f.case.title), mask(f.item.title), f.case.holder, f.lamp) for f in rows if f.case.open]
    return {"last": last, "total": len(rows), "done": len(rows) - len(undone), "undone": undone[:LINES], "more": len(undone) - LINES}  # fmt: skip


def _slide(item: AgendaItem, request: StaffRequest) -> Slide:
    """The item; whoever is recused from it gets its place on the agenda and nothing else."""
    case: Case = item.case
    if case.sealed or not seen.may_see(request.actor, case):
        return Slide("这一项不在您的屏幕上显示", "", "", item.minutes_given)
    facts = facts_of(case)
    texts = [(words, mask(str(getattr(facts, name, "") or ""))) for name, words in PARTS]
    return Slide(
        mask(case.title),
        case.number,
        case.holder.name if case.holder else "",
        item.minutes_given,
        [(words, text) for words, text in texts if text],
        getattr(facts, "reach", 0) or 0,
        item.get_outcome_display() if item.outcome else "",
        mask(item.decision),
        [_task(row) for row in item.assignments],
    )


def _task(row: dict[str, Any]) -> str:
    part = "牵头" if row["kind"] == "lead" else "配合"
    return mask(f"{row['task']}：{row['unit']['name']}{part}，{agenda.due_words(row['due'])}")
