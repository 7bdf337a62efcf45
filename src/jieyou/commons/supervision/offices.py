"""Which office answers for a unit, and which one stands above."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from jieyou.kernel.calendar import clock
from jieyou.kernel.notify import outbox
from jieyou.kernel.people import units
from jieyou.kernel.people.models import Account, Unit
from jieyou.kernel.people.roles import CALLER, CLERK, HEAD, MEETING_CLERK, UNIT_HEAD

#: Roles that the office above has as well; any other role's work goes to its 经办人.
_ALIKE = frozenset({CLERK, HEAD, MEETING_CLERK, CALLER})


def office_of(unit: Unit) -> Unit | None:
    """The social-work office that answers for a unit: itself, or the nearest at or above its place."""
    return unit if unit.kind == "office" else _nearest(unit.place.code, including=True)


def above(unit: Unit) -> Unit | None:
    """The office to which a unit's work goes up: of an office the next one above, of others the office of the place."""
    return _nearest(unit.place.code, including=unit.kind != "office")


def _nearest(code: str, including: bool) -> Unit | None:
    longest = len(code) if including else len(code) - 1
    around = [code[:n] for n in range(2, longest + 1)]
    found = units.current(clock.today()).filter(kind="office", place__code__in=around).select_related("place")
    return max(found, key=lambda u: len(u.place.code), default=None)


def head_of(unit: Unit) -> tuple[UUID, str]:
    """The leading post of a unit, as (unit, role)."""
    return unit.pk, HEAD if unit.kind == "office" else UNIT_HEAD


def alike(role: str) -> str:
    """The role in the office above that takes over the work of a role."""
    return role if role in _ALIKE else CLERK


def told(unit: Unit) -> list[Account]:
    """Who hears of work that nobody owns: the 部领导 of the office that answers; where that post is vacant, the one above."""
    office = office_of(unit)
    while office is not None:
        people = outbox.holding([(office.pk, HEAD)])
        if people:
            return people
        office = above(office)
    return []


def held(pairs: Iterable[tuple[UUID | None, str]]) -> bool:
    """Does anybody hold one of these posts today (deputies count)?"""
    return bool(outbox.holding(pairs))
