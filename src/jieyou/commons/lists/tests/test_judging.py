"""The judgement alone: words against words."""

from __future__ import annotations

import pytest

from jieyou.commons.lists.judging import Entry, judge, same

ITEMS = (
    Entry("JB-1", "做好辖区冬季道路清雪除冰工作", "basic", ("扫雪",)),
    Entry("PH-2", "开展燃气安全入户检查", "assist", (), "", "县住建局"),
    Entry("SH-3", "对违法建设实施拆除", "withdrawn", (), "", "县自然资源局"),
    Entry("BM-4", "城市供热行业监督管理", "duty", ("暖气", "供热"), "A", "县城管局"),
)


@pytest.mark.parametrize(
    ("task", "part", "on_list", "code"),
    [
        ("组织清雪除冰", "lead", True, "JB-1"), ("安排人员扫雪", "lead", True, "JB-1"),
        ("配合燃气安全入户检查", "co", True, "PH-2"), ("牵头燃气安全入户检查", "lead", False, "PH-2"),
        ("拆除违法建设", "lead", False, "SH-3"), ("修好暖气", "lead", False, "BM-4"), ("统计外出务工人员", "lead", False, ""),
    ],
)  # fmt: skip
def test_a_task_is_found_by_the_lists_own_words(task: str, part: str, on_list: bool, code: str) -> None:
    said = judge(task, "B", ITEMS, part)
    assert (said.on_list, said.item.code if said.item else "") == (on_list, code)
    assert said.reason


def test_whose_it_is_decides_between_departments() -> None:
    assert judge("修好暖气", "A", ITEMS).on_list is True
    assert judge("修好暖气", "B", ITEMS).reason == "按清单第 BM-4 条“城市供热行业监督管理”，由县城管局负责"


def test_without_a_list_there_is_no_judgement_and_it_says_so() -> None:
    assert judge("扫雪", "A", ()).on_list is None and "没有安装" in judge("扫雪", "A", ()).reason


def test_words_that_say_nothing_make_no_likeness() -> None:
    assert judge("做好相关工作", "B", ITEMS).item is None


def test_spaces_and_points_make_no_other_task() -> None:
    assert same("清扫 背街小巷。", "清扫背街小巷") and not same("清扫背街小巷", "清扫主街")
