"""The agenda: putting a case on it, what was decided, who came, the draft of the minutes."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max

from jieyou.commons.approvals import signing
from jieyou.commons.assignments.loops import ASSIGNMENTS
from jieyou.commons.meetings.models import AgendaItem, Attendance, Meeting
from jieyou.kernel.calendar import clock as watch
from jieyou.kernel.ledger import tracked
from jieyou.kernel.loop.answers import clean, plain
from jieyou.kernel.loop.declare import Guard, Situation
from jieyou.kernel.loop.engine import advance
from jieyou.kernel.loop.models import Case
from jieyou.kernel.loop.opening import open_case
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.people.actor import Actor
from jieyou.kernel.people.models import Unit
from jieyou.kernel.people.roles import MEETING_CLERK

CHINESE = "零一二三四五六七八九十"
#: Outcomes from which assignments follow.
HANDED_OUT = ("resolved", "in_principle")


#: A case that was brought in (补录) as waiting for a meeting.
UNTABLED = "这件事还没有排进哪一次会议，请先“核定环节”，排进会议"


def call(unit: Unit, seq_no: int, held_on: date, actor: Actor, **facts: Any) -> Case:
    """Call a meeting of an office. The number is given by hand; a number used before is refused with a sentence."""
    if not actor.holds(MEETING_CLERK, unit.pk):
        raise Refused(f"会议由本单位{MEETING_CLERK}召集")
    used = Refused(f"{unit.name}第{seq_no}次会议已经有了，请核对会议次数", "seq_no")
    if Meeting.objects.filter(unit=unit, seq_no=seq_no).exists():
        raise used
    try:
        return open_case(
            "meeting", actor, title=f"服务群众周“解忧”第{seq_no}次会议", place=unit.place, home=unit,
            facts={"unit": unit, "level": unit.place.level, "seq_no": seq_no, "held_on": held_on, **facts},
        )  # fmt: skip
    except IntegrityError:
        raise used from None


def count(meeting_id: Any) -> int:
    """How many items are on the agenda."""
    return AgendaItem.objects.filter(meeting=meeting_id).count()


def undecided(meeting_id: Any) -> int:
    """How many of them have no outcome yet."""
    return AgendaItem.objects.filter(meeting=meeting_id, outcome="").count()


def day_came(held_on: date) -> str | None:
    """A meeting is not held before its day."""
    return None if held_on <= watch.today() else f"会议定在 {held_on}，还没到日子；改期请用“修改安排”"


def put(step: Any) -> None:
    """提请上会: the case goes to the end of the agenda of the meeting chosen; the meeting must still be taking items."""
    chosen: Case = step.data["meeting"]
    if chosen.loop != "meeting" or chosen.stage != "preparing" or chosen.home_id != step.case.home_id:
        raise Refused("只能排进本单位正在筹备的会议", "meeting")
    meeting = Meeting.objects.get(pk=chosen.pk)
    last = AgendaItem.objects.filter(meeting=meeting).aggregate(last=Max("position"))["last"] or 0
    tracked.save(
        AgendaItem(meeting=meeting, case=step.case, position=last + 1), step.actor.person, "提请上会"
    )
    step.facts.meeting = meeting


def take_off(step: Any) -> None:
    """撤回议题: off the agenda of a meeting that is still being prepared; the record keeps that it stood there."""
    tracked.delete(item_of(step.case, step.facts.meeting), step.actor.person, "撤回议题")
    step.facts.meeting, step.facts.outcome = None, ""


def _still_open(s: Situation) -> str | None:
    if s.facts.meeting is None:
        return UNTABLED
    stage = s.facts.meeting.case.stage
    return None if stage == "preparing" else "会议已经定题，请先在会议页面“调整议题”"


def _issued(s: Situation) -> str | None:
    if s.facts.meeting is None:
        return UNTABLED
    return None if s.facts.meeting.case.stage == "issued" else "会议纪要还没有印发，印发后才能交办"


tabled = Guard("tabled", lambda s: None if s.facts.meeting is not None else UNTABLED, "已排进会议")
still_open = Guard("still_open", _still_open, "会议还在筹备")
minutes_issued = Guard("minutes_issued", _issued, "会议纪要已印发")


def decided_rows(case: Case, meeting: Meeting) -> list[dict[str, Any]]:
    """The tasks that the meeting gave out for a case, as cleaned rows: what the minutes say is what goes out."""
    raw = [row | {"unit": row["unit"]["id"]} for row in item_of(case, meeting).assignments]
    return clean((ASSIGNMENTS,), {ASSIGNMENTS.name: raw})[ASSIGNMENTS.name]


def item_of(step_or_case: Any, meeting_id: Any) -> AgendaItem:
    """The case's item at a meeting."""
    return AgendaItem.objects.get(case=step_or_case, meeting=meeting_id)


