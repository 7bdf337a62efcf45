"""List and form of every declared page of settings: what holds where, from when, on whose word; changing it; its history."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from jieyou.commons.changes import making
from jieyou.interfaces.web import forms
from jieyou.interfaces.web.office import recent
from jieyou.interfaces.web.office.declared import Setting
from jieyou.interfaces.web.office.tables import ALL
from jieyou.interfaces.web.office.territory import Keeper, KeeperRequest, edits, reads
from jieyou.kernel.calendar import clock, store
from jieyou.kernel.loop import amend, answers
from jieyou.kernel.loop.declare import Ask
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.loop.timing import reckon
from jieyou.kernel.places import tree
from jieyou.kernel.places.models import Place

MANY, PAGE = 60, 100
WHY = Ask("why", "为什么改", "line", help="会议、文件或者原因，记录在案")
EVERYWHERE = "all"


@dataclass
class Line:
    """One thing that can be set: its rows as they hold, the widest place first, then by day."""

    key: str
    title: str
    rows: list[Any]
    says: list[tuple[Any, str, str]] = field(default_factory=list)
    due: str = ""


def setting_or_404(slug: str) -> Setting:
    if slug not in ALL:
        raise Http404("没有这一项设置")
    return ALL[slug]


@reads
def table(request: KeeperRequest, slug: str) -> HttpResponse:
    """Everything that can be set on one page, and what holds now."""
    one = setting_or_404(slug)
    q = request.GET.get("q", "").replace("\x00", "").strip()[:40]
    lines = _lines(one, request.keeper, q)
    start, wrong = _start(request) if one.reckons else (None, "")
    if start is not None:
        for line in lines:
            line.due = _due(line, start)
    context = {
        "here": "settings", "one": one, "groups": _grouped(one, lines[:PAGE]), "q": q, "many": len(lines) > MANY or bool(q),
        "more": len(lines) > PAGE, "keeper": request.keeper, "may_edit": may_edit(one, request.keeper), "start": start, "wrong": wrong,
        "today": clock.today(), "recent": recent.of(request.keeper, one.slug),
    }  # fmt: skip
    return render(request, "web/office/table.html", context)


def may_edit(one: Setting, keeper: Keeper, key: str = "") -> bool:
    """Dated rules may differ between places; the rest holds for the whole city."""
    return keeper.edits and (keeper.whole or (one.dated and key not in one.wide))


def _lines(one: Setting, keeper: Keeper, q: str) -> list[Line]:
    found: dict[str, list[Any]] = {key: [] for key in one.names}
    for row in _rows(one, keeper):
        found.setdefault(str(getattr(row, one.key)), []).append(row)
    lines = [Line(key, one.title_of(key, rows), rows) for key, rows in found.items()]
    for line in lines:
        line.says = [_said(one, row) for row in line.rows]
    return [line for line in lines if q in line.title or any(q in words for _, words, _ in line.says)]


def _rows(one: Setting, keeper: Keeper) -> list[Any]:
    """The rows that hold or will hold in the territory, in the order in which they came, the widest place first."""
    if not one.dated:
        return list(one.model._default_manager.all())
    rows = list(one.model._default_manager.filter(keeper.around()).select_related("place"))
    came = {key: n for n, key in enumerate(str(getattr(row, one.key)) for row in sorted(rows, key=_age))}
    alive = [row for row in rows if row.until is None or row.until > max(row.since, clock.today())]
    return sorted(alive, key=lambda row: (came[str(getattr(row, one.key))], _width(row), row.since))


def _age(row: Any) -> tuple[Any, Any]:
    return row.pk, row.since


def _said(one: Setting, row: Any) -> tuple[Any, str, str]:
    """A row with what it says and on whose word."""
    return row, one.says(row), getattr(row, "basis", "") or getattr(row, "note", "")


def _width(row: Any) -> str:
    return row.place.code if row.place else ""


def _grouped(one: Setting, lines: list[Line]) -> list[tuple[str, list[Line]]]:
    groups: dict[str, list[Line]] = {}
    for line in lines:
        groups.setdefault(one.grouped(line.rows[0]) if line.rows else "", []).append(line)
    return list(groups.items())


def _start(request: KeeperRequest) -> tuple[date | None, str]:
    typed = request.GET.get("start", "").strip()
    try:
        return answers.clean_one(Ask("start", "起算日期", "day", required=False), typed), ""
    except Refused as no:
        return None, no.sentence


def _due(line: Line, start: date) -> str:
    """When a clock that starts on the day runs out, by the rule that the territory has on that day."""
    held = [row for row in line.rows if row.since <= start and (row.until is None or row.until > start)]
    if not held:
        return "那天还没有这条规定"
    row = max(held, key=lambda r: (len(_width(r)), r.since))
    due, provisional = reckon(clock.at(start, 9), row.length, row.unit, row.roll, store.days())
    if row.unit == "hour":
        return f"9 时起算，{clock.local(due)} {due.astimezone(clock.ZONE):%H:%M}"
    return f"{clock.local(due)}{'（暂定）' if provisional else ''}"


@edits
def edit(request: KeeperRequest, slug: str, key: str) -> HttpResponse:
    """Change one rule from a day on, for a place; or put a plain row right."""
    one = setting_or_404(slug)
    if not may_edit(one, request.keeper, key):
        raise Http404("这一项由市里的系统管理员设置")
    return _dated(request, one, key) if one.dated else _plain(request, one, key)


def _dated(request: KeeperRequest, one: Setting, key: str) -> HttpResponse:
    keeper = request.keeper
    rows = [row for row in _rows(one, keeper) if str(getattr(row, one.key)) == key]
    if not rows and key not in one.names:
        raise Http404("没有这一条")
    asks = (_place_ask(keeper, one, key), *one.asks, *_day_asks(), WHY)
    title = one.title_of(key, rows)
    if request.method == "POST":
        typed, no = forms.read(asks, request.POST), None
        try:
            _amend(request, one, key, title, answers.clean(asks, forms.raw(asks, typed)))
        except Refused as refused:
            no = refused
        else:
            return redirect("web:setting", slug=one.slug)
        return _form(request, one, title, asks, typed, no, rows, key)
    place = _place(request.GET.get("place", ""), keeper)
    now = _holding(rows, place)
    typed = one.filled(now) | {
        "place": place.code if place else EVERYWHERE,
        "since": clock.today().isoformat(),
    }
    return _form(request, one, title, asks, typed, None, rows, key)


def _day_asks() -> tuple[Ask, ...]:
    return (
        Ask("since", "从哪天起用", "day"),
        Ask(
            "back",
            "从过去的日期起",
            "yes",
            help="一般不勾。勾了也不改正在走的时限，只影响以后按那些日子补录、起算的",
        ),
    )


def _place_ask(keeper: Keeper, one: Setting, key: str) -> Ask:
    own = (keeper.code, f"{keeper.place.name}单独规定")
    if keeper.whole:
        below = [(place.code, f"{place.name}单独规定") for place in tree.children(keeper.place)]
        choices = ((EVERYWHERE, "全市"), *(() if key in one.wide else below))
    else:
        choices = (own, *((place.code, f"{place.name}单独规定") for place in tree.children(keeper.place)))
    return Ask("place", "适用哪里", "choice", choices=choices)


def _place(code: str, keeper: Keeper) -> Place | None:
    """The place that was asked for, in the territory; none: the whole city."""
    if not code and keeper.whole:
        return None
    if code in ("", EVERYWHERE) or not keeper.covers(code):
        return None if keeper.whole else keeper.place
    try:
        return tree.by_code(code)
    except tree.UnknownPlace:
        return keeper.place


def _holding(rows: list[Any], place: Place | None) -> Any:
    """What holds at a place today, else what will."""
    code = place.code if place else ""
    fit = [row for row in rows if code.startswith(_width(row)) and row.since <= clock.today()]
    return max(fit or rows, key=lambda row: (len(_width(row)), row.since), default=None)


def _amend(request: KeeperRequest, one: Setting, key: str, title: str, given: dict[str, Any]) -> None:
    keeper, actor = request.keeper, request.actor
    place = None if given["place"] == EVERYWHERE else tree.by_code(given["place"])
    kept = {ask.name: given[ask.name] for ask in one.asks}
    faults = one.judge(key, kept)
    if faults:
        raise Refused("；".join(faults.values()), errors=faults)
    values = one.values(kept)
    where = place.name if place else "全市"
    with making.change(one.slug, title, actor, given["why"], place or keeper.place, key) as made:
        more = _carried(one, key)
        row = amend.amend(
            one.model, {one.key: key}, place, given["since"], actor.person, made.why, more | values, given["back"]
        )  # fmt: skip
        made.title = f"{title}（{where}）从{row.since}起：{one.says(row)}"  # type: ignore[attr-defined]
    messages.success(request, f"已保存：{made.title}。下面“最近的变更”里可以撤销。")


def _carried(one: Setting, key: str) -> dict[str, Any]:
    """What a new row takes over from the one before: its title, what starts and stops a clock."""
    names = [
        f.name for f in one.model._meta.concrete_fields if f.name in ("title", "starts", "stops", "roll")
    ]
    last = one.model._default_manager.filter(**{one.key: key}).order_by("-since").first()
    return {name: getattr(last, name) for name in names} if last else {}


def _form(
    request: KeeperRequest, one: Setting, title: str, asks: tuple[Ask, ...], typed: forms.Typed, no: Refused | None,
    rows: list[Any], key: str,
) -> HttpResponse:  # fmt: skip
    form = forms.Form(asks, typed, None, no.errors if no else {})
    context = {
        "here": "settings", "one": one, "title": title, "form": form, "sentence": no.sentence if no else "", "key": key,
        "says": [_said(one, row) for row in rows], "today": clock.today(), "keeper": request.keeper,
        "own": [row for row in rows if one.dated and row.until is None and _may_end(one, row, request.keeper)],
        "recent": recent.of(request.keeper, one.slug, key),
    }  # fmt: skip
    return render(request, "web/office/edit.html", context, status=422 if no else 200)


def _may_end(one: Setting, row: Any, keeper: Keeper) -> bool:
    """A place's own rule can be given up; the city's only where something holds without it."""
    return keeper.covers(row.place.code) if row.place else keeper.whole and bool(one.unset)


@require_POST
@edits
def end(request: KeeperRequest, slug: str, key: str) -> HttpResponse:
    """From today a place has no rule of its own any more."""
    one, keeper, actor = setting_or_404(slug), request.keeper, request.actor
    code = request.POST.get("place", "")
    place = None if code == EVERYWHERE else get_object_or_404(tree.current(), code=code)
    allowed = keeper.covers(code) if place else keeper.whole and bool(one.unset)
    if not one.dated or not allowed or not may_edit(one, keeper, key):
        raise Http404("这一项不由您设置")
    try:
        title = f"{one.title_of(key, list(amend.rows_at(one.model, {one.key: key}, place)[:1]))}（{place or '全市'}）不再单独规定"
        with making.change(
            one.slug, title, actor, request.POST.get("why", "") or "不再单独规定", place or keeper.place, key
        ) as made:
            amend.end(one.model, {one.key: key}, place, clock.today(), actor.person, made.why)
    except Refused as no:
        messages.warning(request, no.sentence)
    else:
        messages.success(request, f"已保存：{made.title}。")
    return redirect("web:setting", slug=one.slug)


def _plain(request: KeeperRequest, one: Setting, key: str) -> HttpResponse:
    row: Any = get_object_or_404(one.model, **{one.key: key})
    asks, title = (*one.asks, WHY), one.named(row)
    if request.method != "POST":
        return _form(request, one, title, asks, one.filled(row), None, [row], key)
    return _keep(request, one, row, asks, title, key)


@edits
def new(request: KeeperRequest, slug: str) -> HttpResponse:
    """One more row of a plain page."""
    one = setting_or_404(slug)
    if not one.fresh or not may_edit(one, request.keeper):
        raise Http404("这一项不能新增")
    asks = (*one.fresh, *one.asks, WHY)
    if request.method != "POST":
        return _form(request, one, f"新增：{one.title}", asks, {}, None, [], "")
    return _keep(request, one, one.model(), asks, f"新增：{one.title}", "")


def _keep(
    request: KeeperRequest, one: Setting, row: Any, asks: tuple[Ask, ...], title: str, key: str
) -> HttpResponse:
    typed, actor = forms.read(asks, request.POST), request.actor
    try:
        given = answers.clean(asks, forms.raw(asks, typed))
        values = {ask.name: given[ask.name] for ask in asks if ask is not WHY}
        faults = _taken(one, values) if not key else one.judge(key, values)
        if faults:
            raise Refused("；".join(faults.values()), errors=faults)
        with making.change(one.slug, title, actor, given["why"], request.keeper.place, key) as made:
            one.save(row, one.values(values), actor.person, made.why)
            made.title = f"{one.named(row)}：{one.says(row) or '已保存'}"
            made.subject = key or str(getattr(row, one.key))
    except Refused as no:
        return _form(request, one, title, asks, typed, no, [row] if key else [], key)
    messages.success(request, f"已保存：{made.title}。下面“最近的变更”里可以撤销。")
    return redirect("web:setting", slug=one.slug)


def _taken(one: Setting, values: dict[str, Any]) -> dict[str, str]:
    names = {ask.name: values[ask.name] for ask in one.fresh}
    there = one.model._default_manager.filter(**names).exists()
    return {one.fresh[-1].name: "已经有了，请直接修改那一条"} if there else {}
