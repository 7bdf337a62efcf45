"""Everything that the page of one case shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import F

from jieyou.commons.approvals import onpaper
from jieyou.commons.feedback import owing
from jieyou.commons.handovers import sending
from jieyou.commons.meetings.models import AgendaItem
from jieyou.commons.publication import keeping
from jieyou.commons.publication.models import Published
from jieyou.commons.reports.models import Report
from jieyou.interfaces.web import assist, facts, panels, paperpanel, record, ribbon
from jieyou.interfaces.web.doors import doors
from jieyou.interfaces.web.lamps import ENDED, Lamp, lamp
from jieyou.interfaces.web.waiting import waiting
from jieyou.kernel.evidence.models import Attachment
from jieyou.kernel.ledger import chain
from jieyou.kernel.loop import options, seen
from jieyou.kernel.loop.models import Case, Event
from jieyou.kernel.loop.situation import Known, facts_of
from jieyou.kernel.loop.skipped import BACKFILL
from jieyou.kernel.people.actor import Actor
from jieyou.kernel.privacy import looks
from jieyou.mechanisms.mediation import mediations
from jieyou.mechanisms.proposals import links

GIVEN = "群众提供"
#: How far the “next one” on one's desk is looked for.
NEAR = 200
#: Loops whose page has parts of its own.
OWN = {
    "assignment": "web/case_assignment.html",
    "approval": "web/case_approval.html",
    "meeting": "web/case_meeting.html",
    "meeting_reply": "web/case_reply.html",
    "mediation": "web/case_mediation.html",
    "feedback": "web/case_feedback.html",
    "publication": "web/case_publication.html",
    "escalation": "web/case_supervision.html",
    "supervision": "web/case_supervision.html",
    "petition": "web/case_petition.html",
    "petition_rota": "web/case_petition_rota.html",
    "proposal": "web/case_proposal.html",
}
#: What is read with a child: whom it waits for is shown.
BESIDE = ("home", "holder", "place", "desk")
#: Children that are matters at another door or of another level.
ELSEWHERE = ("handover", settings.INTAKE_LOOP)
#: The answer of one resident is for those who run the loop, not for the unit that did the work (practice.md).
RATINGS = frozenset({"rating", "satisfied", "office_rating", "office_satisfied"})


#: Lines of the navigation that are called otherwise than their loop.
HERE = {"meeting": "meetings", "escalation": "watched", "supervision": "watched"}
#: Loops whose matters residents brought in and may be made public after review.
PUBLISHED = (settings.INTAKE_LOOP, "proposal")
#: Loops about whose cases letters are written.
SUPERVISED = frozenset({settings.INTAKE_LOOP, "assignment"})


@dataclass(frozen=True)
class Child:
    """A task, or a paper to be signed, that hangs on the case. ``linked``: this actor may open it."""

    case: Case
    part: str
    lamp: Lamp
    linked: bool


@dataclass(frozen=True)
class Neighbours:
    """The cases before and after this one on the actor's desk or list (numbers; empty: none); ``…_tail``: what the link carries."""

    before: str = ""
    after: str = ""
    before_tail: str = ""
    after_tail: str = ""


def template(case: Case) -> str:
    """The template of a case's page."""
    return OWN.get(case.loop, "web/case.html")


def here(case: Case) -> str:
    """Which line of the navigation is the present one."""
    if case.loop == settings.INTAKE_LOOP:
        return "cases"
    return HERE.get(case.loop) or case.loop


def build(case: Case, actor: Actor, now: datetime, beside: Neighbours | None = None) -> dict[str, Any]:
    """The context of a case's page."""
    with options.read_once():
        return _context(case, actor, now, beside)


