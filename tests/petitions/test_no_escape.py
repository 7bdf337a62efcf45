"""Whatever is tried, in whatever order: an open petition always has a clock that runs, and none ends later than the law lets it."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given, settings

from jieyou.kernel.calendar import clock
from jieyou.kernel.loop.models import Case, Clock
from jieyou.kernel.loop.tests.player import Player, quietly, seeds, undone
from petitions.letters import FIRST, Letters

STEPS = 20
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


def test_no_case_escapes_its_clock(letters: Letters) -> None:
    at = clock.at(FIRST, 17)
    for made in (
        letters.come().case,
        letters.registered(),
        letters.sent(),
        letters.accepted(),
        letters.answered(),
    ):
        assert made.open
    letters.come(accused=True)
    actors, made = [letters.town.actor(name) for name in PEOPLE], set[str]()
    petitions = Case.objects.filter(loop="petition")

    @settings(quietly, max_examples=3)
    @given(seed=seeds)
    def walks(seed: int) -> None:
        with undone():
            player = Player(seed, actors, at, petitions.all)
            for _ in range(STEPS):
                player.play(1)
                check(list(petitions.all()))
            made.update(player.made)

    walks()
    assert len(made) > 8, "the walks should go almost everywhere"
