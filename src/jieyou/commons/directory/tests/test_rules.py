"""Numbers that are certainly wrong are refused; unusual ones are not."""

from __future__ import annotations

from random import Random

import pytest
from stdnum.cn import uscc

from jieyou.commons.directory.rules import ALPHABET, check_sign, credit_code, identity_number
from jieyou.kernel.loop.refused import Refused


def test_the_check_sign_is_that_of_the_standard() -> None:
    luck = Random(1)
    for _ in range(300):
        body = "91" + "610602" + "".join(luck.choice(ALPHABET) for _ in range(9))
        assert check_sign(body) == uscc.calc_check_digit(body)


@pytest.mark.parametrize(
    "body", ["N2610602MA6YD0X01", "Y1610600MA6YD0X01", "54610602MA6YD0X01", "91612601MA6YD0X01"]
)
def test_codes_that_libraries_refuse_are_taken(body: str) -> None:
    assert credit_code(f" {body.lower()}{check_sign(body)}") == body + check_sign(body)


@pytest.mark.parametrize(
    ("code", "says"),
    [("9111", "应为 18 位"), ("91110000600037341I", "没有“I”"), ("91110000600037341M", "校验位对不上")],
)
def test_a_wrong_code_says_what_is_wrong(code: str, says: str) -> None:
    with pytest.raises(Refused, match=says):
        credit_code(code)


@pytest.mark.parametrize(
    "number", ["360426199101010071", "36042619910101007 1", "E12345678", "810000199001011239"[:9]]
)
def test_other_papers_are_papers(number: str) -> None:
    assert identity_number(number)
