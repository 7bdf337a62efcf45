"""An office admin keeps people and posts: accounts, terms, deputies, hand-over with the inbox, a list out of a workbook."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from support.city import FIRST_DAY, Town

from jieyou.commons.changes.models import Change
from jieyou.interfaces.web.tests.conftest import AtDesk, Desk, sentences
from jieyou.interfaces.web.tests.test_settings import undo
from jieyou.kernel.calendar import clock
from jieyou.kernel.ledger import verify
from jieyou.kernel.loop.models import Event
from jieyou.kernel.loop.seen import inbox
from jieyou.kernel.notify.models import Delivery
from jieyou.kernel.people import recusal
from jieyou.kernel.people.models import Account, Post
from jieyou.kernel.people.posts import actor_of

PEOPLE, WHY = "/desk/settings/people/", "机构调整"
OFFICE, CITY = "中共宝塔区委社会工作部", "中共延安市委社会工作部"
NEW = {
    "name": "高晓梅",
    "username": "gaoxm",
    "unit": OFFICE,
    "role": "经办人",
    "since": "2026-11-01",
    "why": WHY,
}


def of(username: str) -> str:
    return f"{PEOPLE}{Account.objects.get(username=username).pk}/"


def post_of(username: str, role: str) -> Post:
    return Post.objects.get(account__username=username, role=role, until=None)


@pytest.fixture
def county(at_desk: AtDesk) -> Desk:
    """宝塔区's own office admin."""
    return at_desk("county-admin")


def test_a_new_person_gets_a_password_once_and_must_change_it(county: Desk, client: Client) -> None:
    page = county.post(PEOPLE + "new/", **NEW).content.decode()
    text = re.search(r'<code class="fs-5">([^<]+)</code>', page)
    assert text and len(text[1]) == 19 and "只显示这一次" in page
    assert client.post("/desk/login/", {"username": "gaoxm", "password": text[1]}).status_code == 302
    assert client.get("/desk/cases/").headers["Location"] == "/desk/password/"
    assert client.get("/api/v1/me").status_code == 401
    assert "请先改成自己的密码" in client.get("/desk/password/").content.decode()
    mine = "Yan-an-2026-mine"
    client.post("/desk/password/", {"old_password": text[1], "new_password1": mine, "new_password2": mine})
    assert client.get("/desk/cases/").status_code == 200 and actor_of(
        Account.objects.get(username="gaoxm")
    ).holds("经办人")


def test_a_password_that_nobody_used_in_time_opens_nothing(county: Desk, client: Client) -> None:
    page = county.post(of("caller") + "once/", why="忘记密码").content.decode()
    text = re.search(r'<code class="fs-5">([^<]+)</code>', page)
    assert (
        text
        and not Change.objects.get().records
        and Delivery.objects.filter(title__contains="重发一次性密码：").exists()
    )
    with clock.moved(clock.now() + timedelta(days=8)):
        answer = client.post("/desk/login/", {"username": "caller", "password": text[1]})
    assert "已经过期" in answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "said"),
    [({"username": "高"}, "小写字母"), ({"username": "county"}, "已有用户名"), ({"unit": CITY}, "不由您管"),
     ({"role": "密件专办"}, "岗位没有"), ({"role": "承办人"}, "没有“承办人”这个岗位"), ({"why": " "}, "为什么改")],
)  # fmt: skip
def test_a_person_who_cannot_be_is_refused(county: Desk, typed: dict[str, str], said: str) -> None:
    answer = county.post(PEOPLE + "new/", **(NEW | typed))
    assert (
        answer.status_code == 422
        and said in sentences(answer)
        and not Account.objects.filter(username="gaoxm").exists()
    )


def test_a_post_is_given_for_a_term_and_taken_back(county: Desk) -> None:
    caller = Account.objects.get(username="caller")
    told = {
        "unit": OFFICE,
        "role": "经办人",
        "since": str(clock.today()),
        "until": str(clock.today() + timedelta(days=30)),
        "why": WHY,
    }
    assert county.post(of("caller") + "appoint/", **told).status_code == 302 and actor_of(caller).holds(
        "经办人"
    )
    undo(county)
    assert not actor_of(caller).holds("经办人") and verify.verify_database().ok


def test_nobody_gives_himself_a_post_or_keeps_and_audits(at_desk: AtDesk) -> None:
    admin, told = at_desk("admin"), {"unit": CITY, "since": str(clock.today()), "why": WHY}
    assert "不能给自己任职" in sentences(admin.post(of("admin") + "appoint/", role="密件专办", **told))
    assert "不能同时任" in sentences(admin.post(of("auditor") + "appoint/", role="系统管理员", **told))
    assert "不能同时任" in sentences(hand_over(admin, post_of("admin", "系统管理员"), "auditor"))


def test_who_goes_away_has_a_deputy_for_all_his_posts(county: Desk) -> None:
    clerk, caller = Account.objects.get(username="county"), Account.objects.get(username="caller")
    assert county.post(of("county") + "away/", account=caller.pk.hex, why="年休假").status_code == 302
    assert (
        actor_of(caller).holds("经办人")
        and actor_of(caller).holds("会务人员")
        and clerk.name in county.see(of("caller"))
    )
    with clock.moved(clock.now() + timedelta(days=7)):
        assert not actor_of(caller).holds("经办人")


def test_who_has_left_cannot_come_in_and_comes_back_without_posts(county: Desk) -> None:
    caller = Account.objects.get(username="caller")
    county.post(of("caller") + "close/", why="调离")
    caller.refresh_from_db()
    assert not caller.is_active and not Post.objects.filter(account=caller, until=None).exists()
    assert "没有回访人员" in county.see("/desk/settings/")
    undo(county)
    caller.refresh_from_db()
    assert caller.is_active and actor_of(caller).holds("回访人员")


