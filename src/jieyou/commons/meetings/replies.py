"""参会回执: one per invited unit. What inviting, answering, urging and the meeting's own steps do to it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from jieyou.commons.meetings.models import Attendance, Meeting, Reply
from jieyou.kernel.calendar import clock as watch
from jieyou.kernel.calendar import store
from jieyou.kernel.loop import rules, timing
from jieyou.kernel.loop.declare import Guard, Situation
from jieyou.kernel.loop.engine import advance
from jieyou.kernel.loop.models import Case
from jieyou.kernel.loop.opening import open_case
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.people.models import Unit
from jieyou.kernel.people.posts import SYSTEM
from jieyou.kernel.people.roles import MEETING_CLERK
from jieyou.kernel.privacy.sealing import SHOWN

#: The deadline of answering, a rule that a city edits; the dial that says whether 请假 is to be agreed to (1) or only told (0).
CLOCK, AGREED = "meeting.reply", "meeting.leave_agreed"
URGED_TODAY = "今天已经催过了，一天只催一次；急的请打电话"


def of(meeting: Any) -> QuerySet[Reply]:
    """The replies of a meeting that count, in the order of inviting; those no longer invited are left out."""
    rows = Reply.objects.filter(meeting=meeting).exclude(case__stage="withdrawn")
    return rows.select_related("case", "unit").order_by("case__opened_at", "pk")


def waiting(meeting: Any) -> QuerySet[Reply]:
    """Those that nobody has answered yet."""
    return of(meeting).filter(case__stage="asked")


def not_urged(meeting: Any) -> QuerySet[Reply]:
    """Those of them that were not urged today."""
    return waiting(meeting).exclude(urged_on=watch.today())


def reply_by(meeting: Meeting, case: Case) -> date:
    """Until when units are asked to answer: by the rule, yet before the day of the meeting, never in the past."""
    today, last = watch.today(), meeting.held_on - timedelta(days=1)
    rule = rules.rule_for(CLOCK, timing.tree_code(case), today)
    if rule is not None:
        due, _ = timing.reckon(watch.now(), rule.length, rule.unit, rule.roll, store.days())
        last = min(last, watch.local(due))
    return max(today, last)


def title(meeting: Meeting, day: date, starts_at: str) -> str:
    """The meeting with day and time: what a notice and a desk show of it."""
    return f"{meeting}（{day.month}月{day.day}日{f' {starts_at}' if starts_at else ''}）"


def invite(step: Any) -> None:
    """通知参会单位: each unit that was not asked yet gets a reply to give; those that were hear nothing a second time."""
    meeting, there = step.facts, set(of(step.case.pk).values_list("unit", flat=True))
    fresh = [unit for unit in step.data["units"] if unit.pk not in there]
    if not fresh:
        raise Refused("所选单位都已经通知过了，不用再通知", "units")
    meeting.reply_by = _last_day(step)
    for unit in fresh:
        Attendance.objects.get_or_create(meeting_id=step.case.pk, unit=unit)
        _ask(step, meeting, unit)


def _last_day(step: Any) -> date:
    given, meeting = step.data["reply_by"], step.facts
    if given is None:
        kept = meeting.reply_by
        return kept if kept and kept >= watch.today() else reply_by(meeting, step.case)
    if given < watch.today():
        raise Refused("回执截止日期已经过了，请写今天或以后的日期", "reply_by")
    if given > max(meeting.held_on, watch.today()):
        raise Refused(f"回执截止不能晚于会议日期 {meeting.held_on}", "reply_by")
    return given


def _ask(step: Any, meeting: Meeting, unit: Unit) -> None:
    open_case(
        "meeting_reply", step.actor, title=title(meeting, meeting.held_on, meeting.starts_at), place=step.case.place,
        home=step.case.home, holder=unit, facts={"meeting": meeting, "unit": unit}, due={"day": meeting.reply_by}, at=step.at,
    )  # fmt: skip


def _complete(s: Situation) -> str | None:
    """代会 and 请假 say why."""
    why = s.data.get("answer") in ("stand_in", "leave") and not s.data.get("words")
    return "请补充：代会或请假的原因" if why else None


def _leave_waits(s: Situation) -> str | None:
    asked = s.facts.answer == "leave" and not s.facts.agreed_by and s.dial(AGREED, 1)
    return None if asked else "没有等着同意的请假"


def _not_today(s: Situation) -> str | None:
    return URGED_TODAY if s.facts.urged_on == watch.today() else None


complete = Guard("complete", _complete, "代会、请假的写明原因")
leave_waits = Guard("leave_waits", _leave_waits, "有请假等着同意")
not_today = Guard("not_today", _not_today, "今天还没有催过")


def answer(step: Any) -> None:
    """回执: what was answered last counts. The telephone is sealed at once; the record says only that there is one."""
    facts, phone = step.facts, step.data["phone"] or ""
    if facts.answer == "come":
        facts.words = ""
    if step.kept.get("person") != facts.person or phone not in ("", SHOWN):
        facts.phone = "" if phone == SHOWN else phone
    step.data["phone"] = SHOWN if phone else ""
    facts.answered_at, facts.agreed_by = step.at, ""
    _to_host(step)


def _to_host(step: Any) -> None:
    """请假 lies with the 会务人员 until the host has agreed; every other answer lies with nobody."""
    asks = step.facts.answer == "leave" and rules.dial(
        AGREED, timing.tree_code(step.case), watch.today(), default=1
    )
    step.case.desk_id, step.case.desk_role = (step.case.home_id, MEETING_CLERK) if asks else (None, "")


def agree(step: Any) -> None:
    """同意请假: nobody is waited for any more."""
    step.case.desk_id, step.case.desk_role = None, ""


def refuse(step: Any) -> None:
    """不同意请假: the unit is asked again."""
    step.facts.answer, step.facts.answered_at = "", None


def urged(step: Any) -> None:
    """催回执: once a day."""
    step.facts.urged_on = watch.local(step.at)


def withdraw(step: Any) -> None:
    """不再邀请: no place at the meeting is kept for the unit."""
    Attendance.objects.filter(meeting=step.facts.meeting, unit=step.facts.unit, state="invited").delete()


def retitle(step: Any) -> None:
    """会议安排有变: the notice shows the new day."""
    step.case.title = title(step.facts.meeting, step.data["held_on"], step.data["starts_at"])


def _unanswered(s: Situation) -> str | None:
    return None if waiting(s.facts.pk).exists() else "通知过的单位都已经回执"


def _any_to_urge(s: Situation) -> str | None:
    return None if not_urged(s.facts.pk).exists() else URGED_TODAY


unanswered = Guard("unanswered", _unanswered, "还有单位没有回执")
any_to_urge = Guard("any_to_urge", _any_to_urge, "今天还没有催过")


def urge_all(step: Any) -> None:
    """催回执: each unit that has not answered, by its own step."""
    _each(not_urged(step.case.pk), "urge", step.actor, {}, step)


def tell_moved(step: Any) -> None:
    """修改安排: whoever was asked hears of another day, time or room. No answer may be due after the meeting's new day."""
    meeting = step.facts
    now: dict[str, Any] = {name: getattr(meeting, name) for name in ("held_on", "starts_at", "room")}
    if all(step.kept[name] == value for name, value in now.items()):
        return
    rows = of(step.case.pk).filter(case__open=True)
    earlier = {}
    if meeting.reply_by and meeting.reply_by > max(meeting.held_on, watch.today()):
        meeting.reply_by = max(meeting.held_on, watch.today())
        earlier = {"reply_by": {"day": meeting.reply_by}}
    _each(rows.filter(case__stage="asked"), "moved", SYSTEM, now | earlier, step)
    _each(rows.filter(case__stage="answered"), "moved", SYSTEM, now, step)


def close(step: Any) -> None:
    """会议召开: what was answered stays, nothing more is asked."""
    _each(of(step.case.pk).filter(case__open=True), "close", SYSTEM, {}, step)


def call_off(step: Any) -> None:
    """取消会议: every unit that was asked hears of it, and why."""
    _each(of(step.case.pk).filter(case__open=True), "call_off", SYSTEM, {"why": step.data["words"]}, step)


def _each(rows: Iterable[Reply], name: str, actor: Any, data: dict[str, Any], step: Any) -> None:
    for case in cases([row.pk for row in rows]):
        advance(case, name, actor, data, step.at)


def cases(keys: list[UUID]) -> list[Case]:
    """The cases of some replies with what a step looks at."""
    return list(Case.objects.select_related("home", "holder", "place").filter(pk__in=keys).order_by("pk"))
