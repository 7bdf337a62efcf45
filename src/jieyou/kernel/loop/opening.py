"""A case begins: one row, its facts, its first event, its clocks."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models, transaction

from jieyou.kernel import statements
from jieyou.kernel.born import born
from jieyou.kernel.calendar import clock as watch
from jieyou.kernel.loop import answers, record, registry, series, timing, words
from jieyou.kernel.loop.declare import Anyone, Ask, Loop, Stage, Who
from jieyou.kernel.loop.models import LEVELS, Case, Event
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.loop.signals import advanced
from jieyou.kernel.people.actor import Actor
from jieyou.kernel.people.models import Unit
from jieyou.kernel.people.roles import CLEARED
from jieyou.kernel.places import tree
from jieyou.kernel.places.models import Place
from jieyou.kernel.privacy import access

OPEN = "open"
TITLE = Ask("title", "名称", "line")
PLACE = Ask("place", "辖区", "line", help="辖区编码，如 610602")


@dataclass
class Opened:
    """What receivers of ``advanced`` get for a case's first event."""

    case: Case
    actor: Actor
    data: dict[str, Any] = field(default_factory=dict)
    tells: tuple[str, ...] = ("home", "holder")


def open_case(
    loop_code: str, actor: Actor, *, title: str, place: Place, home: Unit, holder: Unit | None = None, kind: str = "",
    facts: dict[str, Any] | None = None, parent: Case | None = None, sealed: bool = False, at: datetime | None = None,
    due: dict[str, Any] | None = None, desk: Who | None = None, said: str = "",
) -> Case:  # fmt: skip
    """Open a case in the loop's first stage. ``facts``: values of the facts row; ``due``: an answer of kind ``due``;
    ``desk``: on whose desk it lies first, where that is not the stage's own ``waits``; ``said``: masked words of a report, by
    which it is found."""
    with transaction.atomic():
        return open_within(loop_code, actor, title=title, place=place, home=home, holder=holder, kind=kind, facts=facts,
                           parent=parent, sealed=sealed, at=at, due=due, desk=desk, said=said)  # fmt: skip


def open_within(
    loop_code: str, actor: Actor, *, title: str, place: Place, home: Unit, holder: Unit | None = None, kind: str = "",
    facts: dict[str, Any] | None = None, parent: Case | None = None, sealed: bool = False, at: datetime | None = None,
    due: dict[str, Any] | None = None, desk: Who | None = None, said: str = "",
) -> Case:  # fmt: skip
    """The same inside a transaction of the caller's, which takes everything back when this fails."""
    loop, moment = registry.loop(loop_code), at or watch.now()
    case = new_case(loop, title, place, home, holder, kind, parent, sealed, moment)
    if desk is not None:
        put_on_desk(case, loop.first(), desk)
    case.number = _number(loop, case, parent, moment)
    row, clocks = new_facts(loop, case, facts or {}), _clocks(loop, case, moment, due)
    statements.insert(case)
    if row is not None:
        statements.insert(row)
    clocks.save()
    words.begin(case, said)
    if parent is not None and holder is not None and holder.pk != parent.home_id:
        access.grant(parent.pk, holder, "co")
    event = record.write(
        case, row, OPEN, loop.opens, "", actor, {"title": case.title, **(facts or {})}, moment
    )
    advanced.send(Event, event=event, case=case, transition=None, step=Opened(case, actor, facts or {}))
    return case


def begin(loop_code: str, actor: Actor, raw: dict[str, Any], at: datetime | None = None) -> Case:
    """Open a case by hand, in a loop that says who may (``opened_by``).

    ``raw``: ``title``, ``place`` (a code within the unit's place; default: that place) and the loop's ``asks``.
    Raises :class:`Refused` with a sentence per wrong answer.
    """
    loop = registry.loop(loop_code)
    post = next(
        (
            h
            for role in (loop.opened_by.roles if loop.opened_by else ())
            for h in actor.holdings
            if h.role == role
        ),
        None,
    )
    if post is None:
        raise Refused(f"{loop.title}不由您的岗位新建")
    data = answers.clean(
        (TITLE, PLACE, *loop.asks), {"place": post.place_code} | {k: v for k, v in raw.items() if v}
    )
    try:
        place = tree.by_code(data["place"])
    except tree.UnknownPlace as unknown:
        raise Refused(unknown.sentence, "place") from None
    if not place.code.startswith(post.place_code):
        raise Refused(f"{place.name}不在本单位的辖区内", "place")
    home = Unit.objects.get(pk=post.unit)
    facts = {ask.name: data[ask.name] for ask in loop.asks}
    due = next((data[ask.name] for ask in loop.asks if ask.kind == "due" and data[ask.name]), None)
    return open_case(
        loop_code, actor, title=data["title"], place=place, home=home, facts=facts, at=at, due=due
    )


