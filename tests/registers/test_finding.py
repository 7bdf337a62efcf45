"""Finding rows: two characters, filters in the address, places; the same on both databases."""

from __future__ import annotations

import pytest
from support.city import Town

from jieyou.kernel.places import changes, tree
from jieyou.kernel.register import keeping
from registers.conftest import Registers


@pytest.fixture
def three(registers: Registers) -> Registers:
    registers.shop()
    registers.shop(name="清凉山志愿者协会", uscc="", kind="society", n=1)
    registers.shop(
        "county-610603",
        name="安塞腰鼓协会",
        uscc="",
        kind="society",
        place=registers.village(code="610603001"),
    )
    return registers  # fmt: skip


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"q": "协会"}, ["安塞腰鼓协会", "清凉山志愿者协会"]),
        ({"q": "协会", "place": "610602"}, ["清凉山志愿者协会"]),
        ({"q": "鲜果 零售"}, ["桥沟鲜果批发部"]),
        ({"q": "9111000"}, ["桥沟鲜果批发部"]),
        ({"q": "会协"}, []),
        ({"q": "协会", "kind": "individual"}, []),
        ({"kind": "society", "status": "operating"}, ["安塞腰鼓协会", "清凉山志愿者协会"]),
        ({"kind": "nonsense", "place": "x", "page": "-1"}, ["安塞腰鼓协会", "清凉山志愿者协会", "桥沟鲜果批发部"]),
    ],
)  # fmt: skip
def test_the_address_says_what_is_listed(query: dict[str, str], names: list[str], three: Registers) -> None:
    assert three.listed("city", **query) == names


def test_what_is_renamed_is_found_by_its_new_name_only(registers: Registers, town: Town) -> None:
    row = registers.shop()
    keeping.change(
        registers.organisations, row, registers.told(row, name="桥沟蔬菜批发部"), town.actor("county")
    )
    assert (registers.listed(q="鲜果"), registers.listed(q="蔬菜")) == ([], ["桥沟蔬菜批发部"])


def test_a_village_that_moves_takes_its_rows_along(registers: Registers, town: Town) -> None:
    row, to = registers.shop(), tree.by_code("610602001")
    changes.move(row.place, to, town.walk and row.status_since.replace(year=2026), "system", "区划调整")
    row.refresh_from_db()
    assert row.l4 == "610602001"
    assert registers.listed(place="610602001") == registers.listed(q="鲜果", place="610602001") != []
    assert registers.listed(q="鲜果", place="610602005") == []
