"""What the pages of particular loops show beside the common parts: a task its decision, a meeting its agenda."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from jieyou.commons.assignments.models import Assignment
from jieyou.commons.feedback.models import Feedback
from jieyou.commons.lists import lookup
from jieyou.commons.lists.models import DutyCheck
from jieyou.commons.meetings import agenda, replies
from jieyou.commons.meetings.models import AgendaItem, Attendance, Meeting, Reply
from jieyou.commons.publication import voices
from jieyou.commons.publication.models import Publication, Published
from jieyou.commons.reports.models import Report
from jieyou.interfaces.web import facts, forms, prefill
from jieyou.interfaces.web.lamps import ENDED, Lamp, lamp
from jieyou.kernel.calendar import clock
from jieyou.kernel.loop import permit
from jieyou.kernel.loop.models import Case, Clock
from jieyou.kernel.loop.seen import among, may_see, recused, seen_by
from jieyou.kernel.loop.situation import facts_of
from jieyou.kernel.people.actor import Actor
from jieyou.kernel.people.roles import MEDIATOR, MEETING_CLERK, OFFICER, UNIT_HEAD
from jieyou.mechanisms.mediation import lists
from jieyou.mechanisms.mediation import papers as mediation_papers
from jieyou.mechanisms.mediation.models import Mediation
from jieyou.mechanisms.mediation.rules import SIDE_NAMES
from jieyou.mechanisms.petitions import sitting
from jieyou.mechanisms.petitions.models import Petition, Rota, RotaDay
from jieyou.mechanisms.proposals.models import Proposal


@dataclass(frozen=True)
class FollowUp:
    """One task of the last meeting, and how it stands."""

    case: Case
    item: Case
    lamp: Lamp


def extra(case: Case, kept: Any, actor: Actor, now: datetime) -> dict[str, Any]:
    """The context that only this loop's page needs."""
    own = _OWN.get(case.loop)
    return own(case, kept, actor, now) if own else {}


def _of_parent(case: Case, kept: Any, actor: Actor, now: datetime) -> dict[str, Any]:
    parent = case.parent
    if parent is None or not may_see(actor, parent):
        return {"upper": None}
    upper = facts_of(parent)
    return {
        "upper": parent,
        "upper_decision": getattr(upper, "decision", ""),
        "upper_groups": facts.groups(parent.declared, upper, frozenset({"satisfied"})),
    }


def _meeting(case: Case, kept: Meeting, actor: Actor, now: datetime) -> dict[str, Any]:
    rows = AgendaItem.objects.filter(meeting=kept).select_related("case__holder").order_by("position")
    items = list(rows)
    last = previous(kept)
    came = Attendance.objects.filter(meeting=kept).select_related("unit").order_by("pk")
    said = list(replies.of(case.pk))
    return {
        "replies": Replies(said),
        "remind": _remind(case, actor, said),
        "meeting": kept,
        "agenda": items,
        "shut_items": [item.pk for item in items if recused(actor, item.case)],
        "last": last,
        "follow_ups": follow_ups(last, now) if last else [],
        "attendance": came,
        "came_in": any(a.state != "invited" for a in came),
        "came": sum(1 for a in came if a.state in ("present", "stand_in")),
        "draft": agenda.minutes_text(kept),
        "shows_draft": case.open and any(item.decision for item in items),
        "keeps_minutes": actor.holds(MEETING_CLERK, case.home_id) is not None,
    }


@dataclass(frozen=True)
class Replies:
    """The 回执 of a meeting, those that are still waited for first."""

    rows: list[Reply]

    @property
    def sorted(self) -> list[Reply]:
        return sorted(self.rows, key=lambda row: bool(row.answer))

    @property
    def missing(self) -> list[Reply]:
        return [row for row in self.rows if not row.answer]

    @property
    def coming(self) -> int:
        """The head count: one for each unit that sends somebody."""
        return sum(row.comes for row in self.rows)

    @property
    def stand_ins(self) -> int:
        return sum(row.answer == "stand_in" for row in self.rows)

    @property
    def on_leave(self) -> int:
        return sum(row.answer == "leave" for row in self.rows)


