"""The named bulk path: many cases begin, or end, in a handful of statements, chained and provable like any others.

For imports and benchmarks. No Deliveries are written (nobody wants 6 000 notices): the batch tells once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any, TypeAlias

from django.apps import apps
from django.db import models, transaction

from jieyou.kernel.calendar import clock as watch
from jieyou.kernel.calendar import store
from jieyou.kernel.ledger.models import Payload
from jieyou.kernel.loop import opening, permit, record, registry, series, timing, words
from jieyou.kernel.loop.declare import Loop, Transition
from jieyou.kernel.loop.engine import Step
from jieyou.kernel.loop.models import Case, Clock, Event
from jieyou.kernel.loop.refused import Overtaken, Refused
from jieyou.kernel.people.actor import Actor
from jieyou.kernel.people.models import Unit
from jieyou.kernel.places.models import Place

CHUNK = 500
Effect: TypeAlias = Callable[[list[Step]], None]


@dataclass
class NewCase:
    """One row of a bulk intake. ``starts``: clock codes that begin beside the first stage's own; ``said``: masked words."""

    title: str
    place: Place
    home: Unit
    facts: dict[str, Any] = field(default_factory=dict)
    sealed: bool = False
    starts: tuple[str, ...] = ()
    said: str = ""


def open_many(loop_code: str, actor: Actor, rows: list[NewCase], at: datetime | None = None) -> list[Case]:
    """Open all ``rows`` in the loop's first stage, in one transaction; the cases come back in the same order."""
    loop, moment = registry.loop(loop_code), at or watch.now()
    with transaction.atomic():
        cases = _cases(loop, rows, moment)
        facts = [opening.new_facts(loop, case, row.facts) for case, row in zip(cases, rows, strict=True)]
        clocks = _clocks(loop, cases, rows, moment)
        built = [
            record.event_for(
                c, f, opening.OPEN, loop.opens, "", actor, {"title": c.title, **r.facts}, moment, ""
            )
            for c, f, r in zip(cases, facts, rows, strict=True)
        ]
        Case.objects.bulk_create(cases, batch_size=CHUNK)
        if loop.facts:
            apps.get_model(loop.facts)._base_manager.bulk_create([f for f in facts if f], batch_size=CHUNK)
        Event.objects.bulk_create([e for e, _ in built], batch_size=CHUNK)
        Payload.objects.bulk_create([p for _, p in built if p], batch_size=CHUNK)
        Clock.objects.bulk_create(clocks, batch_size=CHUNK)
        words.begin_many(cases, {case.pk: row.said for case, row in zip(cases, rows, strict=True)})
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


def _clocks(loop: type[Loop], cases: list[Case], rows: list[NewCase], at: datetime) -> list[Clock]:
    own = tuple(filter(None, [loop.first().clock]))
    if not own and not any(row.starts for row in rows):
        return []
    days, made = store.days(), []
    patterns: dict[tuple[str, str], Clock | None] = {}
    for case, row in zip(cases, rows, strict=True):
        for code in (*own, *row.starts):
            key = (code, timing.tree_code(case))
            if key not in patterns:
                patterns[key] = timing.new_clock(case, code, at, days)
            model = patterns[key]
            if model is not None:
                fields: dict[str, Any] = {f.attname: getattr(model, f.attname) for f in _copied()}
                made.append(Clock(**fields | {"case": case}))
                if case.due is None or model.due < case.due:
                    case.due, case.provisional = model.due, model.provisional
    return made


def _copied() -> list[models.Field[Any, Any]]:
    return [f for f in Clock._meta.concrete_fields if f.name not in ("id", "case")]


