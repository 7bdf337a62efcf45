"""The ribbon of numbered stages: where the case is, when it came to each, how long it has been here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from jieyou.interfaces.web.lamps import days_in
from jieyou.kernel.calendar import clock
from jieyou.kernel.loop.declare import Loop
from jieyou.kernel.loop.models import Case, Event


@dataclass(frozen=True)
class Step:
    """One stage on the ribbon. ``state``: done, here, or ahead."""

    number: int
    title: str
    state: str
    day: str = ""
    stayed: str = ""


def mini(loop: type[Loop], stage: str) -> tuple[list[str], str]:
    """The row of small bars in a list: a state per numbered stage, and the words for it (no query)."""
    steps = loop.ribbon()
    here = loop.stages.get(stage)
    at = here.number if here else 0
    if here is not None and here.ended and not at:
        at = len(steps) + 1
    if here is not None and not at:
        came = _came_from(loop, stage)
        return ["done" if s.number <= came else "" for s in steps], here.title
    states = ["done" if s.number < at else "here" if s.number == at else "" for s in steps]
    return states, f"第{at}个环节，共{len(steps)}个" if 0 < at <= len(steps) else (
        here.title if here else stage
    )


def _came_from(loop: type[Loop], stage: str) -> int:
    """The stage of the ribbon that a case beside it (转出、挂账) has passed for certain; 0 where it may have passed none."""
    into = [t for t in loop.transitions.values() if t.target is not None and t.target.name == stage]
    return min((s.number for t in into for s in t.sources), default=0)


def steps(case: Case, events: Iterable[Event], now: datetime) -> list[Step]:
    """All stages of the ribbon with the times of entry, from the case's events."""
    came = {e.target: e.at for e in sorted(events, key=lambda e: e.seq) if e.source != e.target}
    here = case.at_stage
    return [_step(s.number, s.title, s.name, here.number, case, came, now) for s in case.declared.ribbon()]


def _step(
    number: int, title: str, name: str, at: int, case: Case, came: dict[str, datetime], now: datetime
) -> Step:
    arrived = came.get(name)
    day = f"{clock.local(arrived):%m-%d}" if arrived else ""
    if name == case.stage and not case.at_stage.ended:
        return Step(number, title, "here", day, days_in(arrived, now) if arrived else "")
    if name == case.stage:
        return Step(number, title, "done", day)
    done = arrived is not None and (number < at or not at)
    return Step(number, title, "done" if done else "", day if done else "")