def _remind(case: Case, actor: Actor, said: list[Reply]) -> permit.Door | None:
    """The button 催回执, from the rows that are read already: shut once all were urged today."""
    t, missing = case.declared.transitions["remind"], [row for row in said if not row.answer]
    if not case.open or not missing or permit.forbidden(case, t, actor):
        return None
    fresh = any(row.urged_on != clock.today() for row in missing)
    return permit.Door(t, None if fresh else replies.URGED_TODAY)


def _reply(case: Case, kept: Reply, actor: Actor, now: datetime) -> dict[str, Any]:
    """参会回执: what the unit is asked to; the items by name, those of its own with a link; its answer as a form."""
    meeting = kept.meeting
    rows = AgendaItem.objects.filter(meeting=meeting, case__sealed=False).select_related("case")
    items = [item for item in rows.order_by("position") if not recused(actor, item.case)]
    mine = among(actor, [item.case for item in items])
    step = "change" if case.stage == "answered" else "answer"
    t = case.declared.transitions[step]
    may = (
        case.open
        and permit.forbidden(case, t, actor) is None
        and any(actor.holds(role, case.holder_id) for role in (OFFICER, UNIT_HEAD))
    )
    return {
        "meeting": meeting, "reply": kept, "answer": t if may else None, "inline": step if may else "",
        "host": actor.holds(MEETING_CLERK, case.home_id) is not None,
        "form": forms.Form(t.asks, prefill.typed(case, t, kept), case) if may else None,
        "items_there": [(item, item.case_id in mine) for item in items],
        "waits_leave": case.stage == "answered" and case.desk_id is not None,
    }  # fmt: skip


def previous(meeting: Meeting) -> Meeting | None:
    """The meeting before this one, of the same office."""
    rows = Meeting.objects.filter(unit=meeting.unit_id, seq_no__lt=meeting.seq_no).exclude(
        case__stage="cancelled"
    )
    return rows.select_related("case").order_by("-seq_no").first()


def follow_ups(meeting: Meeting, now: datetime) -> list[FollowUp]:
    """上次议定事项落实情况: the tasks that came of a meeting's items, the unfinished first."""
    items = AgendaItem.objects.filter(meeting=meeting).values("case")
    rows = Case.objects.filter(parent__in=items, loop="assignment").select_related("holder", "parent")
    found = [
        FollowUp(c, c.parent, lamp(c.due, c.provisional, now) if c.open else ENDED) for c in rows if c.parent
    ]
    return sorted(found, key=lambda f: (not f.case.open, f.case.due or now, f.case.number))


def _feedback(case: Case, kept: Feedback, actor: Actor, now: datetime) -> dict[str, Any]:
    """What is fed back: the report that came in, the concern that has ended, the answer that the resident got."""
    report = Report.objects.filter(pk=kept.told).first()
    return {"about": kept.about if may_see(actor, kept.about) else None, "report": report}


def _publication(case: Case, kept: Publication, actor: Actor, now: datetime) -> dict[str, Any]:
    """The matter, and what the public reads of it now."""
    public = Published.objects.filter(publication=case.pk).first()
    about = kept.about if may_see(actor, kept.about) else None
    return {"about": about, "public": public, "voices": voices.count(kept.about)}


def _task(case: Case, kept: Assignment, actor: Actor, now: datetime) -> dict[str, Any]:
    """A task: where it comes from, what the duty list says of it, and whose it should be while that is in question."""
    disputed = kept.dispute in ("asked", "ruling") and case.holder is not None
    said = lookup.judged(kept.task, case.holder, case.kind) if disputed and case.holder else None
    return _of_parent(case, kept, actor, now) | {
        "duty_check": DutyCheck.objects.filter(task=case).select_related("item").first(), "disputed": disputed, "judged": said,
        "origin": kept.origin, "duty_item": lookup.item(kept.duty, case) if disputed and kept.duty else None,
    }  # fmt: skip


