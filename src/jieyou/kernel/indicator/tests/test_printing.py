"""Numbers are printed as the article prints them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from jieyou.kernel.indicator.printing import about, about_wan, exact, for_all, percent, rounded


@pytest.mark.parametrize(
    ("number", "printing", "said"),
    [
        ("2037", about(100, "多"), "2000多"), ("2000", about(100, "多"), "2000"), ("213", about(100), "200余"),
        ("118236", about_wan(), "11.8万余"), ("118000", about_wan(), "11.8万"), ("223700", rounded(2, 10_000), "22.37"),
        ("105000000", rounded(2, 100_000_000), "1.05"), ("7408000", rounded(1, 10_000), "740.8"), ("370", exact, "370"),
        ("1983.50", exact, "1983.5"),
    ],
)  # fmt: skip
def test_as_the_article_says_it(number: str, printing: object, said: str) -> None:
    assert printing(Decimal(number)) == said  # type: ignore[operator]


def test_percentages_round_half_up_and_nothing_is_no_percentage() -> None:
    assert str(percent(Decimal(1024), Decimal(1352), 2)) == "75.74"
    assert str(percent(Decimal(720), Decimal(1090), 2)) == "66.06"
    assert str(percent(Decimal(1), Decimal(8), 0)) == "13", "Python's own round would say 12"
    assert percent(Decimal(0), Decimal(0), 1) is None


@pytest.mark.parametrize(("records", "said"), [(0, "0"), (1, "少于5"), (4, "少于5"), (5, "5")])
def test_few_records_are_not_told_apart_in_public(records: int, said: str) -> None:
    assert for_all(str(records), records) == said
