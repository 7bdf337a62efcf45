"""Words of harm call for a person; words that only look like them do not."""

import csv
from datetime import date
from pathlib import Path

import pytest

from jieyou.kernel.privacy import words
from jieyou.kernel.privacy.alarm import Alarm, Word, alarm
from jieyou.kernel.privacy.models import AlarmWord

pytestmark = pytest.mark.django_db


def kinds(text: str) -> set[str]:
    return {hit.kind for hit in alarm(text, words.in_force())}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("再没人管，我真的不想活了", "自伤自杀"),
        ("他站在楼顶说要跳楼", "自伤自杀"),
        ("我有过轻生的念头", "自伤自杀"),
        ("她喝了半瓶药想死", "自伤自杀"),
        ("拿着农药说死给你们看", "自伤自杀"),
        ("丈夫喝醉了就打我", "家庭暴力"),
        ("邻居长期家暴", "家庭暴力"),
        ("儿媳殴打八十岁的老人", "家庭暴力"),
        ("幼儿园老师打孩子", "伤害未成年人"),
        ("班主任体罚学生", "伤害未成年人"),
        ("校门口有人猥亵小学生", "伤害未成年人"),
        ("孩子昨天放学后失踪了", "伤害未成年人"),
        ("她被人强奸了", "人身侵害"),
    ],
)
def test_a_person_must_look_at_once(text: str, kind: str) -> None:
    assert kind in kinds(text)


def test_no_word_of_harm_or_of_accusation_is_missed() -> None:
    """A list written by hand: whatever else is heard, these must be."""
    heard = {"harm": words.in_force(), "accuses": words.of_accusation()}
    rows = csv.DictReader((Path(__file__).parent / "grave.csv").open(encoding="utf-8"))
    assert [row["text"] for row in rows if not alarm(row["text"], heard[row["kind"]])] == []


def test_an_accusation_alone_calls_nobody_out_of_bed() -> None:
    assert kinds("村支书贪污扶贫款") == set()


@pytest.mark.parametrize(
    "text",
    [
        "商场跳楼价大甩卖",
        "游乐场的跳楼机有没有检验",
        "乱排油烟等于慢性自杀",
        "一个年轻生命没了",
        "减轻生产成本",
        "大家暴露在粉尘里",
        "这是强奸民意",
        "一哭二闹三上吊",
        "路边停着上吊车作业的工程车",
        "不想活动太多，请简化手续",
        "孩子上学要打疫苗",
        "我在外打工，孩子上不了学",
        "老师打电话通知家长",
        "烟囱冒黑烟，请处理",
    ],
)
def test_what_only_sounds_like_it_is_left_in_peace(text: str) -> None:
    assert kinds(text) == set()


def test_the_place_in_the_text_is_given() -> None:
    text = "房子漏水。再不修我就自杀！"
    (hit,) = alarm(text, words.in_force())
    assert hit == Alarm("自伤自杀", "自杀", 10, 12)
    assert text[hit.start : hit.end] == "自杀"


def test_a_gap_stays_within_one_sentence() -> None:
    word = Word("伤害未成年人", "打…孩子")
    assert alarm("他又打自己的孩子", [word])
    assert not alarm("有人打架。孩子很怕", [word])
    assert not alarm("打了一二三四五六七八九个孩子", [word])


def test_one_harmless_phrase_does_not_hide_another_word() -> None:
    assert len(alarm("买了跳楼价的房，现在想跳楼", words.in_force())) == 1


def test_the_list_is_the_citys_own() -> None:
    word = AlarmWord.objects.create(kind="自伤自杀", word="见阎王")
    assert kinds("我要去见阎王") == {"自伤自杀"}
    word.until = date(2020, 1, 1)
    word.save()
    assert kinds("我要去见阎王") == set()
