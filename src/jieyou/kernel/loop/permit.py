"""May this actor? What is missing? Whom does one wait for? Every button has its reason when it is shut."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from jieyou.kernel.calendar import clock as watch
from jieyou.kernel.loop.declare import Transition, Who
from jieyou.kernel.loop.models import Case
from jieyou.kernel.loop.seen import cleared
from jieyou.kernel.loop.situation import Now, limit_of
from jieyou.kernel.people import roster
from jieyou.kernel.people.actor import Actor
from jieyou.kernel.people.models import Unit
from jieyou.kernel.privacy import access
from jieyou.kernel.privacy.models import Access
from jieyou.kernel.statements import kept


@dataclass(frozen=True)
class Door:
    """A transition, and why it is shut (``None``: open)."""

    transition: Transition
    reason: str | None


def open_to(case: Case, actor: Actor) -> list[Door]:
    """Every transition that leaves the case's stage and that this actor's posts have to do with, with its reason."""
    now = Now(case, actor)
    doors: list[Door] = []
    for t in case.declared.leaving(case.stage):
        if not _is_systems(t) and _holds(case, t, actor) and not (t.only and t.only.judge(now)):
            now.data = hoped(t)
            doors.append(Door(t, missing(now, t)))
    return doors


def hoped(t: Transition) -> dict[str, str]:
    """The answers of a step as if they were given: a condition that the form itself can meet shuts no door."""
    return {ask.name: "…" for ask in t.asks if ask.kind in ("line", "words", "evidence")}


def forbidden(case: Case, t: Transition, actor: Actor) -> str | None:
    """Why these posts may not make this step, or ``None``."""
    if not any(s.name == case.stage for s in t.sources):
        return f"现在是“{case.at_stage.title}”，不能{t.title}"
    return None if _holds(case, t, actor) else _whose(case, t)


def missing(now: Now, t: Transition) -> str | None:
    """The first unmet condition as a sentence, or ``None``. Answers count where they are given already."""
    for guard in (*((t.only,) if t.only else ()), *t.unless, *t.needs):
        sentence = guard.judge(now)
        if sentence:
            return sentence
    limit = limit_of(now.case, t)
    if limit is not None and now.times(t.name) >= limit:
        return f"{t.title}最多 {limit} 次，已经用完"
    return None


def who_could(case: Case, t: Transition) -> list[str]:
    """现在等谁: the people whose posts may make this step, as “单位 岗位 姓名”."""
    words: list[str] = []
    vacant: list[str] = []
    for who in t.who:
        units = [u for u in _units(case, who) if u]
        for role in who.roles:
            names = "、".join(_names(units, role))
            (words if names else vacant).extend(f"{u.name} {role} {names or '（空缺）'}" for u in units)
    return words or vacant


def _names(units: list[Unit], role: str) -> list[str]:
    """Who can act in the role for one of the units today, by name."""
    today = watch.today()
    there = [(u.pk, role) for u in units if u.until is None or u.until > today]
    return [p.name for p in sorted(roster.holding(there, today), key=lambda p: (p.name, p.pk.int))]


def _units(case: Case, who: Who) -> list:
    return {"home": [case.home], "holder": [case.holder]}.get(who.kind, [])


def _holds(case: Case, t: Transition, actor: Actor) -> bool:
    if case.sealed and actor.kind == "staff" and not cleared(actor, case):
        return False
    return any(_is(case, who, actor) for who in t.who)


def _is(case: Case, who: Who, actor: Actor) -> bool:
    if who.kind == "system":
        return actor.kind == "system"
    if who.kind == "guest":
        return actor.kind == "guest" and case.pk in actor.cases
    units = {"home": [case.home_id], "holder": [case.holder_id]}.get(who.kind) or _co_units(case, actor)
    if any(actor.holds(role, unit) for unit in units if unit for role in who.roles):
        return True
    return who.kind in ("home", "holder") and _took_over(case, who.kind, actor)


def _took_over(case: Case, kind: str, actor: Actor) -> bool:
    """After an escalation the post that took the case over makes the steps: the holder's, where it is a post of the holder's
    own unit, else the home's. Never of a sealed case."""
    if actor.kind != "staff" or case.sealed:
        return False
    if not hasattr(case, "taken_over_by"):
        day = watch.today()
        case.taken_over_by = _lent(day, day, case.pk, "escalation")
    near = [
        (unit, role)
        for unit, role in case.taken_over_by
        if role and (unit == case.holder_id) == (kind == "holder")
    ]
    return any(actor.holds(role, unit) for unit, role in near)


def _co_units(case: Case, actor: Actor) -> list:
    if actor.kind != "staff":
        return []
    day = watch.today()
    return [unit for unit, _ in _lent(day, day, case.pk, "co") if unit in actor.units]


@kept
def _lent(day: date, same_day: date, subject: UUID, why: str) -> QuerySet[Any]:
    """Units (and posts) with a right of this kind on the day."""
    rows = Access.objects.filter(access.in_force(day), subject=subject, why=why)
    return rows.values_list("unit_id", "role")


def _is_systems(t: Transition) -> bool:
    return all(w.kind in ("system", "guest") for w in t.who)


def _whose(case: Case, t: Transition) -> str:
    wanted = {w.kind for w in t.who}
    if wanted == {"holder"}:
        return f"不是承办单位{'、'.join(t.who[0].roles)}，不能{t.title}"
    return f"{t.title}由{t.by.title}办理"
