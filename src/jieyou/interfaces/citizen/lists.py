"""Public lists: kinds of matters, places, and how long the first steps take."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from jieyou.commons.reports.models import Category
from jieyou.kernel.calendar import clock as watch
from jieyou.kernel.loop import registry, timing
from jieyou.kernel.places import tree
from jieyou.kernel.places.models import Place

FOUND = 12


@dataclass(frozen=True)
class Found:
    """A place found by name, with those above it; ``""`` where it is not that deep."""

    county: Place
    township: Place
    village: Place | None

    @property
    def code(self) -> str:
        return (self.village or self.township).code

    @property
    def name(self) -> str:
        return " ".join(p.name for p in (self.county, self.township, self.village) if p)


def categories() -> list[Category]:
    """What the tiles of the first page offer."""
    return list(Category.objects.filter(on_phone=True, until=None))


def counties() -> list[Place]:
    """Counties and districts, by code."""
    return list(tree.current().filter(level="county").order_by("code"))


def below(code: str) -> list[Place]:
    """The places right below that one; none for no code."""
    return list(tree.current().filter(parent__code=code).order_by("code")) if code else []


def find(words: str) -> list[Found]:
    """Townships and communities whose name holds the words (two characters at least)."""
    words = words.strip()
    if len(words) < 2:
        return []
    rows = tree.current().filter(level__in=("township", "village"), name__contains=words[:20])
    rows = rows.select_related("parent__parent").order_by("code")[:FOUND]
    return [
        Found(p.parent, p, None) if p.level == "township" else Found(p.parent.parent, p.parent, p)
        for p in rows
    ]


def deepest(*codes: str) -> Place | None:
    """The place of the last code that lies within all before it; county first."""
    inside = ""
    for code in filter(None, codes):
        if code.startswith(inside):
            inside = code
    return tree.current().filter(code=inside).select_related(tree.LINE).first() if inside else None


def first_days(place_code: str) -> list[str]:
    """How long the first two stages take there, by the rules in force ("3 个工作日"); "" without a rule."""
    loop, today = registry.loop(settings.INTAKE_LOOP), watch.today()
    rules = [timing.rule_for(stage.clock, place_code, today) for stage in loop.ribbon()[:2] if stage.clock]
    words = [f"{rule.length} {_UNITS[rule.unit]}" if rule else "" for rule in rules]
    return [*words, "", ""][:2]


_UNITS = {"day": "天", "workday": "个工作日", "hour": "小时"}
