"""What ``audit verify`` asks of cases: is every case where its last event left it, untouched since?"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import Any

from django.apps import apps
from django.db.migrations.loader import MigrationLoader
from django.db.models import F, Max

from jieyou.kernel.ledger.models import Payload
from jieyou.kernel.ledger.source import Broken
from jieyou.kernel.loop import record, registry
from jieyou.kernel.loop.models import Case, Event

CHUNK = 500


def broken_cases() -> Iterator[Broken]:
    """One :class:`Broken` for every case that differs from its chain (also: a tail cut after the checkpoint)."""
    for loop in registry.loops().values():
        rows = iter(Case.objects.filter(loop=loop.code).order_by("pk").iterator(chunk_size=CHUNK))
        while chunk := list(islice(rows, CHUNK)):
            yield from _chunk(loop.facts, chunk)


def _chunk(facts_name: str, chunk: list[Case]) -> Iterator[Broken]:
    keys = [case.pk for case in chunk]
    facts = apps.get_model(facts_name)._base_manager.in_bulk(keys) if facts_name else {}
    last = {e.case_id: e for e in _last_events(keys)}
    words = dict(Payload.objects.filter(pk__in=[e.pk for e in last.values()]).values_list("pk", "text"))
    for case in chunk:
        fault = _fault(case, facts.get(case.pk), bool(facts_name), last.get(case.pk), words)
        if fault:
            yield Broken(case.pk.hex, case.turn, f"{case.number}：{fault}", "loop_event")


def _last_events(keys: list[Any]) -> list[Event]:
    top = Event.objects.filter(case_id__in=keys).alias(top=Max("case__events__seq"))
    return list(top.filter(seq=F("top")))


def _fault(case: Case, facts: Any, wants_facts: bool, last: Event | None, words: dict[Any, str]) -> str:
    if last is None:
        return "没有办理记录"
    if last.seq != case.turn:
        return f"记录到第 {last.seq} 步，事项却在第 {case.turn} 步"
    if last.target != case.stage:
        return f"记录停在“{last.target}”，事项却在“{case.stage}”"
    if wants_facts and facts is None:
        return "缺少事项要素"
    text = words.get(last.pk)
    if text and not _as_recorded(json.loads(text), case, facts):
        return "事项内容与最后一条记录不符"
    return ""


def _as_recorded(payload: dict[str, Any], case: Case, facts: Any) -> bool:
    if payload.get("scheme") == record.SPARSE:
        return payload["state"] == record.state_digest(case, facts)
    return payload["state"] == record.whole_state(case, facts, _first_columns(case.declared.facts))


@cache
def _first_columns(facts_name: str) -> frozenset[str]:
    """The columns that a facts table had in its first migration: what the first edition's digests are over."""
    if not facts_name:
        return frozenset()
    app, model = facts_name.lower().split(".")
    loader = MigrationLoader(None, ignore_no_migrations=True)
    first = min(name for label, name in loader.disk_migrations if label == app)
    fields = loader.project_state((app, first)).models[app, model].fields
    return frozenset(f"{name}_id" if f.remote_field else name for name, f in fields.items())
