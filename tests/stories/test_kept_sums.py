"""Kept sums say what the records say, whatever was done, in whatever order, by whatever way."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.city import Town, new_town

from jieyou.kernel.calendar import clock
from jieyou.kernel.indicator import cells, rollup, stock
from jieyou.kernel.indicator.declare import Scope
from jieyou.kernel.indicator.declared import indicators
from jieyou.kernel.indicator.models import Day, Dirty, Done, Standing
from jieyou.kernel.loop.models import Case
from jieyou.kernel.places import tree
from jieyou.mechanisms.concerns.models import Concern
from stories import yearbook

FIRST, DAYS = date(2024, 5, 1), 380
NOW = clock.at(FIRST + timedelta(days=DAYS), 15)


@pytest.fixture(scope="module")
def book(town_database: None, django_db_blocker: Any) -> Any:
    with django_db_blocker.unblock():
        yearbook.write(new_town())
        with clock.moved(NOW):
            cells.rebuild()
        yield


def scope(code: str, first: date, length: int) -> Scope:
    return Scope(tree.by_code(code), first, first + timedelta(days=length))


def same(there: Scope) -> None:
    """Every kept number, its parts, its days and its counties: by sums and by records."""
    for key, i in indicators().items():
        if not cells.kept(i, there):
            continue
        assert rollup.number(i, there) == i.read(there), key
        if there.place.level == "city":
            table = rollup.table([key], there, "county")
            for code in ("610602", "610603"):
                assert table[code][key] == i.read(there.at(tree.by_code(code))), (key, code)
        if getattr(i, "words", None):
            total = sum(n for _, _, n in rollup.by_cut(key, there))
            assert total <= i.read(there).records


def act(luck: Random) -> None:
    """Something that happens to a case, by the tables alone: the triggers must see it."""
    case = luck.choice(list(Case.objects.filter(loop="jieyou").order_by("number")[:60]))
    rows, deed = Case.objects.filter(pk=case.pk), luck.randrange(8)
    if deed == 0:
        rows.update(sealed=not case.sealed)
    elif deed == 1:
        rows.update(
            open=True,
            stage="tracked",
            ended_at=None,
            outcome="",
            due=NOW - timedelta(days=luck.randint(-9, 9)),
        )
    elif deed == 2:
        ended, outcome = (
            NOW - timedelta(days=luck.randint(0, 90)),
            luck.choice(("solved", "joined", "explained")),
        )
        rows.update(open=False, stage="archived", ended_at=ended, outcome=outcome)
    elif deed == 3:
        rows.update(l3=luck.choice(("610602", "610603")))
    elif deed == 4:
        rows.update(stage=luck.choice(("assess", "meeting", "visit")))
    elif deed == 5:
        Concern.objects.filter(pk=case.pk).update(satisfied=luck.choice(("good", "bad", "")))
    elif deed == 6:
        Concern.objects.filter(pk=case.pk).update(category=luck.choice(("water", "roads", "heating")))
    else:
        luck.choice((cells.roll, stock.fold, cells.rebuild))()


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    seed=st.integers(0, 10**6),
    first=st.integers(0, 370),
    length=st.integers(0, 120),
    code=st.sampled_from(("6106", "610602")),
)
def test_sums_and_records_say_the_same(
    seed: int, first: int, length: int, code: str, book: None, db: None
) -> None:
    luck = Random(seed)
    with clock.moved(NOW):
        for _ in range(12):
            act(luck)
        same(scope(code, FIRST + timedelta(days=first), length))
        same(scope(code, clock.today() - timedelta(days=length), length))


def test_a_change_on_a_day_that_is_over_marks_it_and_the_next_tick_sums_it_anew(book: None, db: None) -> None:
    with clock.moved(NOW):
        cells.rebuild()
        assert Dirty.objects.count() == 0 and Done.objects.count() > 300
        case = Case.objects.filter(loop="jieyou", ended_at__isnull=False).order_by("number")[0]
        Case.objects.filter(pk=case.pk).update(sealed=True)
        marked = set(Dirty.objects.values_list("day", flat=True))
        assert marked == {clock.local(case.opened_at), clock.local(case.ended_at)}  # type: ignore[arg-type]
        assert cells.roll() == len(marked)
        assert Dirty.objects.count() == 0


def test_a_step_of_today_marks_nothing_and_waits_for_nobody(town: Town) -> None:
    cells.rebuild()
    with clock.moved(clock.now()):
        before = Dirty.objects.count()
        Case.objects.filter(loop="jieyou").update(moved_at=clock.now())
        assert Dirty.objects.count() == before


def test_sums_can_be_thrown_away(book: None, db: None) -> None:
    with clock.moved(NOW):
        cells.rebuild()
        kept = (
            sorted(Day.objects.values_list("key", "part", "cut", "l3", "day", "n")),
            sorted(Standing.objects.values_list("stage", "n")),
        )
        cells.rebuild()
        assert kept == (
            sorted(Day.objects.values_list("key", "part", "cut", "l3", "day", "n")),
            sorted(Standing.objects.values_list("stage", "n")),
        )


def test_the_triggers_are_on(town: Town) -> None:
    table = (
        "sqlite_master WHERE type = 'trigger' AND"
        if connection.vendor == "sqlite"
        else "pg_trigger WHERE NOT tgisinternal AND"
    )
    column = "name" if connection.vendor == "sqlite" else "tgname"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table} {column} LIKE 'indicator_%'")
        assert cursor.fetchone()[0] == 8
