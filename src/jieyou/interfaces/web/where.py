"""Choosing a place step by step: county, township, village. Works with plain submits; htmx only shortens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from jieyou.interfaces.web.staff import StaffRequest, holding_or_404, staff
from jieyou.kernel.people.roles import CLERK
from jieyou.kernel.places import tree
from jieyou.kernel.places.models import Place

LEVELS = (("county", "县区"), ("township", "乡镇、街道"), ("village", "村、社区"))


@dataclass(frozen=True)
class Choice:
    """One select: the level, its places, which is chosen."""

    level: str
    title: str
    places: list[Place]
    code: str


@dataclass(frozen=True)
class Picked:
    """The selects so far and the deepest place chosen (the office's own territory when nothing is)."""

    top: str
    choices: list[Choice]
    place: Place | None


def picked(top: str, post: Any) -> Picked:
    """From the office's territory down, as far as something is chosen. Codes from elsewhere are not taken."""
    place = tree.by_code(top)
    base, choices = place, []
    for level, title in LEVELS:
        if place.level != _above(level):
            continue
        below = list(tree.children(place))
        code = post.get(f"place-{level}", "")
        chosen = next((p for p in below if p.code == code), None)
        choices += [Choice(level, title, below, code if chosen else "")] if below else []
        if chosen is None:
            break
        place = chosen
    return Picked(top, choices, None if place is base and base.level == "city" else place)


def _above(level: str) -> str:
    return {"county": "city", "township": "county", "village": "township"}[level]


@staff
def places(request: StaffRequest) -> HttpResponse:
    """The selects again, one level deeper (htmx): in the territory of one of the actor's own units."""
    own = {h.place_code for h in request.actor.holdings}
    top = request.GET.get("top", "")
    code = top if top in own else holding_or_404(request, CLERK, kind="office").place_code
    context = {"picked": picked(code, request.GET), "lies": request.GET.get("lies", "")}
    return render(request, "components/place.html", context)
