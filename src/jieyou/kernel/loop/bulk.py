"""The named bulk path: many new cases in a handful of statements, chained and provable like any others.

For imports and benchmarks. No Deliveries are written (nobody wants 6 000 notices): the batch tells once.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import models, transaction

from jieyou.kernel.calendar import clock as watch
from jieyou.kernel.calendar import store
from jieyou.kernel.ledger.models import Payload
from jieyou.kernel.loop import opening, record, registry, series, timing
from jieyou.kernel.loop.declare import Loop
from jieyou.kernel.loop.models import Case, Clock, Event
from jieyou.kernel.people.actor import Actor
from jieyou.kernel.people.models import Unit
from jieyou.kernel.places.models import Place


@dataclass
class NewCase:
    """One row of a bulk intake."""

    title: str
    place: Place
    home: Unit
    facts: dict[str, Any] = field(default_factory=dict)
    sealed: bool = False


def open_many(loop_code: str, actor: Actor, rows: list[NewCase], at: datetime | None = None) -> list[Case]:
    """Open all ``rows`` in the loop's first stage, in one transaction; the cases come back in the same order."""
    loop, moment = registry.loop(loop_code), at or watch.now()
    with transaction.atomic():
        cases = _cases(loop, rows, moment)
        facts = [opening.new_facts(loop, case, row.facts) for case, row in zip(cases, rows, strict=True)]
        clocks = _clocks(loop, cases, moment)
        built = [
            record.event_for(c, f, opening.OPEN, loop.opens, "", actor, {"title": c.title, **r.facts}, moment, "")
            for c, f, r in zip(cases, facts, rows, strict=True)
        ]
        Case.objects.bulk_create(cases, batch_size=500)
        if loop.facts:
            apps.get_model(loop.facts)._base_manager.bulk_create([f for f in facts if f], batch_size=500)
        Event.objects.bulk_create([e for e, _ in built], batch_size=500)
        Payload.objects.bulk_create([p for _, p in built if p], batch_size=500)
        Clock.objects.bulk_create(clocks, batch_size=500)
    return cases


def _cases(loop: type[Loop], rows: list[NewCase], at: datetime) -> list[Case]:
    year = watch.local(at).year
    homes = {row.home.pk: row.home for row in rows}
    counts = Counter(row.home.pk for row in rows)
    following = {pk: series.take(opening.series_key(loop, homes[pk], year), n) for pk, n in counts.items()}
    levels: dict[Any, dict[str, str]] = {}
    out: list[Case] = []
    for row in rows:
        case = _bare(loop, row, at, levels)
        case.number = series.number(opening.prefix(loop, row.home), year, following[row.home.pk])
        following[row.home.pk] += 1
        out.append(case)
    return out


def _bare(loop: type[Loop], row: NewCase, at: datetime, levels: dict[Any, dict[str, str]]) -> Case:
    first = loop.first()
    columns = levels.setdefault(row.place.pk, {}) or levels[row.place.pk]
    if not columns:
        columns.update(opening.level_columns(row.place))
    case = Case(
        loop=loop.code, edition=loop.edition, title=row.title.replace("\x00", "").strip()[:200], stage=first.name,
        turn=1, sealed=row.sealed, home=row.home, place=row.place, opened_at=at, moved_at=at, **columns,
    )  # fmt: skip
    opening.put_on_desk(case, first)
    return case


def _clocks(loop: type[Loop], cases: list[Case], at: datetime) -> list[Clock]:
    code = loop.first().clock
    if not code:
        return []
    days, made, patterns = store.days(), [], {}
    for case in cases:
        where = timing.tree_code(case)
        if where not in patterns:
            patterns[where] = timing.new_clock(case, code, at, where, days)
        model: Clock | None = patterns[where]
        if model is not None:
            fields: dict[str, Any] = {f.attname: getattr(model, f.attname) for f in _copied()}
            made.append(Clock(**fields | {"case": case}))
            case.due, case.provisional = model.due, model.provisional
    return made


def _copied() -> list[models.Field[Any, Any]]:
    return [f for f in Clock._meta.concrete_fields if f.name not in ("id", "case")]
