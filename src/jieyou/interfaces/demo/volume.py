"""A city's volume: so many cases beside the demo's, by the bulk path, over ten years, homes and places.

Of a hundred concerns five are open, seventy ended in 综合研判 with an answer, the rest went to a unit and came back from
the call-back; a unit's task is a case of its own and counts. Guards and notices are not run (see ``histories``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.conf import settings
from django.db import transaction

from jieyou.commons.reports import intake
from jieyou.commons.reports.intake import Told
from jieyou.interfaces.demo.city import City, Staff
from jieyou.interfaces.demo.matters import MATTERS, Matter
from jieyou.interfaces.demo.year import communities
from jieyou.kernel import statements
from jieyou.kernel.calendar import clock
from jieyou.kernel.loop import histories
from jieyou.kernel.loop.histories import History, Made
from jieyou.kernel.people.actor import Actor
from jieyou.kernel.people.models import Unit
from jieyou.kernel.people.posts import SYSTEM
from jieyou.kernel.places.models import Place

YEARS = 10
BATCH = 1_000
OPEN, OPEN_DAYS = 0.05, 30
#: How far a concern came: (share among the open, steps) and (share among the ended, ending).
STANDS = (("clue", 2), ("assess", 2), ("judged", 2), ("tracked", 3), ("visit", 1))
ENDS = (("decline", 62), ("file", 12), ("archive", 26))
SHORT = "已收悉并核实，您反映的情况已转有关单位说明，相关政策和办理途径请以本次答复为准。"


@dataclass
class Volume:
    """Makes histories of a city, the oldest first. ``luck`` is seeded: the same city, the same cases."""

    city: City
    luck: Random = field(default_factory=lambda: Random(61))
    homes: list[tuple[Staff, list[Place]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.homes = [
            (s, communities(code)) for code, s in self.city.offices.items() if code != self.city.code
        ]

    def fill(self, cases: int, progress: Callable[[int, int], None]) -> int:
        """Write at least so many cases; returns how many."""
        made, moments = 0, self._moments(cases)
        while made < cases:
            batch = [self._history(*next(moments)) for _ in range(min(BATCH, cases - made))]
            with transaction.atomic():
                histories.write(batch)
                statements.load([self._report(h) for h in batch])
            made += sum(1 + len(h.below) for h in batch)
            progress(made, cases)
        return made

    def _moments(self, cases: int) -> Iterator[tuple[datetime, bool]]:
        """When each concern was told, and whether it is still open: the open ones are of the last weeks."""
        roots = int(cases / 1.26) + BATCH
        now, past = clock.now(), int(roots * (1 - OPEN))
        for n in range(past):
            yield now - timedelta(days=OPEN_DAYS + 10 + (past - n) * YEARS * 365 / past), False
        for n in range(roots - past + 10 * BATCH):
            yield now - timedelta(days=OPEN_DAYS * max(0.02, 1 - n / (roots - past))), True

    def _history(self, at: datetime, is_open: bool) -> History:
        staff, places = self.luck.choice(self.homes)
        matter, place = self.luck.choice(MATTERS), self.luck.choice(places)
        kinds = STANDS if is_open else ENDS
        way = self.luck.choices([k for k, _ in kinds], [n for _, n in kinds])[0]
        return _Telling(self, staff, matter, place, at, way).history()

    def _report(self, h: History) -> Any:
        assert h.case is not None
        phone = f"139{self.luck.randrange(10**8):08d}" if self.luck.random() < 0.3 else ""
        words = h.title
        told = Told(place=h.place, words=words, title=h.title, category=h.facts["category"], phone=phone,
                    source=h.facts["source"], source_no=f"V{h.case.number}")  # fmt: skip
        report = intake.new_report(told, h.case, words, h.at, False)
        if not h.case.open:
            report.reply, report.replied_at = SHORT, h.case.ended_at
        return report


@dataclass
class _Telling:
    """One concern's way."""

    volume: Volume
    staff: Staff
    matter: Matter
    place: Place
    at: datetime
    way: str

    def history(self) -> History:
        n, name = self.volume.luck.randint(1, 30), self.place.name.removesuffix("居民委员会")
        title = self.matter.title.format(p=name, n=n)
        facts = {"source": self.volume.luck.choice(("phone_page", "hotline", "grid")), "category": self.matter.category,
                 "harm": False}  # fmt: skip
        h = History(settings.INTAKE_LOOP, title, self.place, self.staff.unit, self._actor(self.staff.clerk), self.at, [], facts,
                    said=title)  # fmt: skip
        self._go(h, title)
        return h

    def _go(self, h: History, title: str) -> None:
        steps = h.steps
        if self.way == "clue":
            return
        steps.append(
            self._made("register", self.staff.clerk, 4, {"title": title, "category": self.matter.category})
        )
        if self.way == "assess":
            return
        judged = {"category": self.matter.category, "reach": 12, "urgency": "normal", "level": "county",
                  "recommend": "direct", "reason": "情况属实，按职责办理。"}  # fmt: skip
        steps.append(self._made("judge", self.staff.clerk, 20, judged, judged))
        if self.way in ("decline", "file"):
            said = {"reply": SHORT} | ({"words": "无需办理"} if self.way == "file" else {})
            steps.append(self._made(self.way, self.staff.head, 30, said, {"reply": SHORT}))
        elif self.way != "judged":
            self._hand_out(h, title)

    def _hand_out(self, h: History, title: str) -> None:
        lead = self.volume.city.units[self._key()]
        row = {
            "task": self.matter.task.format(p=self.place.name, n=2),
            "kind": "lead",
            "unit": lead,
            "due": {"workdays": 7},
        }
        direct = self._made("direct", self.staff.head, 30, {"assignments": [row]}, {"lead": lead})
        direct.holder = lead
        h.steps += [direct, Made("all_signed", SYSTEM, self._when(40))]
        h.below = [self._task(h, title, lead, row)]
        if self.way == "tracked":
            return
        officer, caller = self.volume.city.bureaus[self._key()], self.staff.caller
        said = {"result": "solved", "reply": self.matter.done + "感谢您的支持和耐心等待。"}
        h.steps += [
            self._made("apply", officer, 130, said, said),
            self._made("agree_strike", self.staff.head, 150),
        ]
        if self.way == "visit":
            return
        called = {"method": "phone", "visited": "reached", "satisfied": "good", "solved": True, "words": ""}
        kept = {"visited": "reached", "satisfied": "good", "solved": True}
        h.steps += [self._made("call", caller, 200, called, kept), self._made("archive", caller, 220)]
        h.steps[-1].outcome = "solved"

    def _task(self, h: History, title: str, lead: Unit, row: dict[str, Any]) -> History:
        officer = self.volume.city.bureaus[self._key()]
        steps = [self._made("sign_for", officer, 40, {"officer": ""})]
        if self.way != "tracked":
            said = {"report": self.matter.done}
            steps += [
                self._made("finish", officer, 100, said, said),
                self._made("accept", self.staff.clerk, 120),
            ]
        return History("assignment", row["task"], self.place, self.staff.unit, self._actor(self.staff.head), self._when(30),
                       steps, {k: v for k, v in row.items() if k != "kind"}, lead, "lead")  # fmt: skip

    def _made(
        self, name: str, who: Any, hours: int, data: dict[str, Any] | None = None, kept: Any = None
    ) -> Made:
        return Made(name, self._actor(who), self._when(hours), data or {}, kept or {})

    def _when(self, hours: int) -> datetime:
        """So many hours later, but not later than now: what is open has been short of time."""
        return min(self.at + timedelta(hours=hours), clock.now())

    def _actor(self, who: Any) -> Actor:
        return self.volume.city.actor(who)

    def _key(self) -> tuple[str, str]:
        return (self.staff.unit.place.code, self.matter.lead)
