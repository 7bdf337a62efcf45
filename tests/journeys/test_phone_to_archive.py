"""One concern from a resident's phone to the archive, every step pressed in a real browser by the person whose it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect
from support.city import Town, new_town
from support.pages import Visitor, axe, shoot

from jieyou.kernel.calendar import clock

LEAD, HELP = "宝塔区住房和城乡建设局", "宝塔区公安局"
WORDS = "南门坡小区 3 号楼二单元暖气一周都不热，家里 14 度，有老人和孩子，请来人看看。"
TITLE = "南门坡小区3号楼暖气不热"
REPLY = "热力公司已更换二单元供热管段，十一月二十四日入户测温二十度，如有反复请再联系。"


@pytest.fixture
def town(town_database: None, transactional_db: None) -> Iterator[Town]:
    """The small city, really committed."""
    yield new_town()
    new_town()


@dataclass
class Person:
    """Somebody at a browser, and what the console of that browser said."""

    page: Page
    script: bool = True
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on(
            "console", lambda m: self.said.append(m.text) if m.type in ("error", "warning") else None
        )
        self.page.on(
            "requestfailed", lambda r: None if "ERR_ABORTED" in str(r.failure) else self.said.append(r.url)
        )
        self.page.on(
            "response", lambda r: self.said.append(f"{r.status} {r.url}") if r.status >= 500 else None
        )

    def look(self, name: str, again: bool = False) -> None:
        """A picture, nothing wider than the window, and axe (not ``again`` where a like page was checked before)."""
        if not self.script:
            return
        shoot(self.page, f"journey-{name}")
        assert again or axe(self.page) == [], name
        wide = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert wide <= 0, f"{name} is {wide} px too wide"

    def finds(self, title: str) -> None:
        """Open a case from one's own desk: whoever is waited for has it there."""
        self.page.goto("/desk/")
        self.page.locator("main table").get_by_role("link", name=title).first.click()
        expect(self.page.locator(".jy-loop")).to_be_visible()

    def presses(self, door: str) -> Locator:
        """One of the steps that the page of a case offers; its form."""
        self.page.locator("#doors").get_by_role("link", name=door, exact=True).click()
        expect(self.page.get_by_role("heading", name=door, exact=True, level=1)).to_be_visible()
        return self.page.locator("form[data-guard]")

    def does(self, door: str, **answers: str) -> None:
        """A step with its answers by the names of the fields; it must succeed and say so."""
        form = self.presses(door)
        for name, value in answers.items():
            fill(form, name.replace("__", "-"), value)
        form.locator("button[data-main]").click()
        expect(self.page.locator(".jy-say.success")).to_contain_text("已办好")


def fill(form: Locator, name: str, value: str) -> None:
    """Radio buttons are ticked, lists chosen from, files put in, everything else is typed."""
    if form.locator(f"input[type=radio][name='{name}'], input[type=checkbox][name='{name}']").count():
        form.locator(f"input[name='{name}'][value='{value}']").check()
    elif form.locator(f"select[name='{name}']").count():
        form.locator(f"select[name='{name}']").select_option(value)
    elif form.locator(f"input[type=file][name='{name}']").count():
        form.locator(f"input[name='{name}']").set_input_files(value)
    else:
        form.locator(f"[name='{name}']").fill(value)


@pytest.fixture(params=[True, False], ids=["script", "plain"])
def at(visitor: Visitor, town: Town, request: Any) -> Iterator[dict[str, Person]]:
    """Everybody of the story: the resident on a phone, the staff at their desks. Their consoles stay silent.

    Once as usual, once with browsers that run no script at all.
    """
    on = {"java_script_enabled": request.param}
    people = {
        name: Person(visitor(town.account(name), **on), request.param)
        for name in ("county", "leader", "bureau", "township", "caller")
    }
    people["resident"] = Person(visitor(phone=True, **on), request.param)
    yield people
    assert {name: who.said for name, who in people.items() if who.said} == {}


