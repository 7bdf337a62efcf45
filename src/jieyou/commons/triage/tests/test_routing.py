"""Who is competent, by which rule, and what happens where no rule says anything."""

import pytest

from jieyou.commons.triage.routing import Rule, first

HEAT = Rule(10, "", "", ("暖气", "供热"), ("空调",), "住房和城乡建设局", "bureau")
TOWN = Rule(20, "estate", "610602001", (), (), "街道办事处", "county", category_title="物业小区")
ESTATE = Rule(30, "estate", "", (), (), "住房和城乡建设局", "bureau", category_title="物业小区")
RULES = (HEAT, TOWN, ESTATE)


@pytest.mark.parametrize(
    ("text", "category", "place", "position"),
    [
        ("暖气不热", "", "610602001001", 10),
        ("门禁坏了", "estate", "610602001001", 20),
        ("门禁坏了", "estate", "610602002001", 30),
        ("空调和暖气都坏了", "estate", "610603001001", 30),
    ],
)
def test_the_first_rule_that_fits_has_the_word(text: str, category: str, place: str, position: int) -> None:
    found = first(text, category, place, RULES)
    assert found is not None and found.rule is not None
    assert found.rule.position == position


def test_the_reason_says_the_rule_and_the_words() -> None:
    found = first("楼里暖气不热，供热站不管", "", "610602", RULES)
    assert found is not None
    assert found.reason == "第 10 条规则：说到“暖气、供热”"
    assert found.words == ("暖气", "供热")


def test_where_no_rule_fits_nothing_is_made_up() -> None:
    assert first("想学画画", "", "610602", RULES) is None