def test_a_county_sees_its_own_people_only(county: Desk) -> None:
    page = county.see(PEOPLE)
    assert "county" in page and "county-610603" not in page and county.status(of("county-610603")) == 404
    assert county.status(of("city")) == 404 and "caller" in county.see(PEOPLE, q="回访")


def test_who_also_works_for_the_city_is_not_the_countys_to_change(at_desk: AtDesk, county: Desk) -> None:
    at_desk("admin").post(
        of("caller") + "appoint/", unit=CITY, role="回访人员", since=str(clock.today()), why=WHY
    )
    assert "这里只能看" in county.see(of("caller")) and county.status(of("caller") + "once/") == 404
    assert county.status(of("county-admin") + "rename/") == 404


def hand_over(desk: Desk, post: Post, to: str) -> Any:
    return desk.post(
        f"/desk/posts/{post.pk}/hand-over/", account=Account.objects.get(username=to).pk.hex, why="轮岗"
    )


def test_a_post_goes_over_with_its_inbox_and_every_case_says_so(town: Town, county: Desk) -> None:
    case, post = town.concern("clue").case, post_of("county", "经办人")
    page = county.see(f"/desk/posts/{post.pk}/hand-over/")
    assert "1 件" in page and case.title not in page and case.number not in page
    assert hand_over(county, post, "caller").status_code == 302
    assert (
        inbox(town.actor("caller")).filter(pk=case.pk).exists()
        and not inbox(town.actor("county")).filter(pk=case.pk).exists()
    )
    assert town.events(case)[-1].title == "岗位移交" and Delivery.objects.filter(
        account=town.account("caller"), title__startswith="岗位移交给您"
    )
    assert verify.verify_database().ok


def test_a_hand_over_is_taken_back_until_the_successor_acts(town: Town, county: Desk) -> None:
    case, post = town.concern("clue").case, post_of("county", "经办人")
    hand_over(county, post, "caller")
    undo(county)
    assert town.events(case)[-1].title == "岗位移交撤销" and actor_of(town.account("county")).holds("经办人")
    hand_over(county, post_of("county", "经办人"), "caller")
    town.act(case, "register", "caller", clock.now(), title="供热不足", category="heating")
    assert "接任人已经办了" in undo(county) and actor_of(town.account("caller")).holds("经办人")


def test_what_the_successor_may_not_see_stays_and_is_only_counted(town: Town, county: Desk) -> None:
    first, second = town.concern("clue").case, town.concern("clue", 3).case
    recusal.recuse(first.pk, "system", "亲属", account=town.account("caller"))
    post = post_of("county", "经办人")
    heir = town.account("caller").pk.hex
    page = county.post(f"/desk/posts/{post.pk}/hand-over/", account=heir, look="1").content.decode()
    assert "1 件不移交" in page
    hand_over(county, post, "caller")
    assert [Event.objects.filter(case=c, transition="post_handed_over").count() for c in (first, second)] == [
        0,
        1,
    ]


def test_the_post_for_sealed_reports_is_handed_over_person_to_person(at_desk: AtDesk, town: Town) -> None:
    post = post_of("city-sealed", "密件专办")
    assert "当面交接" in at_desk("admin").see(f"/desk/posts/{post.pk}/hand-over/")
    assert hand_over(at_desk("admin"), post, "city").status_code == 422


def test_who_holds_the_same_post_already_takes_it_all(town: Town, county: Desk) -> None:
    told = {"unit": OFFICE, "role": "经办人", "since": str(FIRST_DAY), "why": WHY}
    county.post(of("caller") + "appoint/", **told)
    case = town.concern("clue").case
    hand_over(county, post_of("county", "经办人"), "caller")
    assert (
        inbox(town.actor("caller")).filter(pk=case.pk).exists()
        and Post.objects.filter(account__username="caller", role="经办人").count() == 1
    )


def book(*rows: tuple[Any, ...]) -> SimpleUploadedFile:
    out, made = BytesIO(), openpyxl.Workbook()
    for row in (("人员花名册",), ("姓名", "用户名", "单位", "岗位", "任职日期"), *rows):
        made.worksheets[0].append(list(row))
    made.save(out)
    return SimpleUploadedFile("花名册.xlsx", out.getvalue())


def test_people_come_in_from_a_workbook_and_wrong_rows_go_back(county: Desk) -> None:
    file = book(("高晓梅", "gaoxm", OFFICE, "经办人", "2026.11.1"), ("高晓梅", "gaoxm", OFFICE, "会务人员", ""),
                ("王强", "wangq", "没有的局", "承办人", ""), ("李雪", "county", OFFICE, "密件专办", ""))  # fmt: skip
    preview = county.client.post(PEOPLE + "import/", {"file": file}).url
    page = county.see(preview)
    assert "1 个新账号，2 个岗位" in page and "没有单位“没有的局”" in page and "已经是别人的" in page
    back = openpyxl.load_workbook(
        BytesIO(b"".join(county.client.get(preview + "returned/").streaming_content))
    )
    assert [row[0].value for row in back.worksheets[0].iter_rows(min_row=3)] == ["王强", "李雪"]
    once = county.client.post(preview, {"why": "启用系统"}).content.decode()
    assert once.count('class="fs-5"') == 1
    assert {p.role for p in Post.objects.filter(account__username="gaoxm")} == {"经办人", "会务人员"}
    undo(county)
    assert not Account.objects.get(username="gaoxm").is_active


def test_a_workbook_without_the_columns_is_refused(county: Desk) -> None:
    answer = county.client.post(
        PEOPLE + "import/", {"file": SimpleUploadedFile("a.csv", "姓名,电话\n高,1".encode())}
    )
    assert answer.status_code == 422 and "没有找到表头" in sentences(answer)
