"""The same of the real weekly loop, with its tasks, meetings and papers, played by the people of the small city."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from support.city import STAGES, Town, new_town

from jieyou.kernel.loop.models import Case
from jieyou.kernel.loop.tests import probe
from jieyou.kernel.loop.tests.player import Player, quietly, seeds, undone

STEPS = 25
PEOPLE = ("county", "leader", "caller", "bureau", "township", "city", "city-sealed", "county-610603")


@pytest.fixture(scope="module")
def streets(town_database: None, django_db_blocker: Any) -> Town:
    """One concern at every stage; two tasks, a meeting and a paper lie about as well. Walked once."""
    with django_db_blocker.unblock():
        town = new_town()
        for stage in STAGES:
            town.concern(stage)
        return town


def test_the_weekly_loop_is_never_in_an_impossible_state(town: Town, streets: Town) -> None:
    town.walk.tell(town.item(), probe.START, accused=True)
    actors, made = [town.actor(name) for name in PEOPLE], set[str]()

    @settings(quietly, max_examples=12)
    @given(seed=seeds)
    def walks(seed: int) -> None:
        with undone():
            player = Player(seed, actors, probe.START, Case.objects.all)
            player.play(STEPS)
            made.update(player.made)

    walks()
    assert len(made) > 15, "the walks should go almost everywhere"