@pytest.fixture
def photo(tmp_path: Path) -> str:
    out = BytesIO()
    Image.effect_noise((900, 600), 40).convert("RGB").save(out, "JPEG")
    (tmp_path / "完工.jpg").write_bytes(out.getvalue())
    return str(tmp_path / "完工.jpg")


def reports(resident: Person) -> str:
    """Three screens on a phone; the query number."""
    page = resident.page
    page.goto("/")
    resident.look("phone-home")
    page.get_by_role("link", name="我要反映").click()
    page.get_by_label("供热供水").check()
    page.get_by_label("说说情况").fill(WORDS)
    page.select_option("#county", "610602")
    if not resident.script:
        page.get_by_role("button", name="接着选镇街和社区").click()
    expect(page.locator("#township")).to_be_enabled()
    page.select_option("#township", "610602005")
    if resident.script:
        expect(page.locator("#village")).to_be_enabled()
    page.get_by_label("电话").fill("13812346021")
    resident.look("phone-report")
    page.get_by_role("button", name="下一步").last.click()
    resident.look("phone-check")
    page.get_by_role("button", name="提交反映").click()
    resident.look("phone-receipt")
    return page.inner_text("#secret")


def tracks(resident: Person, secret: str, name: str) -> None:
    page = resident.page
    page.goto("/track/")
    if page.locator("input#secret").count():
        page.fill("#secret", secret)
        page.get_by_role("button", name="查询").click()
    expect(page.get_by_role("heading", name="办理进度")).to_be_visible()
    resident.look(f"phone-{name}", again="again" in name)


def rates(resident: Person, secret: str, word: str, words: str, name: str) -> None:
    tracks(resident, secret, name)
    page = resident.page
    expect(page.get_by_text(REPLY)).to_be_visible()
    page.locator(f".faces label:has(input[value={word}])").click()
    page.fill("#rate-words", words)
    page.get_by_role("button", name="提交评价").click()
    expect(page.get_by_text("谢谢您的评价")).to_be_visible()
    resident.look(f"phone-{name}-said", again=True)


def judged(at: dict[str, Person]) -> None:
    """登记、研判、同意上会."""
    county, leader = at["county"], at["leader"]
    county.page.goto("/desk/")
    county.look("desk")
    county.finds("南门坡小区")
    county.look("case-clue", again=True)
    county.presses("登记")
    county.look("register")
    county.page.go_back()
    county.does("登记", title=TITLE, category="heating")
    county.does(
        "填写研判意见",
        reach="26",
        urgency="pressing",
        level="county",
        recommend="meeting",
        reason="管段老化，须会议定",
    )
    leader.finds(TITLE)
    form = leader.presses("同意上会")
    form.locator("[name=lead]").fill(LEAD)
    form.get_by_placeholder("筛选单位").fill("桥沟")
    form.get_by_label("宝塔区桥沟街道办事处").check()
    leader.look("to-consult")
    form.locator("button[data-main]").click()
    expect(leader.page.locator(".jy-say.success")).to_contain_text("会前协商")


def consulted(at: dict[str, Person]) -> None:
    """The bureau and the township give their opinions, the clerk drafts a plan."""
    for who, words in (
        ("bureau", "现场看过，同意牵头，先修后算。"),
        ("township", "同意配合，做好过渡取暖。"),
    ):
        page = at[who].page
        page.goto("/desk/notices/")
        page.locator("main").get_by_role("link", name="同意上会").first.click()
        at[who].does("填写协商意见", agrees="yes", opinion=words)
    at["bureau"].look("case-consult-bureau", again=True)
    at["county"].finds(TITLE)
    at["county"].does(
        "形成方案", plan="由热力公司更换二单元管段四十米，街道做好过渡取暖。", funding="老旧管网应急经费"
    )


