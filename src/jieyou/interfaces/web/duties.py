"""职责清单: the lists, their items, taking one in from a workbook, and trying what a task would be judged as."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from jieyou.commons.lists import keeping, lookup
from jieyou.commons.lists.models import CATEGORIES, KINDS, LEVELS, DutyItem, DutyList
from jieyou.commons.reports.tasks import LARGEST
from jieyou.commons.reports.workbook import NotAWorkbook
from jieyou.interfaces.web import forms
from jieyou.interfaces.web.staff import StaffRequest, staff
from jieyou.kernel.calendar import clock
from jieyou.kernel.loop import answers
from jieyou.kernel.loop.declare import Ask
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.people.actor import Actor
from jieyou.kernel.people.roles import ADMIN, CLERK
from jieyou.kernel.people.units import current
from jieyou.kernel.places import tree
from jieyou.kernel.places.models import Place

PAGE = 200
LIST = (
    Ask("kind", "哪一种清单", "choice", choices=tuple(KINDS)),
    Ask("title", "名称", "line", at_most=120, help="如：宝塔区乡镇（街道）履职事项清单"),
    Ask("place", "适用地方（编码）", "line", at_most=12, help="县区、乡镇或村社区的编码，如 610602；对这个地方和它下面都适用"),
    Ask("unit", "只适用一个单位的，写单位", "unit", required=False),
    Ask("edition", "版本", "line", at_most=40, help="如：2025年版"),
    Ask("source", "依据文件", "line", help="文件名称和文号"),
    Ask("since", "起用日期", "day"),
    Ask("until", "停用日期", "day", required=False, help="有了新版，老的写停用日期，不要删"),
)  # fmt: skip
ITEM = (
    Ask("code", "编号", "line", at_most=40),
    Ask("category", "性质", "choice", choices=tuple(CATEGORIES)),
    Ask("topic", "类别", "line", required=False, at_most=40, help="清单自己的分类，如：民生服务"),
    Ask("text", "事项", "words", at_most=300),
    Ask("words", "关键词", "line", required=False, help="任务里常用的别的说法，用 | 隔开，如：清雪|除冰|扫雪"),
    Ask("unit", "责任单位", "unit", required=False, help="部门清单写主责部门；镇街清单写对应的上级部门、承接部门"),
    Ask("unit_name", "责任单位（系统里没有的）", "line", required=False, at_most=80),
    Ask("level", "层级", "choice", required=False, choices=tuple(LEVELS)),
    Ask("note", "说明", "words", required=False, at_most=500),
    Ask("until", "停用日期", "day", required=False),
)  # fmt: skip


@staff
def duties(request: StaffRequest) -> HttpResponse:
    """All lists that hold where the actor works, and a box to try a task."""
    _any_post(request)
    rows = DutyList.objects.select_related("place", "unit").filter(_around(request.actor))
    counted = rows.annotate(count=Count("items", filter=Q(items__until=None)))
    task, name = request.GET.get("task", "").strip()[:300], request.GET.get("unit", "").strip()
    unit = current().select_related("place").filter(name=name).first() if name else None
    said = lookup.judged(task, unit, request.GET.get("part", "lead")) if task and unit else None
    context = {
        "here": "duties", "rows": counted[:500], "today": clock.today(), "may_edit": _keeps(request.actor),
        "task": task, "name": name, "part": request.GET.get("part", "lead"), "said": said, "unknown": bool(task and not unit),
    }  # fmt: skip
    return render(request, "web/duties.html", context)


def _any_post(request: StaffRequest) -> None:
    if not request.actor.holdings:
        raise Http404("还没有岗位")


def _around(actor: Actor) -> Q:
    """Lists of the actor's own places, of those around them and of those below."""
    found = Q(pk__in=[])
    for code in {h.place_code for h in actor.holdings}:
        around = [code[:n] for n in range(2, len(code) + 1)]
        found |= Q(place__code__in=around) | Q(place__code__startswith=code)
    return found


