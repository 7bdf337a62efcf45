"""Which replies may close a matter."""

import csv
from pathlib import Path

import pytest

from jieyou.commons.triage.replies import judge

REPLIES = list(csv.DictReader((Path(__file__).parent / "replies.csv").open(encoding="utf-8")))
HEATING = "我家小区暖气一直不热，室内只有十二度，老人冻得睡不着，给热力公司打电话没有人管，请尽快恢复供暖。"


@pytest.mark.parametrize("row", REPLIES, ids=lambda r: r["reply"])
def test_a_reply_that_only_receives_or_passes_on_closes_nothing(row: dict[str, str]) -> None:
    assert judge(row["reply"]).accept is (row["accept"] == "yes")


def test_the_refusal_says_what_to_write() -> None:
    assert "写清做了什么" in judge("您的留言已收悉，已转相关部门调查处理，感谢您的支持。").why


def test_the_residents_own_words_are_no_reply() -> None:
    assert "照抄" in judge("我家小区暖气一直不热，室内只有十二度，老人冻得睡不着。", HEATING).why


def test_a_reply_about_another_matter_is_not_accepted() -> None:
    reply = (
        "经查，您咨询的灵活就业社保补贴按先缴后补办理，就业困难人员补贴养老保险费的百分之六十，期限最长三年，"
        "距法定退休年龄不足五年的可延长至退休，请携带缴费凭证到人社窗口申报。"
    )
    assert "不像是这件事" in judge(reply, HEATING).why
    assert judge(reply).accept


def test_a_short_reply_in_other_words_is_given_the_benefit_of_the_doubt() -> None:
    assert judge("循环泵损坏，当晚更换完毕，供热恢复，今天测温二十一度。", HEATING).accept
