"""What holds for every text, not only for those we thought of."""

import re
from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from jieyou.kernel.privacy.masking import find, mask
from jieyou.kernel.privacy.numbers import is_idcard
from jieyou.kernel.privacy.plain import plain

MOBILE = st.from_regex(r"\A1[3-9][0-9]{9}\Z")
PIECES = re.findall(
    r"\S+",
    """电话 手机： 身份证 卡号 QQ 微信 微信号： 订单号 0911 0731 - — . 、 ， 。 （ ） 元 年 * ** @ .com 陕J
    12 345 6789 2015 13812346021 2123456 610602199001011237 6222 １３８ 一三八 A b ×""",
)
JUMBLE = st.lists(st.sampled_from(PIECES) | MOBILE | st.just(" "), max_size=12).map("".join)
NUMERALS = "〇零○一幺二三四五六七八九壹贰叁肆伍陆柒捌玖"
NO_DIGITS = st.text(st.characters(exclude_categories=["Nd", "Cs"], exclude_characters=NUMERALS + "@＠"))


@given(st.text() | JUMBLE)
def test_masking_twice_changes_nothing(text: str) -> None:
    assert mask(mask(text)) == mask(text)


@given(st.text() | JUMBLE)
def test_only_stars_are_put_and_only_where_something_was_found(text: str) -> None:
    inside = {place for f in find(text) for place in range(f.start, f.end)}
    changed = [place for place, (new, old) in enumerate(zip(mask(text), text, strict=True)) if new != old]
    assert inside.issuperset(changed)
    assert all(mask(text)[place] == "*" for place in changed)


@given(JUMBLE)
def test_finds_do_not_overlap_and_come_in_order(text: str) -> None:
    assert all(one.end <= other.start for one, other in pairwise(find(text)))


@given(NO_DIGITS, MOBILE, NO_DIGITS, st.sampled_from(["", " ", "-", "—", "　"]))
def test_no_mobile_survives(before: str, number: str, after: str, gap: str) -> None:
    text = f"{before}，{number[:3]}{gap}{number[3:7]}{gap}{number[7:]}；{after}"
    assert number not in re.sub(r"[ \-]", "", plain(mask(text)))


@given(st.text("0123456789电话，。 元号-", max_size=60))
def test_no_mobile_that_stands_alone_survives(text: str) -> None:
    assert not re.search(r"(?<![0-9号])1[3-9][0-9]{9}(?![0-9 元])", mask(text))


@given(NO_DIGITS.filter(lambda text: not re.search("[A-Za-z]", plain(text))))
def test_a_text_without_digits_and_letters_is_unchanged(text: str) -> None:
    assert mask(text) == text


@given(st.from_regex(r"\A[1-9][0-9]{5}\Z"), st.dates(), st.integers(0, 999))
def test_an_identity_number_is_known_by_birthday_and_check_digit_alone(
    area: str, born: date, no: int
) -> None:
    """Whatever the address code; years before 1900 and after 2099 are nobody's."""
    digits = f"{area}{born.year:04}{born.month:02}{born.day:02}{no:03}"
    weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    check = "10X98765432"[sum(int(d) * w for d, w in zip(digits, weights, strict=True)) % 11]
    assert is_idcard(digits + check) is (1900 <= born.year < 2100)
    assert not is_idcard(digits + ("0" if check != "0" else "1"))