def met(at: dict[str, Person]) -> None:
    """A meeting called by hand; tabled, held, decided; minutes sent, signed, issued; handed out."""
    county, leader = at["county"], at["leader"]
    page = county.page
    page.goto("/desk/meetings/")
    page.get_by_role("link", name=re.compile("筹备")).first.click()
    county.look("meeting-new")
    form = page.locator("form[data-guard]")
    for name, value in (
        ("seq_no", "1"),
        ("held_on", clock.today().isoformat()),
        ("starts_at", "15:00"),
        ("room", "机关三号会议室"),
    ):
        fill(form, name, value)
    form.locator("button[data-main]").click()
    expect(page.locator(".jy-say.success")).to_contain_text("开始筹备")
    meeting = page.url
    county.finds(TITLE)
    form = county.presses("提请上会")
    form.locator("select[name=meeting]").select_option(index=1)
    fill(form, "leading", "副区长 王建国")
    form.locator("button[data-main]").click()
    expect(page.locator(".jy-say.success")).to_contain_text("例会解难")
    leader.page.goto(meeting)
    leader.does("定题")
    page.goto(meeting)
    county.does("会议召开", chair="区委常委、社会工作部部长 张建国")
    county.look("meeting-held", again=True)
    page.get_by_role("link", name="记录决定").click()
    county.look("decide")
    form = page.locator("form[data-guard]")
    for name, value in (("outcome", "resolved"), ("decision", "同意会前协商方案，本周内完成更换。"),
                        ("assignments-0-task", "更换二单元供热管段"), ("assignments-0-due-days", "7"),
                        ("assignments-1-task", "为老人家庭提供取暖设备"), ("assignments-1-due-days", "5")):  # fmt: skip
        fill(form, name, value)
    form.locator("button[data-main]").click()
    expect(page.get_by_text("同意会前协商方案，本周内完成更换。").first).to_be_visible()
    county.presses("纪要送签")
    county.look("minutes")
    page.locator("form[data-guard] button[data-main]").click()
    leader.finds("会议纪要")
    leader.look("approval")
    leader.does("签发", opinion="同意印发")
    page.goto(meeting)
    county.does("印发", minutes_no="第1期")
    county.look("meeting-issued")
    page.get_by_role("link", name=TITLE).first.click()
    county.presses("会后交办")
    county.look("resolve", again=True)
    page.locator("form[data-guard] button[data-main]").click()
    expect(page.locator(".jy-say.success")).to_contain_text("会后交办")


def worked(at: dict[str, Person], photo: str, tasks: dict[str, str], round_: str) -> None:
    """Each unit signs for its task, tells how far it is, finishes; the clerk accepts."""
    for who, task in tasks.items():
        unit = at[who]
        unit.finds(task)
        unit.does("签收", officer="小李")
        unit.does("反馈进展", progress="已进场施工，管段已到货。", percent="60", evidence=photo)
        if who == "bureau":
            unit.look(f"task-{round_}", again=round_ != "first")
        unit.does("提交办结", report="管段已全部更换，试压合格，入户测温二十度。")
        at["county"].finds(task)
        at["county"].does("审核通过")
    at["bureau"].page.goto("/desk/cases/?tab=all")
    at["bureau"].page.get_by_role("link", name=TITLE).first.click()
    at["bureau"].does("申请销号", result="solved", reply=REPLY)
    at["county"].finds(TITLE)
    at["county"].does("核验", verified="site", words="到现场看过，管段已经更换。")
    at["leader"].finds(TITLE)
    at["leader"].does("同意销号", words="同意。")