def _supervised(case: Case, kept: Any, actor: Actor, now: datetime) -> dict[str, Any]:
    """A letter or a proposal: the case that it is about, if the actor may see it."""
    origin = kept.origin if kept.origin_id and may_see(actor, kept.origin) else None
    taken = Case.objects.filter(pk__in=[UUID(row["case"]) for row in getattr(kept, "taken", [])])
    return {
        "about": origin,
        "taken": seen_by(actor, taken).order_by("number") if getattr(kept, "taken", None) else [],
    }


def _rota(case: Case, kept: Rota, actor: Actor, now: datetime) -> dict[str, Any]:
    """领导接访安排: its days, and the working days on which nobody receives."""
    rows = list(RotaDay.objects.filter(rota=kept))
    covered = (
        {row.day for row in rows if not row.absent}
        if rows
        else {date.fromisoformat(r["day"]) for r in kept.days}
    )
    return {
        "rota": kept, "rota_rows": rows or kept.days, "rota_published": bool(rows),
        "rota_missing": sitting.missing(kept.first_day, kept.last_day, covered),
        "rota_batches": sum(row.batches for row in rows), "rota_visitors": sum(row.visitors for row in rows),
    }  # fmt: skip


def _petition(case: Case, kept: Petition, actor: Actor, now: datetime) -> dict[str, Any]:
    """信访事项: all its clocks with their articles, rounds of mediation, where it came from."""
    clocks = Clock.objects.filter(case=case).select_related("rule").order_by("started", "pk")
    origin = kept.origin if kept.origin and may_see(actor, kept.origin) else None
    return {
        "petition": kept,
        "clocks": clocks,
        "rounds": kept.mediations.order_by("round"),
        "origin_case": origin,
    }


def _mediation(case: Case, kept: Mediation, actor: Actor, now: datetime) -> dict[str, Any]:
    """Both sides and what they have done, the people, the file with 必 and 按需, the papers with names in full."""
    parties = [
        {"row": one, "called": SIDE_NAMES[one.side], **kept.sides.get(one.side, {}),
         "named": lists.choice_words(kept.sides.get(one.side, {}).get("choice", ""))}
        for one in case.parties.all()  # type: ignore[attr-defined]
    ]  # fmt: skip
    return {
        "parties": parties, "lead": lists.mediator(kept.mediator), "chosen": lists.choice_words(kept.choice),
        "file": [(one, kept.pieces.get(one.code, "")) for one in lists.rows("file")],
        "ours": actor.holds(MEDIATOR, case.home_id) is not None, "names": mediation_papers.ready(case),
        "clocks": Clock.objects.filter(case=case).select_related("rule").order_by("started", "pk"),
    }  # fmt: skip


def _proposal(case: Case, kept: Proposal, actor: Actor, now: datetime) -> dict[str, Any]:
    """人民建议: its limits, what came of it, the 解忧 item that it became."""
    became = kept.matter if kept.matter and may_see(actor, kept.matter) else None
    return {
        "proposal": kept,
        "clocks": Clock.objects.filter(case=case).select_related("rule").order_by("started", "pk"),
        "results": kept.results.select_related("matter").order_by("on", "pk"),
        "became": became,
    }


_OWN: dict[str, Callable[[Case, Any, Actor, datetime], dict[str, Any]]] = {
    "assignment": _task,
    "escalation": _supervised,
    "supervision": _supervised,
    "approval": _of_parent,
    "meeting": _meeting,
    "meeting_reply": _reply,
    "mediation": _mediation,
    "feedback": _feedback,
    "publication": _publication,
    "petition": _petition,
    "petition_rota": _rota,
    "proposal": _proposal,
}