def _context(case: Case, actor: Actor, now: datetime, beside: Neighbours | None) -> dict[str, Any]:
    kept = facts_of(case)
    events = list(Event.objects.filter(case=case).order_by("-seq"))
    below = list(
        Case.objects.filter(parent=case).select_related("holder", "home").order_by("opened_at", "pk")
    )
    case.known = Known(kept, events[::-1], below)
    if case.holder_id and getattr(kept, "lead_id", None) == case.holder_id:
        kept.lead = case.holder  # nearly always: not read twice
    handed = case.loop == "handover" or any(child.loop == "handover" for child in below)
    asked = [*(mediations.of(case) if handed else []), *links.of(case)]
    letters, drawn = _beside(case, actor, now, asked)
    hidden = frozenset[str]() if sees_ratings(actor) else RATINGS
    reports = list(
        Report.objects.filter(case=case, withdrawn_at=None).select_related("place").order_by("registered_at")
    )
    children = _children(below, actor, now)
    own = panels.extra(case, kept, actor, now)
    return {
        "here": here(case),
        "case": case,
        "loop": case.declared,
        "stage": case.at_stage,
        "facts": kept,
        "groups": facts.groups(case.declared, kept, hidden, frozenset(e.transition for e in events)),
        "tags": facts.tags(case, kept),
        "steps": ribbon.steps(case, events, now),
        "lamp": lamp(case.due, case.provisional, now) if case.open else ENDED,
        "waiting": waiting(case),
        "doors": doors(case, actor).without(own.get("inline", "")),
        "record": record.entries(case, events, hidden),
        "filled": bool(events) and events[-1].transition == BACKFILL,
        "reports": reports,
        "sees_ratings": not hidden,
        "tasks": [c for c in children if c.case.loop == "assignment"],
        "papers": [
            *(c for c in children if c.case.loop not in ("assignment", *ELSEWHERE)),
            *letters,
        ],
        "elsewhere": [c for c in children if c.case.loop in ELSEWHERE] + drawn,
        "joined_into": _joined_into(events),
        "from_case": _hangs_on(case, kept, actor),
        "on_paper": onpaper.offered(case, actor),
        "items": AgendaItem.objects.filter(case=case)
        .select_related("meeting__case")
        .order_by("-meeting__held_on"),
        "same": _same(case, reports, actor),
        "publications": _publications(case, actor, now),
        "may_publish": case.loop in PUBLISHED and keeping.may_propose(actor, case),
        "feedbacks": _feedbacks(case, reports, now),
        "files": _files(case, reports, children),
        "looks": looks.looks_at(*watched) if (watched := _looked_at(case, reports)) else [],
        "beside": beside or neighbours(case, actor),
        "written": paperpanel.panel(case, actor, [child.pk for child in below]),
        "help": assist.of_case(case, reports, actor),
        **own,
    }


def _joined_into(events: list[Event]) -> str:
    """The number of the case that an ended one was joined into (``events`` the newest first), else ""."""
    last = events[0] if events and events[0].transition == "join" else None
    said = (chain.read_many([last]).get(last.pk) or {}) if last else {}
    return str(said.get("data", {}).get("into", {}).get("number", ""))


def _looked_at(case: Case, reports: list[Report]) -> list[Any]:
    """The rows whose sealed fields somebody may have opened: the reports, a mediation's parties."""
    parties = case.parties.values_list("pk", flat=True) if case.loop == "mediation" else ()  # type: ignore[attr-defined]
    return [*(report.pk for report in reports), *parties]


def _beside(case: Case, actor: Actor, now: datetime, asked: list[Case]) -> tuple[list[Child], list[Child]]:
    """(letters about the case and proposals to escalate it, as far as the actor may see them; what was handed to another
    door without being waited for: a suggestion drawn from a matter that is solved, a mediation, a proposal)."""
    if case.loop not in SUPERVISED:
        away = [*sending.linked(case), *asked]
        return [], [Child(row, "", light_of(row, now), seen.may_see(actor, row)) for row in away]
    keys = [
        case.escalations.order_by().values("pk"),
        case.letters.order_by().values("pk"),
        case.handed_over.filter(case__parent=None).order_by().values("pk"),
    ]  # one list of keys: an OR of three conditions would look at every matter
    about = Case.objects.filter(pk__in=keys[0].union(*keys[1:]))
    rows = list(about.select_related("holder").order_by("opened_at", "pk"))
    mine = seen.among(actor, rows)
    found = [Child(row, "", light_of(row, now), row.pk in mine) for row in rows]
    return (
        [child for child in found if child.case.loop != "handover" and child.linked],
        [child for child in found if child.case.loop == "handover"]
        + [Child(row, "", light_of(row, now), seen.may_see(actor, row)) for row in asked],
    )


