"""Two neighbours on their phones in a real browser: both apply, each proposes, one outside the menu; both hold a PDF."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from support.city import Town, new_town
from support.pages import Visitor, axe, shoot

from jieyou.kernel.calendar import clock
from jieyou.kernel.loop.engine import advance
from jieyou.kernel.loop.models import Case
from mediation.conftest import AGREED, ANNA, BEN, Room, new_room


@pytest.fixture
def served(town_database: None, transactional_db: None) -> Iterator[Room]:
    """The room in a small city that is really committed."""
    town: Town = new_town()
    yield new_room(town)
    new_town()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def look(page: Page, name: str) -> None:
    shoot(page, f"mediation-{name}")
    assert axe(page) == [], name
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{name} is {wide} px too wide"


def pdf(page: Page) -> bytes:
    answer = page.request.get("/mediation/paper/agreement.pdf")
    assert answer.headers["content-type"] == "application/pdf"
    return answer.body()


def test_two_neighbours_agree_on_their_phones_and_both_hold_the_agreement(
    served: Room, visitor: Visitor
) -> None:
    anna, ben, town = visitor(phone=True), visitor(phone=True), served.town

    def staff(name: str, **data: object) -> None:
        advance(town.fresh(Case.objects.get(loop="mediation")), name, town.actor("mediator"), data)

    anna.goto("/mediation/")
    shoot(anna, "mediation-menu")
    anna.get_by_role("link", name="申请调解").click()
    anna.select_option("#committee", label=served.body.name)
    anna.select_option("#category", label="邻里")
    anna.fill("#words", "楼上漏水泡了屋顶，说不到一起。")
    for field, text in (
        ("name", ANNA.name),
        ("phone", ANNA.phone),
        ("other_name", BEN.name),
        ("other_phone", BEN.phone),
    ):
        anna.fill(f"#{field}", text)
    shoot(anna, "mediation-apply")
    press(anna, "提交申请")
    expect(anna.locator("#number")).to_be_visible()
    number, codes = anna.inner_text("#number"), {"a": anna.inner_text("#secret")}

    ben.goto("/mediation/join/")
    ben.fill("#number", number)
    ben.fill("#phone", BEN.phone)
    press(ben, "领查询编号")
    expect(ben.locator("#secret")).to_be_visible()
    codes["b"] = ben.inner_text("#secret")

    for page, code in ((anna, codes["a"]), (ben, codes["b"])):
        page.goto("/mediation/mine/")
        page.fill("#secret", code)
        press(page, "打开")
        page.get_by_label("已经看过").check()
        press(page, "同意调解")
        expect(page.get_by_role("status")).to_contain_text("您同意调解")
    staff("accept")

    anna.goto("/mediation/mine/")
    anna.fill("#outside", "老支书韩长贵")
    press(anna, "就提这个人")
    expect(anna.get_by_role("status")).to_contain_text("已经告诉对方")
    ben.goto("/mediation/mine/")
    ben.select_option("#pick", value=served.talker.pk.hex)
    press(ben, "就提这个人")
    expect(ben.get_by_role("status")).to_contain_text("已经告诉对方")
    look(ben, "choose")
    press(ben, "同意请这个人")
    expect(ben.locator("main")).to_contain_text("双方选定：老支书韩长贵（菜单外）")

    staff("begin", mediator=served.lead.pk.hex)
    staff("check", checked=True)
    staff("session", day=clock.today(), where="调解室", record="双方到场，说清了漏水的经过。")
    staff("draft", **{**AGREED, "perform_by": "10"})

    for page, person, code in ((anna, ANNA, codes["a"]), (ben, BEN, codes["b"])):
        page.goto("/mediation/mine/")
        page.get_by_label("我看过协议全文").check()
        page.fill("#sign_name", person.name)
        page.fill("#code", code)
        shoot(page, "mediation-sign")
        press(page, "签名")
        expect(page.get_by_role("status")).to_contain_text("您已经签名")
    staff("sign_mediator")
    begun = clock.now()
    staff("seal")

    for page in (anna, ben):
        page.goto("/mediation/mine/")
        expect(page.locator("#now")).to_have_text("协议已经生效")
        assert pdf(page).startswith(b"%PDF")
    look(anna, "agreed")
    assert (clock.now() - begun).total_seconds() < 180