def new_case(
    loop: type[Loop], title: str, place: Place, home: Unit, holder: Unit | None, kind: str, parent: Case | None,
    sealed: bool, at: datetime,
) -> Case:  # fmt: skip
    """An unsaved case, without its number."""
    first = loop.first()
    case = born(
        Case, loop=loop.code, edition=loop.edition, kind=kind, title=title.replace("\x00", "").strip()[:200], stage=first.name,
        turn=1, sealed=sealed or bool(parent and parent.sealed), home=home, holder=holder, place=place, parent=parent,
        opened_at=at, moved_at=at, **level_columns(place),
    )  # fmt: skip
    put_on_desk(case, first)
    return case


def level_columns(place: Place) -> dict[str, str]:
    """The codes of a place by level, as columns of ``Case``."""
    levels = tree.levels_of(place)
    return {name: levels[name] for name in LEVELS}


def new_facts(loop: type[Loop], case: Case, values: dict[str, Any]) -> models.Model | None:
    """The unsaved facts row; answers without a field of their own stay in the event only."""
    if not loop.facts:
        return None
    model = apps.get_model(loop.facts)
    return born(model, case=case, **columns(model, values))


def columns(model: type[models.Model], values: dict[str, Any]) -> dict[str, Any]:
    """Those answers that a facts model has a column for, in the column's form."""
    fields = {f.name: f for f in model._meta.concrete_fields}
    kept = {k: v for k, v in values.items() if k in fields}
    return {k: answers.plain(v) if isinstance(fields[k], models.JSONField) else v for k, v in kept.items()}


def put_on_desk(case: Case, stage: Stage, then: Who | None = None) -> None:
    """On whose desk the case lies: the stage's ``waits``, or ``then``."""
    wanted = then or stage.waits
    case.desk_id, case.desk_role = None, ""
    for who in (
        (wanted.who if isinstance(wanted, Anyone) else (wanted,)) if wanted and not stage.ended else ()
    ):
        unit: UUID | None = case.holder_id if who.kind == "holder" else case.home_id
        if case.desk_id is None:
            case.desk_id, case.desk_role = unit, CLEARED if case.sealed else who.roles[0]


def _clocks(loop: type[Loop], case: Case, at: datetime, due: dict[str, Any] | None) -> timing.Clocks:
    """The new case's clocks, not yet written; the earliest is the case's ``due`` already."""
    clocks = timing.Clocks(case, fresh=True)
    if loop.first().clock:
        clocks.start(loop.first().clock, at)
    if due:
        clocks.set_due(due_code(loop), at, due)
    clocks.tell_case()
    return clocks


def due_code(loop: type[Loop]) -> str:
    """The clock that a deadline given from above sets: the loop's own ``due_clock``."""
    return getattr(loop, "due_clock", "") or f"{loop.code}.due"


def _number(loop: type[Loop], case: Case, parent: Case | None, at: datetime) -> str:
    if parent is not None and not loop.own_number:
        return f"{parent.number}-{series.take(f'child:{parent.pk.hex}')}"
    year = watch.local(at).year
    return series.number(prefix(loop, case.home), year, series.take(series_key(loop, case.home, year)))


def prefix(loop: type[Loop], home: Unit) -> str:
    """Letters before the number: the unit's, and the loop's own where it has some."""
    return f"{home.prefix}{getattr(loop, 'letters', '')}"


def series_key(loop: type[Loop], home: Unit, year: int) -> str:
    """One series per loop, home and year."""
    return f"{loop.code}:{home.pk.hex[-12:]}:{year}"
