"""Many keys as one value: the same rows as ``pk__in``, on both databases."""

from __future__ import annotations

from django.db.models import Q

from jieyou.kernel.among import among
from jieyou.kernel.places.models import Place


def test_the_same_rows_as_by_in(db: None) -> None:
    places = [Place.objects.create(name=f"村{n}", level="village", code=f"61060210{n:04}") for n in range(40)]
    wanted = [place.pk for place in places[::3]]
    assert set(Place.objects.filter(among(wanted))) == set(Place.objects.filter(pk__in=wanted))
    assert not Place.objects.filter(among([])).exists()


def test_however_many_they_are_one_value(db: None) -> None:
    keys = [
        Place.objects.create(name=f"村{n}", level="village", code=f"61060210{n:04}").pk for n in range(30)
    ]
    rows = Place.objects.filter(among(keys), level="village")
    assert rows.count() == 30
    assert len(rows.query.sql_with_params()[1]) == 2


def test_a_query_for_keys_does_as_well_and_its_contrary(db: None) -> None:
    places = [Place.objects.create(name=f"村{n}", level="village", code=f"61060210{n:04}") for n in range(9)]
    some = Place.objects.filter(code__endswith="3").values("pk")
    assert list(Place.objects.filter(Q(among(some)))) == [places[3]]
    assert Place.objects.filter(level="village").exclude(Q(among(some), level="village")).count() == 8
