"""Whatever is done to the tree, it stays a tree and every day has its codes."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jieyou.kernel.places import changes, codes, tree
from jieyou.kernel.places.changes import BadChange, New
from jieyou.kernel.places.models import Place, PlaceCode

START = date(2024, 1, 1)
ACTS = ("rename", "recode", "move", "merge", "absorb", "split", "part", "found")
STEP = st.tuples(
    st.sampled_from(ACTS), st.integers(0, 99), st.integers(0, 99), st.integers(0, 999), st.integers(-1, 3)
)


@pytest.mark.django_db
@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(STEP, min_size=1, max_size=12))
def test_the_tree_stays_a_tree(at: object, steps: list[tuple[str, int, int, int, int]]) -> None:
    with transaction.atomic():
        day, days = START, {START}
        for act, one, two, number, later in steps:
            day = max(START, day + timedelta(days=later))
            days.add(day)
            try_change(act, one, two, number, {"on": day, "by": "system", "why": "试"})
        check_places()
        check_days(days)
        transaction.set_rollback(True)


def try_change(act: str, one: int, two: int, number: int, done: dict[str, Any]) -> None:
    places = list(tree.current().order_by("code"))
    place = places[one % len(places)]
    peers = [p for p in places if p.level == place.level]
    peer = peers[two % len(peers)]
    uppers = [p for p in places if p.level == codes.parent_level(codes.level_of(place.code))]
    new, second = New("新一", sibling(place, number)), New("新二", sibling(place, number + 1))
    kids = {kid.code: (new.code, second.code)[at % 2] for at, kid in enumerate(tree.children(place))}
    try:
        with transaction.atomic():
            match act:
                case "rename":
                    changes.rename(place, f"新名{number}", **done)
                case "recode":
                    changes.recode(place, new.code, **done)
                case "move":
                    changes.move(place, uppers[two % len(uppers)] if uppers else peer, **done)
                case "merge":
                    changes.merge([place, peer], new, **done)
                case "absorb":
                    changes.merge([place, peer], peer, **done)
                case "split":
                    changes.split(place, [new, second], **done, children=kids)
                case "part":
                    part = {child: new.code for child, home in kids.items() if home == new.code}
                    changes.split(place, [place, new], **done, children=part)
                case _:
                    changes.found(new, **done)
    except BadChange as refusal:
        assert refusal.sentence.endswith("。")


def sibling(place: Place, number: int) -> str:
    above = codes.parent_code(place.code)
    width = {"city": 4, "county": 2}.get(place.level, 3)
    return f"{above}{number % (10**width - 1) + 1:0{width}d}"


def check_places() -> None:
    rows = Counter(PlaceCode.objects.filter(until=None).values_list("place", "code"))
    assert rows == Counter(tree.current().values_list("pk", "code"))
    for place in Place.objects.filter(until=None).select_related(tree.LINE):
        line = tree.chain(place)
        assert [each.code for each in line] == list(codes.line(place.code))
        assert [each.level for each in line] == list(codes.LEVELS[: len(line)])
        assert all(each.until is None for each in line)
        assert [code for code in tree.levels_of(place).values() if code] == [each.code for each in line][:4]
        assert tree.by_code(place.code) == place


def check_days(days: set[date]) -> None:
    for day in {each + timedelta(days=shift) for each in days for shift in (-1, 0, 1)}:
        in_force = list(PlaceCode.objects.filter(tree.in_force(day)).values_list("code", "place"))
        assert len({code for code, _ in in_force}) == len(in_force) == len({place for _, place in in_force})
        there = set(Place.objects.filter(tree.in_force(day)).values_list("pk", flat=True))
        assert {place for _, place in in_force} == there
        known = {code for code, _ in in_force}
        assert all(codes.parent_code(code) in known | {""} for code in known)
