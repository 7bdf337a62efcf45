"""The article's year, 2024-04-22 to 2025-04-22: 52 city meetings with 70 items, 206 county meetings with 370.

The 16th city meeting is on 2024-08-26, on the heating pipe of 融创三期. Numbers are given by hand, as offices do: two extra
meetings make 52 by April although the weeks alone would give 50 (domain report, finding 4).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from django.db import transaction

from jieyou.interfaces.demo.city import PREFIXES, City, Staff
from jieyou.interfaces.demo.matters import HEATING, MATTERS, Matter
from jieyou.interfaces.demo.walk import Item, Walk
from jieyou.kernel.calendar import clock, store
from jieyou.kernel.places import tree
from jieyou.kernel.places.models import Place

FIRST_MONDAY, LAST_MONDAY = date(2024, 5, 13), date(2025, 4, 21)
SIXTEENTH = date(2024, 8, 26)
EXTRA = (date(2024, 12, 5), date(2025, 1, 23))


@dataclass(frozen=True)
class Plan:
    """What a year comes to. The default is the article's; another city, other totals, another seed do as well.

    ``named``: the day of the one meeting that is about the heating pipe, if there is one.
    """

    city_items: int = 70
    county_meetings: int = 206
    county_items: int = 370
    first: date = FIRST_MONDAY
    last: date = LAST_MONDAY
    extra: tuple[date, ...] = EXTRA
    named: date | None = SIXTEENTH
    seed: int = 20240422


ARTICLE = Plan()


@dataclass(frozen=True)
class Sitting:
    """One meeting to come: whose, which number, which day, how many items."""

    office: str
    seq_no: int
    day: date
    items: int


def sittings(
    plan: Plan = ARTICLE, city: str = "6106", counties: tuple[str, ...] = tuple(PREFIXES)
) -> list[Sitting]:
    """All meetings of the year, by day."""
    out = list(_city(plan, city))
    for n in range(len(counties)):
        out += _county(plan, counties, n)
    return sorted(out, key=lambda s: (s.day, s.office))


def _city(plan: Plan, city: str) -> Iterator[Sitting]:
    """One a week; the items spread over them, the named meeting with its one."""
    days = sorted({*_mondays(plan.first, plan.last, 1), *plan.extra})
    others = [n for n, day in enumerate(days) if day != plan.named]
    each, more = divmod(plan.city_items - (len(days) - len(others)), len(others))
    busy = set(others[:: max(1, (len(days) - 1) // more)][:more] if more else [])
    for n, day in enumerate(days):
        yield Sitting(city, n + 1, day, 1 if day == plan.named else each + (n in busy))


def _county(plan: Plan, counties: tuple[str, ...], n: int) -> Iterator[Sitting]:
    """206 = 11 × 16 + 2 × 15 meetings; 370 items over them, one or two each, never none."""
    base, more = divmod(plan.county_meetings, len(counties))
    count, before = base + (n < more), sum(base + (k < more) for k in range(n))
    first = plan.first + timedelta(days=2 + n % 3, weeks=1)
    apart = max(1, (plan.last - plan.first).days // 7 // max(1, count))
    for k in range(count):
        day = _working(first + timedelta(weeks=apart * k))
        so_far = (before + k) * plan.county_items // plan.county_meetings
        yield Sitting(
            counties[n], k + 1, day, (before + k + 1) * plan.county_items // plan.county_meetings - so_far
        )


def _mondays(first: date, last: date, weeks: int) -> Iterator[date]:
    day = first
    while day <= last:
        yield _working(day)
        day += timedelta(weeks=weeks)


def _working(day: date) -> date:
    return store.days().roll(day)


def load(city: City, progress: Callable[[int, int], None], plan: Plan = ARTICLE) -> int:
    """Walk every sitting through the real doors; returns the number of items."""
    walk, luck, made = Walk(city, Random(plan.seed)), Random(plan.seed + 10_000), 0
    counties = tuple(code for code in city.offices if code != city.code)
    wanted = [s for s in sittings(plan, city.code, _all_of(counties)) if s.office in city.offices]
    places = {code: communities(code) for code in counties}
    places[city.code] = [place for rows in places.values() for place in rows]
    for n, sitting in enumerate(wanted):
        with transaction.atomic():
            made += _sit(
                walk,
                luck,
                sitting,
                places[sitting.office],
                sitting.day == plan.named and sitting.office == city.code,
            )
        progress(n + 1, len(wanted))
    return made


def _all_of(counties: tuple[str, ...]) -> tuple[str, ...]:
    """Yan'an's small demo has offices in two counties only, yet each with its own share of the thirteen."""
    return tuple(PREFIXES) if set(counties) <= set(PREFIXES) else counties


def communities(code: str) -> list[Place]:
    rows = tree.under(tree.by_code(code)).filter(level="village").select_related("parent__parent")
    return [p for p in rows if p.name.endswith(("居民委员会", "社区", "居委会"))] or list(rows)


def _sit(walk: Walk, luck: Random, sitting: Sitting, places: list[Place], named: bool) -> int:
    staff, day = walk.city.offices[sitting.office], sitting.day
    items = [_item(luck, staff, places, named) for _ in range(sitting.items)]
    for item in items:
        prepare(walk, item, day, luck)
    meeting = walk.call_meeting(staff, sitting.seq_no, day, clock.at(back(day, 4)))
    for item in items:
        walk.table(item, meeting, clock.at(back(day, 3), 10))
    walk.hold(staff, meeting, day, items)
    walk.sign_minutes(staff, meeting, day)
    for item in items:
        carry_out(walk, item, day, luck)
    return len(items)


def _item(luck: Random, staff: Staff, places: list[Place], named: bool) -> Item:
    if named:
        return Item(HEATING, staff.unit.place, staff, 3)
    matter: Matter = luck.choice(MATTERS)
    return Item(matter, luck.choice(places), staff, luck.randint(2, 12))


def prepare(walk: Walk, item: Item, day: date, luck: Random) -> None:
    """线索征集 to 会前协商, in the two weeks before the meeting."""
    source = luck.choice(["phone_page", "phone_page", "hotline", "grid", "deputies", "visit"])
    number = f"DEMO{day:%y%m%d}{luck.randint(1000, 9999)}" if source == "hotline" else ""
    walk.tell(item, clock.at(back(day, 9), luck.randint(8, 20)), source, source_no=number, name=walk.name(),
              phone=f"1390000{luck.randint(0, 9999):04d}")  # fmt: skip
    walk.register(item, clock.at(back(day, 8), 9))
    walk.judge(item, clock.at(back(day, 7), 10))
    walk.agree_meeting(item, clock.at(back(day, 7), 16))
    walk.consult(item, clock.at(back(day, 5), 9))


def carry_out(walk: Walk, item: Item, day: date, luck: Random) -> None:
    """会后交办 to 回访归档, in the weeks after the meeting."""
    walk.hand_out(item, clock.at(on(day, 1), 9))
    walk.sign_for(item, clock.at(on(day, 1), 15))
    walk.finish(item, clock.at(on(day, luck.randint(7, 11)), 9))
    struck = on(day, 13)
    walk.strike(item, clock.at(struck, 9), luck.choices(["solved", "explained"], [9, 1])[0])
    mood = luck.random()
    if mood < 0.06:
        _second_round(walk, item, struck)
    elif mood < 0.5:
        walk.rate(item, "good" if mood < 0.4 else "fair", "", clock.at(on(struck, 2), 19))
        walk.archive(item, clock.at(on(struck, 4), 10))
    else:
        walk.call(item, clock.at(on(struck, 3), 10), "good" if mood < 0.9 else "fair")
        walk.archive(item, clock.at(on(struck, 4), 10))


def _second_round(walk: Walk, item: Item, struck: date) -> None:
    """不满意 → 退回再办 → 办结 → 归档."""
    walk.rate(item, "bad", "还有几户没有解决。", clock.at(on(struck, 1), 20))
    walk.reopen(item, clock.at(on(struck, 2), 10))
    walk.sign_for(item, clock.at(on(struck, 2), 15))
    walk.finish(item, clock.at(on(struck, 6), 9))
    walk.strike(item, clock.at(on(struck, 7), 9))
    walk.rate(item, "good", "这次解决了，谢谢。", clock.at(on(struck, 8), 19))
    walk.archive(item, clock.at(on(struck, 9), 10))


def back(day: date, n: int) -> date:
    """The n-th working day before."""
    days = store.days()
    while n:
        day -= timedelta(days=1)
        n -= days.works(day)
    return day


def on(day: date, n: int) -> date:
    return store.days().add(day, n).day
