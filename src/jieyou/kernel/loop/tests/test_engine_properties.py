"""Whatever is tried, by whomever, with whatever answers: no case is ever in an impossible state."""

from __future__ import annotations

from hypothesis import given, settings

from jieyou.kernel.loop.models import Case
from jieyou.kernel.loop.tests import probe
from jieyou.kernel.loop.tests.player import Player, quietly, seeds, undone

STEPS = 25


def test_the_probe_is_never_in_an_impossible_state(office: probe.Office) -> None:
    made: set[str] = set()

    @settings(quietly, max_examples=24)
    @given(seed=seeds)
    def walks(seed: int) -> None:
        with undone():
            for n in range(2):
                probe.begin(office, f"试验{n}")
            player = Player(seed, office.everybody(), probe.START, Case.objects.all)
            player.play(STEPS)
            made.update(player.made)

    walks()
    persons = {
        t.name
        for loop in (probe.Probe, probe.Part)
        for t in loop.transitions.values()
        if t.by.title != "系统"
    }
    assert persons - made == set(), "the walks should go everywhere"