def test_five_people_and_a_resident_carry_it_through_eight_stages_and_it_comes_back_once(
    at: dict[str, Person], town: Town, photo: str
) -> None:
    secret = reports(at["resident"])
    assert re.fullmatch(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){2}", secret)
    tracks(at["resident"], secret, "track-clue")
    judged(at)
    consulted(at)
    met(at)
    worked(at, photo, {"bureau": "更换二单元供热管段", "township": "为老人家庭提供取暖设备"}, "first")
    rates(at["resident"], secret, "bad", "二单元一楼还是不热", "track-answer")
    caller = at["caller"]
    caller.finds(TITLE)
    caller.look("case-unhappy", again=True)
    form = caller.presses("退回再办")
    for name, value in (
        ("words", "群众反映二单元一楼仍不热"),
        ("assignments-0-task", "复查二单元一楼支管"),
        ("assignments-0-due-days", "3"),
    ):
        fill(form, name, value)
    caller.look("reopen")
    form.locator("button[data-main]").click()
    expect(caller.page.locator(".jy-say.success")).to_contain_text("退回再办")
    worked(at, photo, {"bureau": "复查二单元一楼支管"}, "second")
    rates(at["resident"], secret, "good", "现在热了，谢谢", "track-again")
    caller.finds(TITLE)
    caller.does("回访归档")
    caller.look("case-archived")
    expect(caller.page.locator(".jy-loop li.done")).to_have_count(8)
    assert record(caller.page) == [
        "群众反映", "登记", "填写研判意见", "同意上会", "填写协商意见", "填写协商意见", "形成方案", "提请上会", "记录会议决定",
        "会后交办", "全部签收", "申请销号", "核验", "同意销号", "群众评价",
        "退回再办", "全部签收", "申请销号", "核验", "同意销号", "群众评价", "回访归档",
    ]  # fmt: skip
    words = caller.page.locator(".jy-record").first.inner_text()
    assert [
        name
        for name in ("county", "leader", "bureau", "township", "caller")
        if town.account(name).name not in words
    ] == []
    tracks(at["resident"], secret, "track-archived")
    expect(at["resident"].page.get_by_text("已经办结").first).to_be_visible()
    at["county"].page.goto("/desk/cases/?tab=ended")
    at["county"].look("list-ended")


def record(page: Page) -> list[str]:
    """Titles of the steps as the page shows them, the oldest first."""
    return page.locator("section[aria-labelledby=record-title] .jy-record > li .h b").all_inner_texts()[::-1]


def test_without_any_script_one_can_report_track_and_take_a_step(visitor: Visitor, town: Town) -> None:
    resident = visitor(phone=True, java_script_enabled=False)
    resident.goto("/report/")
    resident.get_by_label("供热供水").check()
    resident.get_by_label("说说情况").fill(WORDS)
    resident.select_option("#county", "610602")
    resident.get_by_role("button", name="接着选镇街和社区").click()
    resident.select_option("#township", "610602005")
    resident.get_by_role("button", name="下一步").last.click()
    resident.get_by_role("button", name="提交反映").click()
    secret = resident.inner_text("#secret")
    shoot(resident, "journey-noscript-receipt")
    resident.goto("/track/")
    resident.fill("#secret", secret)
    resident.get_by_role("button", name="查询").click()
    expect(resident.get_by_text("正在等待登记")).to_be_visible()

    clerk = visitor(java_script_enabled=False)
    clerk.goto("/desk/")
    clerk.get_by_label("用户名").fill("county")
    clerk.get_by_label("密码").fill("解忧-demo-2026")
    clerk.get_by_role("button", name="登录").click()
    clerk.get_by_role("link", name="南门坡小区").first.click()
    clerk.locator("#doors").get_by_role("link", name="登记", exact=True).click()
    clerk.locator("form[data-guard] [name=title]").fill(TITLE)
    clerk.locator("form[data-guard] [name=category]").select_option("heating")
    shoot(clerk, "journey-noscript-register")
    clerk.locator("form[data-guard] button[data-main]").click()
    expect(clerk.locator(".jy-say.success")).to_contain_text("综合研判")
    resident.goto("/track/")
    expect(resident.get_by_text("正在研判")).to_be_visible()
