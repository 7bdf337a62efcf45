"""Units: their beginning, their end, and what lies in them."""

from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet

from jieyou.kernel.calendar import clock
from jieyou.kernel.ledger import tracked
from jieyou.kernel.ledger.canon import clean
from jieyou.kernel.people import posts
from jieyou.kernel.people.models import Post, Unit
from jieyou.kernel.people.terms import BadPost
from jieyou.kernel.places.models import Place
from jieyou.kernel.places.words import said


def current(on: date | None = None) -> QuerySet[Unit]:
    """The units that are there on the day (today)."""
    return Unit.objects.filter(Q(until__isnull=True) | Q(until__gt=on or clock.today()))


@transaction.atomic
def add(
    name: str,
    kind: str,
    place: Place,
    by: str,
    short: str = "",
    parent: Unit | None = None,
    prefix: str = "",
    why: str = "设立单位",
) -> Unit:
    """A new unit, on the record; ``short`` is the name when not given. Raises BadPost."""
    full, brief = clean(name).strip(), clean(short).strip()
    if not full:
        raise BadPost("请填写单位全称。")
    if len(full) > 80 or len(brief) > 40:
        raise BadPost("单位全称请不超过80字，简称请不超过40字。")
    if kind not in dict(Unit.KINDS):
        raise BadPost(f"没有“{kind}”这一类单位。")
    if current().filter(name=full).exists():
        raise BadPost(f"已有单位“{full}”。")
    unit = Unit(name=full, short=brief or full[:40], kind=kind, parent=parent, place=place, prefix=prefix)
    tracked.save(unit, by, why, force_insert=True)
    return unit


@transaction.atomic
def close(unit: Unit, on: date, by: str, why: str) -> Unit:
    """The unit is no more from the day on; its posts end with it. Raises BadPost."""
    if unit.until is not None and unit.until <= on:
        raise BadPost(f"“{unit.name}”已于{said(unit.until)}撤销。")
    unit.until = on
    tracked.save(unit, by, why, update_fields=["until"])
    for post in Post.objects.filter(Q(until__isnull=True) | Q(until__gt=on), unit=unit):
        posts.end(post, max(on, post.since), by, why)
    return unit
