"""单位: adding, renaming with history, merging, closing from a day, other names for importing. Nothing is deleted."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from jieyou.commons.changes import bodies
from jieyou.interfaces.web import forms
from jieyou.interfaces.web.office import acts, recent
from jieyou.interfaces.web.office.acts import Act
from jieyou.interfaces.web.office.pages import WHY
from jieyou.interfaces.web.office.people import inside
from jieyou.interfaces.web.office.places import CODE, place_of
from jieyou.interfaces.web.office.territory import Keeper, KeeperRequest, edits, reads
from jieyou.kernel.calendar import clock
from jieyou.kernel.ledger import tracked
from jieyou.kernel.loop import answers
from jieyou.kernel.loop.declare import Ask
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.people.models import Alias, Post, Unit
from jieyou.kernel.people.terms import in_force

PAGE = 50
UNITS = (("系统设置", "/desk/settings/"), ("单位", "/desk/settings/units/"))
ALIAS = Ask("alias", "别名", "line", at_most=80, help="老台账、公布的清单里的写法，如：区热力站")


@reads
def units(request: KeeperRequest) -> HttpResponse:
    """The units of the territory, found by name, kind, or having nobody."""
    keeper, q = request.keeper, request.GET.get("q", "").replace("\x00", "").strip()[:40]
    kind, page = request.GET.get("kind", ""), recent.page_of(request)
    held = Q(posts__in=Post.objects.filter(in_force(clock.today()), account__is_active=True))
    rows = _narrowed(Unit.objects.filter(keeper.inside()), q, kind).annotate(
        people=Count("posts__account", held, distinct=True)
    )
    rows = rows.filter(people=0, until=None) if kind == "empty" else rows
    found = list(
        rows.select_related("place").order_by("until", "place__code", "name")[
            (page - 1) * PAGE : page * PAGE + 1
        ]
    )
    context = {
        "here": "settings", "rows": found[:PAGE], "more": len(found) > PAGE, "page": page, "q": q, "kind": kind, "keeper": keeper,
        "kinds": (*Unit.KINDS, ("empty", "没有人的"), ("closed", "已撤销的")), "today": clock.today(), "query": urlencode({"q": q, "kind": kind}),
        "recent": recent.of(keeper, bodies.UNITS),
    }  # fmt: skip
    return render(request, "web/office/units.html", context)


def _narrowed(rows: QuerySet[Unit], q: str, kind: str) -> QuerySet[Unit]:
    there = Q(until=None) | Q(until__gt=clock.today())
    rows = rows.exclude(there) if kind == "closed" else rows.filter(there)
    if q:
        rows = rows.filter(Q(name__contains=q) | Q(short__contains=q) | Q(place__name__contains=q))
    return rows.filter(kind=kind) if kind in dict(Unit.KINDS) else rows


@reads
def unit(request: KeeperRequest, key: UUID) -> HttpResponse:
    """One unit: its names of all times, other names, what lies there, what can be done."""
    found = _unit(request.keeper, key)
    open_ = found.until is None
    context = {
        "here": "settings", "unit": found, "keeper": request.keeper, "aliases": Alias.objects.filter(unit=found, until=None),
        "names": _names(found), "goes": bodies.merging(found), "today": clock.today(),
        "recent": recent.of(request.keeper, bodies.UNITS, found.pk.hex),
        "acts": [one for one in UNIT_ACTS.values() if request.keeper.edits and open_ and one.fits(found)],
    }  # fmt: skip
    return render(request, "web/office/unit.html", context)


def _unit(keeper: Keeper, key: UUID) -> Unit:
    return get_object_or_404(Unit.objects.filter(keeper.inside()).select_related("place"), pk=key)


def _names(found: Unit) -> list[tuple[str, Any]]:
    """Every name the unit had, with the time at which it was entered, the newest first."""
    names: list[tuple[str, Any]] = []
    for change in tracked.history(found):
        name = (change.fields or {}).get("name", "")
        if name and (not names or names[-1][0] != name):
            names.append((name, change.at))
    return names[::-1]


KIND = Ask("kind", "哪一类", "choice", choices=tuple(Unit.KINDS))
NEW_UNIT = (
    Ask("name", "全称", "line", at_most=80), Ask("short", "简称", "line", required=False, at_most=40, help="台账、清单里常写的，导入时认得"),
    KIND, Ask("place", "辖区", "line", at_most=40, help=CODE),
    Ask("prefix", "编号字头", "line", required=False, at_most=4, help="只有社会工作部要写，如 BT，编号就是 BT-2026-0001"), WHY,
)  # fmt: skip


@edits
def unit_new(request: KeeperRequest) -> HttpResponse:
    """One more unit."""
    page = acts.FormPage("新增单位", UNITS)
    if request.method != "POST":
        return acts.form(request, page, NEW_UNIT, {"place": request.keeper.code})
    typed = forms.read(NEW_UNIT, request.POST)
    try:
        given = answers.clean(NEW_UNIT, forms.raw(NEW_UNIT, typed))
        if given["kind"] == "office" and not request.keeper.whole:
            raise Refused("社会工作部由市里的系统管理员设立", "kind")
        place = place_of(request.keeper, given["place"])
        _, made = bodies.add_unit(
            given["name"], given["short"], given["kind"], place, given["prefix"], request.actor, given["why"]
        )
    except acts.NO as no:
        return acts.form(request, page, NEW_UNIT, typed, acts.refused(no))
    messages.success(request, f"已设立{made.name}。")
    return redirect("web:unit", made.pk)


def _rename(request: KeeperRequest, row: Unit, given: dict[str, Any]) -> str:
    bodies.rename_unit(row, given["name"], given["short"], request.actor, given["why"])
    return "已更名，原来的名字留在记录里；已经印发的公文不变"


def _move(request: KeeperRequest, row: Unit, given: dict[str, Any]) -> str:
    place = place_of(request.keeper, given["place"])
    bodies.move_unit(row, place, request.actor, given["why"])
    return f"已划归{place.name}"


def _alias(request: KeeperRequest, row: Unit, given: dict[str, Any]) -> str:
    bodies.add_alias(row, given["alias"], request.actor, given["why"])
    return "别名已增加，导入台账、清单、人员时认得"


def _merge(request: KeeperRequest, row: Unit, given: dict[str, Any]) -> str:
    into = inside(request.keeper, given["into"])
    made = bodies.merge_unit(row, into, given["people"], request.actor, given["why"])
    return made.title


def _close(request: KeeperRequest, row: Unit, given: dict[str, Any]) -> str:
    return bodies.close_unit(row, given["on"], request.actor, given["why"]).title


def _no_office(row: Unit) -> bool:
    return row.kind != "office"


UNIT_ACTS: dict[str, Act[Unit]] = {one.slug: one for one in (
    Act("rename", "更名", "pencil", lambda *_: (Ask("name", "全称", "line", at_most=80), Ask("short", "简称", "line", at_most=40), WHY), _rename),
    Act("alias", "增加别名", "plus", lambda *_: (ALIAS, WHY), _alias),
    Act("move", "划转", "arrow-right", lambda *_: (Ask("place", "划归哪个辖区", "line", at_most=40, help=CODE), WHY), _move, _no_office),
    Act("merge", "并入别的单位", "building", lambda *_: (
        Ask("into", "并入哪个单位", "unit"), Ask("people", "人员的岗位一起转过去", "yes"), WHY), _merge, _no_office,
        "在办的事今天全部转到并入的单位，每一件的办理记录里写上一笔；本单位今天撤销。合并不能撤销，请先看清楚。"),
    Act("close", "撤销单位", "ban", lambda *_: (Ask("on", "从哪天起撤销", "day"), WHY), _close, _no_office,
        "没有在办的事才能撤销；岗位同时结束。单位不会删除，老记录照样看得到。"),
)}  # fmt: skip


@edits
def unit_act(request: KeeperRequest, key: UUID, slug: str) -> HttpResponse:
    """One thing that is done with a unit."""
    found, one = _unit(request.keeper, key), UNIT_ACTS.get(slug)
    if one is None or found.until is not None or not one.fits(found):
        raise Http404("这个单位不能这样办")
    page = acts.FormPage(
        f"{one.title}：{found.name}", (*UNITS, (found.name, reverse("web:unit", args=[found.pk]))), one.says
    )
    usual = {"name": found.name, "short": found.short, "on": clock.today().isoformat(), "people": True}
    return acts.run(request, one, found, page, usual)


@require_POST
@edits
def alias_end(request: KeeperRequest, key: UUID) -> HttpResponse:
    """An alias is no more."""
    rows = Alias.objects.filter(request.keeper.inside("unit__place"), until=None).select_related(
        "unit__place"
    )
    row = get_object_or_404(rows, pk=key)
    made = bodies.end_alias(row, request.actor, "停用别名")
    messages.success(request, f"已保存：{made.title}。")
    return redirect("web:unit", row.unit_id)
