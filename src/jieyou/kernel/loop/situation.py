"""One case at one moment, seen by one actor: what guards look at. Queries are made once and only if asked for."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.apps import apps
from django.db.models import Count

from jieyou.kernel.evidence.models import Attachment
from jieyou.kernel.loop import registry
from jieyou.kernel.loop.models import Case, Event
from jieyou.kernel.loop.skipped import skipped
from jieyou.kernel.people.actor import Actor


def facts_of(case: Case) -> Any:
    """The facts row of a case, or ``None`` where its loop keeps none."""
    return apps.get_model(case.declared.facts).objects.get(pk=case.pk) if case.declared.facts else None


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
        return facts_of(self.case)

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
        rows = Case.objects.filter(parent_id=self.case.pk)
        return list(rows.values_list("loop", "stage", "kind", "outcome", "open"))

    def open_children(self) -> int:
        return sum(1 for *_, is_open in self._children if is_open)

    def children(self, loop: str) -> int:
        return sum(1 for row in self._children if row[0] == loop)

    def children_in(self, loop: str, *stages: str) -> int:
        return sum(1 for row in self._children if row[0] == loop and row[1] in stages)

    @cached_property
    def _steps(self) -> list[tuple[str, str]]:
        """Who made which step, here and in the children. Whoever put a case at a stage (补录, 核定环节) stands for the steps
        before it: 补录 must not make one person do, close and call back."""
        below = dict(Case.objects.filter(parent_id=self.case.pk).values_list("pk", "loop"))
        loops = {self.case.pk: self.case.loop, **below}
        rows = Event.objects.filter(case_id__in=loops).values_list(
            "case_id", "transition", "person", "target"
        )
        return [
            (name, person)
            for case, made, person, target in rows
            for name in (made, *skipped(registry.loop(loops[case]), made, target))
        ]

    @cached_property
    def _times(self) -> dict[str, int]:
        rows = Event.objects.filter(case_id=self.case.pk).values("transition").order_by("transition")
        return {r["transition"]: r["n"] for r in rows.annotate(n=Count("pk"))}

    def did(self, *transitions: str) -> frozenset[str]:
        return frozenset(person for name, person in self._steps if name in transitions)

    def times(self, transition: str) -> int:
        return self._times.get(transition, 0)

    def evidence(self) -> int:
        return Attachment.objects.filter(subject=self.case.pk).count()

    def signed(self, kind: str, of: str) -> bool:
        subject = getattr(self.facts, f"{of}_id", None) if of else self.case.pk
        if subject is None:
            return False
        papers = Case.objects.filter(parent_id=subject, kind=kind).order_by("-opened_at", "-pk")
        return (
            papers.values_list("outcome", flat=True).first() == "signed"
        )  # a paper drafted anew replaces the old one
