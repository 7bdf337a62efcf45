"""Units and places as an office admin keeps them: names, other names, ends, mergers. Nothing is deleted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from jieyou.commons.changes import making
from jieyou.commons.changes.models import Change
from jieyou.kernel.calendar import clock
from jieyou.kernel.loop.models import Case
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.loop.remark import remark
from jieyou.kernel.people import posts, recusal, units
from jieyou.kernel.people.actor import Actor
from jieyou.kernel.people.models import Alias, Post, Unit
from jieyou.kernel.people.terms import in_force
from jieyou.kernel.places import changes
from jieyou.kernel.places.changes import New
from jieyou.kernel.places.models import Place
from jieyou.kernel.privacy import access
from jieyou.kernel.privacy.models import Access

UNITS, PLACES = "units", "places"


def add_unit(
    name: str, short: str, kind: str, place: Place, prefix: str, actor: Actor, why: str
) -> tuple[Change, Unit]:
    """A new unit; ``prefix``: letters of the numbers of a 社会工作部."""
    if kind == "office" and not (prefix.isascii() and prefix.isalpha()):
        raise Refused("社会工作部要写编号字头，用大写字母，如 BT", "prefix")
    with making.change(UNITS, f"设立单位：{name}", actor, why, place) as made:
        unit = units.add(name, kind, place, actor.person, short, prefix=prefix.upper(), why=made.why)
        made.subject = unit.pk.hex
    return made, unit


def rename_unit(unit: Unit, name: str, short: str, actor: Actor, why: str) -> Change:
    """Another name from now on."""
    title = f"单位更名：{unit.name} → {name}"
    with making.change(UNITS, title, actor, why, unit.place, unit.pk.hex) as made:
        units.rename(unit, name, short, actor.person, made.why)
    return made


def move_unit(unit: Unit, place: Place, actor: Actor, why: str) -> Change:
    """The unit belongs to another place."""
    title = f"单位划转：{unit.name}，{unit.place.name} → {place.name}"
    with making.change(UNITS, title, actor, why, unit.place, unit.pk.hex) as made:
        units.move(unit, place, actor.person, made.why)
    return made


def add_alias(unit: Unit, name: str, actor: Actor, why: str) -> Change:
    """One more way in which ledgers and lists write the unit."""
    with making.change(UNITS, f"增加别名：{unit.name}，{name}", actor, why, unit.place, unit.pk.hex) as made:
        units.add_alias(unit, name, actor.person, made.why)
    return made


def end_alias(row: Alias, actor: Actor, why: str) -> Change:
    """The alias is no more."""
    unit = row.unit
    with making.change(
        UNITS, f"停用别名：{unit.name}，{row.name}", actor, why, unit.place, unit.pk.hex
    ) as made:
        units.end_alias(row, actor.person, made.why)
    return made


def in_hand(unit: Unit) -> QuerySet[Case]:
    """Open cases that the unit runs, has in hand or is waited for. What is under seal is never counted."""
    return Case.objects.filter(Q(home=unit) | Q(holder=unit) | Q(desk=unit), open=True, sealed=False)


def close_unit(unit: Unit, on: date, actor: Actor, why: str) -> Change:
    """The unit is no more from the day. Refused while something lies there: it must be handed on first."""
    count = in_hand(unit).count()
    if count:
        raise Refused(f"{unit.name}还有 {count} 件没有办完，请用“并入别的单位”，或者先办完、改派")
    with making.change(UNITS, f"撤销单位：{unit.name}，{on}起", actor, why, unit.place, unit.pk.hex) as made:
        units.close(unit, on, actor.person, made.why)
    return made


@dataclass(frozen=True)
class Merging:
    """What goes over when a unit is merged into another: open cases, people."""

    cases: int
    people: int


def merging(unit: Unit) -> Merging:
    """What a merger would take along."""
    held = Post.objects.filter(in_force(clock.today()), unit=unit)
    return Merging(in_hand(unit).count(), held.values("account").distinct().count())


def merge_unit(unit: Unit, into: Unit, people_go: bool, actor: Actor, why: str) -> Change:
    """Today ``unit`` becomes part of ``into``: open cases go over with a line in each record, people if wanted; then it ends.

    Cases that are shut to ``into`` (回避) stay: then nothing is merged and the sentence says so.
    """
    _may_merge(unit, into)
    rows = list(in_hand(unit).select_related("home"))
    shut = [case for case in rows if into.pk in recusal.in_case(case.pk, case.parent_id)[1]]
    if shut:
        raise Refused(f"{into.name}要回避其中 {len(shut)} 件，请先改派这些事")
    title = f"单位合并：{unit.name} → {into.name}"
    with making.change(UNITS, title, actor, why, unit.place, unit.pk.hex, final=True) as made:
        for case in rows:
            _hand_on(case, unit, into, actor, made.why, made.at)
        if people_go:
            _people_go(unit, into, actor, made.why)
        units.close(unit, clock.today(), actor.person, made.why)
        made.title += f"，在办 {len(rows)} 件"
    return made


def _may_merge(unit: Unit, into: Unit) -> None:
    if unit.pk == into.pk:
        raise Refused("不能并入自己", "into")
    if "office" in (unit.kind, into.kind):
        raise Refused("社会工作部不能合并：编号、会议、签批都在它名下", "into")


def _hand_on(case: Case, unit: Unit, into: Unit, actor: Actor, why: str, at: datetime) -> None:
    moved = {name: into for name in ("holder", "desk") if getattr(case, f"{name}_id") == unit.pk}
    for row in Access.objects.filter(access.in_force(), subject=case.pk, unit=unit).exclude(why="sealed"):
        access.grant(case.pk, into, row.why, role=row.role)
    Case.objects.filter(pk=case.pk).update(**moved)
    remark(case.pk, "unit_merged", "单位合并", actor, {"from": unit.name, "to": into.name, "why": why}, at)


def _people_go(unit: Unit, into: Unit, actor: Actor, why: str) -> None:
    today = clock.today()
    for post in Post.objects.filter(in_force(today), unit=unit).select_related("account"):
        same = Post.objects.filter(in_force(today), account=post.account_id, unit=into, role=post.role)
        if post.account.is_active and not same.exists():
            posts.appoint(post.account, into, post.role, today, actor.person, post.until, why)


def found_place(name: str, code: str, on: date, actor: Actor, why: str, within: Place) -> Change:
    """A new place; its parent is the one that its code names, which must lie in ``within``."""
    if not code.startswith(within.code):
        raise Refused(f"编码应以{within.code}开头（{within.name}下面）", "code")
    with making.change(PLACES, f"设立辖区：{name}（{code}）", actor, why, within, final=True) as made:
        made.subject = changes.found(New(name, code), on, actor.person, made.why).pk.hex
    return made


def rename_place(place: Place, name: str, on: date, actor: Actor, why: str) -> Change:
    """A new name, the same code."""
    title = f"辖区更名：{place.name} → {name}，{on}起"
    with making.change(PLACES, title, actor, why, place, place.pk.hex, final=True) as made:
        changes.rename(place, name, on, actor.person, made.why)
    return made


def move_place(place: Place, parent: Place, code: str, on: date, actor: Actor, why: str) -> Change:
    """Under another place of the level above; open cases follow."""
    title = f"辖区划转：{place.name} → {parent.name}，{on}起"
    with making.change(PLACES, title, actor, why, place, place.pk.hex, final=True) as made:
        changes.move(place, parent, on, actor.person, made.why, code)
    return made


def merge_places(places: Sequence[Place], into: Place, on: date, actor: Actor, why: str) -> Change:
    """Places become part of another; what lies below them and open cases go along."""
    title = f"辖区合并：{'、'.join(place.name for place in places)} → {into.name}，{on}起"
    with making.change(PLACES, title, actor, why, into, places[0].pk.hex, final=True) as made:
        changes.merge(places, into, on, actor.person, made.why)
    return made
