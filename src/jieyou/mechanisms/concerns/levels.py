"""Between city and county: what a county asks the city to settle, what the city gives a county to do.

Either way the other level's matter is a child of its own: its own number, its own eight stages, its own clock; the one that
hangs above it ends last. A matter counts at a level only by that level's own meeting.
"""

from __future__ import annotations

from typing import Any

from jieyou.kernel.loop.models import Case
from jieyou.kernel.loop.opening import open_case
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.people.models import Unit
from jieyou.kernel.places.codes import column_of

#: What the other level needs to know, and both pages show.
PASSED = ("category", "harm", "reach", "urgency", "county_work", "crux", "request")


def office_for(code: str) -> Unit | None:
    """The social-work office of a county (or the city), by its place's code."""
    return Unit.objects.filter(kind="office", place__code=code, until=None).first()


def above(case: Case) -> Unit | None:
    """The city's office over a county's matter; ``None`` for the city's own."""
    upper = office_for(case.l2)
    return None if upper is None or upper.pk == case.home_id else upper


def hand_up(step: Any) -> None:
    """提请市级: a matter at the city's door, with what the county did, where it is stuck and what it asks for."""
    upper = above(step.case)
    if upper is None:
        raise Refused("本单位就是市级，或者市级还没有设办公室，不能提请市级")
    _open(step, upper, "county")


def hand_down(step: Any) -> None:
    """市交县办: a matter at a county's door."""
    unit: Unit = step.data["county"]
    inside = unit.place.code.startswith(step.case.home.place.code)
    if unit.kind != "office" or not inside or unit.pk == step.case.home_id:
        raise Refused("请选本市的县（市、区）委社会工作部", "county")
    _open(step, unit, "assigned", step.data.get("due"))


def _open(step: Any, home: Unit, source: str, due: dict[str, Any] | None = None) -> None:
    case: Case = step.case
    place = case.place if getattr(case, column_of(home.place.code)) == home.place.code else home.place
    facts = {name: getattr(step.facts, name) for name in PASSED} | {"source": source}
    open_case(
        case.loop,
        step.actor,
        title=case.title,
        place=place,
        home=home,
        facts=facts,
        parent=case,
        at=step.at,
        due=due,
    )
