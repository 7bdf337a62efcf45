"""辖区: founding, renaming, moving, merging places from a day, with their history. Nothing is deleted."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from jieyou.commons.changes import bodies
from jieyou.interfaces.web.office import acts, recent
from jieyou.interfaces.web.office.acts import Act
from jieyou.interfaces.web.office.pages import WHY
from jieyou.interfaces.web.office.territory import Keeper, KeeperRequest, edits, reads
from jieyou.kernel.calendar import clock
from jieyou.kernel.loop.declare import Ask
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.people.units import current
from jieyou.kernel.places import tree
from jieyou.kernel.places.models import Place, Succession

PLACES = (("系统设置", "/desk/settings/"), ("辖区", "/desk/settings/places/"))
CODE = "辖区的编码，如 610602；也可以写本辖区里没有重名的名称"
ON = Ask("on", "从哪天起", "day", help="不能晚于今天；批复上的日期")
NEW_CODE = Ask("code", "新编码", "line", required=False, at_most=20, help="不写就自动编")
PARENT = Ask("parent", "划到哪个上级下面", "line", at_most=40, help=CODE)
INTO = Ask("into", "并入哪个辖区", "line", at_most=40, help=CODE)
NAME = Ask("name", "名称", "line", at_most=80)


def place_of(keeper: Keeper, typed: str, field: str = "place") -> Place:
    """A place of the territory by its code, or by a name that only one has there."""
    text = typed.strip()
    if text[:1].isdecimal():
        found = tree.by_code(text)
    else:
        named = list(tree.under(keeper.place).filter(name=text)[:2])
        if len(named) != 1:
            raise Refused(f"{'有几个' if named else '没有'}叫“{text}”的辖区，请写编码", field)
        found = named[0]
    if not keeper.covers(found.code):
        raise Refused(f"{found.name}不在{keeper.place.name}，不由您管", field)
    return found


@reads
def places(request: KeeperRequest) -> HttpResponse:
    """One place of the territory: what lies below it, its codes and its history."""
    keeper, typed = request.keeper, request.GET.get("at", "").replace("\x00", "").strip()[:40]
    sentence = ""
    try:
        place = place_of(keeper, typed) if typed else keeper.place
    except acts.NO as no:
        place, sentence = keeper.place, acts.refused(no).sentence
    context = {
        "here": "settings", "place": place, "keeper": keeper, "sentence": sentence, "typed": typed,
        "line": [one for one in tree.chain(place) if keeper.covers(one.code)], "children": list(tree.children(place)),
        "codes": place.codes.all(), "history": _history(place), "units": current().filter(place=place).order_by("kind", "name"),
        "acts": [one for one in PLACE_ACTS.values() if keeper.edits and one.fits(place) and (one.slug == "found" or place != keeper.place)],
        "recent": recent.of(keeper, bodies.PLACES),
    }  # fmt: skip
    return render(request, "web/office/places.html", context)


def _history(place: Place) -> list[Succession]:
    rows = Succession.objects.filter(Q(before=place) | Q(after=place)).order_by("-on", "-id")
    return list(rows[:50])


def _found(request: KeeperRequest, row: Place, given: dict[str, Any]) -> str:
    code = given["code"].replace(" ", "")
    return bodies.found_place(given["name"], code, given["on"], request.actor, given["why"], row).title


def _rename_place(request: KeeperRequest, row: Place, given: dict[str, Any]) -> str:
    return bodies.rename_place(row, given["name"], given["on"], request.actor, given["why"]).title


def _move_place(request: KeeperRequest, row: Place, given: dict[str, Any]) -> str:
    parent = place_of(request.keeper, given["parent"], "parent")
    return bodies.move_place(row, parent, given["code"], given["on"], request.actor, given["why"]).title


def _merge_place(request: KeeperRequest, row: Place, given: dict[str, Any]) -> str:
    into = place_of(request.keeper, given["into"], "into")
    return bodies.merge_places([row], into, given["on"], request.actor, given["why"]).title


def _no_grid(row: Place) -> bool:
    return row.level != "grid"


def _code_ask(row: Place) -> Ask:
    return Ask("code", "编码", "line", at_most=20, help=f"以 {row.code} 开头；网格写村（社区）编码加 g1、g2")


TURN = "登记以后不能撤销；登记错了，再登记一次更正。在办的事自动跟着走，办结的还按当时的编码。"
PLACE_ACTS: dict[str, Act[Place]] = {one.slug: one for one in (
    Act("found", "在下面新设", "plus", lambda request, row: (NAME, _code_ask(row), ON, WHY), _found, _no_grid, TURN),
    Act("rename", "更名", "pencil", lambda *_: (NAME, ON, WHY), _rename_place, says=TURN),
    Act("move", "划转", "arrow-right", lambda *_: (PARENT, NEW_CODE, ON, WHY), _move_place, says=TURN),
    Act("merge", "并入另一个辖区", "map-2", lambda *_: (INTO, ON, WHY), _merge_place, says=TURN),
)}  # fmt: skip


@edits
def place_act(request: KeeperRequest, key: UUID, slug: str) -> HttpResponse:
    """One thing that is done with a place."""
    place = get_object_or_404(tree.under(request.keeper.place), pk=key)
    one = PLACE_ACTS.get(slug)
    if one is None or not one.fits(place) or (slug != "found" and place == request.keeper.place):
        raise Http404("这个辖区不能这样办，或者由上一级办")
    back = f"{reverse('web:places_kept')}?at={place.code}"
    page = acts.FormPage(f"{one.title}：{place.name}", (*PLACES, (place.name, back)), one.says)
    usual = {"name": place.name if slug == "rename" else "", "code": place.code if slug == "found" else ""}
    return acts.run(request, one, place, page, usual | {"on": clock.today().isoformat()})
