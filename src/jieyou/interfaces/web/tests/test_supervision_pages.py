"""The supervision page and the pages of duty lists."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from support.city import Town

from jieyou.commons.lists.models import DutyItem, DutyList
from jieyou.interfaces.web.tests.conftest import AtDesk
from jieyou.kernel.calendar import clock
from jieyou.kernel.loop.models import Case, Clock
from jieyou.kernel.loop.ticking import tick

HEAD = {
    "kind": "township", "title": "宝塔区镇街清单", "place": "610602", "unit": "", "edition": "2025年版", "source": "示例文件",
    "since": "2025-01-01", "until": "",
}  # fmt: skip


def task_due(town: Town, days: int) -> Case:
    """A task whose deadline lies so many days from now."""
    task = town.walk.children(town.concern("tracked"))[0]
    due = clock.end_of(clock.today() + timedelta(days=days))
    Clock.objects.filter(case=task, code="assignment.due").update(due=due)
    Case.objects.filter(pk=task.pk).update(due=due)
    return task


def test_what_is_due_soon_and_what_is_late_stand_in_their_tabs(town: Town, at_desk: AtDesk) -> None:
    soon, late = task_due(town, 1), task_due(town, -3)
    page = at_desk("county").see("/desk/supervision/")
    assert soon.number in page and late.number not in page
    page = at_desk("county").see("/desk/supervision/", tab="late", loop="assignment")
    assert late.number in page and soon.number not in page and "超3天" in page
    assert late.number not in at_desk("county").see("/desk/supervision/", tab="late", unit="没有这个单位")
    assert late.number not in at_desk("county-610603").see("/desk/supervision/", tab="late")
    assert at_desk("bureau").status("/desk/supervision/") == 404


def test_how_often_it_was_urged_is_counted(town: Town, at_desk: AtDesk) -> None:
    task = task_due(town, 1)
    for _ in range(2):
        town.act(task, "urge", "county", words="请抓紧")
    assert "2 次" in at_desk("county").see("/desk/supervision/")


def test_work_that_nobody_owns_and_proposals_are_shown(town: Town, at_desk: AtDesk) -> None:
    task = town.walk.children(town.concern("handed"))[0]
    tick(clock.at(date(2024, 7, 15)))
    assert task.number in at_desk("leader").see("/desk/supervision/", tab="ownerless")
    assert "提级：" in at_desk("leader").see("/desk/supervision/", tab="escalation")
    assert "提级：" in at_desk("leader").see(f"/desk/cases/{task.number}/")
    assert "提级：" not in at_desk("bureau").see(f"/desk/cases/{task.number}/")


def test_a_bounce_shows_ground_and_what_the_list_says(town: Town, at_desk: AtDesk) -> None:
    made = DutyList.objects.create(
        kind="department",
        title="示例",
        place=town.unit("office").place,
        edition="1",
        source="示例",
        since=date(2024, 1, 1),
    )
    DutyItem.objects.create(
        duty_list=made, code="BM-1", category="duty", text="供热管理", words="供热", unit=town.unit("城管")
    )
    task = town.walk.children(town.concern("handed"))[0]
    words = "供热归城管，见清单 BM-1 条"
    town.act(
        task,
        "bounce",
        "bureau",
        clock.at(date(2024, 6, 5)),
        duty="BM-1",
        bounce_ground=words,
        instead=town.unit("城管"),
    )
    page = at_desk("county").see(f"/desk/cases/{task.number}/")
    assert words in page and "按清单看" in page and town.unit("城管").name in page
    assert "答复" in page.split("现在等")[1][:200], "the clerk's answer is what it waits for"
    assert at_desk("county").form(f"/desk/cases/{task.number}/rebut/")["unit"] == town.unit("城管").name


def workbook() -> SimpleUploadedFile:
    book, out = openpyxl.Workbook(), BytesIO()
    book.active.title = "基本履职"
    for row in (
        ["序号", "事项名称", "责任单位"],
        [1, "清雪除冰", "没有的单位"],
        [2, None, None],
        [3, "养老服务", ""],
    ):
        book.active.append(row)
    book.save(out)
    return SimpleUploadedFile("清单.xlsx", out.getvalue())


def test_a_list_is_made_with_its_workbook_looked_at_and_mended(town: Town, at_desk: AtDesk) -> None:
    desk = at_desk("county")
    answer = desk.client.post("/desk/duties/new/", HEAD | {"file": workbook()}, follow=True)
    page = answer.content.decode()
    assert "导入 2 条" in page and "1 行没有事项" in page and "没有的单位" in page
    made = DutyList.objects.get()
    item = DutyItem.objects.get(duty_list=made, text="清雪除冰")
    assert desk.post(f"/desk/duties/items/{item.pk}/", words="扫雪").status_code == 302
    tried = desk.see("/desk/duties/", task="组织扫雪", unit=town.unit("街道").name)
    assert "在清单内" in tried and "JB-1" in tried
    again = desk.client.post(
        f"/desk/duties/{made.pk}/import/", {"file": workbook()}, follow=True
    ).content.decode()
    assert "导入 0 条" in again and "2 条已有" in again


def test_what_was_typed_wrong_loses_nothing(town: Town, at_desk: AtDesk) -> None:
    answer = at_desk("county").client.post("/desk/duties/new/", HEAD | {"place": "610603"})
    page = answer.content.decode()
    assert answer.status_code == 422 and "不在本单位的辖区内" in page and "宝塔区镇街清单" in page
    bad = SimpleUploadedFile("x.pdf", b"%PDF-1.4")
    assert at_desk("county").client.post("/desk/duties/new/", HEAD | {"file": bad}).status_code == 422
    assert not DutyList.objects.exists()
