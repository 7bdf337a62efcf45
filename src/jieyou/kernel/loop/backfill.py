"""补录: cases of the time before the software come in at any stage, with what is known, as one event each.

Nothing is made up in between: the first event is called ``backfill`` and leads to the stage that was told, so that figures
can tell what was 补录 from what was walked. Clocks start at registration. Told days are facts or words, never the event's time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.models import F

from jieyou.kernel.calendar import clock as watch
from jieyou.kernel.calendar import store
from jieyou.kernel.ledger.models import Payload
from jieyou.kernel.loop import bulk, opening, record, registry, series, timing, words
from jieyou.kernel.loop.declare import Loop, Move, Stage, Transition
from jieyou.kernel.loop.models import Case, Clock, Event, Series
from jieyou.kernel.loop.refused import Overtaken, Refused
from jieyou.kernel.loop.situation import facts_of
from jieyou.kernel.loop.skipped import BACKFILL
from jieyou.kernel.people.actor import Actor
from jieyou.kernel.people.models import Unit
from jieyou.kernel.people.posts import SYSTEM
from jieyou.kernel.places.models import Place
from jieyou.kernel.privacy import access

NAME, TITLE = BACKFILL, "补录"
BACK, BACK_TITLE, WITHDRAWN = "unfill", "撤回补录", "withdrawn"
CHUNK = 500


@dataclass
class Past:
    """One case as it is known. ``stage``: the name of a declared stage; ``told``: words for the record only.

    ``ended_on``: the day it ended, as told, or ``None``. ``due``: a day still to come (a clock that is fixed on it).
    ``starts``: clocks beside the stage's own; ``children``: cases below it, each at its own stage;
    ``said``: masked words of a report.
    """

    title: str
    place: Place
    home: Unit
    stage: str
    holder: Unit | None = None
    kind: str = ""
    outcome: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    told: dict[str, Any] = field(default_factory=dict)
    ended_on: date | None = None
    due: date | None = None
    starts: tuple[str, ...] = ()
    children: list[tuple[str, Past]] = field(default_factory=list)
    said: str = ""


def fill(loop_code: str, actor: Actor, rows: list[Past], at: datetime | None = None) -> list[Case]:
    """Open all ``rows`` where they stand, in one transaction; the cases come back in the same order, children not."""
    moment = at or watch.now()
    with transaction.atomic():
        cases = _fill(loop_code, actor, rows, [None] * len(rows), moment)
        below: dict[str, list[tuple[Past, Case]]] = {}
        for row, case in zip(rows, cases, strict=True):
            for code, child in row.children:
                below.setdefault(code, []).append((child, case))
        for code, pairs in below.items():
            _fill(code, actor, [child for child, _ in pairs], [case for _, case in pairs], moment)
    return cases


def again(case: Case, actor: Actor, row: Past, at: datetime | None = None) -> Case:
    """补录 anew what was taken back: the same case, its chain goes on. Only for one that a 撤回补录 had ended."""
    if case.open or case.outcome != WITHDRAWN:
        raise Refused(f"{case.number} 没有撤回过，不能再补录")
    moment, before = at or watch.now(), case.stage
    with transaction.atomic():
        facts = facts_of(case)
        for name, value in opening.columns(type(facts), row.facts).items() if facts is not None else ():
            setattr(facts, name, value)
        case.title, case.turn, case.moved_at = row.title[:200], case.turn + 1, moment
        _stand(case, row)
        if not Case.objects.filter(pk=case.pk, turn=case.turn - 1).update(turn=F("turn")):
            raise Overtaken
        case.save(force_update=True)
        if facts is not None:
            facts.save(force_update=True)
        words.follow_all([case.pk])
        record.write(case, facts, NAME, TITLE, before, actor, _said(row), moment)
    return case


def take_back(cases: list[Case], stages: dict[str, str], actor: Actor, at: datetime) -> None:
    """撤回补录: every one of them ends as withdrawn, in the stage that ``stages`` names for its loop. Children go with their
    parents: give all of them. The caller's transaction holds."""
    for code in sorted({case.loop for case in cases}, key=lambda code: code != "assignment"):
        mine = [case for case in cases if case.loop == code]
        stage = registry.loop(code).stages[stages[code]]
        step = Transition(Move((), stage), BACK_TITLE, outcome=WITHDRAWN, name=BACK)
        for start in range(0, len(mine), CHUNK):
            bulk.close(mine[start : start + CHUNK], step, actor, at)


def worked_on(cases: Iterable[Any]) -> Event | None:
    """The first step that somebody made on one of these cases or below it after they were brought in."""
    keys = list(cases)
    below = Case.objects.filter(parent__in=keys).values("pk")
    steps = Event.objects.filter(models.Q(case__in=keys) | models.Q(case__in=below))
    return (
        steps.exclude(transition__in=[NAME, BACK])
        .exclude(person=SYSTEM.person)
        .select_related("case")
        .order_by("at", "pk")
        .first()
    )


