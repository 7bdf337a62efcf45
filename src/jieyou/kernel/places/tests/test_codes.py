"""What a code says about itself."""

import pytest

from jieyou.kernel.places import codes


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("610600", "6106"),
        ("610602000000", "610602"),
        ("610602001000", "610602001"),
        ("６１０６０２", "610602"),
        (" 6106 02 ", "610602"),
        ("610602001001G3", "610602001001g3"),
    ],
)
def test_a_code_may_be_typed_loosely(typed: str, stored: str) -> None:
    assert codes.plain(typed) == stored


@pytest.mark.parametrize(
    "typed", ["", "61", "61060", "6106021", "宝塔区", "610602001001g0", "610602g1", "1" * 13, "6106\n02x"]
)
def test_what_is_no_code_is_refused_with_a_sentence(typed: str) -> None:
    with pytest.raises(codes.BadCode, match="不是区划编码") as refusal:
        codes.plain(typed)
    assert refusal.value.sentence.endswith("。")


def test_the_length_tells_the_level() -> None:
    assert [codes.level_of(code) for code in codes.line("610602001001g3")] == list(codes.LEVELS)
    assert codes.parent_level("city") is None
    assert codes.parent_level("grid") == "village"


def test_a_code_begins_with_its_parents() -> None:
    assert codes.line("610602001001g3") == ("6106", "610602", "610602001", "610602001001", "610602001001g3")
    assert codes.parent_code("610602001001g3") == "610602001001"
    assert codes.parent_code("6106") == ""


def test_level_columns_stop_where_the_place_stops() -> None:
    assert codes.columns("610602001") == {"l2": "6106", "l3": "610602", "l4": "610602001", "l5": ""}
    assert codes.columns("610602001001g3")["l5"] == "610602001001"
    assert [codes.column_of(code) for code in codes.line("610602001001g3")] == ["l2", "l3", "l4", "l5", "l5"]


def test_a_territory_is_a_range_up_to_the_next_digit() -> None:
    assert codes.within("6106") == ("6106", "6107")
    low, high = codes.within("610609")
    assert low <= "610609100200g12" < high
    assert not low <= "610610" < high
    with pytest.raises(codes.BadCode):
        codes.within("9999")


def test_a_grid_contains_only_itself() -> None:
    low, high = codes.within("610602001001g1")
    assert [c for c in ("610602001001g1", "610602001001g10", "610602001001g2") if low <= c < high] == [low]


def test_what_lies_below_follows_a_new_code() -> None:
    assert codes.moved("610623101203g2", "610623", "610681") == "610681101203g2"
    with pytest.raises(ValueError, match="not below"):
        codes.moved("610602", "610623", "610681")


def test_a_free_code_keeps_its_last_digits_or_stays_in_its_block() -> None:
    assert codes.next_free("610602101", "610602100201", set()) == "610602101201"
    assert codes.next_free("610602101", "610602100201", {"610602101201"}) == "610602101202"
    communities = {f"610602101{n:03d}" for n in range(2, 200)}
    assert codes.next_free("610602101", "610602100198", communities) == "610602101001"
    assert codes.next_free("610602101", "610602100198", communities | {"610602101001"}) is None
    assert codes.next_free("610602101200", "610602100200g7", {"610602101200g7"}) == "610602101200g1"
