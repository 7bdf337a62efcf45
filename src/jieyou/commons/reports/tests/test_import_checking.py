"""Which rows are right, and what is said of the others."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from jieyou.commons.reports import columns, moments
from jieyou.commons.reports.checking import Checked, check
from jieyou.commons.reports.workbook import Row

NOW = datetime(2024, 11, 25, 4, 0, tzinfo=UTC)  # noon in Yan'an
HEADER = columns.header(
    "一", [(1, ["编号", "主题", "时间", "内容", "类别", "姓名", "电话", "地点", "来源", "涉及单位或干部"])]
)
assert HEADER is not None


def checked(**cells: Any) -> Checked:
    usual = dict.fromkeys(columns.NAMES) | {"words": "小区暖气一周不热"}
    return check(Row(2, usual | cells, "一"), HEADER, NOW)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "cell",
    [
        "2020/1/6 12:09:38", "2020-01-06 12:09:38", "2020.1.6 12:09:38", "2020年1月6日 12:09:38", "2020年1月6日12时9分38秒",
        "２０２０／１／６　１２：０９：３８", "2020-01-06T12:09:38", "2020-01-06T04:09:38Z", "2020-1-6 12:09:38.000",
        "2020年1月6日 星期一 12:09:38", "20200106120938", "20200106 120938", 20200106120938.0, datetime(2020, 1, 6, 12, 9, 38),
        43836.50668981482, "43836.50668981482", "2020/1/6 下午 12:09:38", "2020/1/6 12:09:38 PM", " 2020/1/6  12:09:38 ",
    ],
)  # fmt: skip
def test_one_moment_in_all_the_ways_in_which_it_is_written(cell: Any) -> None:
    assert moments.read(cell) == datetime(2020, 1, 6, 4, 9, 38, tzinfo=UTC)


@pytest.mark.parametrize(
    "cell",
    [
        "2020-1-6",
        "2020/01/06",
        "2020年1月6日",
        "2020年1月6号",
        "20200106",
        20200106,
        43836,
        43836.0,
        "43836",
        date(2020, 1, 6),
    ],
)
def test_a_day_begins_at_midnight_here(cell: Any) -> None:
    assert moments.read(cell) == datetime(2020, 1, 5, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    "cell",
    [
        "上周三",
        "2020年13月1日",
        "2020-2-30",
        "1/6/2020",
        "12:30",
        "2020年1月",
        7,
        3.5,
        True,
        "去年",
        "1899-12-31",
        "20201301",
        "2020-1-6 25:00",
    ],
)
def test_what_is_no_moment_is_returned_with_an_example(cell: Any) -> None:
    sentence = checked(told_at=cell).wrong["told_at"]
    assert sentence.startswith("“时间”") and "请写成 2020-1-6 12:09 这样，或者留空" in sentence


@pytest.mark.parametrize("cell", [None, "", "  ", "-", "/", "无", "不详", "NULL", "—"])
def test_what_is_not_known_may_be_left_out_or_said_to_be_unknown(cell: str | None) -> None:
    row = checked(number=cell, told_at=cell, name=cell, phone=cell, where=cell, category=cell, source=cell)
    assert not row.wrong
    assert (row.number, row.told_at, row.name, row.phone, row.category) == ("", None, "", "", "")


def test_a_time_that_has_not_come_yet_is_returned() -> None:
    assert not checked(told_at="2024-11-25 11:59").wrong
    assert checked(told_at="2024-11-25 12:01").wrong["told_at"] == "“时间”2024-11-25 12:01 还没有到，请核对"


def test_words_are_needed_and_have_a_shortest_and_a_longest_length() -> None:
    assert checked(words="暖气不热啊").wrong == {}
    assert checked(words=None).wrong["words"] == "“内容”是空的，请写清是什么事，至少 5 个字"
    assert checked(words=" 见附件 ").wrong["words"] == "“内容”只有 3 个字，请写清是什么事，至少 5 个字"
    assert checked(words="长" * 20_000).wrong == {}
    assert checked(words="长" * 20_001).wrong["words"] == "“内容”有 20001 个字，最多 20000 个字，请写短一些"


@pytest.mark.parametrize(
    ("key", "most"), [("title", 200), ("where", 120), ("number", 80), ("category", 60), ("name", 60)]
)
def test_a_cell_that_is_too_long_for_us_goes_back_and_is_not_cut(key: str, most: int) -> None:
    assert checked(**{key: "字" * most}).wrong == {}
    assert f"最多 {most} 个字" in checked(**{key: "字" * (most + 1)}).wrong[key]


@pytest.mark.parametrize(
    "cell", [13800138000, 13800138000.0, "13800138000", "138-0013-8000", "+86 13800138000", "0911-2112345", "2112345", "(0911)2112345",
             "0911-2112345转801", "13800138000、13900139000", "１３８００１３８０００"]
)  # fmt: skip
def test_telephones_as_they_are_written(cell: Any) -> None:
    assert not checked(phone=cell).wrong


@pytest.mark.parametrize("cell", ["1380013800", "138****8000", "李某", 123, "13800138000、没有"])
def test_what_is_no_telephone_goes_back(cell: Any) -> None:
    assert checked(phone=cell).wrong["phone"] == "“电话”不像电话号码，请核对；没有的可以留空"


def test_only_yes_seals_and_what_is_neither_yes_nor_no_is_asked_for() -> None:
    assert [checked(accused=cell).accused for cell in ("是", "有", True, 1, "√")] == [True] * 5
    assert [checked(accused=cell).accused for cell in ("否", "", None, False, 0, "不涉及")] == [False] * 6
    assert checked(accused="县住建局").wrong["accused"] == "“涉及单位或干部”请填“是”或“否”"


def test_numbers_are_whole_and_texts_have_no_control_characters() -> None:
    row = checked(number=1001.0, words="暖气\x00不热\x0b，\r\n请来看看\ud800", title="１")
    assert (row.number, row.words, row.title) == ("1001", "暖气不热，\n请来看看", "１")


def test_rows_that_all_say_see_attachment_are_not_one_message() -> None:
    assert checked(words="见附件").fingerprint == ""
    assert (
        checked(title="a", words="小区 暖气不热").fingerprint
        == checked(title="a", words="小区暖气\n不热").fingerprint
    )
