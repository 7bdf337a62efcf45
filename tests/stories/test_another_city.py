"""The generator is no copy of one article: another city, other totals, another seed come out just as well."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from jieyou.interfaces.demo import city as towns
from jieyou.interfaces.demo import year
from jieyou.interfaces.demo.year import ARTICLE, Plan, sittings
from jieyou.kernel.calendar import clock
from jieyou.kernel.indicator.declare import Scope
from jieyou.kernel.indicator.declared import indicators
from jieyou.kernel.places import tree

PLACES = """code,name,level
9901,清河市,city
990102,河东区,county
990121,清源县,county
990102001,东街街道,township
990121100,城关镇,township
990102001001,东街社区居民委员会,village
990121100001,城关社区居民委员会,village
"""
PLAN = Plan(
    city_items=5,
    county_meetings=3,
    county_items=4,
    first=date(2024, 5, 13),
    last=date(2024, 5, 27),
    extra=(),
    named=None,
    seed=7,
)


def test_the_article_is_one_plan_of_many(db: None) -> None:
    there = sittings()
    city, county = ([s for s in there if (s.office == "6106") is mine] for mine in (True, False))
    assert (len(city), sum(s.items for s in city), len(county), sum(s.items for s in county)) == (
        52,
        70,
        206,
        370,
    )
    assert next(s.seq_no for s in city if s.day == year.SIXTEENTH) == 16


@pytest.mark.parametrize("totals", [(100, 130, 260), (53, 26, 26), (160, 390, 800)])
def test_other_totals_come_out_exactly(totals: tuple[int, int, int], db: None) -> None:
    items, meetings, county_items = totals
    plan = replace(ARTICLE, city_items=items, county_meetings=meetings, county_items=county_items)
    found: Counter[str] = Counter()
    for s in sittings(plan):
        found["city" if s.office == "6106" else "county"] += s.items
        found["meetings"] += s.office != "6106"
    assert (found["city"], found["meetings"], found["county"]) == totals


def test_another_city_walks_through_the_same_doors(db: None, tmp_path: Path) -> None:
    file = tmp_path / "清河市.csv"
    file.write_text(PLACES, encoding="utf-8")
    with clock.moved(clock.at(towns.SINCE, 8)):
        where = towns.Where.of(file)
        city = towns.found("解忧-demo-2026", where=where)
    year.load(city, lambda done, total: None, PLAN)
    scope = Scope(tree.by_code("9901"), date(2024, 4, 22), date(2025, 4, 22))
    keys = ("jieyou.meetings.city", "jieyou.items.city", "jieyou.meetings.county", "jieyou.items.county")
    assert [indicators()[key].read(scope).printed for key in keys] == ["3", "5", "3", "4"]
