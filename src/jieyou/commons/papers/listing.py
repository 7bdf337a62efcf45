"""Which papers an actor may read, as a queryset: his unit's own, and what came to it."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from jieyou.commons.papers import registry
from jieyou.commons.papers.models import Paper
from jieyou.kernel.people.actor import Actor
from jieyou.kernel.people.roles import BUSINESS, CLEARED

RELATED = ("case__home", "case__holder", "case__place", "case__parent", "unit")


def readable(actor: Actor) -> QuerySet[Paper]:
    """Papers of the actor's units (those of sealed cases only for 密件专办), and outward ones that reached a unit of his."""
    units = {h.unit for h in actor.holdings if h.role in BUSINESS}
    keeps = {h.unit for h in actor.holdings if h.role == CLEARED}
    outer = [kind.code for kind in registry.kinds().values() if not kind.inner]
    own = Paper.objects.filter(Q(case__sealed=False) | Q(case__home__in=keeps), unit__in=units)
    came = Paper.objects.filter(state="issued", kind__in=outer, case__holder__in=units, case__sealed=False)
    return Paper.objects.filter(pk__in=own.values("pk").union(came.values("pk"))).select_related(*RELATED)
