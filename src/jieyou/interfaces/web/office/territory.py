"""Who keeps the settings of which territory: a 系统管理员 of an office his own place and below; a 安全审计员 reads the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.db.models import Q
from django.http import Http404, HttpResponseBase

from jieyou.interfaces.web.staff import StaffRequest, staff
from jieyou.kernel.people.actor import Actor, Holding
from jieyou.kernel.people.roles import ADMIN, AUDITOR
from jieyou.kernel.people.units import current
from jieyou.kernel.places import tree
from jieyou.kernel.places.models import Place

P = ParamSpec("P")
NOBODY = "这个页面由系统管理员使用"


@dataclass(frozen=True)
class Keeper:
    """The widest territory that somebody keeps. ``edits`` is false for the 安全审计员.

    ``whole``: he keeps what holds everywhere. That is the city's, or a county's where no office lies outside of it (a county
    that works with Jieyou by itself).
    """

    actor: Actor
    place: Place
    edits: bool
    whole: bool

    @property
    def code(self) -> str:
        return self.place.code

    def covers(self, code: str) -> bool:
        """Does this place lie in the territory?"""
        return code.startswith(self.code)

    def inside(self, column: str = "place") -> Q:
        """Rows whose place lies in the territory."""
        low, high = tree.within(self.code)
        return Q(**{f"{column}__code__gte": low, f"{column}__code__lt": high})

    def around(self, column: str = "place") -> Q:
        """Rows that hold in the territory: everywhere, at the places around it, in it."""
        above = [self.code[:n] for n in (4, 6, 9) if n < len(self.code)]
        return Q(**{column: None}) | Q(**{f"{column}__code__in": above}) | self.inside(column)


class KeeperRequest(StaffRequest):
    """A request of somebody who keeps a territory."""

    keeper: Keeper


View = Callable[Concatenate[KeeperRequest, P], HttpResponseBase]


def keeper_of(actor: Actor) -> Keeper | None:
    """The widest territory that the actor keeps or, failing that, audits; none for everybody else."""
    for role in (ADMIN, AUDITOR):
        held = [h for h in actor.holdings if h.role == role and h.unit_kind == "office"]
        if held:
            place = tree.by_code(_widest(held))
            return Keeper(actor, place, role == ADMIN, whole(place))
    return None


def whole(place: Place) -> bool:
    """Does what its office keeps hold everywhere?"""
    return place.level == "city" or _alone(place)


def _alone(place: Place) -> bool:
    """Is there no office outside of this place?"""
    low, high = tree.within(place.code)
    return not current().filter(kind="office").exclude(place__code__gte=low, place__code__lt=high).exists()


def _widest(held: list[Holding]) -> str:
    return min((h.place_code for h in held), key=len)


def reads(view: View[P]) -> Callable[Concatenate[Any, P], HttpResponseBase]:
    """Only for who keeps or audits a territory; for everybody else the page is not there."""

    @wraps(view)
    def kept(request: Any, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        found = keeper_of(request.actor)
        if found is None or (request.method == "POST" and not found.edits):
            raise Http404(NOBODY)
        request.keeper = found
        return view(request, *args, **kwargs)

    return staff(kept)


def edits(view: View[P]) -> Callable[Concatenate[Any, P], HttpResponseBase]:
    """Only for who keeps a territory."""

    @wraps(view)
    def kept(request: KeeperRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.keeper.edits:
            raise Http404(NOBODY)
        return view(request, *args, **kwargs)

    return reads(kept)


def whole_city(view: View[P]) -> Callable[Concatenate[Any, P], HttpResponseBase]:
    """Only for who keeps the whole city: what holds everywhere."""

    @wraps(view)
    def kept(request: KeeperRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.keeper.whole:
            raise Http404("这一项由市里的系统管理员设置")
        return view(request, *args, **kwargs)

    return edits(kept)
