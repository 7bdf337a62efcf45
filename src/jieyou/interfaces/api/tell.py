"""Rows as plain answers. Whatever somebody typed goes out masked; sealed columns never go out."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import models

from jieyou.commons.reports.models import Report
from jieyou.kernel.calendar import clock
from jieyou.kernel.ledger import chain
from jieyou.kernel.loop import permit
from jieyou.kernel.loop.answers import plain
from jieyou.kernel.loop.models import Case, Clock, Event
from jieyou.kernel.people.actor import Actor
from jieyou.kernel.people.models import Unit
from jieyou.kernel.places.models import Place
from jieyou.kernel.privacy.masking import mask
from jieyou.kernel.privacy.sealing import sealed_fields

#: What a summary needs, in one query.
RELATED = ("home", "holder", "desk", "place")
_KEY = re.compile(r"[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def when(at: datetime | None) -> str | None:
    """A moment in local time, with its offset."""
    return at.astimezone(clock.ZONE).isoformat(timespec="seconds") if at else None


def unit(row: Unit | None) -> dict[str, str] | None:
    return {"id": row.pk.hex, "name": row.name} if row else None


def place(row: Place) -> dict[str, str]:
    return {"code": row.code, "name": row.name}


def summary(case: Case) -> dict[str, Any]:
    """One case in short. Needs `RELATED`."""
    return {
        "number": case.number,
        "loop": case.loop,
        "kind": case.kind,
        "title": mask(case.title),
        "stage": case.stage,
        "stage_title": case.at_stage.title,
        "turn": case.turn,
        "open": case.open,
        "outcome": case.outcome,
        "home": unit(case.home),
        "holder": unit(case.holder),
        "desk": _desk(case),
        "place": place(case.place),
        "opened_at": when(case.opened_at),
        "moved_at": when(case.moved_at),
        "ended_at": when(case.ended_at),
        "due": when(case.due),
        "provisional": case.provisional,
        "overdue": bool(case.open and case.due and case.due < clock.now()),
    }


def _desk(case: Case) -> dict[str, Any] | None:
    """Mostly the home or the holder, which are there already."""
    if case.desk_id is None:
        return None
    known = {case.home_id: case.home, case.holder_id: case.holder}
    return {"unit": unit(known.get(case.desk_id) or case.desk), "role": case.desk_role}


def full(case: Case, actor: Actor) -> dict[str, Any]:
    """Everything of one case that an actor who may see it may read."""
    below = Case.objects.filter(parent=case, sealed=False)
    children = below.select_related(*RELATED).order_by("opened_at", "pk")
    clocks = Clock.objects.filter(case=case).select_related("rule").order_by("started", "pk")
    reports = Report.objects.filter(case=case, accused=False).order_by("registered_at", "pk")
    return summary(case) | {
        "parent": case.parent.number if case.parent else None,
        "facts": facts(case),
        "events": events(case),
        "children": [summary(child) for child in children],
        "clocks": [running(one) for one in clocks],
        "reports": [key.hex for key in reports.values_list("pk", flat=True)],
        "doors": doors(case, actor),
    }


def facts(case: Case) -> dict[str, Any]:
    """The facts row as JSON: units by id and name, other rows by their words, no sealed column."""
    row = _facts_row(case)
    if row is None:
        return {}
    hidden = {field.name for field in sealed_fields(type(row))}
    kept = (f for f in row._meta.concrete_fields if f.name not in hidden and not f.primary_key)
    return {f.name: _fact(row, f) for f in kept}


def _facts_row(case: Case) -> models.Model | None:
    if not case.declared.facts:
        return None
    model = apps.get_model(case.declared.facts)
    links = [f.name for f in model._meta.concrete_fields if f.is_relation and not f.primary_key]
    return model._base_manager.select_related(*links).get(pk=case.pk)


def _fact(row: models.Model, column: models.Field[Any, Any]) -> Any:
    value = getattr(row, column.name)
    if isinstance(value, Unit):
        return unit(value)
    if isinstance(value, models.Model):
        return {"id": value.pk.hex, "name": str(value)}
    return masked(plain(value))


def masked(value: Any) -> Any:
    """JSON with every text masked; ids stay as they are."""
    if isinstance(value, str):
        return value if _KEY.fullmatch(value) else mask(value)
    if isinstance(value, dict):
        return {key: masked(one) for key, one in value.items()}
    return [masked(one) for one in value] if isinstance(value, list) else value


def events(case: Case) -> list[dict[str, Any]]:
    """The record, oldest first. Two queries."""
    rows = list(Event.objects.filter(case=case).order_by("seq"))
    words = chain.read_many(rows)
    return [_event(row, words.get(row.pk)) for row in rows]


def _event(row: Event, words: dict[str, Any] | None) -> dict[str, Any]:
    return {
        "seq": row.seq,
        "at": when(row.at),
        "transition": row.transition,
        "title": row.title,
        "source": row.source,
        "target": row.target,
        "actor": row.actor,
        "data": masked((words or {}).get("data", {})),
        "erased": words is None,
    }


def running(row: Clock) -> dict[str, Any]:
    """One clock of a case."""
    return {
        "code": row.code,
        "title": row.title,
        "started": when(row.started),
        "due": when(row.due),
        "provisional": row.provisional,
        "fixed": row.fixed,
        "running": row.running,
        "stopped_at": when(row.stopped_at),
        "basis": row.rule.basis if row.rule else "",
    }


def doors(case: Case, actor: Actor) -> list[dict[str, Any]]:
    """Every step that the actor's posts have to do with, and why it is shut."""
    return [
        {
            "transition": door.transition.name,
            "title": door.transition.title,
            "open": door.reason is None,
            "reason": door.reason,
            "path": f"/api/v1/{case.loop}/{case.number}/{door.transition.name}",
        }
        for door in permit.open_to(case, actor)
    ]


def report(row: Report) -> dict[str, Any]:
    """A report without its contacts."""
    return {
        "id": row.pk.hex,
        "number": row.case.number,
        "title": mask(row.title),
        "words": mask(row.words),
        "where": mask(row.where),
        "place": place(row.place),
        "category": row.category,
        "source": row.source,
        "source_no": row.source_no,
        "source_name": row.source_name,
        "told_at": when(row.told_at),
        "received_at": when(row.received_at),
        "source_due": row.source_due,
        "instruction": mask(row.instruction),
        "instruction_due": row.instruction_due,
        "must_answer": row.must_answer,
        "registered_at": when(row.registered_at),
        "has_name": bool(row.name),
        "has_phone": bool(row.phone),
        "reply": mask(row.reply),
        "replied_at": when(row.replied_at),
        "rating": row.rating,
        "rating_words": mask(row.rating_words),
        "withdrawn": row.withdrawn_at is not None,
    }


def me(actor: Actor) -> dict[str, Any]:
    """Who asks, in which posts."""
    return {
        "name": actor.name,
        "title": actor.title,
        "today": clock.today().isoformat(),
        "holdings": [
            {
                "unit": {"id": h.unit.hex, "name": h.unit_name},
                "unit_kind": h.unit_kind,
                "role": h.role,
                "place": h.place_code,
                "deputy_for": h.deputy_for,
            }
            for h in actor.holdings
        ],
    }