def is_filled(case: Case) -> bool:
    """Was it brought in by 补录? Told from its own record."""
    return Event.objects.filter(case=case.pk, seq=1, transition=NAME).exists()


def _fill(
    loop_code: str, actor: Actor, rows: list[Past], parents: list[Case | None], at: datetime
) -> list[Case]:
    loop = registry.loop(loop_code)
    cases = [_case(loop, row, parent, at) for row, parent in zip(rows, parents, strict=True)]
    _number(loop, cases, parents, at)
    facts = [opening.new_facts(loop, case, row.facts) for case, row in zip(cases, rows, strict=True)]
    clocks = _clocks(loop, cases, rows, at)
    built = [
        record.event_for(case, own, NAME, TITLE, "", actor, _said(row), at, "")
        for case, own, row in zip(cases, facts, rows, strict=True)
    ]
    Case.objects.bulk_create(cases, batch_size=CHUNK)
    if loop.facts:
        apps.get_model(loop.facts)._base_manager.bulk_create([f for f in facts if f], batch_size=CHUNK)
    Event.objects.bulk_create([event for event, _ in built], batch_size=CHUNK)
    Payload.objects.bulk_create([words for _, words in built if words], batch_size=CHUNK)
    Clock.objects.bulk_create(clocks, batch_size=CHUNK)
    words.begin_many(cases, {case.pk: row.said for case, row in zip(cases, rows, strict=True)})
    _grant(cases)
    return cases


def _said(row: Past) -> dict[str, Any]:
    return {"title": row.title, **row.facts, **row.told}


def _case(loop: type[Loop], row: Past, parent: Case | None, at: datetime) -> Case:
    case = opening.new_case(loop, row.title, row.place, row.home, row.holder, row.kind, parent, False, at)
    _stand(case, row)
    return case


def _stand(case: Case, row: Past) -> None:
    """Put the case where it is said to stand."""
    stage: Stage = case.declared.stages[row.stage]
    case.stage, case.open, case.holder, case.returned = stage.name, not stage.ended, row.holder, False
    case.outcome = row.outcome if stage.ended else ""
    case.ended_at = watch.at(row.ended_on, 0) if stage.ended and row.ended_on else None
    opening.put_on_desk(case, stage)


def _number(loop: type[Loop], cases: list[Case], parents: list[Case | None], at: datetime) -> None:
    """Numbers of the office's own series; children count on from their parent, which is new as well."""
    year, seen = watch.local(at).year, Counter[Any]()
    counts = Counter(case.home for case, parent in zip(cases, parents, strict=True) if parent is None)
    following = {home.pk: series.take(opening.series_key(loop, home, year), n) for home, n in counts.items()}
    for case, parent in zip(cases, parents, strict=True):
        if parent is not None:
            seen[parent.pk] += 1
            case.number = f"{parent.number}-{seen[parent.pk]}"
        else:
            case.number = series.number(opening.prefix(loop, case.home), year, following[case.home_id])
            following[case.home_id] += 1
    Series.objects.bulk_create(Series(key=f"child:{pk.hex}", last=n) for pk, n in seen.items())


def _clocks(loop: type[Loop], cases: list[Case], rows: list[Past], at: datetime) -> list[Clock]:
    """Clocks of what is still open, all from now on; a told day that is still to come is fixed."""
    days, made = store.days(), []
    for case, row in zip(cases, rows, strict=True):
        codes = [case.at_stage.clock, *row.starts] if case.open else []
        own = [timing.new_clock(case, code, at, days) for code in codes if code]
        if case.open and row.due is not None:
            code = opening.due_code(loop)
            own = [one for one in own if one and one.code != code] + [_fixed(case, code, row.due, at, days)]
        running = [one for one in own if one is not None]
        made += running
        first = min(running, key=lambda one: one.due, default=None)
        case.due, case.provisional = (first.due, first.provisional) if first else (None, False)
    return made


def _fixed(case: Case, code: str, day: date, at: datetime, days: Any) -> Clock | None:
    clock = timing.new_clock(case, code, at, days)
    if clock is not None:
        clock.due, clock.provisional, clock.fixed, clock.length, clock.unit = (
            watch.end_of(day), False, True, None, "",
        )  # fmt: skip
    return clock


def _grant(cases: list[Case]) -> None:
    """Whoever has a child in hand may read the parent, as after an ordinary 交办."""
    rows = {
        (case.parent_id, case.holder_id)
        for case in cases
        if case.parent_id and case.holder_id != case.home_id
    }
    access.bulk_grants(access.build(parent, unit, "co") for parent, unit in sorted(rows) if unit and parent)
