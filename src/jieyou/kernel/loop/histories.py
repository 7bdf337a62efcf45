"""The named bulk path for whole histories: cases with every step they made, chained and provable like any others.

For filling a database to a size (benchmarks, trials of a city's volume). The steps are the loop's own declared ones and
must lead from one to the next; guards, ``does`` and Deliveries are not run: the caller says what each step left behind.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

from django.db import transaction
from django.db.models import Model

from jieyou.kernel import statements
from jieyou.kernel.calendar import clock as watch
from jieyou.kernel.calendar import store
from jieyou.kernel.calendar.workdays import Days
from jieyou.kernel.ledger.models import Payload
from jieyou.kernel.loop import opening, record, registry, series, timing
from jieyou.kernel.loop import words as index
from jieyou.kernel.loop.declare import Loop, Stage, Transition
from jieyou.kernel.loop.models import Case, Clock
from jieyou.kernel.people.actor import Actor
from jieyou.kernel.people.models import Unit
from jieyou.kernel.places.models import Place
from jieyou.kernel.privacy import access
from jieyou.kernel.privacy.models import Access

COPIED = ("rule_id", "title", "started", "due", "provisional", "length", "unit", "roll")


@dataclass
class Made:
    """One step that was made. ``data``: its answers; ``facts``: columns that it left on the facts row."""

    name: str
    actor: Actor
    at: datetime
    data: dict[str, Any] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)
    title: str = ""
    holder: Unit | None = None
    outcome: str = ""


@dataclass
class History:
    """One case from its opening to where it stands. ``below``: its children; ``said``: words by which it is found, beside its title."""

    loop: str
    title: str
    place: Place
    home: Unit
    actor: Actor
    at: datetime
    steps: list[Made]
    facts: dict[str, Any] = field(default_factory=dict)
    holder: Unit | None = None
    kind: str = ""
    below: list[History] = field(default_factory=list)
    case: Case | None = None
    said: str = ""


@dataclass
class _Rows:
    """What is to be written, by table, in an order that foreign keys allow."""

    cases: list[Model] = field(default_factory=list)
    facts: dict[type[Model], list[Model]] = field(default_factory=dict)
    clocks: list[Clock] = field(default_factory=list)
    events: list[Model] = field(default_factory=list)
    words: list[Payload] = field(default_factory=list)
    access: list[Access] = field(default_factory=list)
    said: dict[UUID, str] = field(default_factory=dict)

    def write(self) -> None:
        for rows in (self.cases, *self.facts.values(), self.clocks, self.events, self.words, self.access):
            statements.load(rows)
        also: dict[UUID, str] = {}
        for row in self.access:
            also[row.subject] = f"{also.get(row.subject, '')} {row.unit_id.hex}".strip()
        index.begin_many(cast("list[Case]", self.cases), self.said, also)


def write(histories: list[History]) -> list[Case]:
    """Write all of them in one transaction; answers the cases at the top, in the same order."""
    with transaction.atomic():
        rows, numbers = _Rows(), _numbers(histories)
        days, levels, due = store.days(), {}, {}
        teller = _Teller(rows, days, levels, due)
        for history in histories:
            teller.tell(history, numbers)
        rows.write()
    return [history.case for history in histories if history.case]


def _numbers(histories: list[History]) -> dict[str, list[int]]:
    """The numbers of the cases at the top, by series: as many as are wanted, the first given first."""
    wanted = Counter(_series_of(h) for h in histories)
    firsts = {key: series.take(key, many) for key, many in wanted.items()}
    return {key: list(range(firsts[key] + many - 1, firsts[key] - 1, -1)) for key, many in wanted.items()}


def _series_of(h: History) -> str:
    return opening.series_key(registry.loop(h.loop), h.home, watch.local(h.at).year)


@dataclass
class _Teller:
    """Turns histories into rows. ``levels`` and ``due`` remember what many cases share."""

    rows: _Rows
    days: Days
    levels: dict[Any, dict[str, str]]
    due: dict[tuple[str, str, date], Clock | None]

    def tell(
        self, h: History, numbers: dict[str, list[int]], parent: Case | None = None, nth: int = 1
    ) -> None:
        loop = registry.loop(h.loop)
        case = h.case = self._opened(loop, h, parent)
        year = watch.local(h.at).year
        case.number = (
            f"{parent.number}-{nth}"
            if parent
            else series.number(opening.prefix(loop, h.home), year, numbers[_series_of(h)].pop())
        )
        facts = opening.new_facts(loop, case, h.facts)
        clocks = _Ticking(self, case)
        clocks.enter(loop.first(), h.at)
        told = {"title": case.title, **h.facts}
        tail = self._record(case, facts, opening.OPEN, loop.opens, "", h.actor, told, h.at, "")
        for step in h.steps:
            tail = self._step(loop, case, facts, clocks, step, tail)
        clocks.close(case)
        self.rows.cases.append(case)
        self.rows.said[case.pk] = h.said
        if facts is not None:
            self.rows.facts.setdefault(type(facts), []).append(facts)
        if parent is not None and h.holder is not None and h.holder.pk != parent.home_id:
            self.rows.access.append(access.build(parent.pk, h.holder, "co"))
        for n, child in enumerate(h.below, 1):
            self.tell(child, numbers, case, n)

    def _opened(self, loop: type[Loop], h: History, parent: Case | None) -> Case:
        first = loop.first()
        if h.place.pk not in self.levels:
            self.levels[h.place.pk] = opening.level_columns(h.place)
        case = Case(
            loop=loop.code, edition=loop.edition, kind=h.kind, title=h.title[:200], stage=first.name, turn=1, home=h.home,
            holder=h.holder, place=h.place, parent=parent, opened_at=h.at, moved_at=h.at, **self.levels[h.place.pk],
        )  # fmt: skip
        opening.put_on_desk(case, first)
        return case

    def _step(
        self, loop: type[Loop], case: Case, facts: Model | None, clocks: _Ticking, step: Made, tail: str
    ) -> str:
        t = loop.transitions[step.name]
        source, target = case.at_stage, t.target or case.at_stage
        if source not in t.sources:
            raise ValueError(f"{loop.code}: {step.name} does not leave from {source.name}")
        case.returned = case.returned if target is source else 0 < target.number < source.number
        case.stage, case.turn, case.moved_at, case.title = (
            target.name,
            case.turn + 1,
            step.at,
            step.title or case.title,
        )
        case.open, case.ended_at = not target.ended, step.at if target.ended else None
        case.outcome = (step.outcome or t.outcome) if target.ended else ""
        case.holder = step.holder or case.holder
        _moved_on_desk(case, t, target, source)
        for name, value in step.facts.items():
            setattr(facts, name, value)
        if target is not source:
            clocks.leave(source, step.at)
            clocks.enter(target, step.at)
        return self._record(case, facts, t.name, t.title, source.name, step.actor, step.data, step.at, tail)

    def _record(
        self, case: Case, facts: Model | None, name: str, title: str, source: str, actor: Actor, data: dict[str, Any],
        at: datetime, prev: str,
    ) -> str:  # fmt: skip
        event, words = record.event_for(case, facts, name, title, source, actor, data, at, prev)
        self.rows.events.append(event)
        self.rows.words += [words] if words else []
        return event.hash

    def clock(self, case: Case, code: str, at: datetime) -> Clock | None:
        """A fresh clock; its reckoning is done once for all that begin on one day in one place."""
        key = (code, timing.tree_code(case), watch.local(at))
        if key not in self.due:
            self.due[key] = timing.new_clock(case, code, at, self.days)
        model = self.due[key]
        if model is None:
            return None
        copied = {name: getattr(model, name) for name in COPIED} | {"started": at}
        return Clock(case=case, code=code, **copied)


def _moved_on_desk(case: Case, t: Transition, target: Stage, source: Stage) -> None:
    if t.then or target is not source or any(a.becomes for a in t.asks):
        opening.put_on_desk(case, target, t.then)


@dataclass
class _Ticking:
    """The clocks of one case while its history is told."""

    teller: _Teller
    case: Case
    running: dict[str, Clock] = field(default_factory=dict)

    def enter(self, stage: Stage, at: datetime) -> None:
        if stage.clock in self.running:
            self.running[stage.clock].stopped_at = None
        elif stage.clock:
            made = self.teller.clock(self.case, stage.clock, at)
            self.running |= {stage.clock: made} if made else {}

    def leave(self, stage: Stage, at: datetime) -> None:
        if stage.clock in self.running:
            self.running[stage.clock].stopped_at = at

    def close(self, case: Case) -> None:
        """All steps are told: an ended case has no running clock, an open one its earliest as ``due``."""
        for row in self.running.values():
            row.stopped_at = row.stopped_at or case.ended_at
        open_ones = [row for row in self.running.values() if row.running]
        first = min(open_ones, key=lambda row: row.due, default=None)
        case.due, case.provisional = (first.due, first.provisional) if first else (None, False)
        self.teller.rows.clocks += self.running.values()
