"""The article's year as rows only: every meeting of the demo's own plan with its resolved items, in two seconds.

The demo walks the same plan through the real doors, which takes a minute; what is counted here are the formulas.
"""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

from support.city import Town

from jieyou.commons.meetings.models import AgendaItem, Meeting
from jieyou.interfaces.demo.year import Sitting, communities, sittings
from jieyou.kernel.calendar import clock
from jieyou.kernel.loop.models import Case
from jieyou.kernel.loop.opening import level_columns
from jieyou.kernel.people import units
from jieyou.kernel.people.models import Unit
from jieyou.kernel.places import tree
from jieyou.kernel.places.models import Place
from jieyou.mechanisms.concerns.models import Concern


def write(town: Town, seed: int = 1) -> None:
    """All meetings and items, as the year left them."""
    luck, rows = Random(seed), _Rows(town)
    for sitting in sittings():
        rows.meeting(sitting, luck)
    for model, found in rows.found.items():
        model._default_manager.bulk_create(found)


class _Rows:
    def __init__(self, town: Town) -> None:
        self.offices = {s.unit.place.code: s.unit for s in town.city.offices.values()}
        self.villages: dict[str, list[Place]] = {}
        self.found: dict[Any, list[Any]] = {Case: [], Meeting: [], Concern: [], AgendaItem: []}

    def office(self, code: str) -> Unit:
        if code not in self.offices:
            place = tree.by_code(code)
            self.offices[code] = units.add(
                f"{place.name}委社会工作部", "office", place, "system", prefix=f"K{code[4:]}"
            )
        return self.offices[code]

    def places(self, code: str) -> list[Place]:
        if code not in self.villages:
            self.villages[code] = communities(code)
        return self.villages[code]

    def meeting(self, s: Sitting, luck: Random) -> None:
        unit = self.office(s.office)
        case = self._case("meeting", "issued", unit, unit.place, s, 0)
        level = "city" if s.office == "6106" else "county"
        self.found[Case].append(case)
        meeting = Meeting(case=case, unit=unit, level=level, seq_no=s.seq_no, held_on=s.day)
        self.found[Meeting].append(meeting)
        for n in range(s.items):
            self._item(meeting, s, n + 1, luck)

    def _item(self, meeting: Meeting, s: Sitting, n: int, luck: Random) -> None:
        case = self._case("jieyou", "archived", meeting.unit, luck.choice(self.places(s.office)), s, n)
        self.found[Case].append(case)
        self.found[Concern].append(
            Concern(case=case, category="heating", satisfied=luck.choice(("good", "fair", "bad")))
        )
        self.found[AgendaItem].append(AgendaItem(meeting=meeting, case=case, position=n, outcome="resolved"))

    def _case(self, loop: str, stage: str, home: Unit, place: Place, s: Sitting, n: int) -> Case:
        begun, ended = clock.at(s.day - timedelta(days=12)), clock.at(s.day + timedelta(days=20))
        return Case(loop=loop, stage=stage, number=f"Y{s.office}-{s.seq_no}-{n}", title=f"第{s.seq_no}次会议", open=False, home=home,
                    place=place, opened_at=begun, moved_at=ended, ended_at=ended, outcome="solved", **level_columns(place))  # fmt: skip
