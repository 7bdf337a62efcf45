"""Coming in, going out, one's password, posts, deputies, handing over."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from support.city import PASSWORD, Town

from jieyou.interfaces.web.tests.conftest import AtDesk, sentences
from jieyou.kernel.calendar import clock
from jieyou.kernel.people.models import Deputy, Post
from jieyou.kernel.people.posts import actor_of

LOGIN = "/desk/login/"


def login(client: Client, password: str = PASSWORD) -> Any:
    return client.post(LOGIN, {"username": "county", "password": password, "next": "/desk/cases/?tab=late"})


def test_one_comes_in_with_name_and_password_and_where_one_wanted_to_go(town: Town, client: Client) -> None:
    assert login(client).url == "/desk/cases/?tab=late"
    assert client.get("/desk/").status_code == 200
    client.post("/desk/logout/")
    assert client.get("/desk/").status_code == 302


def test_a_wrong_password_says_the_same_as_a_wrong_name(town: Town, client: Client) -> None:
    wrong = [
        client.post(LOGIN, {"username": name, "password": "不对的密码"}).content.decode()
        for name in ("county", "没有这人")
    ]
    assert all("用户名或密码不对" in page and "<title>错误：" in page for page in wrong)


def test_after_five_wrong_passwords_the_door_stays_shut_even_for_the_right_one(
    town: Town, client: Client
) -> None:
    for _ in range(5):
        last = login(client, "不对的密码")
    assert "账号暂时锁定" in last.content.decode()
    assert "账号暂时锁定" in login(client).content.decode()


def test_demo_accounts_and_their_password_are_shown_in_the_demo_only(
    town: Town, client: Client, settings: Any
) -> None:
    assert "演示" not in client.get(LOGIN).content.decode()
    settings.DEMO = True
    (settings.HOME / "demo.json").write_text(
        json.dumps({"password": "Jieyou-abc", "accounts": {"county": "经办人"}})
    )
    page = client.get(LOGIN).content.decode()
    assert "Jieyou-abc" in page and "<code>county</code>" in page and "演示数据" in page


def test_every_page_of_the_demo_says_so(at_desk: AtDesk, settings: Any) -> None:
    assert "演示数据" not in at_desk("county").see("/desk/")
    settings.DEMO = True
    for path in ("/desk/", "/desk/cases/", "/desk/meetings/", "/desk/posts/", "/desk/import/"):
        assert "演示数据" in at_desk("county").see(path)


def test_dark_is_chosen_by_a_button_and_kept_in_a_cookie(at_desk: AtDesk) -> None:
    county = at_desk("county")
    assert "data-bs-theme" not in county.see("/desk/")
    assert (
        county.client.post("/desk/theme/", {"theme": "dark", "next": "https://example.com/"}).url == "/desk/"
    )
    assert '<html lang="zh-CN" data-bs-theme="dark">' in county.see("/desk/")
    county.client.post("/desk/theme/", {"theme": "auto"})
    assert "data-bs-theme" not in county.see("/desk/")


def test_a_password_is_changed_by_who_knows_the_old_one(at_desk: AtDesk) -> None:
    county, new = at_desk("county"), "Jie-you-2026-new"
    weak = county.post("/desk/password/", old_password=PASSWORD, new_password1="12345", new_password2="12345")
    assert weak.status_code == 422 and "12" in sentences(weak)
    wrong = county.post("/desk/password/", old_password="不对", new_password1=new, new_password2=new)
    assert wrong.status_code == 422
    assert (
        county.post(
            "/desk/password/", old_password=PASSWORD, new_password1=new, new_password2=new
        ).status_code
        == 302
    )
    assert county.status("/desk/") == 200  # this session goes on


@pytest.fixture
def my_post(town: Town) -> Post:
    return Post.objects.get(account__username="county", role="经办人")


def test_whoever_goes_away_names_a_deputy_who_then_sees_his_desk(
    at_desk: AtDesk, town: Town, my_post: Post
) -> None:
    caller, today = town.account("caller"), clock.today()
    answer = at_desk("county").client.post(
        f"/desk/posts/{my_post.pk}/deputy/",
        {"account": caller.pk.hex, "since": today, "until": today + timedelta(days=3)},
    )
    assert answer.status_code == 302
    assert actor_of(caller).holds("经办人") is not None
    assert f"（代{my_post.account.name}）" in at_desk("caller").see("/desk/posts/")


def test_a_deputyship_that_cannot_be_is_refused_with_a_sentence(
    at_desk: AtDesk, town: Town, my_post: Post
) -> None:
    caller, today = town.account("caller"), clock.today()
    answer = at_desk("county").client.post(
        f"/desk/posts/{my_post.pk}/deputy/", {"account": caller.pk.hex, "since": today, "until": today}
    )
    assert answer.status_code == 422 and "应晚于开始日期" in sentences(answer)
    assert not Deputy.objects.exists()


def test_nobody_names_a_deputy_for_somebody_elses_post(at_desk: AtDesk, my_post: Post) -> None:
    assert at_desk("leader").client.post(f"/desk/posts/{my_post.pk}/deputy/").status_code == 404