def _keeps(actor: Actor, place: str = "") -> bool:
    """Who changes lists: 经办人 and 系统管理员 of an office, in its own territory."""
    held = (h for h in actor.holdings if h.unit_kind == "office" and h.role in (CLERK, ADMIN))
    return any(place.startswith(h.place_code) or not place for h in held)


def _list(request: StaffRequest, key: UUID, to_change: bool = True) -> DutyList:
    rows = DutyList.objects.select_related("place", "unit__place").filter(_around(request.actor))
    found = get_object_or_404(rows, pk=key)
    if to_change and not _keeps(request.actor, found.place.code):
        raise Http404("这个清单不由您维护")
    return found


@staff
def duty_list(request: StaffRequest, key: UUID) -> HttpResponse:
    """One list: its items, filtered in the address."""
    found = _list(request, key, to_change=False)
    q, category = request.GET.get("q", "").replace("\x00", "").strip(), request.GET.get("category", "")
    rows = DutyItem.objects.filter(duty_list=found).select_related("unit").order_by("id")
    rows = (
        rows.filter(
            Q(text__contains=q) | Q(code__istartswith=q) | Q(words__contains=q) | Q(unit__name__contains=q)
        )
        if q
        else rows
    )
    rows = rows.filter(category=category) if category in dict(CATEGORIES) else rows
    context = {
        "here": "duties", "list": found, "items": rows[:PAGE], "more": rows[PAGE : PAGE + 1].exists(), "q": q, "most": PAGE,
        "category": category, "categories": CATEGORIES, "may_edit": _keeps(request.actor, found.place.code),
        "today": clock.today(),
    }  # fmt: skip
    return render(request, "web/duty_list.html", context)


@staff
def new(request: StaffRequest) -> HttpResponse:
    """A new list or a new edition, with its workbook if there is one."""
    if not _keeps(request.actor):
        raise Http404("清单由社会工作部经办人、系统管理员维护")
    return _edit_list(request, DutyList(), "新建清单")


@staff
def edit(request: StaffRequest, key: UUID) -> HttpResponse:
    """Put a list's head right, or end an edition."""
    return _edit_list(request, _list(request, key), "修改清单")


def _edit_list(request: StaffRequest, row: DutyList, title: str) -> HttpResponse:
    fresh = row._state.adding
    if request.method != "POST":
        return _form(request, title, LIST, _typed(LIST, row, fresh) or _usual(request.actor), None, fresh)
    typed = forms.read(LIST, request.POST)
    try:
        values = answers.clean(LIST, forms.raw(LIST, typed))
        values["place"] = _place(request.actor, values["place"])
        for name, value in values.items():
            setattr(row, name, value)
        with transaction.atomic():
            keeping.save_list(row, request.actor.person, title)
            _with_file(request, row)
    except Refused as no:
        return _form(request, title, LIST, typed, no, fresh, status=422)
    if not request.FILES.get("file"):
        messages.success(request, f"“{row}”已保存。")
    return redirect("web:duty_list", row.pk)


def _place(actor: Actor, code: str) -> Place:
    try:
        place = tree.by_code(code)
    except tree.UnknownPlace as unknown:
        raise Refused(unknown.sentence, "place") from None
    if not _keeps(actor, place.code):
        raise Refused(f"{place.name}不在本单位的辖区内", "place")
    return place


def _with_file(request: StaffRequest, row: DutyList) -> None:
    upload = request.FILES.get("file")
    if upload is not None:
        _tell(request, _taken(row, upload, request.actor))


@require_POST
@staff
def take_in(request: StaffRequest, key: UUID) -> HttpResponse:
    """Add the items of a workbook to a list."""
    row = _list(request, key)
    upload = request.FILES.get("file")
    try:
        if upload is None:
            raise Refused("请选择表格文件", "file")
        _tell(request, _taken(row, upload, request.actor))
    except Refused as no:
        messages.warning(request, no.sentence)
    return redirect("web:duty_list", row.pk)