def _hangs_on(case: Case, kept: Any, actor: Actor) -> Case | None:
    """The matter that this one hangs on or was drawn from: of the other level, or of a hand-over."""
    found = case.parent if case.loop in ELSEWHERE else None
    found = found or (kept.origin if case.loop in ("handover", "mediation", "proposal") else None)
    return found if found is not None and seen.may_see(actor, found) else None


def sees_ratings(actor: Actor) -> bool:
    """Only an office sees what a single resident answered."""
    return any(h.unit_kind == "office" for h in actor.holdings)


def _children(below: list[Case], actor: Actor, now: datetime) -> list[Child]:
    mine = seen.among(actor, below)
    return [Child(row, part_of(row), light_of(row, now), row.pk in mine) for row in below]


def part_of(case: Case) -> str:
    """牵头 or 配合, in the words of the task's own declaration."""
    return {"lead": "牵头", "co": "配合"}.get(case.kind, "")


def light_of(case: Case, now: datetime) -> Lamp:
    """The lamp of an open case; an ended one says so."""
    return lamp(case.due, case.provisional, now) if case.open else ENDED


def _feedbacks(case: Case, reports: list[Report], now: datetime) -> list[Child]:
    """What the sources of its reports are owed, once it has ended. Its office sees them, whoever else sees the case."""
    owed = not case.open and any(report.must_answer for report in reports)
    rows = owing.open_for(case) if owed else []
    return [Child(row.case, "", light_of(row.case, now), linked=True) for row in rows]


def _publications(case: Case, actor: Actor, now: datetime) -> list[Child]:
    """What of it is public or is to be, for the offices."""
    if case.loop not in PUBLISHED or not sees_ratings(actor):
        return []
    return [
        Child(row.case, row.get_attribute_display(), light_of(row.case, now), True)
        for row in keeping.of(case)
    ]  # type: ignore[attr-defined]


def _same(case: Case, reports: list[Report], actor: Actor) -> list[Case]:
    """我也一样: matters of the public board that reporters say they mean, still to be joined by a person."""
    said = {report.same_as for report in reports if report.same_as}
    if not said or not case.open:
        return []
    meant = Published.objects.filter(pk__in=said).exclude(matter=case.pk).values("matter")
    return list(seen.seen_by(actor, Case.objects.filter(pk__in=meant, open=True)))


@dataclass(frozen=True)
class File:
    """An attachment, and which task it came from (empty: the case itself)."""

    file: Attachment
    origin: str = ""


def _files(case: Case, reports: list[Report], children: list[Child]) -> list[File]:
    origins = {case.pk: "", **{report.pk: GIVEN for report in reports}}
    origins |= {
        c.case.pk: c.case.holder.name if c.case.holder else c.case.title for c in children if c.linked
    }
    rows = Attachment.objects.filter(subject__in=list(origins)).order_by("at")
    return [File(row, _file_origin(row, origins[row.subject])) for row in rows]


def _file_origin(file: Attachment, origin: str) -> str:
    """A scan that a clerk put to a report came with the paper, not from the resident."""
    return "来件" if origin == GIVEN and not file.by.startswith("guest") else origin


def neighbours(case: Case, actor: Actor) -> Neighbours:
    """上一件、下一件: along one's own desk, by deadline. A case that is not on it leads to the first that is."""
    ordered = seen.inbox(actor).order_by(F("due").asc(nulls_last=True), "pk")
    numbers = list(ordered.values_list("number", flat=True)[:NEAR])
    if case.number not in numbers:
        return Neighbours(after=numbers[0] if numbers else "")
    at = numbers.index(case.number)
    return Neighbours(numbers[at - 1] if at else "", numbers[at + 1] if at + 1 < len(numbers) else "")
