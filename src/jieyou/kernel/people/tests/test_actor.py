"""Who acts, in which posts (no database)."""

from dataclasses import FrozenInstanceError
from uuid import UUID

import pytest

from jieyou.kernel.people.actor import Actor, Holding

ONE, TWO = UUID(int=1), UUID(int=2)


def holding(unit: UUID, role: str, deputy_for: str = "") -> Holding:
    return Holding(unit, "宝塔区委社会工作部", "office", role, "610602", "county", deputy_for)


LI = Actor("staff", "ab" * 16, "李明", (holding(ONE, "经办人"), holding(TWO, "回访人员", "王强")))


def test_a_post_is_held_in_its_unit_only() -> None:
    assert LI.holds("经办人") == LI.holds("经办人", ONE) == LI.holdings[0]
    assert LI.holds("经办人", TWO) is None
    assert LI.holds("部领导") is None


def test_an_own_post_comes_before_a_deputised_one() -> None:
    lent, own = holding(ONE, "经办人", "王强"), holding(TWO, "经办人")
    assert Actor("staff", "x", "李明", (lent, own)).holds("经办人") == own
    assert Actor("staff", "x", "李明", (lent,)).holds("经办人") == lent


def test_the_title_says_unit_post_and_name() -> None:
    assert LI.title == "宝塔区委社会工作部 经办人 李明"
    assert LI.titled("回访人员") == "宝塔区委社会工作部 回访人员 李明（代王强）"
    assert LI.titled("部领导") == LI.title
    assert Actor("system", "system", "系统").title == "系统"


def test_units_are_those_of_all_posts() -> None:
    assert LI.units == {ONE, TWO}
    assert Actor("guest", "guest:1", "反映人").units == frozenset()


def test_an_actor_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        LI.name = "别人"  # type: ignore[misc]
    assert len({LI, LI}) == 1