def _taken(row: DutyList, upload: UploadedFile, actor: Actor) -> keeping.Taken:
    if (upload.size or 0) > LARGEST:
        raise Refused("文件太大，请分成几份", "file")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list"
        with path.open("wb") as out:
            out.writelines(upload.chunks())
        try:
            return keeping.take_in(row, path, actor.person)
        except NotAWorkbook as no:
            raise Refused(no.sentence, "file") from None


def _tell(request: StaffRequest, taken: keeping.Taken) -> None:
    """What came in, and what should be looked at."""
    messages.success(
        request, f"导入 {taken.added} 条" + (f"，{taken.known} 条已有" if taken.known else "") + "。"
    )
    if taken.blank:
        rows = "、".join(f"{sheet}第 {row} 行" for sheet, row in taken.blank[:5])
        messages.warning(
            request,
            f"{len(taken.blank)} 行没有事项，没有导入：{rows}{' 等' if len(taken.blank) > 5 else ''}。",
        )
    if taken.left_out:
        messages.warning(request, f"没有“事项名称”一列的工作表没有读：{'、'.join(taken.left_out)}。")
    if taken.strange:
        messages.warning(
            request, f"系统里没有这些单位，先按原文记下，可以逐条改：{'、'.join(taken.strange[:8])}。"
        )


@staff
def item_new(request: StaffRequest, key: UUID) -> HttpResponse:
    """One more item."""
    return _edit_item(request, DutyItem(duty_list=_list(request, key)), "添加条目")


@staff
def item_edit(request: StaffRequest, key: UUID) -> HttpResponse:
    """Put an item right, or end it."""
    row = get_object_or_404(DutyItem.objects.select_related("unit"), pk=key)
    row.duty_list = _list(request, row.duty_list_id)
    return _edit_item(request, row, "修改条目")


def _edit_item(request: StaffRequest, row: DutyItem, title: str) -> HttpResponse:
    if request.method != "POST":
        return _form(request, title, ITEM, _typed(ITEM, row, row._state.adding), None, about=row.duty_list)
    typed = forms.read(ITEM, request.POST)
    try:
        for name, value in answers.clean(ITEM, forms.raw(ITEM, typed)).items():
            setattr(row, name, value)
        keeping.save_item(row, request.actor.person, title)
    except Refused as no:
        return _form(request, title, ITEM, typed, no, about=row.duty_list, status=422)
    messages.success(request, f"“{row.code}”已保存。")
    return redirect("web:duty_list", row.duty_list_id)


def _usual(actor: Actor) -> forms.Typed:
    """A new list is mostly for the office's own territory, from today."""
    code = next(h.place_code for h in actor.holdings if h.unit_kind == "office" and h.role in (CLERK, ADMIN))
    return {"place": code, "since": clock.today().isoformat()}


def _typed(asks: tuple[Ask, ...], row: DutyList | DutyItem, fresh: bool) -> forms.Typed:
    if fresh:
        return {}
    plain = {ask.name: forms.retyped(ask, getattr(row, ask.name)) for ask in asks if ask.name != "place"}
    return plain | ({"place": row.place.code} if isinstance(row, DutyList) else {})


def _form(
    request: StaffRequest, title: str, asks: tuple[Ask, ...], typed: forms.Typed, no: Refused | None, takes_file: bool = False,
    about: DutyList | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    context: dict[str, Any] = {
        "here": "duties", "title": title, "form": forms.Form(asks, typed, None, no.errors if no else None), "about": about,
        "sentence": no.sentence if no else "", "takes_file": takes_file, "file_wrong": no.errors.get("file", "") if no else "",
    }  # fmt: skip
    return render(request, "web/duty_form.html", context, status=status)
