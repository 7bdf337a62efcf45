"""Units are given and lose the right to see a case; given twice it is one row."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError
from django.db.models import ProtectedError

from jieyou.kernel.calendar import clock
from jieyou.kernel.ids import uuid7
from jieyou.kernel.people.models import Unit
from jieyou.kernel.privacy import access
from jieyou.kernel.privacy.models import Access

CASE = uuid7()
DAY = date(2024, 8, 26)
Units = tuple[Unit, Unit]


@pytest.fixture(autouse=True)
def on_that_day() -> object:
    with clock.moved(datetime(2024, 8, 26, 4, tzinfo=UTC)):
        yield


def test_a_grant_opens_the_case_from_today(units: Units) -> None:
    office, bureau = units
    access.grant(CASE, office, "home")
    access.grant(CASE, bureau.pk, "holder")
    assert access.units_with(CASE) == {office.pk, bureau.pk}
    assert access.units_with(CASE, DAY - timedelta(days=1)) == frozenset()
    assert access.units_with(uuid7()) == frozenset()


def test_what_is_withdrawn_is_gone_the_same_day_and_comes_back_as_one_row(units: Units) -> None:
    office, _ = units
    access.grant(CASE, office, "co")
    assert access.withdraw(CASE, office, "co") == 1
    assert access.units_with(CASE) == frozenset()
    assert access.withdraw(CASE, office, "co") == 0
    access.grant(CASE, office, "co")
    assert access.units_with(CASE) == {office.pk}
    assert Access.objects.count() == 1


def test_each_reason_and_post_stands_alone(units: Units) -> None:
    office, _ = units
    access.grant(CASE, office, "sealed", role="密件专办")
    access.grant(CASE, office, "sealed", role="部领导")
    access.grant(CASE, office, "home")
    assert access.withdraw(CASE, office, "sealed") == 2
    assert access.units_with(CASE) == {office.pk}


def test_a_term_ends_by_itself(units: Units) -> None:
    office, _ = units
    access.grant(CASE, office, "deputy", since=DAY, until=DAY + timedelta(days=7))
    assert access.units_with(CASE, DAY + timedelta(days=6)) == {office.pk}
    assert access.units_with(CASE, DAY + timedelta(days=7)) == frozenset()


def test_many_at_once_in_one_statement_and_one_look_at_the_words_they_are_found_by(
    units: Units, django_assert_num_queries: object
) -> None:
    office, bureau = units
    rows = [access.build(uuid7(), unit, "holder") for unit in (office, bureau) for _ in range(50)]
    with django_assert_num_queries(2):  # type: ignore[operator]
        assert access.bulk_grants(rows) == 100


def test_a_unit_with_rows_cannot_vanish_and_reasons_are_fixed(units: Units) -> None:
    office, _ = units
    access.grant(CASE, office, "home")
    with pytest.raises(ProtectedError):
        office.delete()
    with pytest.raises(IntegrityError):
        access.grant(CASE, office, "curious")
