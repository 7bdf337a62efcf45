"""What residents and the office read of proposals; the demo's recent weeks walk the real doors."""

from __future__ import annotations

import pytest
from django.test import Client
from support.city import Town

from jieyou.commons.publication import keeping
from jieyou.interfaces.demo.proposals import PROPOSALS, Recent
from jieyou.kernel.ledger import tracked, verify
from jieyou.kernel.loop.models import Case
from jieyou.kernel.loop.refused import Refused
from jieyou.mechanisms.proposals import grades
from jieyou.mechanisms.proposals.models import AwardGrade, Proposal
from proposals.conftest import AWARD, Proposed

TOLD = {"county": "610602", "problem": "公园晚上没有灯。", "suggestion": "在公园步道安装太阳能路灯。", "original": "1",
        "client_key": "k" * 24, "phone": "13900001111"}  # fmt: skip


def staff(town: Town, who: str) -> Client:
    client = Client()
    client.force_login(town.account(who), backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_a_resident_proposes_once_and_follows_it_by_the_same_query_number(desk: Proposed, town: Town) -> None:
    phone = Client()
    wrong = phone.post("/proposals/new/", TOLD | {"suggestion": "装灯", "original": ""}).content.decode()
    assert "至少 10 个字" in wrong and "公园晚上没有灯" in wrong and "请确认是自己提的建议" in wrong
    pages = [phone.post("/proposals/new/", TOLD).content.decode() for _ in range(2)]
    secrets = {page.split('data-secret="')[1].split('"')[0] for page in pages}
    case = Case.objects.get(loop="proposal")
    assert len(secrets) == 1 and case.title == "在公园步道安装太阳能路灯"
    town.act(
        case, "register", "county", title="公园步道路灯", category="urban", tell="已经收到，六十日内答复您。"
    )
    shown = phone.post("/track/", {"secret": secrets.pop()}, follow=True).content.decode()
    assert "正在研判" in shown and "已经收到，六十日内答复您。" in shown


def test_the_public_page_shows_topics_results_and_what_was_reviewed(desk: Proposed, town: Town) -> None:
    Recent(town.city).load()
    page = Client().get("/proposals/").content.decode()
    for words in ("我为老旧小区改造献一策", "共收到建议 46 条", "拟奖励：优秀建议"):
        assert words in page
    assert "骑手驿站" not in page, "nothing is public before it was reviewed"
    case = Case.objects.get(loop="proposal", title="骑手驿站夜间开放")
    said = {
        "attribute": "active",
        "reason": "应当公开。",
        "heading": "骑手驿站夜间开放",
        "problem": "夜间没有歇脚的地方。",
    }
    there = keeping.propose(case, town.actor("county"), said)
    town.act(there, "approve", "leader", checked="不涉密，可以公开。")
    assert "骑手驿站夜间开放" in Client().get("/proposals/").content.decode()


def test_the_desk_has_them_with_limits_results_and_papers(desk: Proposed, town: Town) -> None:
    assert Recent(town.city).load() == len(PROPOSALS)
    clerk = staff(town, "county")
    listed = clerk.get("/desk/cases/?loop=proposal&tab=all").content.decode()
    for case in Case.objects.filter(loop="proposal"):
        assert case.number in listed
        assert clerk.get(f"/desk/cases/{case.number}/").status_code == 200
    done = Case.objects.get(loop="proposal", stage="noticing")
    page = clerk.get(f"/desk/cases/{done.number}/").content.decode()
    assert "背街小巷加装路灯项目" in page and "比照" in page and "人民建议答复函" in page
    assert staff(town, "bureau").get("/desk/cases/?loop=proposal&tab=all").status_code == 200


AT_COUNTER = {"place-township": "610602005", "place-village": "", "problem": "公园晚上没有灯。", "suggestion": "在公园步道安装太阳能路灯。",
              "name": "贺小明", "phone": "13900001111", "client_key": "c" * 24}  # fmt: skip


def test_who_proposes_at_the_counter_goes_home_with_a_query_number(town: Town) -> None:
    clerk = staff(town, "county")
    wrong = clerk.post("/desk/proposals/new/", AT_COUNTER | {"suggestion": "装灯"})
    assert wrong.status_code == 422 and "至少 10 个字" in (page := wrong.content.decode())
    assert "公园晚上没有灯。" in page and "贺小明" in page
    slips = [clerk.post("/desk/proposals/new/", AT_COUNTER).content.decode() for _ in range(2)]
    secrets = {page.split('jy-secret">')[1].split("<")[0] for page in slips}
    case = Case.objects.get(loop="proposal")
    assert len(secrets) == 1 and "人民建议回执" in slips[0] and case.place.code == "610602005"
    shown = Client().post("/track/", {"secret": secrets.pop()}, follow=True).content.decode()
    assert "太阳能路灯" in shown and "13900001111" not in shown + slips[0]


def test_only_who_keeps_proposals_writes_them_down(town: Town) -> None:
    assert "登记建议" in staff(town, "county").get("/desk/").content.decode()
    for who in ("bureau", "leader", "caller"):
        assert staff(town, who).get("/desk/proposals/new/").status_code == 404


def test_grades_are_rows_and_an_old_award_keeps_its_words(desk: Proposed, town: Town) -> None:
    case = desk.valued()
    with pytest.raises(Refused, match="奖励等次没有“特等奖”这一项"):
        town.act(case, "propose_award", "county", **AWARD | {"grade": "特等奖", "awardee": "建议人"})
    row = AwardGrade.objects.get(title="优秀建议")
    case = town.act(case, "propose_award", "county", **AWARD, awardee="建议人")
    row.title = "金点子奖"
    tracked.save(row, "system", "按新的奖励办法")
    assert Proposal.objects.get(pk=case.pk).grade == "优秀建议" and ("金点子奖", "金点子奖") in grades.pairs()
    assert "方案默认值，可修改" in row.basis and verify.verify_database().ok
