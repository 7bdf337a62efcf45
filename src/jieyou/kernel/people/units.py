"""Units: their beginning, their names and their end."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from jieyou.kernel.calendar import clock
from jieyou.kernel.ledger import tracked
from jieyou.kernel.ledger.canon import clean
from jieyou.kernel.people import posts
from jieyou.kernel.people.models import Alias, Post, Unit
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


@transaction.atomic
def rename(unit: Unit, name: str, short: str, by: str, why: str) -> Unit:
    """Another full or short name, on the record; papers that went out keep the old one. Raises BadPost."""
    full, brief = clean(name).strip(), clean(short).strip()
    if not full or len(full) > 80 or len(brief) > 40:
        raise BadPost("请填写单位全称（不超过80字）；简称请不超过40字。")
    if (full, brief or unit.short) == (unit.name, unit.short):
        raise BadPost("名称没有变化。")
    if current().filter(name=full).exclude(pk=unit.pk).exists():
        raise BadPost(f"已有单位“{full}”。")
    unit.name, unit.short = full, brief or unit.short
    tracked.save(unit, by, why, update_fields=["name", "short"])
    return unit


@transaction.atomic
def move(unit: Unit, place: Place, by: str, why: str) -> Unit:
    """The unit belongs to another place from now on (a township that came under another county). Raises BadPost."""
    if unit.place_id == place.pk:
        raise BadPost(f"“{unit.name}”本来就在{place.name}。")
    unit.place = place
    tracked.save(unit, by, why, update_fields=["place"])
    return unit


def aliases() -> dict[UUID, list[str]]:
    """Other names of units, by the unit's key. One query."""
    found: dict[UUID, list[str]] = {}
    for unit, name in Alias.objects.filter(until=None).values_list("unit", "name"):
        found.setdefault(unit, []).append(name)
    return found


def add_alias(unit: Unit, name: str, by: str, why: str) -> Alias:
    """One more way in which the unit is written. Raises BadPost when another unit is written so."""
    plain = clean(name).strip()
    if not 1 < len(plain) <= 80:
        raise BadPost("别名请写 2 到 80 个字。")
    there = Alias.objects.filter(name=plain, until=None).select_related("unit").first()
    if there is not None:
        raise BadPost(f"“{plain}”已经是{there.unit.name}的别名。")
    row = Alias(unit=unit, name=plain, since=clock.today())
    tracked.save(row, by, why, force_insert=True)
    return row


def end_alias(row: Alias, by: str, why: str) -> Alias:
    """The alias is no more; ledgers that came in keep what they made of it."""
    row.until = clock.today()
    tracked.save(row, by, why, update_fields=["until"])
    return row
