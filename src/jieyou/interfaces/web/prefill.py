"""What a form is filled in with before anybody types: what the case already knows. Nothing is typed twice."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from jieyou.commons.assignments.loops import ASSIGNMENTS
from jieyou.commons.meetings import agenda, replies
from jieyou.commons.meetings.models import AgendaItem, Attendance, Reply
from jieyou.commons.publication.models import Published
from jieyou.commons.reports.models import Report
from jieyou.interfaces.web.forms import Typed, retyped
from jieyou.kernel.calendar import clock
from jieyou.kernel.loop.declare import Ask, Transition
from jieyou.kernel.loop.models import Case
from jieyou.kernel.people import posts
from jieyou.kernel.people.roles import UNIT_HEAD
from jieyou.mechanisms.concerns.models import Concern

#: Steps that say something new each time: what was said last is no draft of it.
ANEW = {("assignment", "progress"), ("jieyou", "call"), ("jieyou", "reassign"), ("jieyou", "reopen")}


def typed(case: Case, t: Transition, facts: Any) -> Typed:
    """Values for the fields of a step: kept facts of the same name, the case's title, and a few drafts."""
    made = {} if (case.loop, t.name) in ANEW else {ask.name: _kept(ask, facts) for ask in t.asks}
    if any(ask.name == "title" for ask in t.asks):
        made["title"] = case.title
    draft = DRAFTS.get((case.loop, t.name))
    made |= draft(case, facts) if draft else {}
    return {ask.name: _first_lead(ask, made.get(ask.name)) for ask in t.asks if ask.kind != "evidence"}


def _kept(ask: Ask, facts: Any) -> Any:
    columns = {f.name for f in facts._meta.concrete_fields} if facts is not None else set()
    return retyped(ask, getattr(facts, ask.name)) if ask.keep and ask.name in columns else None


def _first_lead(ask: Ask, value: Any) -> Any:
    """A table of tasks begins with the lead unit's row: there is always one."""
    columns = {one.name for one in ask.rows}
    return [{"kind": "lead"}] if ask.kind == "rows" and not value and {"task", "kind"} <= columns else value


def _minutes(case: Case, facts: Any) -> Typed:
    return {"minutes": facts.minutes or agenda.minutes_text(facts)}


def _attendance(case: Case, facts: Any) -> Typed:
    """As the units answered: whoever said that he comes most likely came."""
    said = {row.unit_id: row for row in replies.of(facts.pk)}
    came = Attendance.objects.filter(meeting=facts).select_related("unit").order_by("pk")
    return {"attendance": [_expected(a, said.get(a.unit_id)) for a in came]}


def _expected(row: Attendance, reply: Reply | None) -> Typed:
    if row.state != "invited":
        return {"unit": row.unit.name, "state": row.state, "person": row.person}
    state = {"stand_in": "stand_in", "leave": "leave"}.get(reply.answer if reply else "", "present")
    return {"unit": row.unit.name, "state": state, "person": reply.person if reply else ""}


def _invited(case: Case, facts: Any) -> Typed:
    """Units that lead or help in the items of the agenda and were not told yet; the host need not be told."""
    items = AgendaItem.objects.filter(meeting=facts).order_by("position").values_list("case", "case__holder")
    helpers = dict(Concern.objects.filter(pk__in=[key for key, _ in items]).values_list("pk", "co_units"))
    wanted = [lead.hex for _, lead in items if lead]
    wanted += [unit["id"] for key, _ in items for unit in helpers.get(key, [])]
    told = {key.hex for key in replies.of(facts.pk).values_list("unit", flat=True)} | {case.home_id.hex}
    last = facts.reply_by if facts.reply_by and facts.reply_by >= clock.today() else None
    return {
        "units": [key for key in dict.fromkeys(wanted) if key not in told],
        "reply_by": (last or replies.reply_by(facts, case)).isoformat(),
    }


def _reply(case: Case, facts: Any) -> Typed:
    """参加 by whoever came for the unit last, else by its head: then one tap answers. The telephone is never shown again."""
    if facts.answer:
        return {"answer": facts.answer, "person": facts.person, "post": facts.post, "words": facts.words}
    last = Reply.objects.filter(unit=facts.unit_id, answer="come").order_by("-answered_at").first()
    if last:
        return {"answer": "come", "person": last.person, "post": last.post}
    head = next(iter(posts.holders([facts.unit_id], UNIT_HEAD, clock.today())), None)
    return {"answer": "come", "person": head.name if head else "", "post": "主要负责人" if head else ""}


def _decision(case: Case, facts: Any) -> Typed:
    """The plan that was agreed on beforehand, and a row for each unit that took part."""
    return {
        "decision": facts.decision or facts.plan,
        "assignments": retyped(ASSIGNMENTS, facts.assignments) or _parts(facts),
    }


def _again(case: Case, facts: Any) -> Typed:
    """退回再办: the lead unit is most likely the same."""
    return {"assignments": _parts(facts)[:1]}


def _parts(facts: Any) -> list[Typed]:
    lead = [{"kind": "lead", "unit": facts.lead.name}] if facts.lead else []
    return lead + [{"kind": "co", "unit": unit["name"]} for unit in facts.co_units]


def _answered(case: Case, facts: Any) -> Typed:
    """What the resident was told is what the source is told, until somebody writes it otherwise."""
    reply = Report.objects.filter(pk=facts.told).values_list("reply", flat=True).first()
    return {
        "content": facts.content or (f"已答复反映人：{reply}" if reply else ""),
        "sent_on": clock.today().isoformat(),
    }


def _same(case: Case, facts: Any) -> Typed:
    """并件 of a report whose reporter pointed at a published matter (我也一样)."""
    said = Report.objects.filter(case=case).exclude(same_as=None).values("same_as")
    meant = Published.objects.filter(pk__in=said).exclude(matter=case.pk).values("matter")
    return {
        "into": Case.objects.filter(pk__in=meant, open=True).values_list("number", flat=True).first() or ""
    }


def asked(t: Transition, query: Mapping[str, str]) -> Typed:
    """What the link that led here says: 并件 into a concern that the desk assistant found (``?into=``)."""
    return {"into": query["into"][:40]} if t.name == "join" and query.get("into") else {}


def _instead(case: Case, facts: Any) -> Typed:
    """同意退办: most likely the unit that the first one names."""
    return {"unit": facts.instead.name if facts.instead else ""}


def _ways(case: Case, facts: Any) -> Typed:
    """人民调解法第二十六条: what a party is told when mediation does not work out."""
    return {"ways": facts.ways or "可以依法通过仲裁、行政、司法等途径维护自己的权利。"}


DRAFTS: dict[tuple[str, str], Callable[[Case, Any], Typed]] = {
    ("jieyou", "decide"): _decision,
    ("jieyou", "reopen"): _again,
    ("jieyou", "join"): _same,
    ("feedback", "write"): _answered,
    ("feedback", "send"): _answered,
    ("assignment", "rebut"): _instead,
    ("assignment", "rule_over"): _instead,
    **dict.fromkeys((("mediation", "fail"), ("mediation", "stop"), ("mediation", "decline")), _ways),
    ("meeting", "draft"): _minutes,
    ("meeting", "attend"): _attendance,
    ("meeting", "invite"): _invited,
    ("meeting_reply", "answer"): _reply,
    ("meeting_reply", "enter"): _reply,
    ("meeting_reply", "change"): _reply,
}
