"""The article's figures come out of a year of records: computed or not built, never typed; each opens into what it counts."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.city import Town, new_town

from jieyou.commons.meetings.models import AgendaItem, Meeting
from jieyou.interfaces.cli.figures import figure
from jieyou.kernel.indicator import behind, rollup
from jieyou.kernel.indicator.declare import Ratio, Scope, Tally, size
from jieyou.kernel.indicator.declared import figure_ids, indicators, readings_of
from jieyou.kernel.loop.models import Case
from jieyou.kernel.people.posts import SYSTEM
from jieyou.kernel.places import codes, tree
from jieyou.kernel.places.models import Place, PlaceCode
from stories import yearbook

YEAR = (date(2024, 4, 22), date(2025, 4, 22))
with (Path(__file__).parent / "article.csv").open(encoding="utf-8") as lines:
    ARTICLE = list(csv.DictReader(lines))
GRID = "610602001001g1"


@pytest.fixture(scope="module")
def book(town_database: None, django_db_blocker: Any) -> Iterator[Town]:
    """The year of the article, written once for the module; a grid with one matter in it."""
    with django_db_blocker.unblock():
        town = new_town()
        yearbook.write(town)
        grid = Place.objects.create(name="第一网格", level="grid", parent=tree.by_code(GRID[:12]), code=GRID)
        PlaceCode.objects.create(place=grid, code=GRID)
        case = Case.objects.filter(loop="jieyou", home__place__code="610602").order_by("pk").first()
        assert case is not None
        Case.objects.filter(pk=case.pk).update(place=grid, l3="610602", l4=GRID[:9], l5=GRID[:12])
        yield town


def printed(place: str = "6106") -> dict[str, str]:
    scope = Scope(tree.by_code(place), *YEAR)
    rows = [(i.key, i.read(scope).printed) for key in figure_ids() for i in readings_of(key)]
    return dict(rows)


@pytest.mark.parametrize("row", ARTICLE, ids=lambda row: row["id"])
def test_a_figure_is_computed_as_printed_or_says_that_it_is_not_built(
    row: dict[str, str], book: Town, db: None
) -> None:
    found = figure(row["id"], Scope(tree.by_code("6106"), *YEAR))
    if found["status"] == "not built":
        assert (found["value"], found["records"], found["title"]) == ("", 0, f"{row['phrase']}（尚未建设）")
    elif row["id"] in OURS:
        assert found["printed"] == row["value"]
        assert found["unit"][0] == row["unit"][0]


#: What this year of rows holds; the other mechanisms' figures have tests of their own.
OURS = ("N26", "N34", "N35", "N36", "N37", "T09", "E15", "E26", "E27")


def test_without_one_meeting_exactly_its_figures_change(book: Town, db: None) -> None:
    before = printed()
    meeting = Meeting.objects.filter(level="city", held_on="2024-10-21").get()
    AgendaItem.objects.filter(meeting=meeting).delete()
    meeting.delete()
    now = printed()
    changed = {key: (before[key], now[key]) for key in before if before[key] != now[key]}
    assert changed == {
        "jieyou.meetings.city": ("52", "51"),
        "jieyou.items.city": ("70", "68"),
        "jieyou.weekly": ("94.3", "92.5"),
    }


def test_a_cancelled_meeting_is_not_counted_and_its_items_keep_their_other_resolutions(
    book: Town, db: None
) -> None:
    first, second = Meeting.objects.filter(level="county", unit__place__code="610602").order_by("held_on")[:2]
    item = AgendaItem.objects.filter(meeting=first).first()
    assert item is not None
    AgendaItem.objects.create(meeting=second, case=item.case, position=9, outcome="resolved")
    assert printed()["jieyou.items.county"] == "370", "tabled twice counts once"
    alone = AgendaItem.objects.filter(meeting=first).count() - 1
    Case.objects.filter(pk=first.pk).update(stage="cancelled")
    assert (printed()["jieyou.meetings.county"], printed()["jieyou.items.county"]) == (
        "205",
        str(370 - alone),
    )


def test_an_unhappy_answer_changes_no_resolution_and_a_sealed_matter_is_in_no_number(
    book: Town, db: None
) -> None:
    item = AgendaItem.objects.filter(meeting__level="city").first()
    assert item is not None
    Case.objects.filter(pk=item.case_id).update(stage="handed", open=True, ended_at=None, outcome="")
    assert printed()["jieyou.items.city"] == "70"
    Case.objects.filter(pk=item.case_id).update(sealed=True)
    assert printed()["jieyou.items.city"] == "69"


def test_thirteen_counties_make_the_city(book: Town, db: None) -> None:
    found = rollup.table(
        ["jieyou.meetings.county", "jieyou.items.county"], Scope(tree.by_code("6106"), *YEAR), "county"
    )
    assert len(found) == 13
    assert sum(int(row["jieyou.meetings.county"].printed) for row in found.values()) == 206
    assert sum(int(row["jieyou.items.county"].printed) for row in found.values()) == 370


PLACES = ("6106", "610602", "610603", "610602001", "610602001001", GRID)
DAYS = st.integers(min_value=0, max_value=400).map(lambda n: YEAR[0] + timedelta(days=n))


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(place=st.sampled_from(PLACES), first=DAYS, length=st.integers(0, 365), data=st.data())
def test_a_number_opens_exactly_its_records(
    place: str, first: date, length: int, data: Any, book: Town, db: None
) -> None:
    scope = Scope(tree.by_code(place), first, first + timedelta(days=length))
    i = indicators()[data.draw(st.sampled_from(sorted(indicators())))]
    number, found = i.read(scope), behind.behind(i, scope, SYSTEM, limit=10_000)
    each = {getattr(row, "pk", str(row)) for row in found.rows}  # two counties' first meetings read alike
    assert number.records == found.total == found.visible == len(found.rows) == len(each), i.key
    if isinstance(i, Tally) and not i.total:
        assert number.value == str(len(found.rows))
    if isinstance(i, Ratio):
        assert number.over == size(i.behind(scope, "over")) <= number.records


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(level=st.sampled_from(codes.LEVELS), first=DAYS, length=st.integers(0, 365))
def test_the_table_of_a_level_says_what_each_place_says(
    level: Any, first: date, length: int, book: Town, db: None
) -> None:
    scope = Scope(
        tree.by_code("610602" if level in ("village", "grid") else "6106"),
        first,
        first + timedelta(days=length),
    )
    keys = ["jieyou.received", "jieyou.satisfaction", "jieyou.items", "tasks.in_time", "jieyou.category"]
    found = rollup.table(keys, scope, level)
    for code in list(found)[:3] + [code for code, row in found.items() if row["jieyou.received"].records][:2]:
        there = scope.at(tree.by_code(code))
        assert found[code] == {key: indicators()[key].read(there) for key in keys}
