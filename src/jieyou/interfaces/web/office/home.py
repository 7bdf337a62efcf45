"""系统设置: what can be set, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from jieyou.interfaces.web.office import health
from jieyou.interfaces.web.office.tables import ALL
from jieyou.interfaces.web.office.territory import KeeperRequest, reads


@dataclass(frozen=True)
class Page:
    """One page of settings and what it is for."""

    title: str
    icon: str
    does: str
    url: str


@reads
def settings_(request: KeeperRequest) -> HttpResponse:
    """What is missing, with the page where it is mended; and all pages."""
    context = {
        "here": "settings",
        "keeper": request.keeper,
        "findings": health.findings(request.keeper),
        "pages": _pages(request.keeper.edits),
    }
    return render(request, "web/office/home.html", context)


def _pages(edits: bool) -> list[Page]:
    by_hand = [
        Page("人员与岗位", "users", "账号、任职、代理、移交岗位和待办，从表格导入人员。", reverse("web:people")),
        Page("单位", "building", "新增、更名、合并、撤销单位；导入时认得的简称和别名。", reverse("web:units")),
        Page("辖区", "map-2", "市、县、镇、村、网格的新设、更名、划转、合并，带沿革。", reverse("web:places_kept")),
        Page("工作日历", "calendar", "节假日、调休上班、本地放假；录入国务院通知前先看时限怎么变。", reverse("web:calendar")),
    ]  # fmt: skip
    declared = [
        Page(one.title, one.icon, one.does, reverse("web:setting", args=[one.slug])) for one in ALL.values()
    ]
    elsewhere = [
        Page(
            "职责清单",
            "scale",
            "部门、镇街、村社区的职责清单，交办时校验用。",
            reverse("web:duties"),
        ),
        Page("回避", "eye-off", "谁对哪件事回避、什么理由；由经办人、部领导登记。", reverse("web:recusals")),
        Page(
            "公文字号和模板",
            "file-text",
            "发文字头、编号、要不要签批，换成自己的 Word 模板。",
            reverse("web:paper_settings") if edits else "",
        ),
        Page("派单规则", "arrow-right", "什么样的事交给哪个单位。", reverse("web:routing")),
        Page(
            "研判模型",
            "message-report",
            "建议类别的模型：训练、启用、回退，人是不是还同意。",
            reverse("web:models"),
        ),
    ]
    return [*by_hand, *declared, *elsewhere]
