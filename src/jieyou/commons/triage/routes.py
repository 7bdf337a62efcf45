"""The rules in force, the units they mean at a place, and the duty list behind them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from jieyou.commons.lists import judging, lookup
from jieyou.commons.lists.models import DutyItem
from jieyou.commons.triage.models import RoutingRule
from jieyou.commons.triage.routing import NOWHERE, Route, Rule, first
from jieyou.kernel.calendar import clock
from jieyou.kernel.ledger import tracked
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.people.models import Unit
from jieyou.kernel.people.units import current
from jieyou.kernel.places.models import Place

COUNTY = 6
"""Digits of a county's code."""


@dataclass(frozen=True)
class Routed:
    """A proposal: ``unit`` as the system has it (``None``: only the name is known, or a person decides)."""

    route: Route
    unit: Unit | None

    @property
    def name(self) -> str:
        return self.unit.name if self.unit else self.route.unit


def in_force(day: object = None) -> list[Rule]:
    """The rules of today in their order. One query."""
    rows = RoutingRule.objects.filter(Q(until=None) | Q(until__gt=day or clock.today()))
    return [rule_of(row) for row in rows.select_related("category", "place")]


def rule_of(row: RoutingRule) -> Rule:
    """A row as the judgement takes it."""
    return Rule(
        row.position, row.category.code if row.category else "", row.place.code if row.place else "",
        _parts(row.words), _parts(row.but), row.unit, row.level, row.basis,
        row.category.title if row.category else "", row.pk.hex,
    )  # fmt: skip


def _parts(words: str) -> tuple[str, ...]:
    return tuple(filter(None, (word.strip() for word in words.split("|"))))


def propose(text: str, category: str, place: Place, rules: list[Rule] | None = None) -> Routed:
    """Rules first, then the duty list, then nobody: a person."""
    found = first(text, category, place.code, in_force() if rules is None else rules)
    if found is not None:
        return Routed(found, _unit(found.unit, place.code))
    return _by_duty_list(text, place)


def _by_duty_list(text: str, place: Place) -> Routed:
    lists = [one for one in lookup.at_place(place.code) if one.kind == "department"]
    rows = DutyItem.objects.filter(duty_list__in=lists, until=None).select_related("unit") if lists else []
    units = {row.pk.hex: row.unit for row in rows}
    entry, words = judging.nearest(text, [lookup.entry(row) for row in rows])
    if entry is None:
        return Routed(NOWHERE, None)
    reason = f"职责清单第 {entry.code} 条“{entry.text}”（{'、'.join(words)}）"
    return Routed(Route(entry.unit_name, "bureau", reason, None, words), units.get(entry.key))


def _unit(name: str, code: str) -> Unit | None:
    """The unit of the county (else of the city) whose name is this or ends so."""
    for territory in (code[:COUNTY], code[:4]):
        here = current().filter(name__contains=name, place__code__startswith=territory)
        here = here.filter(place__code__lte=territory.ljust(COUNTY, "9")).exclude(kind="office")
        found = here.order_by("place__code", "name").first()
        if found is not None:
            return found
    return None


@transaction.atomic
def save_rule(row: RoutingRule, by: str, why: str) -> RoutingRule:
    """A new rule, or a changed one. Raises :class:`Refused`."""
    if not (row.category or row.place or row.words):
        raise Refused("类别、辖区、词语至少要有一样，不然什么都适用", "words")
    tracked.save(row, by, why)
    return row
