"""Categories learnt from decided messages: sure where they are plain, a person where they are not."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from jieyou.commons.triage import learning, modelfile
from jieyou.commons.triage.classify import Model

SAYS = {
    "供热供水": "暖气 不热 供热站 换热站 停水 水压 高层 阀门 管道 采暖",
    "道路交通": "公交 站点 路面 坑洼 堵车 红绿灯 斑马线 路灯 改线 积水",
    "物业小区": "物业 业主 电梯 车位 维修资金 业委会 门禁 保安 绿化 收费",
}


def rows(each: int, luck: int = 1) -> list[tuple[str, str, str]]:
    """Made-up messages of three kinds."""
    made, dice = list[tuple[str, str, str]](), Random(luck)
    for label, words in SAYS.items():
        for n in range(each):
            said = dice.sample(words.split(), 4)
            body = f"我们小区{n}号楼{said[1]}的问题反映好几次了，{said[2]}也没有人管，{said[3]}，请尽快派人来看。"
            made.append((f"{said[0]}{said[1]}怎么办", body, label))
    return made


@pytest.fixture(scope="module")
def model() -> Model:
    return learning.train(rows(25))


def test_plain_messages_get_their_category_with_the_words_that_decided(model: Model) -> None:
    told = rows(10, luck=2)
    verdicts = list(model.judge([(title, body) for title, body, _ in told]))
    assert [v.label for v in verdicts] == [label for _, _, label in told]
    assert all(0 <= v.confidence <= 1 for v in verdicts)
    assert all(
        set(v.reasons) <= set("".join(SAYS.values()).split() + v.reasons) and v.reasons for v in verdicts
    )


def test_two_words_without_a_title_are_understood(model: Model) -> None:
    assert [v.label for v in model.judge([("", "换热站停水，采暖不热"), ("", "公交改线")])] == ["供热供水", "道路交通"]  # fmt: skip


@pytest.mark.parametrize("body", ["", "？！", "asdf", "想学画画"])
def test_what_fits_nothing_is_left_to_a_person_but_has_a_label(model: Model, body: str) -> None:
    (verdict,) = model.judge([("", body)])
    assert verdict.ask_person and verdict.label in SAYS and verdict.reasons == []


def test_one_by_one_is_the_same_as_all_at_once(model: Model) -> None:
    told = [(title, body) for title, body, _ in rows(3, luck=3)]
    together = list(model.judge(told))
    alone = [next(iter(model.judge([one]))) for one in told]
    assert [v.label for v in alone] == [v.label for v in together]


def test_a_kept_model_says_what_it_said_and_a_changed_file_is_not_used(model: Model, tmp_path: Path) -> None:
    path = tmp_path / modelfile.NAME
    mark = modelfile.save(model, path)
    told = [(title, body) for title, body, _ in rows(2, luck=4)]
    again = modelfile.load(path, mark)
    assert [v.label for v in again.judge(told)] == [v.label for v in model.judge(told)]
    with pytest.raises(modelfile.Unusable, match="和登记的不一样"):
        modelfile.load(path, "0" * 64)
    path.write_bytes(b"PK")
    with pytest.raises(modelfile.Unusable, match="不是能用的模型文件"):
        modelfile.load(path)


def test_a_category_in_which_everybody_writes_the_same_is_learnt_too() -> None:
    same = [("楼上漏水", "楼上漏水把我家天花板泡了，邻居不管。", "邻里纠纷")] * 8
    assert learning.train([*rows(8)[:8], *same]).labels == ["供热供水", "邻里纠纷"]


def test_rare_labels_are_left_out_and_too_little_is_refused() -> None:
    with pytest.raises(learning.TooLittle, match="两个类别"):
        learning.train(rows(25)[:25])
    two = learning.train([*rows(8)[:16], ("想学画画", "社区有没有画画班", "其他")])
    assert two.labels == ["供热供水", "道路交通"] and two.about["left_out"] == 1
