"""常用筛选 and 显示的列: kept per person and list, changed by small forms; what was removed can be brought back."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from jieyou.interfaces.web import together
from jieyou.interfaces.web.models import Habit
from jieyou.interfaces.web.staff import StaffRequest, staff
from jieyou.kernel.calendar import clock

#: At most so many named filters a list.
MOST = 20
#: Columns that can be shown, in the order of the page; number and title always are.
COLUMNS = {
    "place": "地点", "category": "类别", "county": "县区", "stage": "进度", "holder": "承办单位", "due": "时限",
    "opened": "收到", "moved": "最近办理",
}  # fmt: skip
USUAL = frozenset(COLUMNS) - {"opened", "moved"}


@dataclass(frozen=True)
class Habits:
    """Of one person, for one list. ``removed``: the filter taken away just now."""

    views: list[Habit]
    shown: frozenset[str]
    removed: Habit | None = None

    @property
    def columns(self) -> list[tuple[str, str, bool]]:
        return [(key, words, key in self.shown) for key, words in COLUMNS.items()]


def of(account: object, loop: str, removed: str = "") -> Habits:
    """What the person keeps of this list. One query."""
    rows = list(Habit.objects.filter(account=account, loop=loop).order_by("name"))
    kept = next((frozenset(row.words.split()) for row in rows if row.kind == "columns"), USUAL)
    views = [row for row in rows if row.kind == "view"]
    gone = next((row for row in views if row.removed_at and row.pk.hex == removed), None)
    return Habits([row for row in views if row.removed_at is None], kept & frozenset(COLUMNS), gone)


def _query(request: StaffRequest) -> QueryDict:
    """The list that the form was on, without its page."""
    get = QueryDict(request.POST.get("list", "").lstrip("?"), mutable=True)
    get.pop("page", None)
    get.pop("removed", None)
    return get


@require_POST
@staff
def keep(request: StaffRequest) -> HttpResponse:
    """Keep the list's filters under a name; a name used before is given to the new ones."""
    get, name = _query(request), request.POST.get("name", "").replace("\0", "").strip()[:20]
    loop, here = together.loop_of(get.get("loop", "")), together.back(get.urlencode())
    if not name:
        messages.warning(request, "请给这组筛选起个名字，再保存。")
        return redirect(here)
    mine = Habit.objects.filter(account=request.user, loop=loop.code, kind="view")
    if mine.filter(removed_at=None).exclude(name=name).count() >= MOST:
        messages.warning(request, f"常用筛选最多 {MOST} 个，请先删掉不用的。")
        return redirect(here)
    values = {"words": get.urlencode()[:1000], "removed_at": None}
    mine.update_or_create(account=request.user, loop=loop.code, kind="view", name=name, defaults=values)
    messages.success(request, f"已存为常用筛选“{name}”，只有您自己看得到。")
    return redirect(here)


@require_POST
@staff
def remove(request: StaffRequest, key: UUID) -> HttpResponseBase:
    """Take a named filter away, or (``undo``) bring back the one taken away last."""
    found = get_object_or_404(Habit, pk=key, account=request.user, kind="view")
    get = _query(request)
    if request.POST.get("undo"):
        Habit.objects.filter(pk=key).update(removed_at=None)
        messages.success(request, f"“{found.name}”已恢复。")
        return redirect(together.back(get.urlencode()))
    Habit.objects.filter(account=request.user).exclude(removed_at=None).delete()
    Habit.objects.filter(pk=key).update(removed_at=clock.now())
    return redirect(together.back(get.urlencode() + "&" + urlencode({"removed": key.hex})))


@require_POST
@staff
def columns(request: StaffRequest) -> HttpResponse:
    """Which columns the person wants to see in this list."""
    get = _query(request)
    loop = together.loop_of(get.get("loop", ""))
    wanted = " ".join(key for key in COLUMNS if key in request.POST.getlist("column"))
    mine = {"account": request.user, "loop": loop.code, "kind": "columns", "name": ""}
    Habit.objects.update_or_create(**mine, defaults={"words": wanted, "removed_at": None})
    return redirect(together.back(get.urlencode()))
