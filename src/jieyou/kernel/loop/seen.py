"""Which cases an actor may see: a few indexable branches, never an OR of place and holder.

Oversight (an office sees what lies in its place), home, holder, and rows of ``Access``. A sealed case is in none of them
but for cleared posts of its home and for units with a sealed exception.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from typing import Any

from django.db.models import F, Q, QuerySet

from jieyou.kernel.loop.models import Case
from jieyou.kernel.people.actor import Actor, Holding
from jieyou.kernel.people.roles import BUSINESS, CLEARED
from jieyou.kernel.places.codes import column_of
from jieyou.kernel.privacy import access
from jieyou.kernel.privacy.models import Access

COUNT_CAP = 10_000


def branches(actor: Actor, base: QuerySet[Case]) -> list[QuerySet[Case]]:
    """``base`` narrowed to what the actor may see, once per way of seeing it. Branches may overlap."""
    if actor.kind == "system":
        return [base]
    if actor.kind == "guest":
        return [base.filter(pk__in=actor.cases)]
    working = [h for h in actor.holdings if h.role in BUSINESS]
    if not working:
        return []
    units = {h.unit for h in working}
    base = _not_recused(actor, base)
    out = [base.filter(**{column: code}, sealed=False) for column, code in _overseen(working)]
    out += [base.filter(home__in=units, sealed=False), base.filter(holder__in=units, sealed=False)]
    keeps = {h.unit for h in working if h.role == CLEARED}
    if keeps:
        out.append(base.filter(home__in=keeps, sealed=True))
    rows = _access(units)
    open_rows, sealed_rows = (
        rows.exclude(why="sealed"),
        rows.filter(why="sealed", role__in=[h.role for h in working]),
    )
    out.append(base.filter(pk__in=open_rows.values("subject"), sealed=False))
    out.append(base.filter(pk__in=sealed_rows.values("subject")))
    return out


def seen_by(actor: Actor, base: QuerySet[Case] | None = None) -> QuerySet[Case]:
    """The cases of ``base`` (default: all) that the actor may see."""
    base = Case.objects.all() if base is None else base
    parts = branches(actor, base)
    if len(parts) < 2:
        return parts[0] if parts else Case.objects.none()
    keys = [part.order_by().values("pk") for part in parts]
    return Case.objects.filter(pk__in=keys[0].union(*keys[1:]))


def first(
    actor: Actor,
    base: QuerySet[Case],
    order: str = "due",
    limit: int = 50,
    offset: int = 0,
    related: Iterable[str] = (),
) -> list[Case]:
    """The first rows by ``due`` (blank last) or by ``-moved_at``: each branch gives its own top, and they are merged."""
    need = offset + limit
    found: dict[Any, Case] = {}
    for part in branches(actor, base):
        rows = part.order_by(order, "pk") if order != "due" else part.order_by(*_due_order())
        found |= {case.pk: case for case in rows.select_related(*related)[:need]}
    if order == "due":
        ranked = sorted(found.values(), key=lambda c: (c.due is None, c.due or c.opened_at, c.pk.int))
    else:
        ranked = sorted(found.values(), key=lambda c: (c.moved_at, c.pk.int), reverse=order.startswith("-"))
    return ranked[offset : offset + limit]


def count(actor: Actor, base: QuerySet[Case]) -> int:
    """How many, capped at ``COUNT_CAP + 1`` (pages then show “1万+”)."""
    return seen_by(actor, base).order_by()[: COUNT_CAP + 1].count()


def may_see(actor: Actor, case: Case) -> bool:
    """Whether this one case may be seen: no list is built for it."""
    if actor.kind == "system":
        return True
    if actor.kind == "guest":
        return case.pk in actor.cases
    if recused(actor, case):
        return False
    if not case.sealed and _plainly(actor, case):
        return True
    return any(part.exists() for part in branches(actor, Case.objects.filter(pk=case.pk)))


def _plainly(actor: Actor, case: Case) -> bool:
    """Seen by home, hand or oversight: told from the case's own columns, without a query."""
    working = [h for h in actor.holdings if h.role in BUSINESS]
    units = {h.unit for h in working}
    overseen = any(getattr(case, column) == code for column, code in _overseen(working))
    return overseen or case.home_id in units or case.holder_id in units


def recused(actor: Actor, case: Case) -> bool:
    """回避: this case, or the one that it hangs on, is shut to the actor."""
    return bool(actor.recused) and not actor.recused.isdisjoint((case.pk, case.parent_id))


def _not_recused(actor: Actor, base: QuerySet[Case]) -> QuerySet[Case]:
    """Nearly nobody is recused from anything: then nothing is asked."""
    if not actor.recused:
        return base
    return base.exclude(pk__in=actor.recused).exclude(parent__in=actor.recused)


def cleared(actor: Actor, case: Case) -> bool:
    """May this actor work on a sealed case: a cleared post of its home, or a unit with a sealed exception."""
    if actor.holds(CLEARED, case.home_id):
        return True
    rows = _access(actor.units).filter(subject=case.pk, why="sealed")
    return any(actor.holds(role, unit) for unit, role in rows.values_list("unit_id", "role"))


def inbox(actor: Actor, base: QuerySet[Case] | None = None) -> QuerySet[Case]:
    """Open cases that lie on the actor's desk: one of his posts is the one that is waited for."""
    base = Case.objects.filter(open=True) if base is None else base
    posts = {(h.unit, h.role) for h in actor.holdings}
    mine = reduce(lambda a, b: a | b, (Q(desk=unit, desk_role=role) for unit, role in posts), Q(pk__in=[]))
    kept = {h.unit for h in actor.holdings if h.role == CLEARED}
    return _not_recused(actor, base).filter(mine).exclude(~Q(home__in=kept), sealed=True)


def _access(units: Iterable[Any]) -> QuerySet[Access]:
    return Access.objects.filter(access.in_force(), unit__in=list(units))


def _overseen(working: list[Holding]) -> set[tuple[str, str]]:
    return {(column_of(h.place_code), h.place_code) for h in working if h.unit_kind == "office"}


def _due_order() -> list[Any]:
    return [F("due").asc(nulls_last=True), "pk"]
