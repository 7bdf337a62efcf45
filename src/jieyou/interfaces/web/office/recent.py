"""变更记录: what was changed in the settings, by whom and why; taking a change back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from jieyou.commons.changes import making
from jieyou.commons.changes.models import Change
from jieyou.interfaces.web.office.tables import ALL
from jieyou.interfaces.web.office.territory import Keeper, KeeperRequest, edits, keeper_of, reads
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.people.models import Account
from jieyou.kernel.people.posts import actor_of
from jieyou.kernel.people.terms import BadPost

FEW, PAGE = 8, 50
TITLES = {slug: one.title for slug, one in ALL.items()} | {
    "calendar": "工作日历",
    "people": "人员与岗位",
    "handover": "移交",
    "units": "单位",
    "places": "辖区",
    "recusals": "回避",
}


def inside(keeper: Keeper) -> QuerySet[Change]:
    """The changes of a territory, the newest first."""
    rows = Change.objects.select_related("place", "undone_by")
    return rows if keeper.whole else rows.filter(keeper.inside())


def of(keeper: Keeper, what: str, subject: str = "") -> list[Change]:
    """The latest changes of one page, for the card below it."""
    rows = inside(keeper).filter(what=what)
    return list((rows.filter(subject=subject) if subject else rows)[:FEW])


@reads
def changes(request: KeeperRequest) -> HttpResponse:
    """All changes of the territory, by kind."""
    what, page = request.GET.get("what", ""), page_of(request)
    rows = inside(request.keeper)
    rows = rows.filter(what=what) if what in TITLES else rows
    found = list(rows[(page - 1) * PAGE : page * PAGE + 1])
    context = {
        "here": "settings", "rows": found[:PAGE], "more": len(found) > PAGE, "page": page, "what": what, "titles": TITLES,
        "keeper": request.keeper,
    }  # fmt: skip
    return render(request, "web/office/changes.html", context)


def page_of(request: HttpRequest) -> int:
    """The page of a list that was asked for, from 1."""
    typed = request.GET.get("page", "")
    return min(max(int(typed), 1), 10_000) if typed.isdecimal() and len(typed) < 6 else 1


@require_POST
@edits
def undo(request: KeeperRequest, key: UUID) -> HttpResponse:
    """Take a change back."""
    made = get_object_or_404(inside(request.keeper), pk=key)
    try:
        if not request.keeper.whole and _by_the_city(made):
            raise Refused("这是市里的系统管理员改的，请市里撤销")
        making.undo(made, request.actor)
    except (Refused, BadPost) as no:
        messages.warning(request, f"不能撤销“{made.title}”：{no.sentence}。")
    else:
        messages.success(request, f"已撤销：{made.title}。")
    back = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure())
    return redirect(back if back and ours else resolve_url("web:setting_changes"))


def _by_the_city(made: Change) -> bool:
    """Was it made by somebody who keeps the whole city? A county does not take that back."""
    account = Account.objects.filter(pk=UUID(made.person)).first() if len(made.person) == 32 else None
    keeper = keeper_of(actor_of(account)) if account else None
    return keeper is not None and keeper.whole
