"""One door: ``advance``. Is there such a step? may you? is what it needs there? then one transaction makes it.

Inside: the parent's row is held, the case is compared and swapped on ``turn``, the guards are judged again on what is
true now, then facts, clocks, children, access, event, and what follows for the parent.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Model, QuerySet

from jieyou.kernel import statements
from jieyou.kernel.calendar import clock as watch
from jieyou.kernel.evidence.models import Attachment
from jieyou.kernel.loop import answers, gates, opening, permit, record, registry, timing, words
from jieyou.kernel.loop.declare import Ask, Stage, Transition
from jieyou.kernel.loop.models import Case, Event
from jieyou.kernel.loop.refused import Overtaken, Refused
from jieyou.kernel.loop.seen import may_see
from jieyou.kernel.loop.signals import advanced
from jieyou.kernel.loop.situation import Now, facts_of
from jieyou.kernel.people.actor import Actor
from jieyou.kernel.people.posts import SYSTEM
from jieyou.kernel.privacy import access
from jieyou.kernel.statements import kept

#: What a mechanism's ``does`` may change on the case itself, written with the clocks' outcome.
_SETTLED = (
    "title",
    "sealed",
    "home_id",
    "holder_id",
    "desk_id",
    "desk_role",
    "outcome",
    "due",
    "provisional",
)


#: What the swap itself writes, where it differs.
_SWAPPED = (
    "stage",
    "turn",
    "moved_at",
    "open",
    "ended_at",
    "outcome",
    "holder_id",
    "desk_id",
    "desk_role",
    "returned",
)


@dataclass
class Step:
    """A step being made. A mechanism's ``does`` gets it; it may read everything and change ``facts`` and the case's title,
    seal, home, holder and outcome; ``rows`` it may fill with the children that ``begets`` makes."""

    case: Case
    transition: Transition
    actor: Actor
    data: dict[str, Any]
    at: datetime
    facts: Any = None
    rows: list[dict[str, Any]] = field(default_factory=list)
    born: list[Case] = field(default_factory=list)
    kept: dict[str, Any] = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)

    @property
    def tells(self) -> tuple[str, ...]:
        return self.transition.tells


def advance(
    case: Case, name: str, actor: Actor, data: dict[str, Any] | None = None, at: datetime | None = None
) -> Case:
    """Make one step. ``case`` as it was read (its ``turn`` is what the actor looked at); returned as it is now.

    Raises :class:`Refused` with a sentence; :class:`Overtaken` when somebody was quicker. Nothing has changed then.
    """
    t = case.declared.transitions.get(name)
    if t is None or not (actor.kind == "system" or may_see(actor, case)):
        raise Refused("没有这个动作，或者这件事不归您看")
    sentence = permit.forbidden(case, t, actor)
    if sentence:
        raise Refused(sentence)
    case.known = None
    step = Step(case, t, actor, answers.clean(t.asks, data or {}), at or watch.now())
    before = {f.attname: getattr(case, f.attname) for f in case._meta.concrete_fields}
    try:
        with transaction.atomic():
            _make(step)
    except BaseException:
        for name_, value in before.items():
            setattr(case, name_, value)
        case.tail = (0, "")
        raise
    return case


def _make(step: Step) -> None:
    case, t = step.case, step.transition
    _hold_parent(case)
    source, target = case.at_stage, _target(step)
    _swap(step, target)
    step.facts = facts_of(case)
    step.kept = statements.image(step.facts) if isinstance(step.facts, Model) else {}
    _judge(step, target)
    swapped = {name: getattr(case, name) for name in _SETTLED}
    _keep(step)
    if t.does is not None:
        t.does(step)
    _settle(step, source, target, swapped)
    event = record.write(case, step.facts, t.name, t.title, source.name, step.actor, step.data, step.at)
    advanced.send(Event, event=event, case=case, transition=t, step=step)
    _tell_parent(step)


def _target(step: Step) -> Stage:
    """Where the step leads: where it says, else the stage that an answer chose, else where the case is."""
    chosen = next((step.data[a.name] for a in step.transition.asks if a.becomes == "stage"), "")
    return step.transition.target or step.case.declared.stages.get(chosen) or step.case.at_stage


def _hold_parent(case: Case) -> None:
    """Hold the parent's row, so that children and parent see each other's steps one after the other."""
    if case.parent_id and not statements.hold(Case, {"id": case.parent_id, "open": True}, "turn"):
        raise Refused("上级事项已经办结，不能再动它的任务")


def _swap(step: Step, target: Stage) -> None:
    case, t = step.case, step.transition
    old = {name: getattr(case, name) for name in _SWAPPED}
    for ask in t.asks:
        if ask.becomes == "holder" and step.data.get(ask.name):
            case.holder = step.data[ask.name]
    if t.then or target.name != case.stage or any(a.becomes for a in t.asks):
        opening.put_on_desk(case, target, t.then)
    if target.name != case.stage:
        case.returned = 0 < target.number < case.at_stage.number
    case.stage, case.turn, case.moved_at = target.name, case.turn + 1, step.at
    if target.name != old["stage"]:  # a note on an ended case leaves its end as it was
        case.open, case.ended_at = not target.ended, step.at if target.ended else None
        case.outcome = t.outcome if target.ended else ""
    changed = {name: getattr(case, name) for name in _SWAPPED if getattr(case, name) != old[name]}
    if not statements.update(Case, {"id": case.pk, "stage": old["stage"], "turn": old["turn"]}, changed):
        raise Overtaken
    step.changed |= changed.keys()


def _judge(step: Step, target: Stage) -> None:
    now = Now(step.case, step.actor, step.data, step.facts)
    sentence = permit.missing(now, step.transition) or gates.ask(step.transition.gate, step)
    if sentence:
        raise Refused(sentence)
    if target.ended and now.open_children():
        raise Refused(f"还有 {now.open_children()} 件下级任务没有办结")


def _keep(step: Step) -> None:
    """Own facts, and what the answers grant; evidence must hang on this very case."""
    given = [key for a in step.transition.asks if a.kind == "evidence" for key in step.data[a.name]]
    if any(not _attached(UUID(key), step.case.pk) for key in given):
        raise Refused("附件不是这件事的，请在这里重新上传")
    kept = {a.name: step.data[a.name] for a in step.transition.asks if a.keep}
    if step.facts is not None:
        for name, value in opening.columns(type(step.facts), kept).items():
            setattr(step.facts, name, value)
    for ask in step.transition.asks:
        for unit in _units(step.data.get(ask.name)) if ask.grants else ():
            access.grant(step.case.pk, unit, ask.grants)


@kept
def _attached(key: UUID, subject: UUID) -> QuerySet[Any]:
    return Attachment.objects.filter(pk=key, subject=subject).values_list("pk")


def _units(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if value else []


def _settle(step: Step, source: Stage, target: Stage, before: dict[str, Any]) -> None:
    case, t = step.case, step.transition
    if isinstance(step.facts, Model):
        statements.save_changed(step.facts, step.kept)
    if t.begets:
        step.born = [_child(step, row) for row in _rows(step)]
    _clocks(step, source, target)
    if any(getattr(case, name) != before[name] for name in ("home_id", "holder_id", "sealed")):
        opening.put_on_desk(case, target, t.then)
    settled = {name: getattr(case, name) for name in _SETTLED if getattr(case, name) != before[name]}
    if settled:
        statements.update(Case, {"id": case.pk}, settled)
    words.follow(case, step.changed | settled.keys())


def _rows(step: Step) -> list[dict[str, Any]]:
    asked = [row for ask in step.transition.asks if ask.kind == "rows" for row in step.data[ask.name]]
    return step.rows or asked


def _child(step: Step, row: dict[str, Any]) -> Case:
    return opening.open_within(
        step.transition.begets, step.actor, title=row["task"], place=step.case.place, home=step.case.home,
        holder=row["unit"], kind=row.get("kind", ""), facts=row, parent=step.case, at=step.at, due=row.get("due"),
    )  # fmt: skip


def _clocks(step: Step, source: Stage, target: Stage) -> None:
    t, at, clocks = step.transition, step.at, timing.Clocks(step.case)
    if not _touches_clocks(step, source, target):
        return
    if target is not source:
        clocks.stop([source.clock], at)
        if target.clock and target.clock not in _begun(t):
            clocks.start(target.clock, at)
    for code in t.starts:
        clocks.start(code, at)
    for code in t.anew:
        clocks.anew(code, at)
    for ask in t.asks:
        if ask.clock and step.data.get(ask.name):
            _from_answer(clocks, ask, at, step.data[ask.name])
    clocks.stop(t.stops, at)
    clocks.pause(t.pauses, at)
    clocks.resume(t.resumes, at)
    for code in t.extends:
        clocks.extend(code, int(step.data["days"]))
    if target.ended:
        clocks.stop_all(at)
    clocks.save()


def _begun(t: Transition) -> set[str]:
    """Clocks that the step begins by itself, on a day of its own or for another office."""
    return {*t.anew, *(ask.clock for ask in t.asks if ask.kind == "day")}


def _from_answer(clocks: timing.Clocks, ask: Ask, at: datetime, value: Any) -> None:
    if ask.kind == "day":
        clocks.anew(ask.clock, watch.at(value))
    else:
        clocks.set_due(ask.clock, at, value)


def _touches_clocks(step: Step, source: Stage, target: Stage) -> bool:
    t = step.transition
    moves = target is not source and bool(source.clock or target.clock or target.ended)
    return moves or bool(
        t.starts or t.stops or t.pauses or t.resumes or t.extends or t.anew or any(a.clock for a in t.asks)
    )


def _tell_parent(step: Step) -> None:
    """A child's step may make a step of the parent's true (``when``), or come back to it (``returns``)."""
    if not step.case.parent_id:
        return
    code, stage = _standing(step.case.parent_id)[0]
    if not step.transition.returns and not any(t.when for t in registry.loop(code).leaving(stage)):
        return
    parent = whole(step.case.parent_id)[0]
    if step.transition.returns:
        advance(parent, step.transition.returns, SYSTEM, {"child": step.case, **step.data}, step.at)
    follow(parent, step.at)


@kept
def _standing(key: UUID) -> QuerySet[Any]:
    return Case.objects.filter(pk=key).values_list("loop", "stage")


@kept
def whole(key: UUID) -> QuerySet[Case]:
    """A case with what the engine looks at beside it."""
    return Case.objects.select_related("home", "holder", "place").filter(pk=key)


def follow(case: Case, at: datetime) -> bool:
    """Make the first declared consequence (``when``) that is true now; says whether there was one."""
    now = Now(case, SYSTEM)
    for t in case.declared.leaving(case.stage):
        if t.when is not None and t.when.judge(now) is None and not permit.missing(now, t):
            advance(case, t.name, SYSTEM, {}, at)
            return True
    return False