def end_many(
    cases: list[Case], name: str, actor: Actor, at: datetime | None = None, does: Effect | None = None
) -> None:
    """Make the same ending step in many cases of one loop, in one transaction: all of them, or none.

    Only for a step that asks nothing, needs nothing and touches no other case (``ValueError`` else). ``does``: the step's
    own effect, written for many steps at once; without it the step's ``does`` runs for each.
    Raises :class:`Refused` where a case cannot make the step, :class:`Overtaken` where one has moved on.
    """
    if not cases:
        return
    t, moment = cases[0].declared.transitions[name], at or watch.now()
    if not _is_plain(t) or any(c.loop != cases[0].loop or c.parent_id for c in cases):
        raise ValueError(f"{name} cannot be made in bulk")
    with transaction.atomic():
        for start in range(0, len(cases), CHUNK):
            _end(cases[start : start + CHUNK], t, actor, moment, does or partial(_each, t.does))


def _each(does: Callable[[Step], None] | None, steps: list[Step]) -> None:
    for step in steps if does else ():
        does(step)  # type: ignore[misc]


def _is_plain(t: Transition) -> bool:
    special = (t.asks, t.needs, t.unless, t.at_most, t.begets, t.returns, t.gate, t.starts, t.after, t.when)
    return t.target is not None and t.target.ended and not any(special)


def _end(cases: list[Case], t: Transition, actor: Actor, at: datetime, does: Effect) -> None:
    for case in cases:
        if sentence := permit.forbidden(case, t, actor):
            raise Refused(f"{case.number}：{sentence}")
    close(cases, t, actor, at, does)


def close(cases: list[Case], t: Transition, actor: Actor, at: datetime, does: Effect | None = None) -> None:
    """End cases of one loop by one step, whatever stage they are in; whether that may be is the caller's to judge."""
    keys = [case.pk for case in cases]
    if Case.objects.filter(parent__in=keys, open=True).exists():
        raise Refused("还有下级任务没有办结")
    before = {case.pk: (case.stage, case.turn) for case in cases}
    _swap_all(cases, t, at)
    Clock.objects.filter(case__in=keys, stopped_at=None).update(stopped_at=at, paused_at=None)
    facts = _facts(cases[0].declared, keys)
    prev = {
        (c, n): h for c, n, h in Event.objects.filter(case__in=keys).values_list("case_id", "seq", "hash")
    }
    steps = [Step(case, t, actor, {}, at, facts.get(case.pk)) for case in cases]
    if does is not None:
        _do(steps, does)
    words.follow_all(keys)
    built = []
    for step in steps:
        key, (source, turn) = step.case.pk, before[step.case.pk]
        built.append(
            record.event_for(step.case, step.facts, t.name, t.title, source, actor, {}, at, prev[key, turn])
        )
    Event.objects.bulk_create([e for e, _ in built], batch_size=CHUNK)
    Payload.objects.bulk_create([p for _, p in built if p], batch_size=CHUNK)


def _swap_all(cases: list[Case], t: Transition, at: datetime) -> None:
    """Compare and swap, all cases that stand at one stage and turn with one statement."""
    assert t.target is not None
    swapped = {
        "stage": t.target.name, "moved_at": at, "open": False, "ended_at": at, "outcome": t.outcome,
        "desk": None, "desk_role": "", "due": None, "provisional": False,
    }  # fmt: skip
    groups: dict[tuple[str, int], list[Case]] = {}
    for case in cases:
        groups.setdefault((case.stage, case.turn), []).append(case)
    for (stage, turn), group in groups.items():
        rows = Case.objects.filter(pk__in=[case.pk for case in group], stage=stage, turn=turn)
        if rows.update(turn=turn + 1, **swapped) != len(group):
            raise Overtaken
        for case in group:
            for column, value in swapped.items():
                setattr(case, column, value)
            case.turn = turn + 1


def _facts(loop: type[Loop], keys: list[Any]) -> dict[Any, models.Model]:
    return apps.get_model(loop.facts)._base_manager.in_bulk(keys) if loop.facts else {}


def _do(steps: list[Step], does: Effect) -> None:
    """The steps' own effect; facts are written only where it changed them."""
    before = [dict(vars(step.facts)) if step.facts is not None else {} for step in steps]
    does(steps)
    for step, old in zip(steps, before, strict=True):
        if step.facts is not None and dict(vars(step.facts)) != old:
            step.facts.save(force_update=True)
