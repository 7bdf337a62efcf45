"""What must hold of cases whatever is tried: a still picture before, one after, and what may differ."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.apps import apps
from django.db import connection

from jieyou.kernel.calendar import clock, store
from jieyou.kernel.evidence.models import Attachment
from jieyou.kernel.ledger.models import Payload
from jieyou.kernel.loop import options, registry
from jieyou.kernel.loop.declare import Ask, Transition
from jieyou.kernel.loop.models import Case, Clock, Event, Series
from jieyou.kernel.people.models import Unit
from jieyou.kernel.privacy.models import Access

Row = dict[str, Any]
GARBAGE: tuple[Any, ...] = (
    None, "", "\x00", " ", "字" * 5001, "\ud800", -1, 0, 1.5, True, 10**12, "9" * 5000, [], {}, [[1]], {"a": 1}, "²",
    "2026-02-30", "0001-01-01", "9999-12-31", "null", [None], [{"unit": 3}], "'; drop table loop_case;--",
)  # fmt: skip


def _rest() -> list[str]:
    """Tables that are only compared as they are."""
    facts = {loop.facts for loop in registry.loops().values() if loop.facts}
    others = {"notify.Delivery", "reports.Report", "meetings.AgendaItem", "meetings.Attendance"}
    models = [Access, Series, Payload, *(apps.get_model(name) for name in sorted(facts | others))]
    return [model._meta.db_table for model in models]


@dataclass
class Picture:
    """Every row that a step may touch; events only by number (the database refuses to change them)."""

    cases: dict[UUID, Row]
    clocks: dict[int, Row]
    rest: dict[str, list[Any]]
    events: int

    @classmethod
    def take(cls) -> Picture:
        cases, clocks = ({row["id"]: row for row in model.objects.values()} for model in (Case, Clock))
        return cls(cases, clocks, {table: _raw(table) for table in _rest()}, Event.objects.count())


def _raw(table: str) -> list[Any]:
    with connection.cursor() as cursor:
        what = "COUNT(*), COUNT(erased_at)" if table == Payload._meta.db_table else "*"
        cursor.execute(f'SELECT {what} FROM "{table}" ORDER BY 1')
        return cursor.fetchall()


class Step(NamedTuple):
    """What is looked at of an event."""

    seq: int
    transition: str
    target: str
    person: str
    prev: str
    hash: str
    at: datetime


def check_states(now: Picture) -> None:
    """No case is in an impossible state."""
    steps: dict[UUID, list[Step]] = {key: [] for key in now.cases}
    for key, *columns in Event.objects.order_by("chain", "seq").values_list("case_id", *Step._fields):
        steps[key].append(Step(*columns))
    below: dict[UUID, list[Step]] = {}
    for key, case in now.cases.items():
        below.setdefault(case["parent_id"], []).extend(steps[key])
    for key, case in now.cases.items():
        running = [
            c
            for c in now.clocks.values()
            if c["case_id"] == key and not c["stopped_at"] and not c["paused_at"]
        ]
        _check_state(case, steps[key], running, now.cases.get(case["parent_id"]))
        _check_limits(case, steps[key], below.get(key, []))


def _check_state(case: Row, steps: list[Step], running: list[Row], parent: Row | None) -> None:
    stage = registry.loop(case["loop"]).stages[case["stage"]]
    assert case["open"] == (not stage.ended) == (case["ended_at"] is None)
    assert [s.seq for s in steps] == list(range(1, case["turn"] + 1))
    assert [s.prev for s in steps] == ["", *(s.hash for s in steps[:-1])]
    assert steps[-1].target == case["stage"]
    assert case["due"] == min((c["due"] for c in running), default=None)
    assert (
        (case["desk_id"] is not None)
        == (case["desk_role"] != "")
        == (case["open"] and stage.waits is not None)
    )
    assert case["open"] or not running
    assert case["outcome"] == "" or not case["open"]
    assert parent is None or parent["open"] or not case["open"]


def _check_limits(case: Row, steps: list[Step], below: list[Step]) -> None:
    """No step was made more often than declared, nor by whom it must not be made."""
    for t in registry.loop(case["loop"]).transitions.values():
        made = [s for s in steps if s.transition == t.name]
        assert not isinstance(t.at_most, int) or len(made) <= t.at_most
        for guard in t.unless:
            apart = guard.name.removeprefix("same_person:").split(",")
            for step in made:
                earlier = [*steps[: step.seq - 1], *(s for s in below if s.at < step.at)]
                assert step.person not in {s.person for s in earlier if s.transition in apart}


def check_refused(before: Picture, after: Picture) -> None:
    """A refusal leaves everything as it was."""
    assert after == before


def check_step(before: Picture, after: Picture, case: Case, t: Transition, data: Row, at: datetime) -> None:
    """A step adds one event to its case, changes clocks only as declared, and has what it needs."""
    assert after.cases[case.pk]["turn"] == before.cases[case.pk]["turn"] + 1
    assert after.events - before.events == sum(
        row["turn"] - before.cases.get(key, {"turn": 0})["turn"] for key, row in after.cases.items()
    )
    for key, old in before.clocks.items():
        new = after.clocks[key]
        assert (new["started"], new["code"], new["case_id"]) == (old["started"], old["code"], old["case_id"])
        if new["due"] != old["due"]:
            _check_moved(old, new, case, t, data, at)
    if any(g.name == "evidence" for g in t.needs):
        assert data.get("evidence") or Attachment.objects.filter(subject=case.pk).exists()


def _check_moved(old: Row, new: Row, case: Case, t: Transition, data: Row, at: datetime) -> None:
    """Only an extension, the end of a pause, or a date that was asked for moves a deadline, and by exactly that much."""
    assert old["case_id"] == case.pk
    if any(a.clock == old["code"] for a in t.asks):
        return
    if old["code"] in t.extends:
        more = int(data["days"])
    else:
        assert old["code"] in t.resumes and old["paused_at"] is not None
        more = _length(old, clock.local(old["paused_at"]), clock.local(at))
    assert clock.local(new["due"]) == _later(old, clock.local(old["due"]), more)


def _length(row: Row, first: date, last: date) -> int:
    return store.days().between(first, last) if row["unit"] == "workday" else (last - first).days


def _later(row: Row, day: date, more: int) -> date:
    return (
        store.days().add(day, more).day
        if row["unit"] == "workday" or row["fixed"]
        else date.fromordinal(day.toordinal() + more)
    )


class Answers:
    """Answers to asks: fitting ones, or rubbish. ``luck`` is seeded."""

    def __init__(self, luck: random.Random) -> None:
        self.luck = luck

    def fitting(self, asks: tuple[Ask, ...]) -> Row:
        return {ask.name: self._one(ask) for ask in asks}

    def rubbish(self, asks: tuple[Ask, ...]) -> Row:
        """Fitting ones, of which some are rubbish."""
        return {a.name: self.luck.choice(GARBAGE) if self.luck.random() < 0.5 else self._one(a) for a in asks}

    def _one(self, ask: Ask) -> Any:
        simple = {
            "line": "一行字", "words": "说得清清楚楚，写明做了什么、什么时候完成的说明。", "yes": True,
            "day": "2026-03-20", "due": self.luck.choice([5, "2026-04-10", 30]),
            "number": self.luck.randint(max(1, ask.at_least), min(20, ask.at_most)), "evidence": [],
        }  # fmt: skip
        if ask.kind in simple:
            return simple[ask.kind]
        if ask.kind == "rows":
            rows = [self.fitting(ask.rows) for _ in range(self.luck.randint(1, 2))]
            return [row | {"kind": "lead" if n == 0 else "co"} for n, row in enumerate(rows)]
        return getattr(self, f"_{ask.kind}")(ask)

    def _choice(self, ask: Ask) -> str:
        return self.luck.choice(options.of(ask))[0]

    def _unit(self, ask: Ask) -> str:
        return self.luck.choice(
            list(Unit.objects.filter(kind__in=("bureau", "company", "township")).order_by("pk")[:4])
        ).pk.hex

    def _units(self, ask: Ask) -> list[str]:
        return [self._unit(ask)]

    def _case(self, ask: Ask) -> str:
        wanted = Case.objects.filter(loop="meeting") if ask.name == "meeting" else Case.objects.all()
        return self.luck.choice(list(wanted.order_by("pk").values_list("number", flat=True)) or [""])
