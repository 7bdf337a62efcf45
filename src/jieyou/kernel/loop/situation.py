"""One case at one moment, seen by one actor: what guards look at. Queries are made once and only if asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import QuerySet

from jieyou.kernel.calendar import clock as watch
from jieyou.kernel.calendar import store
from jieyou.kernel.evidence.models import Attachment
from jieyou.kernel.loop import registry, rules, timing
from jieyou.kernel.loop.declare import Transition
from jieyou.kernel.loop.models import Case, Event
from jieyou.kernel.loop.skipped import skipped
from jieyou.kernel.people.actor import Actor
from jieyou.kernel.statements import kept


def facts_of(case: Case) -> Any:
    """The facts row of a case, or ``None`` where its loop keeps none."""
    if not case.declared.facts:
        return None
    model, rows = _facts(case.declared.facts)
    found = rows(case.pk)
    if not found:
        raise model.DoesNotExist(f"{case.number}: no row of {case.declared.facts}")
    return found[0]


@cache
def _facts(name: str) -> tuple[Any, Any]:
    """A facts model and the query for one of its rows."""
    model = apps.get_model(name)

    @kept
    def row(key: UUID) -> QuerySet[Any]:
        return model._default_manager.filter(pk=key)

    return model, row


@kept
def _below(parent: UUID) -> QuerySet[Any]:
    rows = Case.objects.filter(parent_id=parent).order_by("opened_at", "pk")
    return rows.values_list("loop", "stage", "kind", "outcome", "open")


@kept
def _in_hand(loop: str, parent: UUID) -> QuerySet[Any]:
    return Case.objects.filter(parent_id=parent, loop=loop, holder__isnull=False).values_list(
        "holder_id", flat=True
    )


@kept
def _made(case: UUID) -> QuerySet[Any]:
    return Event.objects.filter(case_id=case).values_list("transition", "person", "target", "case__loop")


@kept
def _made_below(parent: UUID) -> QuerySet[Any]:
    rows = Event.objects.filter(case__parent_id=parent)
    return rows.values_list("transition", "person", "target", "case__loop")


@kept
def _attached(subject: UUID) -> QuerySet[Any]:
    return Attachment.objects.filter(subject=subject).values_list("pk")


@kept
def _outcomes(parent: UUID, kind: str) -> QuerySet[Any]:
    papers = Case.objects.filter(parent_id=parent).filter(kind=kind).order_by("-opened_at", "-pk")
    return papers.values_list("outcome", flat=True)


def limit_of(case: Case, t: Transition) -> int | None:
    """How often the step may be made in one case: a number, or the dial in force at the place."""
    if isinstance(t.at_most, str):
        return rules.dial(t.at_most, timing.tree_code(case), watch.today(), default=2)
    return t.at_most


@dataclass(frozen=True)
class Known:
    """What a page has read of a case already (``case.known``), so that nothing on it asks again. A step never looks at it:
    what is judged inside its transaction is read there. ``events``: the oldest first; ``None``: not read."""

    facts: Any = None
    events: list[Event] | None = None
    children: list[Case] | None = None
    files: int | None = None


def read_all(cases: Iterable[Case]) -> None:
    """Read of these cases what guards mostly look at, one query for each kind of row however many they are."""
    rows = {case.pk: case for case in cases}
    events: dict[UUID, list[Event]] = {key: [] for key in rows}
    for event in Event.objects.filter(case__in=rows).order_by("seq") if rows else ():
        events[event.case_id].append(event)
    attached = Attachment.objects.filter(subject__in=rows).values_list("subject", flat=True) if rows else ()
    facts, files = _facts_of_all(rows.values()), Counter(attached)
    for key, case in rows.items():
        case.known = Known(facts.get(key), events[key], files=files[key])


def _facts_of_all(cases: Iterable[Case]) -> dict[UUID, Any]:
    found: dict[UUID, Any] = {}
    by_model: dict[str, list[UUID]] = {}
    for case in cases:
        by_model.setdefault(case.declared.facts, []).append(case.pk)
    for name, keys in by_model.items():
        found |= apps.get_model(name)._default_manager.in_bulk(keys) if name else {}
    return found


def known(case: Case) -> Known:
    """What has been read of this very object."""
    return case.known or Known()


class Now:
    """A :class:`~jieyou.kernel.loop.declare.Situation` read from the database."""

    def __init__(
        self, case: Case, actor: Actor, data: dict[str, Any] | None = None, facts: Any = None
    ) -> None:
        self.case, self.actor, self.data = case, actor, data or {}
        if facts is not None:
            self.facts = facts

    @cached_property
    def facts(self) -> Any:
        return known(self.case).facts or facts_of(self.case)

    @property
    def person(self) -> str:
        return self.actor.person

    @property
    def kind(self) -> str:
        return self.case.kind

    @property
    def sealed(self) -> bool:
        return self.case.sealed

    @cached_property
    def _children(self) -> list[tuple[str, str, str, str, bool]]:
        read = known(self.case).children
        return (
            _below(self.case.pk)
            if read is None
            else [(c.loop, c.stage, c.kind, c.outcome, c.open) for c in read]
        )

    def open_children(self) -> int:
        return sum(1 for *_, is_open in self._children if is_open)

    def children(self, loop: str) -> int:
        return sum(1 for row in self._children if row[0] == loop)

    def children_in(self, loop: str, *stages: str) -> int:
        return sum(1 for row in self._children if row[0] == loop and row[1] in stages)

    @cached_property
    def _own(self) -> list[tuple[str, str, str, str]]:
        read = known(self.case).events
        return (
            _made(self.case.pk)
            if read is None
            else [(e.transition, e.person, e.target, self.case.loop) for e in read]
        )

    @cached_property
    def _theirs(self) -> list[tuple[str, str, str, str]]:
        return _made_below(self.case.pk)

    def did(self, *transitions: str) -> frozenset[str]:
        """Who made one of these, here or below. Whoever put a case where it stands (补录, 核定环节) stands for the steps before
        it: 补录 must not make one person do, close and call back."""
        wanted = set(transitions)
        return frozenset(
            person
            for made, person, target, loop in (*self._own, *self._theirs)
            if made in wanted or not wanted.isdisjoint(skipped(registry.loop(loop), made, target))
        )

    def times(self, transition: str) -> int:
        return sum(1 for name, *_ in self._own if name == transition)

    def evidence(self) -> int:
        read = known(self.case).files
        return len(_attached(self.case.pk)) if read is None else read

    def holds(self, role: str) -> bool:
        return self.actor.holds(role, self.case.home_id) is not None

    def dial(self, code: str, default: int) -> int:
        return rules.dial(code, timing.tree_code(self.case), watch.today(), default)

    def left(self, transition: str) -> int | None:
        limit = limit_of(self.case, self.case.declared.transitions[transition])
        return None if limit is None else max(0, limit - self.times(transition))

    def hours(self, transition: str) -> list[str]:
        rows = Event.objects.filter(case_id=self.case.pk, transition=transition).order_by("seq")
        return [f"{at.astimezone(watch.ZONE):%Y-%m-%d %H}" for at in rows.values_list("at", flat=True)]

    def home_level(self) -> str:
        return self.case.home.place.level

    def last_child(self, *loops: str) -> tuple[str, str, str]:
        """(loop, kind, outcome) of the child of these loops that was opened last; blanks where there is none."""
        rows = [(loop, kind, outcome) for loop, _, kind, outcome, _ in self._children if loop in loops]
        return rows[-1] if rows else ("", "", "")

    def works_for(self, loop: str) -> bool:
        """Does the actor hold a post in a unit that had a child of this loop in hand (the home itself left out)?"""
        return any(
            holder in self.actor.units
            for holder in _in_hand(loop, self.case.pk)
            if holder != self.case.home_id
        )

    def workdays(self) -> int:
        """Working days since the case was opened; the day itself does not count."""
        return store.days().between(watch.local(self.case.opened_at), watch.today())

    def signed(self, kind: str, of: str) -> bool:
        subject = getattr(self.facts, f"{of}_id", None) if of else self.case.pk
        if subject is None:
            return False
        return _outcomes(subject, kind)[:1] == ["signed"]  # a paper drafted anew replaces the old one
