"""驾驶舱: where help is needed, at a glance; every number opens into its records. Internal, and never an order of merit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from jieyou.commons.supervision.models import Escalation, Finding
from jieyou.interfaces.web import asked as asking
from jieyou.interfaces.web import charts, desk, lamps, outlines
from jieyou.interfaces.web.asked import Asked
from jieyou.interfaces.web.staff import StaffRequest, holding, staff
from jieyou.kernel.calendar import clock, periods
from jieyou.kernel.indicator import cells, rollup, targets
from jieyou.kernel.indicator.declare import Computed
from jieyou.kernel.indicator.declared import indicators
from jieyou.kernel.indicator.models import Target
from jieyou.kernel.indicator.scope import Scope
from jieyou.kernel.loop import seen
from jieyou.kernel.loop.models import Case
from jieyou.kernel.people.actor import Actor
from jieyou.kernel.people.roles import HEAD, LEADER
from jieyou.kernel.places import codes
from jieyou.kernel.places.models import Place

WEEKS, LATE_SHOWN, BAR = 12, 8, 220
#: The tiles on top: key, and the series that its small line shows.
TILES = (("jieyou.received", "received"), ("jieyou.ended", "ended"), ("tasks.in_time", ""), ("jieyou.satisfaction", ""),
         ("jieyou.meetings", ""), ("jieyou.late", ""))  # fmt: skip
FLOWS = ("jieyou.received", "jieyou.ended", "jieyou.solved", "jieyou.answered", "jieyou.unsatisfied", "jieyou.category",
         "tasks.in_time", "jieyou.satisfaction")  # fmt: skip
BELOW = ("jieyou.open", "jieyou.late")
SUPERVISED = (settings.INTAKE_LOOP, "assignment")


@dataclass(frozen=True)
class Tile:
    """One number on top, how it stood before, what it should be."""

    key: str
    title: str
    unit: str
    now: Computed
    before: Computed | None
    target: Target | None
    spark: str = ""

    @property
    def missed(self) -> bool:
        return self.target is not None and targets.met(self.target, self.now) is False


@dataclass(frozen=True)
class Spot:
    """One place on the map, with its lamp: shape and words beside the colour."""

    place: Place
    name: str
    shape: outlines.Shape
    open: int
    late: int
    tone: lamps.Tone

    @property
    def words(self) -> str:
        return {"red": "超期偏多", "amber": "有超期", "green": "没有超期", "off": "没有在办"}[self.tone]


@dataclass(frozen=True)
class Bar:
    """One bar: its words, number, width, and where it opens."""

    title: str
    count: int
    width: int
    url: str


@dataclass(frozen=True)
class Wish:
    """One thing that wants a leader's eye: what, how many, where it opens."""

    tone: str
    words: str
    url: str


@staff
def cockpit(request: StaffRequest) -> HttpResponse:
    """The whole page. ``wall``: for a big screen, without the frame."""
    asked = asking.read(request)
    with cells.remembering(FLOWS, asked.scope, asked.before):
        return render(request, "web/cockpit.html", _shown(request, asked))


def _shown(request: StaffRequest, asked: Asked) -> dict[str, Any]:
    """Everything that is on the page."""
    scope, actor = asked.scope, request.actor
    today = Scope(scope.place, scope.first, clock.today())
    weeks = _weeks()
    received, ended = (rollup.series(key, scope.place, weeks) for key in ("jieyou.received", "jieyou.ended"))
    spots, spread = _spots(asked, today)
    late = _late(actor, scope.place)
    return {
        "here": "cockpit", "asked": asked, "spans": asking.SPANS, "now": clock.now(), "wall": "wall" in request.GET,
        "tiles": _tiles(asked, today, {"received": received, "ended": ended}), "spots": spots, "map": spread,
        "wishes": _wishes(asked, actor, spots), "stages": _stages(asked, today), "categories": _categories(asked),
        "trend": charts.lines([_label(w) for w in weeks], 收到=received, 办结=ended), "late": late, "endings": _endings(asked),
        "may_instruct": bool(holding(actor, HEAD, LEADER, kind="office")), "level": asking.next_level(scope.place),
    }  # fmt: skip


def _weeks() -> list[periods.Period]:
    """The last weeks, the running one the last."""
    today = clock.today()
    return periods.weeks(today - timedelta(weeks=WEEKS - 1), today)


def _label(week: periods.Period) -> str:
    return f"{week.first.month}.{week.first.day}"


def _tiles(asked: Asked, today: Scope, lines: dict[str, list[int]]) -> list[Tile]:
    keys = [key for key, _ in TILES]
    wanted = targets.in_force(keys, asked.scope)
    found = []
    for key, line in TILES:
        i = indicators()[key]
        small = charts.spark(lines[line]) if line else ""
        stock = i.timing == "stock"
        now = rollup.number(i, today if stock else asked.scope)
        before = None if stock else rollup.number(i, asked.before)
        found.append(Tile(key, i.title, i.unit, now, before, wanted.get(key), small))
    return found