def record_decision(step: Any) -> None:
    """记录会议决定: outcome, decision and the drafted assignments, on the item."""
    meeting = step.facts.meeting
    if meeting is None:
        raise Refused(UNTABLED)
    if meeting.case.stage == "signing":
        raise Refused("会议纪要已经送签，要改决定请先退回重拟")
    if meeting.case.stage != "held":
        raise Refused("会议还没有召开，或者纪要已经印发，不能记录决定")
    item = item_of(step.case, meeting)
    item.outcome, item.decision = step.data["outcome"], step.data["decision"]
    item.assignments = plain(step.data.get("assignments") or [])
    tracked.save(item, step.actor.person, "记录会议决定")


def attend(step: Any) -> None:
    """登记出席."""
    for row in step.data["attendance"]:
        Attendance.objects.update_or_create(
            meeting_id=step.case.pk,
            unit=row["unit"],
            defaults={"state": row["state"], "person": row["person"] or ""},
        )


def minutes_text(meeting: Meeting) -> str:
    """The draft of the minutes, from the decisions themselves. No residents' data, no transcript."""
    day = meeting.held_on
    head = f"{day.year}年{day.month}月{day.day}日，{meeting.chair or '（主持人）'}主持召开{meeting}。会议议定以下事项："
    items = AgendaItem.objects.filter(meeting=meeting).select_related("case").order_by("position")
    return "\n\n".join([head, *(_paragraph(n, item) for n, item in enumerate(items, 1))])


def _paragraph(n: int, item: AgendaItem) -> str:
    heading = f"{ordinal(n)}、{item.case.title}"
    if item.outcome not in HANDED_OUT:
        return "\n".join(filter(None, [heading, f"{item.get_outcome_display()}。", item.decision]))
    lines = [heading, f"会议议定：{item.decision}"]
    for m, row in enumerate(item.assignments, 1):
        role = "牵头" if row["kind"] == "lead" else "配合"
        lines.append(
            f"（{ordinal(m)}）{row['task']}，由{row['unit']['name']}{role}，{due_words(row['due'])}。"
        )
    return "\n".join(lines)


def due_words(due: dict[str, Any] | None) -> str:
    """``11月23日前完成`` (another year's day with its year) or ``7个工作日内完成``."""
    if not due:
        return "尽快完成"
    if due.get("workdays"):
        return f"{due['workdays']}个工作日内完成"
    day = date.fromisoformat(str(due["day"]))
    year = "" if day.year == watch.today().year else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日前完成"


def ordinal(n: int) -> str:
    """1 → 一, 12 → 十二, 23 → 二十三."""
    if n <= 10:
        return CHINESE[n]
    tens, ones = divmod(n, 10)
    return f"{CHINESE[tens] if tens > 1 else ''}十{CHINESE[ones] if ones else ''}"


def send_minutes(step: Any) -> None:
    """纪要送签: an approval on the leader's desk."""
    signing.send(step.case, "minutes", step.data["minutes"], step.actor)


def send_agenda(step: Any) -> None:
    """议题报主持领导审定: the list of items on the chair's desk, or on paper."""
    rows = AgendaItem.objects.filter(meeting=step.facts).select_related("case").order_by("position")
    lines = [f"{n}. {row.case.title}（{row.case.number}）" for n, row in enumerate(rows, 1)]
    signing.send(step.case, "agenda", "\n".join(lines), step.actor)


def to_hand_out(meeting_id: Any) -> list[Case]:
    """Items that the meeting resolved and that have not been handed out yet."""
    rows = AgendaItem.objects.filter(
        meeting=meeting_id, outcome__in=HANDED_OUT, case__open=True, case__stage="meeting"
    )
    chosen = rows.select_related("case__home", "case__holder", "case__place").order_by("position")
    return [row.case for row in chosen]


def hand_out(step: Any) -> None:
    """全部交办: each resolved item by its own step. One that cannot go yet stays, with its reason on the record."""
    left: dict[str, str] = {}
    for case in to_hand_out(step.case.pk):
        try:
            with transaction.atomic():
                advance(case, "resolve", step.actor, {}, step.at)
        except Refused as no:
            left[case.number] = no.sentence
    if left and len(left) == len(to_hand_out(step.case.pk)):
        raise Refused("；".join(f"{number}：{sentence}" for number, sentence in left.items()))
    step.data["left"] = [f"{number}：{sentence}" for number, sentence in left.items()]


tracked.track(AgendaItem, ["meeting", "case", "position", "outcome", "decision", "assignments"])
