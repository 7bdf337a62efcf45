"""Somebody who does something to some case, again and again, while the invariants are watched."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from jieyou.kernel import shortly
from jieyou.kernel.calendar import clock
from jieyou.kernel.evidence.models import Attachment
from jieyou.kernel.loop.declare import Transition
from jieyou.kernel.loop.engine import advance
from jieyou.kernel.loop.models import Case
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.loop.tests import watching
from jieyou.kernel.loop.tests.watching import Answers, Picture
from jieyou.kernel.loop.ticking import tick
from jieyou.kernel.people.actor import Actor
from jieyou.kernel.people.posts import guest

seeds = st.integers(0, 2**32)
quietly = settings(
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip


@contextmanager
def undone() -> Iterator[None]:
    """Every example begins with the same database."""
    point = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(point)
        shortly.forget()


class Player:
    """Somebody does something, again and again; the invariants are looked at after each try."""

    def __init__(self, seed: int, actors: list[Actor], at: datetime, cases: Any) -> None:
        self.luck, self.actors, self.at, self.cases = Random(seed), actors, at, cases
        self.answers, self.made, self.stale = Answers(self.luck), [], {}

    def play(self, steps: int) -> None:
        now = Picture.take()
        watching.check_states(now)
        for _ in range(steps):
            self.at += timedelta(hours=self.luck.choice((0, 1, 5, 26, 75)))
            now = self._tick(now) if self.luck.random() < 0.1 else self._try(now)
            watching.check_states(now)

    def _tick(self, before: Picture) -> Picture:
        with clock.moved(self.at):
            made = tick(self.at)
            after = Picture.take()
            assert tick(self.at) == 0 and Picture.take() == after
        assert made or after == before
        return after

    def _try(self, before: Picture) -> Picture:
        case = self._case()
        actor, name = self._choice(case)
        t = case.declared.transitions.get(name)
        good = self.luck.random() < 0.75
        data = {} if t is None else self.answers.fitting(t.asks) if good else self.answers.rubbish(t.asks)
        if self.luck.random() < 0.3:
            self._attach(case)
            before = Picture.take()
        with clock.moved(self.at):
            try:
                done = advance(case, name, actor, data)
            except Refused as no:
                assert no.sentence
                after = Picture.take()
                watching.check_refused(before, after)
                return after
        after = Picture.take()
        assert t is not None and after.cases[case.pk]["stage"] == done.stage
        watching.check_step(before, after, case, t, data, self.at)
        self.made.append(name)
        return after

    def _case(self) -> Case:
        """A case as it is, or now and then as somebody looked at it earlier."""
        rows = list(self.cases().select_related("home", "holder", "place").order_by("pk"))
        case = (
            self.luck.choice([c for c in rows if c.open] or rows)
            if self.luck.random() < 0.85
            else self.luck.choice(rows)
        )
        old = self.stale.get(case.pk)
        self.stale[case.pk] = case
        return old if old is not None and self.luck.random() < 0.1 else case

    def _choice(self, case: Case) -> tuple[Actor, str]:
        """Mostly a step that these posts may make; else anybody anything."""
        allowed = [
            (a, t.name)
            for t in case.declared.leaving(case.stage)
            for a in self._all(case)
            if _likely(case, t, a)
        ]
        if allowed and self.luck.random() < 0.8:
            name = self.luck.choice(sorted({name for _, name in allowed}))
            return self.luck.choice([pair for pair in allowed if pair[1] == name])
        return self.luck.choice(self._all(case)), self.luck.choice(
            [*case.declared.transitions, "no_such_step"]
        )

    def _all(self, case: Case) -> list[Actor]:
        return [*self.actors, guest(case.pk, cases=[case.pk])]

    def _attach(self, case: Case) -> None:
        if not Attachment.objects.filter(subject=case.pk).exists():
            Attachment.objects.create(
                subject=case.pk,
                name="a",
                kind="image",
                sha256="0" * 64,
                size=1,
                by="x",
                by_name="x",
                at=self.at,
            )


def _likely(case: Case, t: Transition, actor: Actor) -> bool:
    """May these posts make the step? A guess without a query; the engine has the last word."""
    units = {"home": case.home_id, "holder": case.holder_id}
    for who in t.who:
        if who.kind in ("guest", "system") and actor.kind == who.kind:
            return True
        near = who.kind == "co" or units.get(who.kind) is not None
        if near and any(actor.holds(role, units.get(who.kind)) for role in who.roles):
            return True
    return False