def _spots(asked: Asked, today: Scope) -> tuple[list[Spot], outlines.Map]:
    """The places right below, as they stand now."""
    level = asking.next_level(asked.scope.place)
    places = rollup.places_of(asked.scope.place, level) if level else []
    spread = outlines.map_of(places)
    if level is None or not places:
        return [], spread
    found = rollup.table(BELOW, today, level)
    most = targets.in_force(["jieyou.late_share"], today).get("jieyou.late_share")
    rows = [(p, *(found[p.code][key].records for key in BELOW)) for p in places]
    return [
        Spot(p, outlines.short(p.name), spread.shapes[p.code], n, late, _tone(n, late, most))
        for p, n, late in rows
    ], spread


def _tone(there: int, late: int, most: Target | None) -> lamps.Tone:
    """Red from the share that the city has set."""
    if not late:
        return "green" if there else "off"
    return "red" if most is not None and 100 * late > most.value * there else "amber"


def _stages(asked: Asked, today: Scope) -> list[Bar]:
    """How many are in each of the eight stages now."""
    rows = rollup.by_cut("jieyou.open", today)
    widths = charts.bars([n for _, _, n in rows], BAR)
    url = f"{reverse('web:figure', args=['jieyou.open'])}?place={asked.scope.place.code}&span={asked.span}&part="
    return [Bar(title, n, w, url + stage) for (stage, title, n), w in zip(rows, widths, strict=True)]


def _categories(asked: Asked) -> list[Bar]:
    """What most was told of in the period."""
    rows = sorted((r for r in rollup.by_cut("jieyou.category", asked.scope) if r[2]), key=lambda r: -r[2])[:6]
    widths = charts.bars([n for _, _, n in rows], BAR)
    url = f"{reverse('web:figure', args=['jieyou.category'])}{asked.fixed}&part="
    return [Bar(title, n, w, url + value) for (value, title, n), w in zip(rows, widths, strict=True)]


def _endings(asked: Asked) -> list[Bar]:
    """How matters ended: solved apart from explained apart from unhappy."""
    keys = ("jieyou.solved", "jieyou.answered", "jieyou.unsatisfied")
    numbers = [rollup.number(indicators()[key], asked.scope).records for key in keys]
    widths = charts.bars(numbers, BAR)
    return [Bar(indicators()[key].title.removeprefix("其中"), n, w, reverse("web:figure", args=[key]) + asked.fixed)
            for key, n, w in zip(keys, numbers, widths, strict=True)]  # fmt: skip


@dataclass(frozen=True)
class Overdue:
    """One matter or task past its deadline."""

    case: Case
    lamp: lamps.Lamp


def _late(actor: Actor, place: Place) -> list[Overdue]:
    """The longest overdue that this actor may see."""
    now = clock.now()
    rows = Case.objects.filter(
        open=True, due__lt=now, loop__in=SUPERVISED, sealed=False, **Scope(place, now, now).inside()
    )
    found = seen.first(actor, rows, "due", LATE_SHOWN, 0, ("holder", "home"))
    return [Overdue(c, lamps.lamp(c.due, c.provisional, now)) for c in found]


def _wishes(asked: Asked, actor: Actor, spots: list[Spot]) -> list[Wish]:
    """Where help is needed: people in danger first, then places, then what nobody owns, then what waits for a word."""
    place = asked.scope.place
    return [*_danger(actor), *_red(asked, spots), *_ownerless(place), *_proposed(place), *_no_meeting(asked)]


def _danger(actor: Actor) -> list[Wish]:
    n = len(desk.dangers(actor))
    return (
        [Wish("violet", f"{n} 件反映可能涉及人身安全，还没有派人", reverse("web:desk") + "?only=harm")]
        if n
        else []
    )


def _red(asked: Asked, spots: list[Spot]) -> list[Wish]:
    return [Wish("red", f"{s.place.name}：在办 {s.open} 件，超期 {s.late} 件", asked.address(place=s.place.code))
            for s in spots if s.tone == "red"]  # fmt: skip


def _ownerless(place: Place) -> list[Wish]:
    low, high = codes.within(place.code)
    n = Finding.objects.filter(over_at=None, unit__place__code__gte=low, unit__place__code__lt=high).count()
    return (
        [
            Wish(
                "amber",
                f"{n} 处无主：岗位空缺，或者超时没有签收",
                reverse("web:supervision") + "?tab=ownerless",
            )
        ]
        if n
        else []
    )


def _proposed(place: Place) -> list[Wish]:
    rows = Escalation.objects.filter(case__open=True, case__stage="proposed", case__sealed=False)
    n = rows.filter(**Scope(place, clock.today(), clock.today()).inside("case")).count()
    return (
        [Wish("amber", f"{n} 件提请提级，等部领导批准", reverse("web:supervision") + "?tab=escalation")]
        if n
        else []
    )


def _no_meeting(asked: Asked) -> list[Wish]:
    """A city that held no meeting this week, once the week is half over."""
    today = clock.today()
    week = Scope(asked.scope.place, periods.week_of(today).first, today)
    if asked.scope.place.level not in ("city", "county") or today.weekday() < 3:
        return []
    level = asked.scope.place.level
    held = indicators()["jieyou.meetings"].behind(week)
    assert not isinstance(held, list)
    if held.filter(level=level).exists():
        return []
    return [Wish("amber", "本周还没有召开周“解忧”会议", reverse("web:meetings"))]
