"""公开栏: nothing is public before a second person has looked, nothing says who or which door, and below five nothing is counted."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from support.city import FIRST_DAY, Town

from jieyou.commons.publication import checks, keeping
from jieyou.commons.publication.models import Published
from jieyou.commons.reports.models import Report
from jieyou.interfaces.demo.walk import Item
from jieyou.kernel.calendar import clock
from jieyou.kernel.ledger import tracked, verify
from jieyou.kernel.loop.models import Case
from jieyou.kernel.loop.refused import Refused

WORDS = {
    "attribute": "active", "reason": "涉及群众切身利益，应当主动公开。", "heading": "向阳社区暖气不热",
    "problem": "部分居民反映供暖以来家中温度偏低。", "result": "",
}  # fmt: skip
LOOKED = {"checked": "不涉密，不涉及工作秘密和个人信息，同意公开。"}


def proposed(town: Town, case: Case | None, **more: Any) -> Case:
    with clock.moved(clock.at(FIRST_DAY + timedelta(days=9))):
        return keeping.propose(town.fresh(case), town.actor("county"), WORDS | more)


def public(town: Town, case: Case | None, **more: Any) -> Published:
    there = town.act(proposed(town, case, **more), "approve", "leader", **LOOKED)
    return Published.objects.get(publication=there.pk)


def voiced(town: Town, count: int, stage: str = "assess") -> Item:
    """A concern that so many people have reported."""
    first = town.concern(stage, phone="13900000000")
    for n in range(1, count):
        other = town.item()
        other.n = n + 20
        town.walk.tell(other, clock.at(FIRST_DAY + timedelta(days=2), 8, n), phone=f"139000000{n:02d}")
        town.act(other.case, "join", "county", into=town.fresh(first.case).number)
    return first


def text(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def test_nothing_is_public_before_a_second_person_has_looked(town: Town, client: Client) -> None:
    there = proposed(town, town.concern("assess").case)
    assert there.stage == "review" and WORDS["heading"] not in text(client, "/board/")
    assert "不能自己审查" in town.refusal(there, "approve", "county", **LOOKED)
    town.act(there, "approve", "leader", **LOOKED)
    row = Published.objects.get()
    page = text(client, f"/board/{row.pk}/")
    assert WORDS["problem"] in page and "正在研判" in page and row.community in page
    assert WORDS["heading"] in text(client, f"/board/?place={row.place_code}")


@pytest.mark.parametrize(
    "words",
    [
        "联系电话13812345678",
        "3号楼二单元没有暖气",
        "枣园路12号门口积水",
        "王女士家里只有14度",
        "李某反映多次无果",
        "已由张书记协调",
    ],
)
def test_who_and_which_door_never_get_into_it(town: Town, words: str) -> None:
    with pytest.raises(Refused, match="“反映的问题”里"):
        proposed(town, town.concern("assess").case, problem=f"居民反映：{words}，请协调。")


@pytest.mark.parametrize(
    "words", ["社区12户居民停水", "11月20日测温20度", "1月3号停水", "党支部书记包联", "高龄老人出行不便"]
)
def test_ordinary_words_do(words: str) -> None:
    assert checks.fault(words) == ""


def test_the_reporters_own_name_is_found_without_unsealing_it(town: Town) -> None:
    case = town.concern("assess", name="拓跋焘").case
    with pytest.raises(Refused, match="反映人的姓名"):
        proposed(town, case, problem="居民拓跋焘反映家中温度偏低。")


def test_what_is_not_public_needs_a_ground_and_a_second_person_too(town: Town) -> None:
    there = proposed(
        town,
        town.concern("assess").case,
        attribute="none",
        problem="",
        heading="",
        reason="涉及正在谈判的补偿",
    )
    assert "主动公开" in town.refusal(there, "approve", "leader", **LOOKED)
    assert town.act(there, "settle", "leader", checked="同意不公开。").stage == "not_public"
    assert not Published.objects.exists()


def test_under_seal_nothing_is_ever_public(town: Town) -> None:
    item = town.item()
    town.walk.tell(item, clock.at(FIRST_DAY), accused=True, accused_words="某局某人")
    for who in ("county", "city-sealed"):
        with pytest.raises(Refused, match="不能由您公开"):
            keeping.propose(town.fresh(item.case), town.actor(who), WORDS)


def test_four_are_never_counted_and_five_only_once_released(town: Town, client: Client) -> None:
    with pytest.raises(Refused, match="不到 5 人"):
        proposed(town, voiced(town, 4).case, counted=True)
    case = voiced(town, 5).case
    quiet = public(town, case)
    assert quiet.voices is None and "人反映" not in text(client, f"/board/{quiet.pk}/")


def test_five_released_are_counted_and_one_fewer_hides_the_number_again(town: Town, client: Client) -> None:
    first = voiced(town, 5)
    row = public(town, first.case, counted=True)
    assert "本社区已有 5 人反映" in text(client, f"/board/{row.pk}/")
    gone = Report.objects.filter(case=first.case).exclude(first_case=first.case).first()
    assert gone is not None
    town.act(gone.first_case, "unjoin_clue", "county", words="不是同一件事")
    row.refresh_from_db()
    assert row.voices is None and "人反映" not in text(client, f"/board/{row.pk}/")


def test_the_board_follows_the_matter_and_the_result_is_looked_at_anew(town: Town, client: Client) -> None:
    item = town.concern("consult")
    row = public(town, item.case)
    assert row.stage == "正在办理"
    for stage in ("meeting", "decided", "handed", "tracked", "strike", "visit", "archived"):
        getattr(town, f"_to_{stage}")(item)
    row.refresh_from_db()
    assert (row.stage, row.result) == ("已经办结", "")
    publication = Case.objects.get(pk=row.publication)
    again = town.act(publication, "revise", "county", **(WORDS | {"result": "已更换循环泵，室温达标。"}))
    assert "室温达标" not in text(client, f"/board/{row.pk}/")
    town.act(again, "approve", "leader", **LOOKED)
    assert "室温达标" in text(client, f"/board/{row.pk}/")
    assert [c.by for c in tracked.history(row)].count("system") == 1 and verify.verify_database().ok


def test_what_is_taken_down_is_gone_at_once(town: Town, client: Client) -> None:
    row = public(town, town.concern("assess").case)
    town.act(Case.objects.get(pk=row.publication), "take_down", "leader", words="表述不准确")
    assert client.get(f"/board/{row.pk}/").status_code == 404
    assert WORDS["heading"] not in text(client, "/board/")


def test_the_public_pages_read_published_rows_and_no_case(town: Town, client: Client) -> None:
    row = public(town, town.concern("assess").case)
    with CaptureQueriesContext(connection) as asked:
        for path in ("/board/", f"/board/?place={row.place_code[:6]}", f"/board/{row.pk}/"):
            assert client.get(path).status_code == 200
    tables = {
        name for query in asked for name in re.findall(r'(?:FROM|JOIN|INTO|UPDATE) "(\w+)"', query["sql"])
    }
    assert tables <= {"publication_published", "places_place"}, tables


def test_me_too_goes_through_the_ordinary_door_and_a_person_joins_it(town: Town, client: Client) -> None:
    item = town.concern("assess")
    row = public(town, item.case)
    page = client.post("/report/", {"same": row.pk.hex, "county": row.place_code[:6], "township": row.place_code[:9],
                                    "village": row.place_code, "words": "我也一样：向阳社区暖气不热。"})  # fmt: skip
    assert f'name="same" value="{row.pk.hex}"' in page.content.decode()
    sent = {"same": row.pk.hex, "category": "heating", "county": row.place_code[:6], "township": row.place_code[:9],
            "village": row.place_code, "words": "我也一样：家里只有14度。"}  # fmt: skip
    assert "还没有提交" in client.post("/report/check/", sent).content.decode()
    client.post("/report/sent/", sent)
    report = Report.objects.get(same_as=row.pk)
    assert report.case_id != item.case.pk and report.case.stage == "clue"
    desk = Client()
    desk.force_login(town.account("county"), backend="django.contrib.auth.backends.ModelBackend")
    seen = text(desk, f"/desk/cases/{report.case.number}/")
    assert "我也一样" in seen and item.case.number in seen
    assert f'value="{item.case.number}"' in text(desk, f"/desk/cases/{report.case.number}/join/")
