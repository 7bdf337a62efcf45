"""A person is written down once, sealed, and a look at him is on the record."""

from __future__ import annotations

from datetime import date

import pytest
from support.city import Town

from jieyou.commons.directory.models import Person
from jieyou.kernel.indicator.declare import Scope
from jieyou.kernel.ledger.models import Record
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.places import tree
from jieyou.kernel.privacy import looks
from jieyou.kernel.register import keeping, listing
from jieyou.mechanisms.new_employment.indicators import reported
from registers.conftest import Registers

ID = "61060219900101123"


def id_no(body: str = ID) -> str:
    """A number with the right check digit; its address code is in nobody's table."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, weights, strict=True)) % 11]


def count(place: str = "610602") -> str:
    scope = Scope(tree.by_code(place), date(2024, 4, 22), date(2025, 4, 22))
    number = reported.read(scope)
    assert number.records == reported.behind(scope).count()
    return number.printed


def test_who_reports_to_two_communities_is_one_person_and_counts_once(registers: Registers) -> None:
    first = registers.rider(**{"person-id_no": id_no().lower()})
    again = registers.rider(n=1, **{"person-id_no": id_no(), "person-phone": "13909110099"})
    assert first.person == again.person and Person.objects.count() == 1
    assert count() == "1"


def test_only_whom_the_community_has_checked_counts(registers: Registers) -> None:
    registers.rider(checked_on="")
    registers.rider(**{"person-name": "马小莉", "person-phone": "13909110034"}, n=1)
    assert (count(), count("610603")) == ("1", "0")


def test_a_known_number_under_another_name_is_a_slip_of_the_pen(registers: Registers) -> None:
    registers.rider(**{"person-id_no": id_no()})
    with pytest.raises(Refused, match="登记的是高\\*\\*，请核对姓名") as no:
        registers.rider(n=1, **{"person-id_no": id_no(), "person-name": "高小萍"})
    assert set(no.value.errors) == {"person-name"}


@pytest.mark.parametrize("number", ["610602199001011230", "610602199013011234", "1"])
def test_a_number_that_cannot_be_one_is_refused(number: str, registers: Registers) -> None:
    with pytest.raises(Refused) as no:
        registers.rider(**{"person-id_no": number})
    assert set(no.value.errors) == {"person-id_no"}


def test_nobody_is_written_down_who_does_not_agree(registers: Registers) -> None:
    with pytest.raises(Refused, match="本人没有同意的，不能登记"):
        registers.rider(agreed=False)


def test_what_is_sealed_stays_when_a_form_leaves_it_blank_and_a_look_is_on_the_record(
    registers: Registers, town: Town
) -> None:
    row, clerk = registers.rider(), town.actor("county")
    told = {
        "trade": "courier",
        "reported_on": "2024-06-01",
        "channel": "desk",
        "agreed": True,
        "place": row.place,
    }
    keeping.change(registers.workers, row, told, clerk)
    assert (str(row.person), row.person.phone_shown) == ("高**", "139****0033")
    assert looks.reveal(clerk, row.person, "phone", "通知培训") == "13909110033"
    assert [one.what for one in looks.looks_at(row.person.pk)] == ["电话"]


def test_somebody_is_found_by_whole_name_or_telephone_only_where_one_may_see_and_that_is_on_the_record(
    registers: Registers, town: Town
) -> None:
    registers.rider()
    clerk = town.actor("county")
    for words in ("高小平", "139-0911-0033"):
        assert [str(row.person) for row in listing.sought(registers.workers, words, clerk)] == ["高**"]
    assert listing.sought(registers.workers, "高小", clerk) == []
    assert listing.sought(registers.workers, "高小平", town.actor("county-610603")) == []
    assert Record.objects.filter(kind="search").count() == 4
