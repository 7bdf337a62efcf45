"""The like of a message: found among thousands, strong only when place and problem agree."""

from __future__ import annotations

from random import Random

import numpy as np

from jieyou.commons.triage import index
from jieyou.commons.triage.marks import Background, Message, marks

SYLLABLES = "安百长德福广和华嘉金康丽林明南宁平庆荣瑞山盛泰天万文新兴永裕"
PROBLEMS = (
    "暖气不热，换热站没有人管", "电梯停运半个月，老人下不了楼", "夜间施工噪音大，打桩到凌晨", "污水管堵塞外溢，臭味难闻",
    "开发商捆绑销售车位，不买不给签合同", "架设高压线离楼房太近，要求入地埋设", "垃圾几天没有清运，苍蝇多", "路灯坏了，晚上看不见",
)  # fmt: skip


def town(many: int) -> list[Message]:
    """Messages about estates that all differ."""
    dice = Random(5)
    names = ["".join(dice.sample(SYLLABLES, 3)) for _ in range(many)]
    return [(f"{name}小区{problem[:6]}", f"{name}小区{problem}，请尽快解决。") for name, problem in
            zip(names, dice.choices(PROBLEMS, k=many), strict=True)]  # fmt: skip


SAID = (
    ("滨河苑捆绑销售车位", "滨河苑的开发商捆绑销售车位，十二万一个，不买不给签购房合同，请查处。"),
    ("投诉滨河苑捆绑车位", "我们买滨河苑的房子，开发商强制捆绑车位，不买车位就不给签合同。"),
    ("滨河苑电梯停运", "滨河苑二号楼电梯停运半个月了，老人下不了楼，没有人修。"),
    ("湖景庭捆绑销售车位", "湖景庭的开发商捆绑销售车位，十二万一个，不买不给签购房合同，请查处。"),
)


def known(more: int = 600) -> tuple[list[Message], Background, index.Index]:
    messages, background = [*SAID, *town(more)], Background()
    background.add(messages)
    return messages, background, index.build(messages, background)


def test_the_same_matter_at_the_same_place_is_strong_and_only_that() -> None:
    messages, background, found_in = known()
    found = {f.no: f.strong for f in found_in.like(marks([messages[0]], background)[0], 10, but=0)}
    assert found[1]
    assert not found.get(2), "same estate, other problem"
    assert not found[3], "same words, other estate"
    assert 0 not in found


def test_a_message_is_found_whether_it_came_alone_or_with_thousands() -> None:
    messages, background, together = known(2500)
    alone = index.Index(background)
    for row in marks(messages, background):
        alone.add(row[None, :])
    assert len(alone) == len(together) == len(messages)
    assert len(alone.segments) <= 3
    for n in range(0, len(messages), 251):
        query = marks([messages[n]], background)[0]
        assert alone.like(query, 5, but=n) == together.like(query, 5, but=n)
        assert together.like(query, 1)[0].no == n


def test_an_empty_message_and_an_empty_index_find_nothing() -> None:
    _, background, found_in = known(10)
    assert found_in.like(marks([("", "！！")], background)[0], 10) == []
    assert index.Index(background).like(marks([SAID[0]], background)[0], 10) == []


def test_marks_hold_no_text_and_the_title_is_always_among_them() -> None:
    background = Background()
    long = "路灯不亮，" * 400 + "".join(chr(0x4E00 + n) for n in range(900))
    (row,) = marks([("滨河苑捆绑销售车位", long)], background)
    title = marks([("滨河苑捆绑销售车位", "")], background)[0]
    assert set((title[title > 0] >> 2).tolist()) <= set((row >> 2).tolist())
    assert row.dtype == np.uint32 and row.shape == (64,)
