"""Whatever is tried, in whatever order: an open petition always has a clock that runs, and none ends later than the law lets it."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta

from hypothesis import given, settings

from jieyou.kernel.calendar import clock
from jieyou.kernel.loop.engine import advance
from jieyou.kernel.loop.models import Case, Clock
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.loop.tests.player import Player, quietly, seeds, undone
from jieyou.kernel.loop.ticking import tick
from petitions.letters import Letters

DAY = date(2026, 3, 18)
PEOPLE = (
    "petition",
    "petition-head-610602",
    "petition-city",
    "petition-sealed",
    "bureau",
    "township",
    "county",
)
#: The longest that rest days move a last day: 国庆 with its neighbours.
ROLLED = timedelta(days=10)


def check(cases: list[Case]) -> None:
    """Each open petition has a running clock; none is longer than its rule, its pauses and its one extension."""
    for case in cases:
        rows = list(Clock.objects.filter(case=case))
        running = [row for row in rows if row.running]
        assert running or not case.open, f"{case.number} at {case.stage} waits without a date"
        for row in rows:
            if row.unit == "day" and not row.fixed:
                most = timedelta(days=(row.length or 0) + row.paused_days + row.extended + 1)
                assert row.due <= row.started + most + ROLLED * (
                    2 if row.extended or row.paused_days else 1
                ), row.code
            assert row.extended <= 30


def walk(player: Player, steps: int) -> None:
    """Somebody tries something, again and again: mostly fitting answers, sometimes rubbish."""
    for _ in range(steps):
        player.at += timedelta(hours=player.luck.choice((0, 1, 5, 26, 75)))
        case = player._case()
        actor, name = player._choice(case)
        asks = case.declared.transitions[name].asks if name in case.declared.transitions else ()
        data = player.answers.fitting(asks) if player.luck.random() < 0.85 else player.answers.rubbish(asks)
        with clock.moved(player.at), suppress(Refused):
            advance(case, name, actor, data)
            player.made.append(name)
        if player.luck.random() < 0.05:
            with clock.moved(player.at):
                tick(player.at)
        check(list(player.cases()))


def test_no_case_escapes_its_clock(letters: Letters) -> None:
    ways = (letters.registered, letters.sent, letters.accepted, letters.opined, letters.answered)
    for way in ways:
        way(DAY)
    letters.come(DAY, accused=True)
    actors, made = [letters.town.actor(name) for name in PEOPLE], set[str]()

    @settings(quietly, max_examples=5)
    @given(seed=seeds)
    def walks(seed: int) -> None:
        with undone():
            player = Player(
                seed, actors, clock.at(date(2026, 3, 20), 17), Case.objects.filter(loop="petition").all
            )
            walk(player, 30)
            made.update(player.made)

    walks()
    assert len(made) > 12, "the walks should go almost everywhere"
