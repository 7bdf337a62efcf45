"""Headings, ways of writing and names of units: what is recognised, and what is left to the person."""

from __future__ import annotations

import pytest

from jieyou.commons.backfill import guessing, headings
from jieyou.commons.backfill.unitnames import Known, Units, split
from jieyou.commons.reports.xlsx import Merge

ABOVE = ("宝塔区", "延安市")
UNITS = Units(
    [
        Known("住建", "宝塔区住房和城乡建设局", "宝塔区住房和城乡建设局", ABOVE),
        Known("市住建", "延安市住房和城乡建设局", "", ABOVE[1:]),
        Known("街道", "宝塔区桥沟街道办事处", "桥沟街道办", ("桥沟街道", *ABOVE)),
        Known("柳林", "柳林镇人民政府", "柳林镇", ("柳林镇", *ABOVE)),
        Known("城管", "宝塔区城市管理执法局", "", ABOVE),
    ],
    "宝塔区",
)
CHOICES = [("tracked", "跟踪督办"), ("archived", "已归档"), ("visit", "事后回访")]
WORDS = [
    ("tracked", guessing._pattern("未办结|正在")),
    ("archived", guessing._pattern("已办结|办结|是")),
    ("tracked", guessing._pattern("办理")),
]


@pytest.mark.parametrize(
    ("told", "key"),
    [("区住建局", "住建"), ("住建局", "住建"), ("市住建局", "市住建"), ("宝塔区住房和城乡建设局", "住建"), ("桥沟街道", "街道"),
     ("桥沟办事处", "街道"), ("柳林镇", "柳林"), ("柳林镇政府", "柳林"), ("城管局", "城管")],
)  # fmt: skip
def test_a_unit_is_known_by_the_names_people_write(told: str, key: str) -> None:
    assert UNITS.guess(told).key == key


def test_a_unit_that_is_not_there_is_not_made_up() -> None:
    assert UNITS.guess("供热公司") == UNITS.guess("") and not UNITS.guess("供热公司").near


def test_several_units_in_a_cell_are_taken_apart() -> None:
    assert split("区住建局、桥沟街道办") == ["区住建局", "桥沟街道办"]
    assert split("牵头：住建局；配合：城管局") == ["住建局", "城管局"]
    assert split("住房和城乡建设局") == ["住房和城乡建设局"]


@pytest.mark.parametrize(
    ("told", "value"),
    [("已办结", "archived"), ("未办结", "tracked"), ("正在办理", "tracked"), ("是", "archived"), ("事后回访", "visit"),
     ("见备注", ""), ("是否", ""), ("/", ""), ("", "")],
)  # fmt: skip
def test_a_way_of_writing_is_guessed_by_its_words_or_left_open(told: str, value: str) -> None:
    assert guessing.value(told, CHOICES, WORDS) == value


def test_a_heading_of_two_rows_below_a_title_is_found() -> None:
    rows = [
        (1, ["2025年解忧台账"]),
        (2, ["序号", "事项名称", "办理情况", None, "备注"]),
        (3, [None, None, "是否办结", "办结时间", None]),
        (4, [1.0, "路灯不亮", "办结", "3月7日", None]),
    ]
    found = headings.find(rows, [Merge(2, 2, 2, 3), Merge(2, 0, 3, 0), Merge(2, 1, 3, 1)])
    assert found is not None and (found.top, found.bottom, found.above) == (2, 3, "2025年解忧台账")
    assert found.titles == ("序号", "事项名称", "是否办结", "办结时间", "备注")
    assert found.fields() == ["line", "title", "stage", "ended_on", "told"]


def test_what_is_no_table_of_items_has_no_heading() -> None:
    assert headings.find([(1, ["填表说明"]), (2, ["一、", "每周五报送"])], []) is None
