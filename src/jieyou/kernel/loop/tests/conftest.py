"""The probe's loops, known while its tests run."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from jieyou.kernel import shortly
from jieyou.kernel.calendar import clock
from jieyou.kernel.loop import registry, signals
from jieyou.kernel.loop.tests import probe


@pytest.fixture
def probe_loops() -> Iterator[None]:
    """``probe`` and ``probe_part`` are installed; time stands at their first Monday."""
    for loop in (probe.Probe, probe.Part):
        registry.add(loop)
    shortly.forget()
    with clock.moved(probe.START):
        yield
    shortly.forget()
    for loop in (probe.Probe, probe.Part):
        registry.forget(loop.code)


@pytest.fixture
def office(db: None, probe_loops: None, monkeypatch: pytest.MonkeyPatch) -> probe.Office:
    """The probe's office; every commit is undone after the test. What the floors above do with time has its own tests."""
    monkeypatch.setattr(signals.ticked, "receivers", [])
    return probe.found()
