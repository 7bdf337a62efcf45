import pytest

from jieyou.kernel.calendar.lines import answer
from jieyou.kernel.calendar.tests.calendars import published


def test_a_line_is_answered_with_a_date():
    assert answer("2025-09-28 15", published()) == "2025-10-24"


def test_beyond_the_published_calendar_the_answer_says_so():
    assert answer("2026-12-25 10", published()).endswith(" 暂定")


@pytest.mark.parametrize("line", ["  2025-9-28\t15\n", "2025/09/28,15", "２０２５－０９－２８　１５"])
def test_lines_as_people_type_them(line: str):
    assert answer(line, published()) == "2025-10-24"


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("", "看不懂"),
        ("明天 3", "看不懂"),
        ("2025-09-28", "看不懂"),
        ("2025-09-28 -3", "看不懂"),
        ("2025-02-30 3", "没有这一天：2025-02-30"),
        ("9999-12-30 9", "没有这一天"),
        ("2025-09-28 99999", "太大"),
    ],
)
def test_a_bad_line_is_refused_with_a_sentence(line: str, sentence: str):
    with pytest.raises(ValueError, match=sentence):
        answer(line, published())
